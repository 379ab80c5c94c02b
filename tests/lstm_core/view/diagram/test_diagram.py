"""The cell diagram shows what is in the trace, at the shown rounding, and nothing else."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import forward
from lstm_core.quantities import QUANTITIES
from lstm_core.rounding import shown_ledger, text
from lstm_core.view.diagram import cell_diagram, describe, responsive_diagram, to_file
from lstm_core.view.diagram.canvas import DIMMED
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.focus import PHASES
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.lstm_core.view.traces import random_trace, traces
from tests.nightly import sample

SVG = "{http://www.w3.org/2000/svg}"
LEDGER = ("C_prev", "kept", "erased", "written", "C")

WORDS = Words("en")


def numbers(svg):
    """(quantity, unit or index, text) of every number in the diagram."""
    for element in ElementTree.fromstring(svg).iter():
        if "data-quantity" in element.attrib:
            own = element if element.tag == f"{SVG}tspan" else element.find(f"{SVG}text")
            place = int(element.get("data-index") or element.get("data-unit"))
            yield element, element.get("data-quantity"), place, own.text


def as_number(shown):
    return float(shown.replace("−", "-"))


def exact(trace, t, key, place):
    return float(getattr(trace, key)[t - 1, place - 1])


@given(traces, st.data())
def test_every_number_equals_the_trace_at_the_shown_rounding(trace, data):
    t = data.draw(st.integers(1, trace.T))
    unit = data.draw(st.integers(1, trace.params.H))
    phase = data.draw(st.sampled_from([None, *PHASES]))
    svg = cell_diagram(trace, t, unit, WORDS, phase, narrow=data.draw(st.booleans()))
    ledger = shown_ledger(trace, t, unit)
    seen = set()
    for element, key, place, shown in numbers(svg):
        assert key in QUANTITIES
        assert int(element.get("data-t")) == t
        seen.add((key, place))
        if key in LEDGER and place == unit:
            told = text(getattr(ledger, key), sign=key == "written")
            if shown != told:  # in the caption's sum the sign stands before it, between two spaces
                assert key == "written" and shown == told[1:] and f"\u00a0{told[0]}\u00a0" in svg
        else:
            assert as_number(shown) == pytest.approx(exact(trace, t, key, place), abs=0.005 + 1e-9)
    H, D = trace.params.H, trace.params.D
    of_unit = {"f", "i", "C_tilde", "o", "tanh_C", "h", *LEDGER}
    assert {(key, unit) for key in of_unit} <= seen
    assert {("h_prev", k) for k in range(1, H + 1)} | {("x", d) for d in range(1, D + 1)} <= seen


@given(traces, st.data())
def test_the_ledger_adds_up_as_shown(trace, data):
    t = data.draw(st.integers(1, trace.T))
    unit = data.draw(st.integers(1, trace.params.H))
    svg = cell_diagram(trace, t, unit, WORDS)
    shown = {key: as_number(number) for _, key, place, number in numbers(svg) if place == unit}
    assert shown["kept"] + shown["erased"] == pytest.approx(shown["C_prev"], abs=1e-9)
    assert shown["kept"] + shown["written"] == pytest.approx(shown["C"], abs=1e-9)


@collected("language", LANGUAGES)
@collected("key", sample(PRESETS, 2))
def test_every_preset_step_and_phase_is_well_formed_with_ids_of_its_own(key, language):
    trace = preset(key).trace()
    words = Words(language)
    for t in (1, trace.T // 2, trace.T):
        for phase in (None, *PHASES):
            root = ElementTree.fromstring(
                f"<div>{responsive_diagram(trace, t, trace.params.H, words, phase)}</div>"
            )
            ids = [element.get("id") for element in root.iter() if element.get("id")]
            assert len(ids) == len(set(ids))
            for parent in root.iter():
                keys = [child.get("data-key") for child in parent if child.get("data-key")]
                assert len(keys) == len(set(keys)), keys
            assert "nan" not in ElementTree.tostring(root, "unicode").lower().split("data-")[0]


@collected("language", LANGUAGES)
@collected("key", sample(PRESETS, 5))
def test_what_stands_under_a_narrow_diagram_keeps_its_place_from_phase_to_phase(language, key):
    trace, words = preset(key).trace(), Words(language)
    heights = {
        ElementTree.fromstring(cell_diagram(trace, t, 1, words, phase, narrow=True)).get("viewBox")
        for t in (1, trace.T)
        for phase in (None, *PHASES)
    }
    assert len(heights) == 1


def test_a_narrow_diagram_that_sums_nothing_up_ends_below_the_cell():
    trace = preset("random").trace()
    said, silent = (
        ElementTree.fromstring(
            responsive_diagram(trace, 5, 1, WORDS, arrangement="narrow", sums_up=sums_up).partition("</p>")[2]
        )[0]
        for sums_up in (True, False)
    )
    assert [bool(svg.findall(".//*[@class='caption']//*")) for svg in (said, silent)] == [True, False]
    high, low = (float(svg.get("viewBox").split()[3]) for svg in (said, silent))
    lowest = max(float(text.get("y")) for text in silent.iter(f"{SVG}text"))
    assert lowest < low < high - 15


def test_what_is_referred_to_is_defined():
    svg = cell_diagram(preset("latch").trace(), 2, 1, WORDS, "write", prefix="a")
    root = ElementTree.fromstring(svg)
    ids = {element.get("id") for element in root.iter()}
    used = {
        value[5:-1]
        for element in root.iter()
        for value in element.attrib.values()
        if value.startswith("url(#") and value.endswith(")")
    }
    assert used and used <= ids
    assert all(name.startswith("a-wide-") for name in used)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(("H", "D"), [(1, 1), (4, 4), (5, 9), (256, 64)])
def test_large_cells_show_the_first_numbers_and_how_many_more(H, D, narrow):
    trace = random_trace(1, H, D, scale=0.2)
    svg = cell_diagram(trace, 1, H, WORDS, narrow=narrow)
    shown = [(key, place) for _, key, place, _ in numbers(svg)]
    assert sum(key == "h_prev" for key, _ in shown) <= 4
    assert sum(key == "x" for key, _ in shown) <= 4
    assert (WORDS("diagram.more", n=D - 4) in svg) == (D > 4)
    lanes = [e for e in ElementTree.fromstring(svg).iter() if e.get("data-role") == "unit"]
    assert len(lanes) == (0 if H == 1 else min(H, 4))
    if lanes:
        assert str(H) in [lane.get("data-unit") for lane in lanes]
        assert [lane.get("aria-pressed") for lane in lanes].count("true") == 1


@pytest.mark.parametrize("narrow", [False, True])
def test_very_large_numbers_stay_in_the_picture(narrow):
    trace = forward(
        random_trace(3, 4, 4).params, [[1e6, -99999.99, -1e6, 12345.67]], 0.0, [1e6, -99999.99, 3.0, -1e6]
    )
    for unit in range(1, 5):
        svg = cell_diagram(trace, 1, unit, WORDS, narrow=narrow)
        assert {"C_prev", "C"} <= {key for _, key, _, _ in numbers(svg)}
        width = float(ElementTree.fromstring(svg).get("viewBox").split()[2])
        for rect in ElementTree.fromstring(svg).iter(f"{SVG}rect"):
            if rect.get("class") == "hit":
                assert float(rect.get("x")) >= -1
                assert float(rect.get("x")) + float(rect.get("width")) <= width + 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phase", [None, *PHASES])
def test_the_narrow_diagram_ends_under_the_room_of_its_caption(phase, language):
    root = ElementTree.fromstring(cell_diagram(preset("leaky").trace(), 3, 1, Words(language), phase, True))
    [below] = [e for e in root.iter(f"{SVG}g") if e.get("data-key") == "below"]
    moved = float(re.search(r"translate\(0 ([-\d.]+)\)", below.get("transform"))[1])
    last = max(float(line.get("y")) for line in below.iter(f"{SVG}text")) + moved
    height = float(root.get("viewBox").split()[3])
    assert height - last > 4, "letters reach 4 below their line"
    assert phase != "concatenate" or height - last < 12, "which is that of the longest sentence"


def test_numbers_can_be_reached_and_are_named():
    svg = cell_diagram(preset("random").trace(), 4, 2, WORDS)
    for element, key, _, shown in numbers(svg):
        if key == "C" and element.get("tabindex") is None:  # in a lane, which is a button itself
            continue
        assert element.get("class") == "num"
        assert element.get("tabindex") == "0"
        assert element.get("role") == "button"
        assert shown in element.get("aria-label")
        assert WORDS(f"quantity.{key}") in element.get("aria-label")


@pytest.mark.parametrize("phase", PHASES)
def test_a_phase_dims_what_is_not_in_focus_and_hides_nothing(phase):
    trace = preset("latch").trace()
    whole = [(key, place, shown) for _, key, place, shown in numbers(cell_diagram(trace, 2, 1, WORDS))]
    svg = cell_diagram(trace, 2, 1, WORDS, phase)
    there = [(key, place, shown) for _, key, place, shown in numbers(svg)]
    assert set(whole) <= set(there)
    parts = [e for e in ElementTree.fromstring(svg).iter() if e.get("data-part")]
    lit = {part.get("data-part") for part in parts if part.get("opacity") == "1"}
    assert lit and len(lit) < len(parts)
    assert all(float(part.get("opacity")) > 0.1 for part in parts)
    assert WORDS(f"diagram.phase.{phase}") in svg


def test_marks_what_was_chosen_and_what_it_comes_from():
    svg = cell_diagram(preset("random").trace(), 4, 1, WORDS, chosen="f")
    marked = {
        (key, element.find(f"{SVG}rect").get("stroke") is not None)
        for element, key, _, _ in numbers(svg)
        if element.find(f"{SVG}rect") is not None and element.find(f"{SVG}rect").get("fill-opacity") != "0"
    }
    assert marked == {("f", True), ("h_prev", False), ("x", False)}
    assert cell_diagram(preset("random").trace(), 4, 1, WORDS, chosen="no such thing")


@pytest.mark.parametrize("phase", PHASES)
def test_what_was_asked_about_is_never_dimmed(phase):
    trace = preset("random").trace()
    for chosen in ("h", "C", "written", "f", "x"):
        root = ElementTree.fromstring(cell_diagram(trace, 4, 1, WORDS, phase, chosen=chosen))
        dimmed = [part for part in root.iter() if part.get("opacity") == str(DIMMED)]
        hits = [e for part in dimmed for e in part.iter() if e.get("class") == "hit"]
        marked = [hit for hit in hits if hit.get("fill-opacity") != "0"]
        assert not marked


def test_a_pinned_gate_says_so_and_reads_nothing():
    trace = preset("random").pinned("pin_i.1.4", 0.5).trace()
    pinned, free = cell_diagram(trace, 4, 1, WORDS), cell_diagram(trace, 4, 2, WORDS)
    assert WORDS("diagram.pinned") in pinned and WORDS("diagram.pinned") not in free
    parts = [e for e in ElementTree.fromstring(pinned).iter() if e.get("data-part", "").endswith("-in")]
    risers = {part.get("data-part"): len(part) for part in parts}
    assert risers == {"f-in": 2, "i-in": 0, "C_tilde-in": 2, "o-in": 2}


def test_text_is_escaped():
    def hostile(key, **values):
        return f'<script>&"{key}' + values.get("kept", "")

    svg = cell_diagram(preset("random").trace(), 1, 1, hostile, "erase")
    root = ElementTree.fromstring(svg)
    assert not [element for element in root.iter() if "script" in element.tag]
    assert '<script>&"quantity.f' in "".join(root.itertext())


def test_the_cell_of_1997_says_that_it_has_no_forget_gate():
    svg = cell_diagram(preset("runaway").trace(), 2, 1, WORDS, "forget")
    assert WORDS("diagram.no_forget_gate") in svg
    assert "1997" in "".join(ElementTree.fromstring(svg).itertext())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_holds_the_ledger(language):
    trace = preset("latch").trace()
    ledger = shown_ledger(trace, 13, 1)
    sentence = describe(trace, 13, 1, Words(language))
    for key in LEDGER:
        assert text(getattr(ledger, key), sign=key == "written") in sentence
    assert sentence.isprintable() or "\u00a0" in sentence
    assert not set("\ue000\ue001\ue002") & set(sentence)


def test_a_file_needs_no_theme():
    svg = to_file(cell_diagram(preset("latch").trace(), 2, 1, WORDS, "write"))
    root = ElementTree.fromstring(svg.encode())
    assert describe(preset("latch").trace(), 2, 1, WORDS) in root.find(f"{SVG}title").text
    for themed in ("var(", "currentColor", "color-mix", "inherit"):
        assert themed not in svg


@pytest.mark.parametrize(
    ("t", "unit", "phase", "named"),
    [
        (0, 1, None, "t:"),
        (17, 1, None, "t:"),
        (1, 0, None, "unit:"),
        (1, 2, None, "unit:"),
        (1, 1, "x", "phase:"),
    ],
)
def test_what_there_is_not_is_refused_by_name(t, unit, phase, named):
    with pytest.raises(ValueError, match=named):
        cell_diagram(preset("latch").trace(), t, unit, WORDS, phase)


def test_a_batch_is_refused():
    trace = forward(random_trace(1, 2, 2).params, np.zeros((3, 2, 2)))
    with pytest.raises(ValueError, match="batch"):
        cell_diagram(trace, 1, 1, WORDS)

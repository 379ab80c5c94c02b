"""The cell diagram shows what is in the trace, at the shown rounding, and nothing else."""

import re
import xml.etree.ElementTree as ElementTree
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import forward
from lstm_core.rounding import shown_ledger, text
from lstm_core.view.diagram import cell_diagram, describe, responsive_diagram, to_file
from lstm_core.view.diagram.canvas import DIMMED
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.focus import PHASES
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.lstm_core.view.pictures import RUNS, drawn
from tests.nightly import sample

SVG = "{http://www.w3.org/2000/svg}"
LEDGER = ("C_prev", "kept", "erased", "written", "C")
WORDS = Words("en")
PLACED = {"circle": ("cx", "cy"), "text": ("x", "y"), "path": ("d",)}
"""What an element has to say of where it stands, if nothing moves the group that it is in."""

RANDOM, LATCH = preset("random").trace(), preset("latch").trace()


def numbers(svg):
    """(element, quantity, unit or index, text) of every number in the diagram."""
    for element in ElementTree.fromstring(svg).iter():
        if "data-quantity" in element.attrib:
            own = element if element.tag == f"{SVG}tspan" else element.find(f"{SVG}text")
            place = int(element.get("data-index") or element.get("data-unit"))
            yield element, element.get("data-quantity"), place, own.text


def as_number(shown):
    return float(shown.replace("−", "-"))


def as_decimal(shown: str) -> Decimal:
    return Decimal(re.sub(r"\s", "", shown).replace("−", "-"))


def height(svg: ElementTree.Element) -> float:
    return float(svg.get("viewBox").split()[3])


@given(RUNS, st.data())
def test_every_number_is_that_of_the_trace_as_it_is_shown_and_the_ledger_adds_up(trace, data):
    t = data.draw(st.integers(1, trace.T))
    unit = data.draw(st.integers(1, trace.params.H))
    phase = data.draw(st.sampled_from([None, *PHASES]))
    svg = cell_diagram(trace, t, unit, WORDS, phase, narrow=data.draw(st.booleans()))
    ledger = shown_ledger(trace, t, unit)
    seen = {}
    for element, key, place, shown in numbers(svg):
        assert int(element.get("data-t")) == t
        if key in LEDGER and place == unit:
            told = text(getattr(ledger, key), sign=key == "written")
            if shown != told:  # in the caption's sum the sign stands before it, between two spaces
                assert key == "written" and shown == told[1:] and f"\u00a0{told[0]}\u00a0" in svg
            shown = told
        else:
            exact = float(getattr(trace, key)[t - 1, place - 1])
            assert as_number(shown) == pytest.approx(exact, abs=0.005 + 1e-9)
        seen[key, place] = as_number(shown)
    H, D = trace.params.H, trace.params.D
    needed = {(key, unit) for key in {"f", "i", "C_tilde", "o", "tanh_C", "h", *LEDGER}}
    needed |= {("h_prev", k) for k in range(1, H + 1)} | {("x", d) for d in range(1, D + 1)}
    assert needed <= seen.keys()
    C_prev, kept, erased, written, C = (seen[key, unit] for key in LEDGER)
    assert (kept + erased, kept + written) == pytest.approx((C_prev, C), abs=1e-9)


@collected("language", LANGUAGES)
@collected("key", sample(PRESETS, 2))
def test_every_picture_is_well_formed_and_what_it_refers_to_is_its_own(key, language):
    trace, words = preset(key).trace(), Words(language)
    for t in (1, trace.T):
        for phase in (None, *PHASES):
            picture = responsive_diagram(trace, t, trace.params.H, words, phase)
            root = ElementTree.fromstring(f"<div>{picture}</div>")
            ids = [element.get("id") for element in root.iter() if element.get("id")]
            assert len(ids) == len(set(ids))
            used = set(re.findall(r'="url\(#([^)]+)\)"', picture))
            assert used and used <= set(ids)
            for parent in root.iter():
                keys = [child.get("data-key") for child in parent if child.get("data-key")]
                assert len(keys) == len(set(keys)), keys
                if parent.tag in (f"{SVG}svg", f"{SVG}g"):
                    assert not (parent.text or "").strip(), parent.text
                for child in parent if parent.get("transform") is None else ():
                    needed = PLACED.get(child.tag.removeprefix(SVG), ())
                    assert child.get("transform") or child.attrib.keys() >= {*needed}, child.attrib


@collected("language", LANGUAGES)
@collected("key", sample(PRESETS, 3))
def test_what_stands_under_a_narrow_diagram_keeps_its_place_and_ends_under_the_room_of_its_caption(
    language, key
):
    trace, words, heights = preset(key).trace(), Words(language), set()
    for phase in (None, *PHASES):
        root = ElementTree.fromstring(cell_diagram(trace, 3, 1, words, phase, narrow=True))
        [below] = [e for e in root.iter(f"{SVG}g") if e.get("data-key") == "below"]
        moved = float(re.search(r"translate\(0 ([-\d.]+)\)", below.get("transform"))[1])
        last = max(float(line.get("y")) for line in below.iter(f"{SVG}text")) + moved
        heights.add(height(root))
        assert height(root) - last > 4, "letters reach 4 below their line"
        assert phase != "concatenate" or height(root) - last < 12, "which is that of the longest sentence"
    assert len(heights) == 1


def test_a_narrow_diagram_that_sums_nothing_up_ends_below_the_cell():
    said, silent = (
        ElementTree.fromstring(
            responsive_diagram(RANDOM, 5, 1, WORDS, arrangement="narrow", sums_up=sums_up).partition("</p>")[
                2
            ]
        )[0]
        for sums_up in (True, False)
    )
    assert [bool(svg.findall(".//*[@class='caption']//*")) for svg in (said, silent)] == [True, False]
    lowest = max(float(text.get("y")) for text in silent.iter(f"{SVG}text"))
    assert lowest < height(silent) < height(said) - 15


@collected("narrow", [False, True])
@collected("H, D", [(1, 1), (4, 4), (5, 9), (256, 64)])
def test_large_cells_show_the_first_numbers_and_how_many_more(H, D, narrow):
    svg = cell_diagram(drawn(H, D, 3, scale=0.2), 1, H, WORDS, narrow=narrow)
    shown = [key for _, key, _, _ in numbers(svg)]
    assert shown.count("h_prev") == min(H, 4) and shown.count("x") == min(D, 4)
    assert (WORDS("diagram.more", n=D - 4) in svg) == (D > 4)
    lanes = [e for e in ElementTree.fromstring(svg).iter() if e.get("data-role") == "unit"]
    assert len(lanes) == (0 if H == 1 else min(H, 4))
    pressed = [lane.get("data-unit") for lane in lanes if lane.get("aria-pressed") == "true"]
    assert pressed == [str(H)][: len(lanes)]


@collected("narrow", [False, True])
def test_very_large_numbers_stay_in_the_picture(narrow):
    large = [1e6, -99999.99, 3.0, -1e6]
    trace = forward(drawn(4, 4, 3, seed=3).params, [[1e6, -99999.99, -1e6, 12345.67]], 0.0, large)
    for unit in range(1, 5):
        root = ElementTree.fromstring(cell_diagram(trace, 1, unit, WORDS, narrow=narrow))
        width = float(root.get("viewBox").split()[2])
        for rect in root.iter(f"{SVG}rect"):
            if rect.get("class") == "hit":
                left = float(rect.get("x"))
                assert left >= -1 and left + float(rect.get("width")) <= width + 4


def test_numbers_can_be_reached_and_are_named():
    for element, key, _, shown in numbers(cell_diagram(RANDOM, 4, 2, WORDS)):
        if key == "C" and element.get("tabindex") is None:  # in a lane, which is a button itself
            continue
        reached = tuple(element.get(name) for name in ("class", "tabindex", "role"))
        assert reached == ("num", "0", "button")
        assert shown in element.get("aria-label") and WORDS(f"quantity.{key}") in element.get("aria-label")


@collected("phase", PHASES)
def test_a_phase_dims_what_is_not_in_focus_and_hides_nothing(phase):
    whole = {(key, place, shown) for _, key, place, shown in numbers(cell_diagram(LATCH, 2, 1, WORDS))}
    svg = cell_diagram(LATCH, 2, 1, WORDS, phase)
    assert whole <= {(key, place, shown) for _, key, place, shown in numbers(svg)}
    opacities = [float(e.get("opacity")) for e in ElementTree.fromstring(svg).iter() if e.get("data-part")]
    assert 0 < opacities.count(1) < len(opacities) and min(opacities) > 0.1
    assert WORDS(f"diagram.phase.{phase}") in svg


def test_marks_what_was_chosen_and_what_it_comes_from():
    marked = set()
    for element, key, _, _ in numbers(cell_diagram(RANDOM, 4, 1, WORDS, chosen="f")):
        rect = element.find(f"{SVG}rect")
        if rect is not None and rect.get("fill-opacity") != "0":
            marked.add((key, rect.get("stroke") is not None))
    assert marked == {("f", True), ("h_prev", False), ("x", False)}


@collected("phase", PHASES)
@collected("chosen", ["h", "C", "written", "f", "x"])
def test_what_was_asked_about_is_never_dimmed(phase, chosen):
    root = ElementTree.fromstring(cell_diagram(RANDOM, 4, 1, WORDS, phase, chosen=chosen))
    dimmed = [part for part in root.iter() if part.get("opacity") == str(DIMMED)]
    hits = [e for part in dimmed for e in part.iter() if e.get("class") == "hit"]
    assert not [hit for hit in hits if hit.get("fill-opacity") != "0"]


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

    root = ElementTree.fromstring(cell_diagram(RANDOM, 1, 1, hostile, "erase"))
    assert not [element for element in root.iter() if "script" in element.tag]
    assert '<script>&"quantity.f' in "".join(root.itertext())


@collected("language", LANGUAGES)
def test_the_sentence_holds_the_ledger(language):
    sentence = describe(LATCH, 13, 1, Words(language))
    for key in LEDGER:
        assert text(getattr(shown_ledger(LATCH, 13, 1), key), sign=key == "written") in sentence
    assert not set("\ue000\ue001\ue002") & set(sentence)


@collected("language", LANGUAGES)
@collected("seed", range(10))
def test_the_sums_and_products_of_a_caption_come_out_at_the_shown_digits_or_it_says_so(language, seed):
    number = r"([+−]?\d+\.\d\d)"
    for phase in PHASES:
        caption = describe(drawn(2, 2, 3, seed), 2, 1, Words(language), phase).partition(": ")[2]
        products = re.findall(rf"{number}\s×\s\(?{number}\)?\s([=≈])\s{number}", caption)
        for a, b, sign, c in products:
            off = abs(as_decimal(a) * as_decimal(b) - as_decimal(c))
            assert off <= Decimal("0.005") if sign == "=" else off >= Decimal("0.005")
        sums = re.findall(rf"{number}\s([+−]\s?\d+\.\d\d)\s=\s{number}", caption)
        assert all(as_decimal(a) + as_decimal(b) == as_decimal(c) for a, b, c in sums)
        assert len(products) == (phase in ("erase", "write", "show")) and len(sums) == (phase == "write")


def test_a_file_needs_no_theme():
    svg = to_file(cell_diagram(LATCH, 2, 1, WORDS, "write"))
    root = ElementTree.fromstring(svg.encode())
    assert describe(LATCH, 2, 1, WORDS) in root.find(f"{SVG}title").text
    assert not re.search(r"var\(|currentColor|color-mix|inherit", svg)


@collected("where, named", [
    ((0, 1, None), "t:"), ((17, 1, None), "t:"), ((1, 0, None), "unit:"), ((1, 2, None), "unit:"),
    ((1, 1, "x"), "phase:"),
])  # fmt: skip
def test_what_there_is_not_is_refused_by_name(where, named):
    t, unit, phase = where
    with pytest.raises(ValueError, match=named):
        cell_diagram(LATCH, t, unit, WORDS, phase)
    with pytest.raises(ValueError, match="batch"):
        cell_diagram(forward(RANDOM.params, np.zeros((3, 2, RANDOM.params.D))), 1, 1, WORDS)

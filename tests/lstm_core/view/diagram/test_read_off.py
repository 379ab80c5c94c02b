"""What is read off the diagram without its numbers is what the numbers say: heights, hues, functions."""

import re
import xml.etree.ElementTree as ElementTree
from itertools import product

import pytest

from lstm_core.quantities import QUANTITIES, SIGNED
from lstm_core.rounding import shown_ledger
from lstm_core.view.diagram import cell_diagram
from lstm_core.view.palette import COLOURS
from lstm_core.words import Words
from lstm_core.workbench.focus import PHASES
from lstm_core.workbench.presets import preset
from tests.collected import collected

SVG = "{http://www.w3.org/2000/svg}"
WORDS = Words("en")
BLOCKS = {"f": "f", "i": "i", "C_tilde": "c", "o": "o"}
BOTH = (False, True)


def parts(trace, t: int, narrow: bool, phase=None) -> dict[str, ElementTree.Element]:
    root = ElementTree.fromstring(cell_diagram(trace, t, 1, WORDS, phase, narrow=narrow))
    return {e.get("data-key"): e for e in reversed(list(root.iter()))}


def span(rect: ElementTree.Element) -> tuple[float, float]:
    """Its upper and its lower edge."""
    top = float(rect.get("y"))
    return top, top + float(rect.get("height"))


@collected("narrow", BOTH)
@collected("key, value", [*product("fio", (0.1, 0.5, 0.85)), ("C_tilde", 0.6), ("C_tilde", -0.3)])
def test_the_bar_of_a_gate_is_filled_from_zero_as_far_as_it_is_open_and_one_is_up(narrow, key, value):
    box = parts(preset("leaky").pinned(f"pin_{BLOCKS[key]}.1", value).trace(), 3, narrow)[key]
    rects = [element for element in box if element.tag == f"{SVG}rect"]
    [place] = [k for k, rect in enumerate(rects) if rect.get("data-key") == "fill"]
    frame, filled = span(rects[place - 1]), span(rects[place])
    signed = QUANTITIES[key].range == SIGNED
    high, zero = frame[1] - frame[0], sum(frame) / 2 if signed else frame[1]
    tip = filled[0] if value > 0 else filled[1]
    assert (zero - tip) / (high / 2 if signed else high) == pytest.approx(value, abs=1e-3)
    assert (filled[1] if value > 0 else filled[0]) == pytest.approx(zero)
    heights = {label.text: float(label.get("y")) for label in box.iter(f"{SVG}text")}
    assert heights["1"] < heights["0"] and (heights["0"] < heights["−1"] if signed else "−1" not in heights)


@collected("narrow", BOTH)
@collected("start, f", product((0.9, -0.8), (0.25, 0.7)))
def test_what_falls_off_the_rail_is_what_is_not_kept(narrow, start, f):
    trace = preset("leaky").edited("C0.1", start).pinned("pin_f.1", f).trace()
    ledger, found = shown_ledger(trace, 1, 1), parts(trace, 1, narrow)
    [path] = found["falling"]
    corners = [float(number) for number in re.findall(r"-?[\d.]+", path.get("d"))]
    inner, outer = corners[1], corners[-1]
    bands = {}
    for name in ("C_prev", "kept"):
        [band] = [e for e in found[name].iter() if e.get("data-key") == "band"]
        bands[name] = span(band)
    away = 0 if start > 0 else 1  # the edge that is far from the axis
    assert outer == pytest.approx(bands["C_prev"][away], abs=0.01)
    assert inner == pytest.approx(bands["kept"][away], abs=0.01)
    whole = bands["C_prev"][1] - bands["C_prev"][0]
    assert abs(inner - outer) / whole == pytest.approx(ledger.erased / ledger.C_prev, abs=0.01)


@collected("narrow", BOTH)
@collected("value", [0.8, -0.8])
def test_a_band_of_the_memory_has_the_sign_of_its_number(narrow, value):
    found = parts(preset("leaky").edited("C0.1", value).pinned("pin_f.1", 1.0).trace(), 1, narrow)
    for name in ("C_prev", "kept"):
        [band] = [e for e in found[name].iter() if e.get("data-key") == "band"]
        [minus] = [e for e in found[name].iter() if e.get("fill", "").endswith("-minus)")]
        assert float(minus.get("opacity")) == (value < 0) and span(minus) == pytest.approx(
            span(band), abs=0.1
        )


@collected("narrow", BOTH)
def test_the_cells_of_h_are_dashed_and_those_of_x_are_not_as_their_lines_are(narrow):
    root = ElementTree.fromstring(cell_diagram(preset("random").trace(), 3, 1, WORDS, narrow=narrow))
    cells = [e for e in root.iter() if re.fullmatch(r"cell\d+", e.get("data-key", ""))]
    assert [cell.get("stroke-dasharray") is not None for cell in cells] == [True, True, False, False]


@collected("narrow", BOTH)
@collected("key", BLOCKS)
def test_the_box_of_a_gate_names_the_function_whose_range_its_bar_has(narrow, key):
    box = parts(preset("latch").trace(), 3, narrow)[key]
    names = {label.text for label in box.iter(f"{SVG}text")} & {"σ", "tanh"}
    assert names == {"tanh" if QUANTITIES[key].range == SIGNED else "σ"}


@collected("narrow", BOTH)
@collected("phase", PHASES)
def test_the_number_of_a_phase_has_the_hue_of_the_gate_at_work(narrow, phase):
    found = parts(preset("latch").trace(), 3, narrow, phase)
    [disc] = found["caption"].iter(f"{SVG}circle")
    at_work = {"concatenate": "x", "forget": "f", "erase": "f", "candidate": "i", "write": "i"}
    gate = at_work.get(phase, "o")
    assert disc.get("fill") == COLOURS[gate]
    if gate in BLOCKS:
        [edge] = [e for e in found[gate] if e.get("data-key") == "box"]
        assert edge.get("stroke") == disc.get("fill")
    assert [label.text for label in found["caption"].iter(f"{SVG}text")][0] == str(PHASES.index(phase) + 1)

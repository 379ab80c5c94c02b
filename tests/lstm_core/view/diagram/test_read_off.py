"""What is read off the diagram without its numbers is what the numbers say: heights, hues, functions."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

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

each_arrangement = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])


def part(trace, t: int, name: str, narrow: bool, phase=None) -> ElementTree.Element:
    root = ElementTree.fromstring(cell_diagram(trace, t, 1, WORDS, phase, narrow=narrow))
    return next(element for element in root.iter() if element.get("data-key") == name)


def span(rect: ElementTree.Element) -> tuple[float, float]:
    """Its upper and its lower edge."""
    top = float(rect.get("y"))
    return top, top + float(rect.get("height"))


def gauge(box: ElementTree.Element) -> tuple[ElementTree.Element, ElementTree.Element]:
    """The frame of the bar of a gate, and how far it is filled."""
    rects = [element for element in box if element.tag == f"{SVG}rect"]
    [filled] = [rect for rect in rects if rect.get("data-key") == "fill"]
    return rects[rects.index(filled) - 1], filled


@each_arrangement
@collected(
    "key, value",
    [*((key, v) for key in "fio" for v in (0.1, 0.5, 0.85)), ("C_tilde", 0.6), ("C_tilde", -0.3)],
)
def test_the_bar_of_a_gate_is_filled_from_zero_as_far_as_it_is_open_and_one_is_up(narrow, key, value):
    box = part(preset("leaky").pinned(f"pin_{BLOCKS[key]}.1", value).trace(), 3, key, narrow)
    frame, filled = map(span, gauge(box))
    signed = QUANTITIES[key].range == SIGNED
    high, zero = frame[1] - frame[0], sum(frame) / 2 if signed else frame[1]
    tip = filled[0] if value > 0 else filled[1]
    assert (zero - tip) / (high / 2 if signed else high) == pytest.approx(value, abs=1e-3)
    assert (filled[1] if value > 0 else filled[0]) == pytest.approx(zero)
    heights = {label.text: float(label.get("y")) for label in box.iter(f"{SVG}text")}
    assert heights["1"] < heights["0"] and (heights["0"] < heights["−1"] if signed else "−1" not in heights)


def falling(trace, t: int, narrow: bool) -> tuple[float, float]:
    """Where the band that falls off the rail begins: y of its inner and of its outer edge."""
    [path] = part(trace, t, "falling", narrow)
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path.get("d"))]
    return numbers[1], numbers[-1]


@each_arrangement
@collected("start, f", [(start, f) for start in (0.9, -0.8) for f in (0.25, 0.7)])
def test_what_falls_off_the_rail_is_what_is_not_kept(narrow, start, f):
    trace = preset("leaky").edited("C0.1", start).pinned("pin_f.1", f).trace()
    ledger = shown_ledger(trace, 1, 1)
    inner, outer = falling(trace, 1, narrow)
    bands = {}
    for name in ("C_prev", "kept"):
        [band] = [e for e in part(trace, 1, name, narrow).iter() if e.get("data-key") == "band"]
        bands[name] = span(band)
    away = 0 if start > 0 else 1  # the edge that is far from the axis
    assert outer == pytest.approx(bands["C_prev"][away], abs=0.01)
    assert inner == pytest.approx(bands["kept"][away], abs=0.01)
    whole = bands["C_prev"][1] - bands["C_prev"][0]
    assert abs(inner - outer) / whole == pytest.approx(ledger.erased / ledger.C_prev, abs=0.01)


@each_arrangement
@collected("key", BLOCKS)
def test_the_box_of_a_gate_names_the_function_whose_range_its_bar_has(narrow, key):
    box = part(preset("latch").trace(), 3, key, narrow)
    names = {label.text for label in box.iter(f"{SVG}text")} & {"σ", "tanh"}
    assert names == {"tanh" if QUANTITIES[key].range == SIGNED else "σ"}


@each_arrangement
@collected("phase", PHASES)
def test_the_number_of_a_phase_has_the_hue_of_the_gate_at_work(narrow, phase):
    trace = preset("latch").trace()
    caption = part(trace, 3, "caption", narrow, phase)
    [disc] = caption.iter(f"{SVG}circle")
    at_work = {"concatenate": "x", "forget": "f", "erase": "f", "candidate": "i", "write": "i"}.get(
        phase, "o"
    )
    assert disc.get("fill") == COLOURS[at_work]
    if at_work in BLOCKS:
        [edge] = [e for e in part(trace, 3, at_work, narrow, phase) if e.get("data-key") == "box"]
        assert edge.get("stroke") == disc.get("fill")
    assert [label.text for label in caption.iter(f"{SVG}text")][0] == str(PHASES.index(phase) + 1)

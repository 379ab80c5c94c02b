"""What a picture says by its look: a dash, a sign, a place, a mark says what the number is."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from lstm_core.rounding import shown_ledger
from lstm_core.view.diagram import cell_diagram
from lstm_core.view.network.lives import steps_text
from lstm_core.view.palette import readable
from lstm_core.view.reading import next_letters, read_text
from lstm_core.view.reading.read_text import spans
from lstm_core.view.strip import Row, time_strip
from lstm_core.view.training import course_curve
from lstm_core.words import Words
from lstm_core.workbench.presets import PRESETS, preset

EN = Words("en")
RUN = preset("random").resized(H=3, D=2).trace()


def parsed(markup: str) -> ET.Element:
    return ET.fromstring(f"<div>{markup.replace(' xmlns=', ' data-xmlns=').replace('&nbsp;', ' ')}</div>")


def having(root: ET.Element, **attributes: str) -> list[ET.Element]:
    wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
    return [e for e in root.iter() if all(e.get(name) == value for name, value in wanted.items())]


@pytest.mark.parametrize("narrow", [False, True])
def test_the_numbers_of_h_are_dashed_and_those_of_x_are_not(narrow):
    cells = [
        e for e in parsed(cell_diagram(RUN, 3, 2, EN, narrow=narrow)).iter()
        if re.fullmatch(r"cell\d", e.get("data-key", ""))
    ]  # fmt: skip
    assert [bool(e.get("stroke-dasharray")) for e in cells] == [True] * 3 + [False] * 2
    places = [float(e.get("x")) for e in cells]
    assert narrow or places == sorted(places)


@pytest.mark.parametrize("key", sorted(PRESETS))
def test_a_memory_below_0_is_dashed_and_hangs_below_the_line(key):
    trace = preset(key).trace()
    for t in range(1, trace.T + 1, 3):
        picture = parsed(cell_diagram(trace, t, 1, EN))
        signs, bands = (having(picture, data_key=name) for name in ("band-sign", "band"))
        shown = shown_ledger(trace, t, 1)
        values = [shown.C_prev, shown.kept, shown.C]
        assert [e.get("opacity") == "1" for e in signs] == [value < 0 for value in values], t
        tops, ends = zip(*((float(e.get("y")), float(e.get("height"))) for e in bands), strict=True)
        line = {round(y if value < 0 else y + h, 1) for y, h, value in zip(tops, ends, values, strict=True)}
        assert len(line) == 1, t


def test_the_cell_that_is_grabbed_is_the_one_that_is_seen_and_names_stand_in_their_colours():
    rows = [Row("inputs"), Row("lines", 60, ("f", "i", "o"))]
    picture = parsed(time_strip(RUN, 2, 4, rows, EN, grabs={"x": (-2, 2)}))
    handles, cells = ([e for e in picture.iter() if e.get("class") == name] for name in ("handle", "cells"))
    assert len(handles) == len(cells) == 2
    for handle, row in zip(handles, cells, strict=True):
        seen = list(row.iter("rect"))[3]
        assert [handle.get(name) for name in ("x", "y", "width", "height")] == [
            seen.get(name) for name in ("x", "y", "width", "height")
        ]
    names = {e.get("data-symbol"): e.get("fill") for e in picture.iter("text") if e.get("data-symbol")}
    assert names == {key: readable(key) for key in ("x", "f", "i", "o")}


def test_a_moment_of_a_course_is_marked_at_its_snapshot():
    updates, P = list(range(0, 200, 10)), 20
    curve = course_curve(updates, np.linspace(1, 0.1, P), np.linspace(0, 1, P), 1, 0.9, EN, [(7, "learned")])
    [mark] = having(parsed(curve), data_key="moment7")
    assert float(mark.get("x").rstrip("%")) == pytest.approx(100 * 7.5 / P, abs=0.01)
    assert EN("learning.curve_says", update=10, of=190, loss="0.95", score="0.05") in curve


def test_of_the_next_letters_the_one_that_comes_is_marked_and_each_bar_is_as_long_as_its_odds():
    rows = [("a", 0.5, None), (")", 0.25, None), ("\n", 0.001, None)]
    picture = parsed(next_letters(rows, ")", EN, "says"))
    assert [row.get("class") for row in picture.iter("tr")] == [None, "comes", None]
    assert [bar.get("style") for bar in picture.iter("i")] == ["width:50.0%", "width:25.0%", "width:0.1%"]
    assert [cell.text for cell in having(picture, **{"class": "number"})] == ["50 %", "25 %", "0.1 %"]


def test_a_letter_shows_its_surprise_and_that_it_is_in_focus_marked_or_where_the_hand_took_hold():
    marked = np.array([False, True, True, False])
    picture = read_text("a(b)", np.zeros(4), "C", np.array([0.0, 1.0, 2.0, 99.0]), 2, "", marked, 3)
    kinds = [e.get("class").split() for e in parsed(picture).iter("b")]
    assert [set(kind[1:]) for kind in kinds] == [set(), {"here", "marked"}, {"held-from", "marked"}, set()]
    heights = [int(kind[0].removeprefix("s")) for kind in kinds]
    assert heights == sorted(set(heights))
    assert spans([False, True, True, False, True]) == [(2, 3), (5, 5)]


def test_a_half_life_has_a_decimal_below_ten_steps_and_none_above():
    assert [steps_text(steps) for steps in (0.53, 9.94, 9.96, 12.4, 1234.0)] == [
        "0.5", "9.9", "10", "12", "1,234",
    ]  # fmt: skip

"""The sheet to draw on: nothing of the answer before it is locked, and numbers that add up after."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.lessons.items import ITEMS
from lstm_core.lessons.posing import question
from lstm_core.lessons.question import DRAW
from lstm_core.lessons.verdict import judge
from lstm_core.rounding import rounded, text
from lstm_core.view.lessons.curve_sheet import (
    HEIGHT,
    WIDTH,
    CurveSheet,
    curve_sheet_picture,
    curve_truth_picture,
    describe_curve,
)
from tests.collected import collected
from tests.lstm_core.view.pictures import words
from tests.nightly import examples

SHEET = CurveSheet(((1, -2.486), (2, -1.817)), (3, 4, 5, 6), (-3.0, 3.0))
C = st.floats(-3, 3)
POINTS = st.lists(C, min_size=4, max_size=4)


def sheet_of(past: list[float], steps: int, limit: float) -> CurveSheet:
    n = len(past)
    return CurveSheet(tuple(enumerate(past, 1)), tuple(range(n + 1, n + 1 + steps)), (-limit, limit))


SHEETS = st.builds(
    sheet_of, st.lists(C, min_size=1, max_size=6), st.integers(1, 6),
    st.sampled_from([0.5, 1.0, 3.0, 5.0, 40.0]),
)  # fmt: skip


def tags(markup: str, kind: str) -> list[ET.Element]:
    found = ET.fromstring(markup).iter()
    return [element for element in found if kind in element.get("class", "").split()]


def told(markup: str) -> list[str]:
    return [element.text for element in ET.fromstring(markup).iter() if element.tag.endswith("text")]


@given(SHEETS, st.booleans())
def test_everything_stands_within_the_sheet_left_to_right_between_lines_to_read_values_from(sheet, locked):
    picture = curve_sheet_picture(sheet, words, locked)
    last, xs, top, bottom, floor, ceiling, low, high = sheet.frame
    places = [sheet.across(k) for k in range(len(sheet.past))] + xs
    assert places == sorted(places) and places[0] > 0 and places[-1] < WIDTH
    assert top <= last[1] <= bottom < HEIGHT and floor <= low < high <= ceiling
    assert sheet.down(ceiling) == top and sheet.down(floor) == bottom
    assert all(low <= value <= high for value in sheet.level)
    assert 3 <= len(tags(picture, "tick")) <= 9 and len(tags(picture, "zero")) == 1


@collected("item", [item for item in ITEMS.values() if item.kind == DRAW])
def test_an_open_sheet_tells_the_past_alone_and_its_points_never_start_on_the_answer(item):
    for seed in range(examples(10, 60)):
        asked = question(item, seed)
        C = asked.case.trace.C[:, asked.case.unit - 1]
        sheet = CurveSheet.of(asked)
        assert sheet.axis == item.bounds  # which are one for all variants
        written = " ".join(filter(None, told(curve_sheet_picture(sheet, words))))
        assert set(re.findall(r"[−+]?\d+\.\d\d", written)) == {text(value) for value in C[: asked.case.t]}
        assert not judge(asked, sheet.level).right


@given(POINTS, POINTS)
def test_differences_add_up_as_shown_and_their_bars_reach_from_the_truth_to_the_point(drawn, truth):
    drawn = [rounded(value) for value in drawn]
    picture, offs = curve_truth_picture(SHEET, words, drawn, truth), []
    for part, here, was in zip(tags(picture, "step"), drawn, truth, strict=True):
        assert told(ET.tostring(part, "unicode")) == [text(was), text(abs(here - rounded(was)))]
        offs.append(abs(here - rounded(was)))
        y, y_drawn = SHEET.down(was), SHEET.down(here)
        bars = [bar.get("d") for bar in part if bar.get("class") == "off"]
        assert len(bars) == (abs(y - y_drawn) > 6)
        for bar in bars:
            start, end = map(float, re.fullmatch(r"M\S+ (\S+)V(\S+)", bar).groups())
            assert start == pytest.approx(y, abs=1e-3) and abs(end - y_drawn) == pytest.approx(6, abs=1e-3)
            assert min(y, y_drawn) <= end <= max(y, y_drawn)
    assert f"curve.largest difference={text(max(offs))}" in describe_curve(SHEET, words, drawn, truth)


def test_a_step_that_was_revealed_is_not_drawn_anew_when_the_next_is():
    drawn, truth = (-1.82,) * 4, (-1.33, -0.97, -0.71, -0.52)
    parts = [tags(curve_truth_picture(SHEET, words, drawn, truth[:k]), "step") for k in range(5)]
    for k in range(1, 5):
        assert len(parts[k]) == k
        assert [*map(ET.tostring, parts[k][: k - 1])] == [*map(ET.tostring, parts[k - 1])]


def test_points_are_sliders_until_the_answer_is_locked():
    points = tags(curve_sheet_picture(SHEET, words), "point")
    assert [point.get("aria-label") for point in points] == [f"curve.point t={t}" for t in SHEET.steps]
    for point in points:
        assert [point.get(name) for name in ("role", "aria-valuemin", "aria-valuemax")] == [
            "slider",
            "-3",
            "3",
        ]
    locked = tags(curve_sheet_picture(SHEET, words, locked=True), "point")
    assert {(point.get("role"), point.get("tabindex")) for point in locked} == {(None, None)}


def test_what_is_said_follows_what_is_seen():
    known = "curve.known values=curve.at t=1 value=−2.49, curve.at t=2 value=−1.82"
    assert describe_curve(SHEET, words) == f"{known} curve.open"
    assert "truth" not in describe_curve(SHEET, words, SHEET.level)
    some = describe_curve(SHEET, words, (-1.82,) * 4, (-1.33,))
    assert "curve.truth values=curve.at t=3 value=−1.33 curve.largest difference=0.49" in some


@collected("past, steps", [((), (1,)), (((1, 0.5),), ())])
def test_a_sheet_without_past_or_steps_is_refused(past, steps):
    with pytest.raises(ValueError, match="past and steps"):
        CurveSheet(past, steps, (-1, 1))

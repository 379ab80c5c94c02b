"""The curve's side of Python: what is shown, what a report changes, what is not believed."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.view.lessons.curve_sheet import CurveSheet
from pages._ui.browser.curve import checked_drawing
from tests.collected import collected
from tests.conftest import ROOT
from tests.pages.panels import report

SHEET = CurveSheet(((1, 0.9), (2, 0.47)), (3, 4, 5, 6), (-1.0, 1.0))
FADING = [0.4, 0.35, 0.3, 0.25]


@pytest.fixture
def at() -> AppTest:
    """A page with that curve and a button that locks it."""
    return AppTest.from_file(ROOT / "tests" / "browser" / "apps" / "curve.py", default_timeout=60).run()


def draw(at: AppTest, sent: object) -> AppTest:
    [component] = at.get("bidi_component")
    return report(at, component, sent, "drawn")


def shown(at: AppTest) -> dict:
    """What the browser is told: the values are None where Python says that they were not drawn yet."""
    [component] = at.get("bidi_component")
    names = ["seq", "", "markup", "", "drawn", "has_drawn", "locked", "sentence"]
    told = dict(zip(names, json.loads(component.proto.json), strict=True))
    assert not at.exception
    return told | ({} if told["has_drawn"] else {"drawn": None})


def test_a_drawing_arrives_once_and_comes_back_with_its_number_until_it_is_locked(at):
    for seq, values in ((7, FADING), (8, FADING[::-1])):
        there = shown(draw(at, {"seq": seq, "values": values}))
        assert (there["seq"], there["drawn"], there["locked"]) == (seq, values, False)
        assert "<g" not in there["markup"]
    # What comes together with the lock is what is locked, and nothing after it.
    at.button[0].click()
    for seq, values in ((9, FADING), (10, [0, 0, 0, 0])):
        there = shown(draw(at, {"seq": seq, "values": values}))
        assert there["locked"] and there["drawn"] == FADING and at.session_state["count"] == 3
        assert there["markup"].count('class="step"') == 4 and "The largest difference" in there["sentence"]


def test_what_was_never_drawn_can_be_locked_as_it_stands(at):
    there = shown(at.button[0].click().run())
    assert there["locked"] and len(set(there["drawn"])) == 1 and 'class="step"' in there["markup"]


def test_a_hostile_report_leaves_everything_as_it_was(at):
    before = shown(at)
    for values in ([0, 0.1, 0.2, float("nan")], [0.1] * 100_000, {"0": 1}):
        there = shown(draw(at, {"seq": 1, "values": values}))
        assert there | {"seq": 0} == before | {"seq": 0}


@collected(
    "sent",
    [None, [], "x", 3, True, {}, {"seq": 1}]
    + [{"values": values} for values in (None, "0.1", {"0": 1}, [], [0.1] * 3, [0.1] * 5, [0.1] * 100_000)]
    + [{"values": [0, 0.1, 0.2, one]} for one in (None, "0.3", True, [0.3], 10**400, 1e308, float("nan"))],
)
def test_what_is_no_drawing_is_not_taken_for_one(sent):
    assert checked_drawing(sent, SHEET) is None


def test_numbers_are_clamped_to_the_bounds_and_have_two_decimals():
    assert checked_drawing({"values": [7, -7.5, 0.123456, 1]}, SHEET) == (1.0, -1.0, 0.12, 1.0)
    assert checked_drawing({"values": [1, 0, -0.0, 0]}, SHEET) == (1.0, 0.0, 0.0, 0.0)
    assert [type(value) for value in checked_drawing({"values": [1, 0, -1, 0]}, SHEET)] == [float] * 4

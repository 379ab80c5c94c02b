"""The curve's side of Python: what is shown, what a report changes, what is not believed."""

import json

from streamlit.testing.v1 import AppTest

from lstm_core.view.lessons.curve_sheet import CurveSheet
from pages._ui.browser.curve import checked_drawing
from tests.collected import collected
from tests.conftest import ROOT
from tests.pages.panels import report

SHEET = CurveSheet(((1, 0.9), (2, 0.47)), (3, 4, 5, 6), (-1.0, 1.0))
FADING = [0.4, 0.35, 0.3, 0.25]


def opened(**query: str) -> AppTest:
    at = AppTest.from_file(ROOT / "tests" / "browser" / "apps" / "curve.py", default_timeout=60)
    at.query_params.update(query)
    return at.run()


def component(at: AppTest):
    [found] = at.get("bidi_component")
    return found


def data(at: AppTest) -> list:
    return json.loads(component(at).proto.json)


def draw(at: AppTest, sent: object) -> AppTest:
    return report(at, component(at), sent, "drawn")


def drawn(at: AppTest) -> list | None:
    """Where Python says the points stand, None where it says that they were not drawn yet."""
    *_, values, has_drawn, _, _ = data(at)
    return values if has_drawn else None


# -- what is shown and what a report changes ------------------------------------------------------


def test_a_drawing_arrives_once_and_comes_back_with_its_number():
    at = draw(opened(), {"seq": 7, "values": FADING})
    assert not at.exception and drawn(at) == FADING and at.session_state["count"] == 1
    seq, *_, values, has_drawn, locked, _ = data(at)
    assert (seq, values, has_drawn, locked) == (7, FADING, True, False)
    draw(at, {"seq": 8, "values": FADING[::-1]})
    assert data(at)[0] == 8 and drawn(at) == FADING[::-1] and at.session_state["count"] == 2


def test_a_locked_curve_shows_the_truth_and_takes_no_more():
    at = draw(opened(), {"seq": 1, "values": FADING})
    assert "<g" not in data(at)[2]
    at.button[0].click().run()
    _, _, truth, _, values, _, locked, sentence = data(at)
    assert locked and values == FADING and truth.count('class="step"') == 4
    assert "The largest difference" in sentence
    draw(at, {"seq": 2, "values": [0, 0, 0, 0]})
    assert not at.exception and drawn(at) == FADING and at.session_state["count"] == 1


def test_what_was_never_drawn_can_be_locked_as_it_stands():
    at = opened()
    at.button[0].click().run()
    assert not at.exception and data(at)[6] and len(set(drawn(at))) == 1 and 'class="step"' in data(at)[2]


def test_a_drawing_that_comes_together_with_the_lock_is_the_one_that_is_locked():
    at = draw(opened(), {"seq": 1, "values": FADING})
    at.button[0].click()
    draw(at, {"seq": 2, "values": FADING[::-1]})
    assert not at.exception and data(at)[6] and drawn(at) == FADING[::-1]


# -- what is believed -----------------------------------------------------------------------------

HOSTILE = [
    None, [], "x", 3, True, {}, {"seq": 1}, {"values": None}, {"values": "0.1"}, {"values": {"0": 1}},
    {"values": []}, {"values": [0.1, 0.2, 0.3]}, {"values": [0.1] * 5}, {"values": [0.1] * 100_000},
    {"values": [0, 0.1, 0.2, None]}, {"values": [0, 0.1, 0.2, "0.3"]}, {"values": [0, 0.1, 0.2, True]},
    {"values": [0, 0.1, 0.2, [0.3]]}, {"values": [0, 0.1, 0.2, 10**400]}, {"values": [0, 0.1, 0.2, 1e308]},
    {"values": [0, 0.1, 0.2, float("nan")]}, {"values": [0, 0.1, 0.2, float("inf")]},
]  # fmt: skip


@collected("sent", HOSTILE)
def test_what_is_no_drawing_is_not_taken_for_one(sent):
    assert checked_drawing(sent, SHEET) is None


@collected("sent", HOSTILE)
def test_a_hostile_report_leaves_everything_as_it_was(sent):
    before = opened()
    at = draw(opened(), sent)
    assert not at.exception and drawn(at) is None and data(at)[1:] == data(before)[1:]


def test_numbers_are_clamped_to_the_bounds_and_have_two_decimals():
    assert checked_drawing({"values": [7, -7.5, 0.123456, 1]}, SHEET) == (1.0, -1.0, 0.12, 1.0)
    assert checked_drawing({"values": [1, 0, -0.0, 0]}, SHEET) == (1.0, 0.0, 0.0, 0.0)
    assert [type(value) for value in checked_drawing({"values": [1, 0, -1, 0]}, SHEET)] == [float] * 4

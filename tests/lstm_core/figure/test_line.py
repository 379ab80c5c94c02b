"""A line answers a report of its own figure, and of nothing else: whatever comes, the figure stays."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.figure import Figure, Line
from lstm_core.figure.draw import PICTURES
from lstm_core.figure.handles import GROUPS
from lstm_core.figure.line import MOST_PICTURES, MOST_VALUES, checked_report
from lstm_core.quantities import TRACE_KEYS
from lstm_core.workbench.focus import PHASES, Focus
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.figure.browsers import TURN, Browser
from tests.nightly import examples

FIGURE = Figure(preset("leaky"), Focus(2, 1), tuple(PICTURES), panels=("t", "length", *GROUPS))
SMALL = Figure(preset("leaky"), Focus(2, 1), ("strip", "ledger"), panels=("t", "f"))
"""Drawn quickly, for tests that draw often."""


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def browser(line) -> Browser:
    return Browser(line, FIGURE)


def pictures(figure: Figure, exact: bool = True) -> dict[str, str]:
    return figure.draw(exact)


# -- an honest report -----------------------------------------------------------------------------


def test_a_line_without_a_figure_answers_nothing(line):
    assert line.answer({"seq": 1, "turn": "", "values": {}}) is None and line.settled({"seq": 1}) is None


def test_what_was_moved_is_in_the_pictures_and_the_figure_stays(line, browser):
    before = FIGURE.draw()
    answer = browser.sends(values={"b_f.1": -1.0})
    assert (answer["seq"], answer["turn"]) == (1, TURN) and "panels" not in answer and "open" not in answer
    assert browser.sees() == pictures(FIGURE.moved({"b_f.1": -1.0}), exact=False)
    assert line.figure is FIGURE and FIGURE.draw() == before


def test_what_is_looked_at_moves_the_sliders_too(browser):
    answer = browser.sends(look={"t": 5, "phase": "erase"})
    after = FIGURE.looked(t=5, phase="erase")
    assert browser.sees() == pictures(after) and answer["look"] == after.look()
    assert answer["panels"]["t"][0][1] == 5 and answer["panels"]["x"][0][0] == "x.5.1"
    assert answer["panels"].keys() == set(FIGURE.panels)


def test_what_was_chosen_is_answered_with_where_it_leads_and_the_rest_is_left_to_the_page(browser):
    present, weight = {"role": "key", "value": "present"}, {"role": "slider", "value": "b_f.1"}
    answer = browser.sends({"role": "key", "value": "next"}, present, {"quantity": "f", "t": "4"}, weight)
    assert answer["open"] == [present, weight]
    assert answer["look"] == FIGURE.chose({"role": "key", "value": "next"}).looked(t=4, chosen="f").look()


def test_each_report_holds_all_so_an_answer_that_was_lost_is_missed_by_nobody(browser):
    browser.sends(values={"b_f.1": 1.0})
    assert browser.asks(values={"b_f.1": -2.0, "V_f.1.1": 1.0}) is not None  # lost on its way
    browser.sends(values={"b_f.1": -2.5, "V_f.1.1": 1.0}, look={"t": 7})
    assert browser.sees() == pictures(FIGURE.moved({"b_f.1": -2.5, "V_f.1.1": 1.0}).looked(t=7), exact=False)


def test_changes_are_sent_only_of_the_picture_that_the_browser_holds(browser):
    first = browser.sends(values={"b_f.1": 1.0})
    assert isinstance(first["pictures"]["cell"][0], list), "only what has changed"
    still = browser.sends(values={"b_f.1": 1.0})
    assert all(sent == [] for sent, _ in still["pictures"].values()), "nothing has changed"
    assert (
        browser.asks(values={"b_f.1": 1.5}) is not None
    )  # lost: the line has sent more than the browser holds
    after = browser.sends(values={"b_f.1": 2.0})
    assert isinstance(after["pictures"]["cell"][0], str), (
        "the browser holds another one, so it gets the whole"
    )


DIGESTS = [
    {},
    {"cell": "x" * 12},
    {"cell": None},
    {"cell": ["a"]},
    {"nope": "x"},
    {"cell": ""},
    [],
    None,
    "x",
    7,
]


@collected("digests", [*DIGESTS, {f"p{k}": "x" for k in range(MOST_PICTURES)}])
def test_whoever_holds_none_of_the_pictures_gets_them_whole(digests):
    browser = Browser(Line(), FIGURE)
    answer = browser.asks(values={"b_f.1": 1.0}, digests=digests)
    if isinstance(digests or {}, dict):
        expected = pictures(FIGURE.moved({"b_f.1": 1.0}), exact=False)
        assert {name: sent for name, (sent, _) in answer["pictures"].items()} == expected
    else:
        assert answer is None


def test_two_tabs_on_one_line_both_see_their_own(line):
    """A second browser that holds other pictures gets what it needs, and so does the first one after it."""
    one, other = Browser(line, FIGURE), Browser(line, FIGURE)
    for value in (0.5, 1.0, 1.5):
        one.sends(values={"b_f.1": value})
        other.sends(values={"b_f.1": -value})
        assert one.sees() == pictures(FIGURE.moved({"b_f.1": value}), exact=False)
        assert other.sees() == pictures(FIGURE.moved({"b_f.1": -value}), exact=False)


addresses = st.sampled_from(preset("leaky").addresses()) | st.sampled_from(["pin_f.1.2", "pin_o.1"])
looks = st.fixed_dictionaries({}, optional={
    "t": st.integers(1, 16), "phase": st.sampled_from(PHASES), "chosen": st.sampled_from(TRACE_KEYS),
    "band": st.integers(0, 16) | st.none(), "arrangement": st.sampled_from(["wide", "narrow"]),
})  # fmt: skip
honest = st.tuples(st.dictionaries(addresses, st.floats(-2, 2), max_size=3), looks, st.booleans())


@settings(max_examples=25)
@given(st.lists(honest, max_size=5))
def test_whatever_is_lost_the_browser_shows_what_the_figure_draws(reports):
    browser = Browser(Line(), SMALL)
    for values, look, arrives in reports:
        answer = browser.asks(values=values, look=look)
        if arrives:
            browser.takes(answer)
            pins = {
                address: min(max(value, 0.0), 1.0) for address, value in values.items() if "pin" in address
            }
            expected = SMALL.looked(**look).moved({**values, **pins})
            assert browser.sees() == pictures(expected, exact=not values)


# -- a forged one ---------------------------------------------------------------------------------


@collected(
    "turn", [None, "", "x", TURN + "0", TURN[:-1], TURN.upper(), "nobody-guesses-it/2", 7, [], {}, True]
)
def test_a_report_of_another_turn_gets_nothing(turn):
    assert Browser(Line(), FIGURE).asks(turn=turn, values={"b_f.1": 1.0}) is None


def test_another_experiment_makes_the_reports_of_the_one_before_void(line, browser):
    line.show(Figure(preset("latch")), TURN.replace("/1", "/2"))
    assert browser.asks(values={"b_f.1": 1.0}) is None


def told(**sent):
    return checked_report({"seq": 1, "turn": TURN} | sent, FIGURE)


@collected("number, taken", [
    (99, 15.0), (-99.5, -15.0), (1.25, 1.25), (1, 1.0), (10**400, None), (1e308, None), (math.nan, None),
    (math.inf, None), (-math.inf, None), (True, None), ("3", None), (None, None), ([1], None), ({}, None),
])  # fmt: skip
def test_numbers_are_finite_and_kept_within_their_bounds(number, taken):
    assert FIGURE.bounds("b_f.1") == (-15.0, 15.0)
    assert told(values={"b_f.1": number}).values == ({} if taken is None else {"b_f.1": taken})


@collected(
    "address", ["b_x.1", "b_f.99", "", "t", "__class__", "x.0.1", "pin_q.1", "b_f.1" * 99, "b_f\0.1", "²"]
)
def test_an_address_that_is_not_there_is_left_out_and_the_rest_is_used(address):
    assert told(values={address: 1.0, "b_i.1": 1.0}).values == {"b_i.1": 1.0}


@collected("seq", [-1, 1.5, "7", None, True, 2**60, 10**400, math.nan, []])
def test_a_number_of_a_report_is_a_small_whole_number(seq):
    assert told(seq=seq).seq == 0


@collected("size", [MOST_VALUES + 1, 10_000])
@collected("part, entry", [
    ("values", lambda k: (f"x.{k}.1", 1.0)),
    ("look", lambda k: (f"t{k}", 1)), ("digests", lambda k: (f"p{k}", "x")),
])  # fmt: skip
def test_a_report_of_too_much_is_not_answered(part, entry, size):
    line = Line()
    browser = Browser(line, FIGURE)
    many = dict(entry(k) for k in range(size))
    assert browser.asks(**{part: many}) is None
    assert browser.asks(*[{"role": "key", "value": "next"}] * size) is None
    assert line.settled({"seq": 1, "turn": TURN, "values": many}) is None or part != "values"
    assert line.figure is FIGURE


@collected("look", [
    {"t": "5"}, {"t": None}, {"t": -1}, {"t": 1.5}, {"t": 10**9}, {"t": True}, {"phase": "nope"},
    {"phase": 7}, {"chosen": "W_f"}, {"chosen": ["f"]}, {"arrangement": "huge"}, {"place": "x"},
    {"place": {}},
    {"band": "x"},
    {"nope": 1}, {"present": True}, {"language": "ko"}, {"covers": []}, {"experiment": 1}, {"focus": {}},
    {"__class__": "x"},
])  # fmt: skip
def test_a_look_that_is_none_leads_nowhere(look):
    browser = Browser(Line(), FIGURE)
    assert browser.sends(look=look)["look"] == FIGURE.look()
    assert browser.sees() == pictures(FIGURE)


def test_a_picture_that_is_not_on_the_page_is_not_drawn(line):
    few = Browser(line, Figure(preset("leaky"), pictures=("ledger",)))
    forged = {"pictures": ["cell", "paths"], "panels": ["f"], "rows": [], "draw": "cell"}
    answer = few.asks(look={"t": 3}, digests={"cell": "x"}, **forged)
    assert answer["pictures"].keys() == {"ledger"} and answer["panels"] == {}


deep = json.loads("[" * 300 + "]" * 300)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just(deep)
names = st.sampled_from(
    ["b_f.1", "x.1.1", "t", "phase", "place", "role", "value", "cell", "length", "band", "unit"]
)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(names | st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
forged = st.dictionaries(st.sampled_from(["seq", "values", "look", "acts", "digests", "more"]), anything)


@settings(max_examples=examples(30, 150))
@given(anything | forged, st.booleans())
def test_whatever_comes_nothing_breaks_and_the_figure_stays(sent, knows_the_turn):
    line = Line()
    line.show(SMALL, TURN)
    report = sent | {"turn": TURN} if knows_the_turn and isinstance(sent, dict) else sent
    answer = line.answer(report)
    assert line.figure is SMALL and (answer is None or knows_the_turn)
    if answer:
        json.dumps(answer, allow_nan=False)
        assert answer["pictures"].keys() == set(SMALL.pictures)
    settled = line.settled(report)
    if settled:
        assert settled.figure.draw() and settled.figure.sliders() and settled.figure.link()
        for address, value in settled.values.items():
            low, high = SMALL.bounds(address)
            assert low <= value <= high


# -- what the host is told ------------------------------------------------------------------------


def test_when_the_hand_rests_the_host_gets_the_figure(line, browser):
    sent = {"seq": 9, "turn": TURN, "values": {"b_f.1": -1.0, "nope": 3}, "look": {"t": 5}, "acts": []}
    settled = line.settled(sent)
    assert (settled.seq, settled.turn, settled.left) == (9, TURN, ()) and settled.values == {"b_f.1": -1.0}
    assert settled.figure.experiment == preset("leaky").edited("b_f.1", -1.0)
    assert settled.figure.focus == Focus(5, 1) and line.figure is FIGURE


def test_choices_are_taken_once(line, browser):
    on, present = {"role": "key", "value": "step_on"}, {"role": "key", "value": "present"}
    sent = {"seq": 1, "turn": TURN, "acts": [[3, on], [4, present], [5, on]]}
    settled = line.settled(sent)
    assert settled.acted == 5 and settled.figure.focus.t == 4 and settled.left == (present,)
    again = line.settled(sent | {"seq": 2, "acts": [*sent["acts"], [6, on]]}, acted=5)
    assert again.acted == 6 and again.figure.focus.t == 3 and again.left == ()
    assert line.settled(sent, acted=5).acted == 5


@collected("acts", [
    None, "x", 7, {}, [None], [[]], [[1]], [[1, 2, 3]], [["1", {}]], [[1, None]], [[True, {"role": "key"}]],
    [[-1, {"role": "key", "value": "next"}]], [[2**60, {"role": "key", "value": "next"}]], [{"role": "key"}],
])  # fmt: skip
def test_choices_without_a_number_are_none(acts):
    line = Line()
    line.show(FIGURE, TURN)
    settled = line.settled({"seq": 1, "turn": TURN, "acts": acts})
    assert settled is None or (settled.left == () and settled.figure.focus == FIGURE.focus)

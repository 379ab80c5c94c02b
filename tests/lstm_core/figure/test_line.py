"""A line answers a report of its own figure, and of nothing else: whatever comes, the figure stays."""

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.figure import Figure, Line
from lstm_core.figure.changes import changes, digest_of
from lstm_core.figure.draw import PICTURES
from lstm_core.figure.handles import GROUPS
from lstm_core.figure.line import MOST_PICTURES, MOST_VALUES, checked_choice, checked_report
from lstm_core.quantities import TRACE_KEYS
from lstm_core.workbench.focus import PHASES, Focus
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.figure.browsers import TURN, Browser, put_together
from tests.nightly import examples

FIGURE = Figure(preset("leaky"), Focus(2, 1), tuple(PICTURES), panels=("t", "length", *GROUPS))
SMALL = Figure(preset("leaky"), Focus(2, 1), ("strip", "ledger"), panels=("t", "f"))
"""Drawn quickly, for tests that draw often."""

NEXT, PRESENT = ({"role": "key", "value": value} for value in ("next", "present"))


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def browser(line) -> Browser:
    return Browser(line, FIGURE)


# -- an honest report -----------------------------------------------------------------------------


def test_a_line_without_a_figure_answers_nothing(line):
    assert line.answer({"seq": 1, "turn": "", "values": {}}) is None and line.settled({"seq": 1}) is None


def test_what_was_moved_is_in_the_pictures_and_the_figure_stays(line, browser):
    before = FIGURE.draw()
    answer = browser.sends(values={"b_f.1": -1.0})
    assert (answer["seq"], answer["turn"]) == (1, TURN) and "panels" not in answer and "open" not in answer
    assert browser.sees() == FIGURE.moved({"b_f.1": -1.0}).draw(exact=False)
    assert line.figure is FIGURE and FIGURE.draw() == before


def test_what_is_looked_at_moves_the_sliders_too(browser):
    answer = browser.sends(look={"t": 5, "phase": "erase"})
    after = FIGURE.looked(t=5, phase="erase")
    assert browser.sees() == after.draw() and answer["look"] == after.look()
    assert answer["panels"]["t"][0][1] == 5 and answer["panels"]["x"][0][0] == "x.5.1"
    assert answer["panels"].keys() == set(FIGURE.panels)


def test_what_was_chosen_is_answered_with_where_it_leads_and_the_rest_is_left_to_the_page(browser):
    weight = {"role": "slider", "value": "b_f.1"}
    answer = browser.sends(NEXT, PRESENT, {"quantity": "f", "t": "4"}, weight)
    assert answer["open"] == [PRESENT, weight]
    assert answer["look"] == FIGURE.chose(NEXT).looked(t=4, chosen="f").look()


def test_two_tabs_on_one_line_both_see_their_own_and_get_whole_what_they_do_not_hold(line):
    one, other = Browser(line, FIGURE), Browser(line, FIGURE)
    first = one.sends(values={"b_f.1": 1.0})
    assert isinstance(first["pictures"]["cell"][0], list), "only what has changed"
    still = one.sends(values={"b_f.1": 1.0})
    assert all(sent == [] for sent, _ in still["pictures"].values()), "nothing has changed"
    for value in (0.5, 1.5):
        answer = one.sends(values={"b_f.1": value})
        assert isinstance(answer["pictures"]["cell"][0], list if value == 0.5 else str)
        other.sends(values={"b_f.1": -value})
        assert one.sees() == FIGURE.moved({"b_f.1": value}).draw(exact=False)
        assert other.sees() == FIGURE.moved({"b_f.1": -value}).draw(exact=False)


MANY = {f"p{k}": "x" for k in range(MOST_PICTURES)}


@collected("digests", [{}, {"cell": "x" * 12}, {"cell": None}, {"nope": "x"}, MANY, [], None, "x", 7])
def test_whoever_holds_none_of_the_pictures_gets_them_whole(digests):
    answer = Browser(Line(), SMALL).asks(values={"b_f.1": 1.0}, digests=digests)
    if isinstance(digests or {}, dict):
        expected = SMALL.moved({"b_f.1": 1.0}).draw(exact=False)
        assert {name: sent for name, (sent, _) in answer["pictures"].items()} == expected
    else:
        assert answer is None


addresses = st.sampled_from(preset("leaky").addresses()) | st.sampled_from(["pin_f.1.2", "pin_o.1"])
looks = st.fixed_dictionaries({}, optional={
    "t": st.integers(1, 16), "phase": st.sampled_from(PHASES), "chosen": st.sampled_from(TRACE_KEYS),
    "band": st.integers(0, 16) | st.none(), "arrangement": st.sampled_from(["wide", "narrow"]),
})  # fmt: skip
honest = st.tuples(st.dictionaries(addresses, st.floats(-2, 2), max_size=3), looks, st.booleans())


@given(st.lists(honest, max_size=5))
def test_whatever_is_lost_the_browser_shows_what_the_figure_draws(reports):
    """As each report holds all that the host has not taken."""
    browser = Browser(Line(), SMALL)
    for values, look, arrives in reports:
        answer = browser.asks(values=values, look=look)
        if arrives:
            browser.takes(answer)
            pins = {
                address: min(max(value, 0.0), 1.0) for address, value in values.items() if "pin" in address
            }
            expected = SMALL.looked(**look).moved({**values, **pins})
            assert browser.sees() == expected.draw(exact=not values)


markup = st.text(alphabet='<>a1" é', max_size=40)


@given(markup, markup)
def test_the_parts_that_are_sent_put_together_are_the_picture_and_a_digest_names_it(before, after):
    assert put_together(before, changes(before, after)) == after
    assert (digest_of(before) == digest_of(after)) == (before == after)


def test_what_is_the_same_is_not_sent():
    before = "".join(f'<g id="{k}"><text>{k / 7}</text></g>' for k in range(300))
    [start, new, end] = changes(before, before.replace(">20.0<", ">20.5<"))
    assert new == "text>20.5" and start[1] + 1 == end[0] and end[1] == len(before.split("<"))
    one, other = (FIGURE.moved({"b_f.1": value}).draw(exact=False) for value in (0.5, 0.55))
    for name, after in other.items():
        sent = sum(len(part) if isinstance(part, str) else 8 for part in changes(one[name], after))
        assert len(after) < 2000 or sent < len(after) / 2, name


# -- a forged one ---------------------------------------------------------------------------------


@collected(
    "turn", [None, "", "x", TURN + "0", TURN[:-1], TURN.upper(), "nobody-guesses-it/2", 7, [], {}, True]
)
def test_a_report_of_another_turn_gets_nothing(turn):
    assert Browser(Line(), SMALL).asks(turn=turn, values={"b_f.1": 1.0}) is None


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


@collected("address", ["b_x.1", "b_f.99", "", "t", "__class__", "x.0.1", "pin_q.1", "b_f.1" * 99, "b_f\0.1"])
def test_an_address_that_is_not_there_is_left_out_and_the_rest_is_used(address):
    assert told(values={address: 1.0, "b_i.1": 1.0}).values == {"b_i.1": 1.0}


@collected("seq", [-1, 1.5, "7", None, True, 2**60, 10**400, math.nan, []])
def test_a_number_of_a_report_is_a_small_whole_number(seq):
    assert told(seq=seq).seq == 0


@collected("part", ["values", "look", "digests"])
def test_a_report_of_too_much_is_not_answered(part):
    line = Line()
    browser, size = Browser(line, FIGURE), MOST_VALUES + 1
    many = {f"x.{k}.1": 1.0 for k in range(size)}
    assert browser.asks(**{part: many}) is None and browser.asks(*[NEXT] * size) is None
    assert part != "values" or line.settled({"seq": 1, "turn": TURN, "values": many}) is None
    assert line.figure is FIGURE


@collected("look", [
    {"t": "5"}, {"t": None}, {"t": -1}, {"t": 1.5}, {"t": 10**9}, {"t": True}, {"phase": "nope"},
    {"phase": 7}, {"chosen": "W_f"}, {"chosen": ["f"]}, {"arrangement": "huge"}, {"place": "x"},
    {"place": {}}, {"band": "x"}, {"nope": 1}, {"present": True}, {"language": "ko"}, {"covers": []},
    {"experiment": 1}, {"focus": {}}, {"__class__": "x"},
])  # fmt: skip
def test_a_look_that_is_none_leads_nowhere(look):
    browser = Browser(Line(), SMALL)
    assert browser.sends(look=look)["look"] == SMALL.look()
    assert browser.sees() == SMALL.draw()


def test_a_picture_that_is_not_on_the_page_is_not_drawn(line):
    few = Browser(line, Figure(preset("leaky"), pictures=("ledger",)))
    forged = {"pictures": ["cell", "paths"], "panels": ["f"], "rows": [], "draw": "cell"}
    answer = few.asks(look={"t": 3}, digests={"cell": "x"}, **forged)
    assert answer["pictures"].keys() == {"ledger"} and answer["panels"] == {}


deep = json.loads("[" * 300 + "]" * 300)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just(deep)
names = st.sampled_from(
    ["b_f.1", "x.1.1", "t", "phase", "place", "role", "value", "cell", "length", "band", "unit", "index"]
)


def nested(inner):
    return st.lists(inner, max_size=4) | st.dictionaries(names | st.text(max_size=8), inner, max_size=4)


anything = st.recursive(scalars, nested, max_leaves=8)
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


# -- a choice -------------------------------------------------------------------------------------


@collected("sent, choice", [
    ({"quantity": "f", "t": "4", "unit": "1"}, {"quantity": "f", "t": 4, "unit": 1}),
    ({"quantity": "x", "t": "0", "index": "3"}, {"quantity": "x", "t": 0, "index": 3}),
    ({"role": "slider", "value": "V_f.1.3"}, {"role": "slider", "value": "V_f.1.3"}),
    ({"quantity": "h", "t": "9999999"}, {"quantity": "h", "t": 9_999_999}),
    ({"quantity": "f", "unit": "0", "index": "0"}, {"quantity": "f"}),
    *((sent, {}) for sent in (None, "", "f", 0, 1.5, True, [], ["quantity", "f"], ("t", "1"), b"x", {})),
])  # fmt: skip
def test_a_choice_is_taken_and_its_numbers_are_numbers(sent, choice):
    assert checked_choice(sent) == choice


NAMES = ("quantity", "role", "value", "picture")
NUMBERS = {"t": 0, "unit": 1, "index": 1}
"""Name -> the least that it may be."""

NO_NAMES = [None, 1, 1.5, True, "", "x" * 81, "a\nb", "a\u0000", "\u202e", ["f"], {"f": 1}, b"f"]
NO_NUMBERS = [None, 1, -1, 1.5, True, "", "-1", "+1", " 1", "1 ", "1.0", "1e3", "0x1", "1_0", "١", "１", "²",
              "nan", "9" * 8, "9" * 100_000, ["1"], {"1": 1}, "1; drop", b"1"]  # fmt: skip


@collected("name", [*NAMES, *NUMBERS])
def test_what_is_no_name_or_no_number_is_left_out_and_the_rest_is_used(name):
    for value in NO_NAMES if name in NAMES else NO_NUMBERS:
        rest = ({"t": "3"}, {"t": 3}) if name in NAMES else ({"quantity": "f"},) * 2
        assert checked_choice({name: value} | rest[0]) == rest[1], value


@given(anything)
def test_whatever_comes_what_goes_on_is_short_text_and_small_numbers(sent):
    choice = checked_choice(sent)
    assert choice.keys() <= {*NAMES, *NUMBERS}
    for name, value in choice.items():
        if name in NAMES:
            assert type(value) is str and 0 < len(value) <= 80 and value.isprintable()
        else:
            assert type(value) is int and NUMBERS[name] <= value < 10**7


# -- what the host is told ------------------------------------------------------------------------


def test_when_the_hand_rests_the_host_gets_the_figure(line, browser):
    sent = {"seq": 9, "turn": TURN, "values": {"b_f.1": -1.0, "nope": 3}, "look": {"t": 5}, "acts": []}
    settled = line.settled(sent)
    assert (settled.seq, settled.turn, settled.left) == (9, TURN, ()) and settled.values == {"b_f.1": -1.0}
    assert settled.figure.experiment == preset("leaky").edited("b_f.1", -1.0)
    assert settled.figure.focus == Focus(5, 1) and line.figure is FIGURE


def test_choices_are_taken_once(line, browser):
    on = {"role": "key", "value": "step_on"}
    sent = {"seq": 1, "turn": TURN, "acts": [[3, on], [4, PRESENT], [5, on]]}
    settled = line.settled(sent)
    assert settled.acted == 5 and settled.figure.focus.t == 4 and settled.left == (PRESENT,)
    again = line.settled(sent | {"seq": 2, "acts": [*sent["acts"], [6, on]]}, acted=5)
    assert again.acted == 6 and again.figure.focus.t == 3 and again.left == ()
    assert line.settled(sent, acted=5).acted == 5


@collected("acts", [
    None, "x", 7, {}, [None], [[]], [[1]], [[1, 2, 3]], [["1", {}]], [[1, None]], [[True, NEXT]],
    [[-1, NEXT]], [[2**60, NEXT]], [{"role": "key"}],
])  # fmt: skip
def test_choices_without_a_number_are_none(acts):
    line = Line()
    line.show(FIGURE, TURN)
    settled = line.settled({"seq": 1, "turn": TURN, "acts": acts})
    assert settled is None or (settled.left == () and settled.figure.focus == FIGURE.focus)

"""What each click and each key asks of a figure."""

import re

from hypothesis import given
from hypothesis import strategies as st

from lstm_core.explain import Place
from lstm_core.figure import Figure
from lstm_core.figure.choose import AGAIN, MOST_PRESSES, chose, pressed
from lstm_core.figure.draw import PICTURES
from lstm_core.figure.line import checked_choice
from lstm_core.quantities import TRACE_KEYS
from lstm_core.view.origin import explanation_panel
from lstm_core.words import Words
from lstm_core.workbench.focus import ALL, BACK_PHASES, PHASES, Focus
from lstm_core.workbench.presets import preset
from tests.collected import collected

RUN = preset("random").resized(H=3, D=2)
HERE = Figure(RUN, Focus(5, 1), tuple(PICTURES), goes_back=True)


def where(figure: Figure) -> tuple[str, int]:
    return figure.phase, figure.focus.t


@collected("key, phase, t, there", [
    ("next", "erase", 5, ("candidate", 5)), ("back", "erase", 5, ("forget", 5)),
    ("next", PHASES[-1], 5, (PHASES[0], 6)), ("back", PHASES[0], 5, (PHASES[-1], 4)),
    ("next", ALL, 5, (PHASES[0], 5)), ("next", PHASES[-1], 12, (PHASES[-1], 12)),
    ("back", PHASES[0], 1, (PHASES[0], 1)), ("step_on", "erase", 5, ("erase", 6)),
    ("step_back", "erase", 5, ("erase", 4)), ("step_on", ALL, 12, (ALL, 12)),
    ("step_back", ALL, 1, (ALL, 1)), (ALL, "erase", 5, (ALL, 5)),
    (AGAIN, ALL, 12, (ALL, 1)), (AGAIN, PHASES[-1], 12, (PHASES[0], 1)),
])  # fmt: skip
def test_each_key_leads_on(key, phase, t, there):
    figure = Figure(RUN, Focus(t, 1, phase))
    assert where(pressed(figure, key)) == where(figure.chose({"role": "key", "value": key})) == there


def test_keys_that_were_pressed_in_quick_succession_all_count_but_not_without_end():
    assert where(HERE.chose({"role": "key", "value": "next", "index": 7})) == (PHASES[-1], 5)
    once = long = Figure(RUN.resized(T=40), Focus(1, 1))
    for _ in range(MOST_PRESSES):
        once = pressed(once, "next")
    assert where(long.chose({"role": "key", "value": "next", "index": 10**7 - 1})) == where(once)


def test_the_page_opens_on_a_phase_and_walks_on_from_there():
    assert where(pressed(Figure(RUN, Focus(5, 1), opens_on="forget"), "next")) == ("erase", 5)


@collected("key", TRACE_KEYS)
def test_a_number_is_asked_about_and_looked_at(key):
    after = chose(HERE, {"quantity": key, "t": 7, "index" if key == "x" else "unit": 2})
    assert after.asked() == Place(key, 7, 2) and after.focus.t == 7
    assert after.focus.unit == (1 if key in ("x", "h_prev", "C_prev") else 2)  # chosen among several
    if key in ("h", "C"):  # the state before step 1 is looked at as that of step 1
        start = chose(HERE, {"quantity": key, "t": 0, "unit": 2})
        assert start.focus == Focus(1, 2) and start.asked() == Place(key, 1, 2)


@collected("choice, look", [
    ({"role": "unit", "unit": 3}, {"unit": 3}), ({"role": "unit"}, {"unit": 1}),
    ({"role": "step", "t": 9}, {"t": 9}), ({"role": "step", "t": 10**6}, {"t": 12}),
    ({"role": "band", "value": "2", "t": 7}, {"band": 2, "t": 7}),
    ({"role": "band", "value": "0", "t": 7}, {"band": 0, "t": 7}),
    ({"role": "band", "value": "99", "t": 7}, {"band": None, "t": 7}),
    ({"role": "band", "value": "²", "t": 7}, {"band": None, "t": 7}),
    ({"role": "band", "value": "x"}, {"band": None, "t": 5}),
    ({"role": "phase", "value": "write"}, {"phase": "write"}),
    ({"role": "phase", "value": ALL}, {"phase": ALL}),
    ({"role": "room", "value": "wide"}, {"arrangement": "wide"}),
    ({"role": "room", "value": "huge"}, {"arrangement": None}),
    *(({"role": role, "value": value}, {role: value}) for role, value in (
        ("back", "sums"), ("loss", "all"), ("ways", "C"), ("rnn", "candidate"), ("rnn", "1.5"),
    )),
])  # fmt: skip
def test_each_role_looks_elsewhere(choice, look):
    after = HERE.chose(choice)
    assert look.items() <= after.look().items() and after.experiment is RUN


@collected("choice", [
    {}, {"t": 4}, {"quantity": "W_f"}, {"quantity": "nope", "t": 3, "unit": 1}, {"quantity": "__class__"},
    {"role": "slider", "value": "V_f.1.1"}, {"role": "unpin", "quantity": "f"}, {"role": "other"},
    {"role": "phase"}, {"role": "phase", "value": "x"},
    *({"role": role} for role in ("back", "loss", "ways", "rnn")),
    *({"role": role, "value": "nope"} for role in ("back", "loss", "ways", "rnn")),
    *({"role": "key", "value": value} for value in ("", "nope", "__class__", "present", "ask", "lock", None)),
])  # fmt: skip
def test_what_is_not_a_figures_own_is_left_to_the_page(choice):
    assert HERE.chose(choice) is None


known = [*TRACE_KEYS, "W_f", *PHASES, ALL, "next", "1", "²", "٣", "-1", "back", *BACK_PHASES, "h"]
words = st.sampled_from(known) | st.text(max_size=9)
ROLES = ["key", "phase", "step", "unit", "band", "room", "slider", "unpin", "turn", "back", "loss"]
roles = st.sampled_from(ROLES) | words
numbers = st.integers(-3, 10**8).map(str) | st.text(max_size=3) | st.none()
sent = st.fixed_dictionaries({}, optional={
    "quantity": words, "role": roles, "value": words, "t": numbers, "unit": numbers, "index": numbers,
})  # fmt: skip


@given(st.lists(sent, max_size=4))
def test_whatever_is_chosen_the_figure_is_one_of_the_same_run_and_can_be_drawn(choices):
    figure = Figure(RUN, Focus(5, 1), ("cell", "strip"), arrangement="wide", goes_back=True)
    for choice in choices:
        figure = figure.chose(checked_choice(choice)) or figure
    assert figure.experiment is RUN and figure.focus == figure.focus.within(RUN)
    place = figure.asked()
    assert place is None or explanation_panel(figure.trace, place, Words("en"))
    assert figure.draw() and figure.sentence()


@collected("name", ["cell", "strip", "walk"])
def test_every_choice_that_a_picture_offers_is_the_figures_own_or_the_pages(name):
    """No picture offers what nobody takes: each element's data, as the browser reports it."""
    offered = re.findall(r"<[^>]*data-(?:role|quantity)=[^>]*>", HERE.draw()[name])
    assert offered
    for tag in offered:
        choice = checked_choice(dict(re.findall(r'data-(quantity|t|unit|index|role|value)="([^"]*)"', tag)))
        is_pages_own = choice.get("role") in ("unpin", "slider")
        is_pages_own |= choice.get("value") in ("present", "leave")
        assert is_pages_own or HERE.chose(choice) is not None, tag


# -- the walk back --------------------------------------------------------------------------------


@collected("key, undone_by", [("step_back", "step_on"), ("next", "back"), ("left", "right")])
def test_the_walk_back_begins_at_the_last_step_and_goes_on_by_keys(key, undone_by):
    figure = there = chose(HERE, {"role": "turn", "value": "back"})
    assert (figure.focus.back, figure.focus.t) == (BACK_PHASES[0], 12) and figure.walks_back
    assert chose(figure, {"role": "turn", "value": "back"}) is figure
    for _ in BACK_PHASES:
        there = pressed(there, key)
    assert (there.focus.back, there.focus.t) == (BACK_PHASES[0], 11)
    assert pressed(pressed(figure, key), undone_by).look() == figure.look()
    ended = chose(figure, {"role": "turn", "value": "glance"})
    assert ended.focus.back is None and where(pressed(ended, "step_back")) == (ALL, 11)


def test_a_truncated_walk_ends_where_it_is_cut_off_and_a_figure_that_does_not_go_back_never_walks_so():
    figure = HERE.looked(back=BACK_PHASES[-1], t=10, last=3)
    assert pressed(figure, "step_back").look() == figure.look()
    assert pressed(figure.looked(t=4), "step_on").focus.t == 10  # the first of the steps that are walked back
    forward = Figure(RUN, Focus(5, 1, back="gates"), pictures=("cell",))  # whatever its link says
    assert not forward.walks_back and where(pressed(forward, "next")) == (PHASES[0], 5)

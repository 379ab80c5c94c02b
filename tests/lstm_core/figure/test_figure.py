"""A figure never changes: it answers with another one, and draws what it is asked for."""

import copy
import re
from urllib.parse import parse_qsl

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.figure import Figure
from lstm_core.figure.draw import PICTURES
from lstm_core.figure.handles import GROUPS
from lstm_core.figure.looking import LOOKS
from lstm_core.figure.pages import figure_of
from lstm_core.lessons.lesson_link import LessonLink, Part
from lstm_core.lessons.tasks import TASKS
from lstm_core.quantities import TRACE_KEYS
from lstm_core.rounding import text
from lstm_core.view.diagram import ARRANGEMENTS, describe
from lstm_core.view.typeset import emphasised
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.experiment import HAND_T
from lstm_core.workbench.focus import ALL, MAX_LENGTH, MIN_LENGTH, PHASES, Focus
from lstm_core.workbench.link import from_link
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.nightly import sample

PANELS = ("t", "length", *GROUPS)
RANDOM = Figure(preset("random"), Focus(3, 2), tuple(PICTURES), panels=PANELS)


def shown(figure: Figure) -> tuple:
    """All that a figure says, as data."""
    panels = {name: [slider.spec() for slider in panel] for name, panel in figure.sliders().items()}
    return figure.draw(), panels, figure.sentence(), figure.link(), figure.look()


@collected("language", LANGUAGES)
@collected("key", sample(PRESETS, 4))
def test_every_preset_can_be_looked_at_in_every_picture(key, language):
    figure = Figure(preset(key), pictures=tuple(PICTURES), language=language, panels=PANELS)
    drawn, panels, sentence, link, _ = shown(figure)
    assert tuple(drawn) == tuple(PICTURES) and all(drawn[name] for name in drawn if name != "goal")
    assert set(panels) == set(PANELS) and all(panels.values())
    words = Words(language)
    assert sentence == describe(figure.trace, 1, 1, words) and link.startswith("?preset=")
    assert figure.looked(phase=ALL).sentence() == sentence
    assert figure.looked(phase="erase").sentence() == describe(figure.trace, 1, 1, words, "erase")


def test_whoever_moves_looks_or_chooses_gets_another_one_and_this_one_stays():
    before = copy.deepcopy(shown(RANDOM))
    for other in (
        RANDOM.moved({"b_f.2": 0.5, "x.3.1": -1.0, "pin_f.2.3": 0.25, "C0.1": 1.0}),
        RANDOM.looked(t=5, unit=1, phase="erase", chosen="f", band=2, arrangement="wide"),
        RANDOM.chose({"role": "key", "value": "next"}),
    ):
        assert other is not RANDOM and shown(other) != before
    assert shown(RANDOM) == before


# -- moved ----------------------------------------------------------------------------------------


def test_moved_numbers_are_in_the_experiment_and_in_the_pictures():
    after = RANDOM.moved({"b_f.2": 0.5, "pin_o.1.4": 0.25})
    assert after.experiment == preset("random").edited("b_f.2", 0.5).pinned("pin_o.1.4", 0.25)
    np.testing.assert_array_equal(after.trace.C, after.experiment.trace().C)
    assert after.unpinned is not None and RANDOM.unpinned is None
    assert after.focus == RANDOM.focus and RANDOM.moved({}).experiment == RANDOM.experiment


@collected("address", ["b_x.1", "b_f.99", "nope", "", "x.0.1", "x.99.1", "pin_q.1", "t", "__class__"])
def test_an_address_that_is_none_is_an_error_of_who_asks(address):
    with pytest.raises(KeyError):
        RANDOM.moved({address: 0.5})


@collected("value", [float("nan"), float("inf"), 1e301])
@collected("address", ["b_f.1", "x.1.1", "C0.1"])
def test_a_number_that_it_cannot_have_is_refused(address, value):
    with pytest.raises(ValueError, match=r"\w"):
        RANDOM.moved({address: value})


def test_how_far_a_number_goes_is_kept_while_it_is_moved():
    far = Figure(preset("leaky").edited("b_f.1", 40.0).edited("x.2.1", 7.0), panels=("f", "x"))
    before = {address: far.bounds(address) for address in ("b_f.1", "x.2.1", "U_f.1.1")}
    near = far.moved({"b_f.1": 0.0, "x.2.1": 0.0}).moved({"b_f.1": -1.0})
    assert {address: near.bounds(address) for address in before} == before
    assert before["b_f.1"][1] >= 40 and before["U_f.1.1"][1] >= 12


# -- looked ---------------------------------------------------------------------------------------


def test_it_is_looked_at_elsewhere_and_the_run_stays():
    there = {
        "t": 5,
        "unit": 1,
        "phase": "erase",
        "chosen": "C",
        "place": 2,
        "band": 1,
        "arrangement": "narrow",
    }
    after = RANDOM.looked(**there)
    assert after.focus == Focus(5, 1, "erase") and after.experiment is RANDOM.experiment
    assert after.look() == RANDOM.look() | there and set(after.look()) == set(LOOKS)


@collected("where, there", [
    ({"t": 0}, {"t": 1}), ({"t": 10**6}, {"t": 12}), ({"unit": 0}, {"unit": 1}), ({"unit": 99}, {"unit": 2}),
    ({"length": 1}, {"length": MIN_LENGTH}), ({"length": 10**6}, {"length": MAX_LENGTH}),
    ({"last": 12}, {"last": 0}), ({"last": 99}, {"last": 0}), ({"last": 11}, {"last": 11}),
    ({"band": 99}, {"band": None}), ({"band": 12}, {"band": 12}), ({"band": 0}, {"band": 0}),
])  # fmt: skip
def test_a_place_beyond_the_run_is_the_nearest_that_there_is(where, there):
    assert there.items() <= RANDOM.looked(**where).look().items()


@collected("where, error", [
    *((where, ValueError) for where in (
        {"phase": "nope"}, {"phase": 3}, {"chosen": "W_f"}, {"chosen": ""}, {"arrangement": "huge"},
        {"phase": []}, {"rnn": None}, {"rnn": "2"}, {"back": "all"}, {"loss": "x"}, {"loss": None},
        {"ways": "h"},
    )),
    *((where, TypeError) for where in (
        {"nope": 1}, {"present": True}, {"t": None}, {"t": "2"}, {"unit": "x"}, {"length": []}, {"band": "x"},
        {"last": "x"}, {"last": None}, {"place": "x"}, {"place": []}, {"place": 1.5}, {"t": 1.5},
        {"unit": True},
    )),
])  # fmt: skip
def test_what_is_no_look_is_refused(where, error):
    with pytest.raises(error, match=next(iter(where))):
        RANDOM.looked(**where)


def test_what_is_locked_stays():
    locked = Figure(preset("random"), Focus(3, 2), locked=frozenset({"t", "unit"}))
    assert locked.looked(t=5, unit=1, phase="write").focus == Focus(3, 2, "write")
    assert locked.chose({"quantity": "C", "t": 7, "unit": 1}).focus == Focus(3, 2)
    assert locked.chose({"role": "key", "value": "step_on"}).focus == Focus(3, 2)


# -- what it says ---------------------------------------------------------------------------------


@given(st.data())
def test_its_link_leads_to_the_same_experiment_and_focus(data):
    key = data.draw(st.sampled_from(list(PRESETS)))
    addresses = data.draw(st.lists(st.sampled_from(preset(key).addresses()), max_size=4, unique=True))
    values = {address: data.draw(st.floats(-2, 2)) for address in addresses}
    figure = Figure(preset(key), language=data.draw(st.sampled_from(list(LANGUAGES)))).moved(values)
    figure = figure.looked(t=data.draw(st.integers(1, HAND_T)), phase=data.draw(st.sampled_from(PHASES)))
    told = from_link(dict(parse_qsl(figure.link().removeprefix("?"))))
    assert (told.experiment, told.focus, told.language) == (figure.experiment, figure.focus, figure.language)
    assert told.problems == ()


@collected("key", [key for key in TRACE_KEYS if key != "x"])
def test_a_number_that_is_asked_about_is_that_of_the_unit_in_focus_until_a_place_is_named(key):
    asked = RANDOM.looked(chosen=key, unit=1)
    assert asked.asked().unit == 1 and asked.looked(unit=2).asked().unit == 2
    assert asked.looked(place=99).asked().unit == RANDOM.experiment.H
    assert RANDOM.asked() is None


@collected("arrangement", ARRANGEMENTS)
def test_only_the_arrangement_that_fits_is_drawn_once_it_is_known(arrangement):
    assert all(f'class="{name}"' in RANDOM.draw()["cell"] for name in ARRANGEMENTS)
    drawn = RANDOM.looked(arrangement=arrangement).draw()["cell"]
    assert [name for name in ARRANGEMENTS if f'class="{name}"' in drawn] == [arrangement]


@collected("key", sample(TASKS, 3))
def test_in_a_task_the_wanted_memory_lies_behind_that_of_the_run_and_the_match_follows_the_hand(key):
    task = TASKS[key]
    lesson = LessonLink(parts=(Part("task", key, 1),), at=1)
    figure = figure_of(task.page, task.start(1), Focus(), lesson, "en")
    solution = task.solution(1)
    other = [a for a in solution.addresses() if solution.value(a) != figure.experiment.value(a)]
    there = figure.moved({address: solution.value(address) for address in other})
    C, h = (text(float(getattr(solution.trace(), key)[0, 0])) for key in "Ch")
    wanted = emphasised(Words("en")("task_card.wanted", t=1, C=C, h=h))
    for seen, done in ((figure, False), (there, True)):
        strip, goal = seen.draw()["strip"], seen.draw()["goal"]
        assert {"C"} <= set(re.findall('data-ghost="(.+?)"', strip)) <= {"C", "h"} and wanted in strip
        assert ("goal done" in goal) is done and ("data-t" in goal) is not done
    assert "goal" not in figure_of(task.page, task.start(1), Focus(present=True), lesson, "en").pictures
    resized = figure.experiment.resized(H=3)
    assert "data-ghost" not in figure_of(task.page, resized, Focus(), lesson, "en").draw()["strip"]

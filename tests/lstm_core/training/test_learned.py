"""The table of what was learned, on runs known by hand, and the sentences, read off by another way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lstm_core import LSTMParams, half_life
from lstm_core.training import PROBLEMS, course_from_npz, events, learned, train
from lstm_core.training.events import FOLLOWS, LARGE, Event
from lstm_core.training.learned import OPEN, SHUT, learned_along
from lstm_core.training.network import Network
from tests.fixtures import make_courses

pytestmark = pytest.mark.filterwarnings("error")

TEST = PROBLEMS["recall"].test()


def latch(b_f=10.0):
    """Unit 1 stores the flagged value and keeps it by σ(b_f); unit 2 never writes anything."""
    W, b = np.zeros((4, 2, 5)), np.zeros((4, 2))
    b[0], b[1], b[3] = b_f, -30, 3
    W[1, 0, 3] = 60  # the store flag opens the input gate
    W[2, :, 2] = 0.5
    return Network(LSTMParams(W, b), np.array([[2.0, 0]]), np.zeros(1))


def test_a_latch_holds_the_stored_value_and_a_silent_unit_nothing():
    one, two = learned(latch(), TEST, "stored")
    assert (one.unit, two.unit) == (1, 2)
    assert one.r["stored"] > 0.99 and one.holds == ("stored", one.r["stored"]) and abs(two.r["stored"]) < 0.5
    f = 1 / (1 + np.exp(-10))
    for unit in (one, two):
        assert unit.mean_f == pytest.approx(f) == unit.f_held and unit.f_new is None
        assert unit.half_life == pytest.approx(half_life(f), rel=1e-6)
        assert unit.opened["f"] == 1 and unit.shut["f"] == 0 and unit.opened["o"] == 1
    assert one.opened["i"] == pytest.approx(1 / 20) and one.shut["i"] == pytest.approx(19 / 20)
    assert two.opened["i"] == 0 and two.shut["i"] == 1
    stored = np.abs(TEST.variables["stored"][~np.isnan(TEST.variables["stored"])]).max()
    assert one.largest_C == pytest.approx(np.tanh(stored / 2), rel=1e-3) and two.largest_C < 1e-10


def test_a_leaky_latch_says_how_soon_it_forgets():
    unit = learned(latch(0.0), TEST, "stored")[0]
    assert unit.mean_f == unit.f_held == 0.5 and unit.half_life == 1
    assert unit.opened["f"] == unit.shut["f"] == 0 and unit.r["stored"] < 0.6


def test_where_something_new_comes_is_told_apart_from_where_it_is_held():
    """A cell that forgets at the store flag alone, on a stream that stores again and again."""
    problem = PROBLEMS["stream"]
    network = latch()
    W = network.params.W.copy()
    W[0, 0, 3] = -20
    network = Network(LSTMParams(W, network.params.b), network.W_y, network.b_y)
    test = problem.test()
    one, two = learned(network, test, problem.holds)
    assert one.f_held > 0.999 and one.f_new < 0.001 and one.r["stored"] > 0.99
    assert two.f_new > 0.999
    stores = test.x[1:, :, 1].mean()
    assert one.mean_f == pytest.approx(1 - stores, abs=0.01)


def test_steps_after_the_end_of_a_sequence_are_left_out():
    problem = PROBLEMS["counting"]
    batch = problem.test()
    W, b = np.zeros((4, 1, 5)), np.zeros((4, 1))
    W[0, 0, 1:] = 40  # f is 1 while there are symbols, and ½ after the end
    unit = learned(Network(LSTMParams(W, b), np.zeros((4, 1)), np.zeros(4)), batch, problem.holds)[0]
    assert not batch.lasts.all() and unit.mean_f == pytest.approx(1)


def test_the_cell_of_1997_forgets_nothing_and_the_plain_rnn_has_no_gates():
    network = latch()
    old = replace(network, params=network.params.with_variant("1997"))
    assert [unit.half_life for unit in learned(old, TEST, "stored")] == [np.inf, np.inf]
    plain = replace(network, plain=True)
    for unit in learned(plain, TEST, "stored"):
        assert unit.mean_f is unit.half_life is unit.f_held is unit.largest_C is None
        assert unit.opened == unit.shut == {} and abs(unit.r["stored"]) < 1


def course_of(key, updates=None, **changed):
    problem = PROBLEMS[key]
    if updates is None:
        return course_from_npz((make_courses.FOLDER / f"{key}.npz").read_bytes())
    return train(problem, replace(problem.setup, **changed), 3, updates)


COURSES = {
    **{key: (key,) for key in ("recall", "stream", "parity", "counting")},
    "flat": ("recall", 60, "bias0"),
    "short": ("recall", 5, "bias1"),
}


@pytest.fixture(scope="module", params=COURSES)
def course(request):
    key, *more = COURSES[request.param]
    return course_of(key, *more[:1], **({"start": more[1]} if more else {}))


def test_every_sentence_is_true_of_its_course(course):
    told = events(course)
    assert told == sorted(told, key=lambda event: event.update)
    assert all(isinstance(event, Event) and 0 < event.update <= course.updates for event in told)
    along = dict(learned_along(course))
    assert list(along) == course.snapshot_at.tolist()

    def is_so(event, update):
        """Whether what an event says of a unit is so at a snapshot."""
        unit = along[update][event.unit - 1]
        return {
            "holds": lambda: abs(unit.r[event.values["variable"]]) >= FOLLOWS,
            "keeps": lambda: unit.f_held >= OPEN,
            "lets_go": lambda: unit.f_new <= SHUT,
            "large": lambda: unit.largest_C > LARGE,
        }[event.key]()

    for event in (event for event in told if event.unit is not None):
        since = [update for update in along if update >= event.update]
        before = [update for update in along if update < event.update][-1]
        assert event.update in along and all(is_so(event, update) for update in since)
        assert not is_so(event, before)
    keys = [event.key for event in told if event.unit is None]
    assert ("reached" in keys) != ("missed" in keys) and ("flat" in keys) + ("learns" in keys) <= 1
    for event in told:
        at = np.flatnonzero(course.scored_at == event.update)
        if event.key in ("half", "reached"):
            goal = 0.5 if event.key == "half" else course.problem.score
            assert (
                course.scores[at] == event.values["score"] >= goal and (course.scores[: at[0]] < goal).all()
            )
        if event.key == "missed":
            assert event.values["score"] == course.scores.max() < event.values["goal"]
        if event.key == "clipped":
            assert event.values["share"] == (course.norms > 1).mean()
        if event.key in ("learns", "flat"):
            assert event.values["loss"] == pytest.approx(
                course.losses[event.update - 20 : event.update].mean()
            )


def test_the_shipped_courses_tell_what_they_are_shipped_for():
    recall, stream, counting = (events(course_of(key)) for key in ("recall", "stream", "counting"))
    [keeps] = [event for event in recall if event.key == "keeps"]
    assert keeps.values["f"] > OPEN
    assert any(event.key == "holds" and event.unit == keeps.unit for event in recall)
    assert any(event.key == "lets_go" for event in stream)
    assert any(event.key == "holds" and event.values["variable"] == "open" for event in counting)


def test_a_start_without_forget_bias_is_told_as_flat_and_a_broken_course_as_ended():
    assert "flat" in [event.key for event in events(course_of("recall", 60, start="bias0"))]
    ended = course_of("recall", 300, rate=10.0, clip=0.0)
    told = events(ended)
    assert [event.values["why"] for event in told if event.key == "ended"] == ["blew_up"]
    assert "clipped" not in [event.key for event in told]


def test_a_course_without_updates_tells_that_nothing_was_reached():
    assert {event.key for event in events(course_of("recall", 0))} <= {"missed"}

"""The events of a course, read off again by another way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lstm_core.training import PROBLEMS, course_from_npz, events, learned, train
from lstm_core.training.effects import effects
from lstm_core.training.events import FOLLOWS, LARGE, OPEN, SHUT, Event
from lstm_core.training.example import batch_of
from lstm_core.training.telling import telling
from tests.fixtures import make_courses
from tests.lstm_core.training import plain

pytestmark = pytest.mark.filterwarnings("error")


def course_of(key, updates=None, **changed):
    problem = PROBLEMS.get(key)
    if updates is None:
        return course_from_npz((make_courses.FOLDER / f"{key}.npz").read_bytes())
    return train(problem, replace(problem.setup, **changed), 3, updates)


COURSES = {
    **{key: (key,) for key in (*PROBLEMS, "recall_gates")},
    "flat": ("recall", 60, "bias0"),
    "short": ("recall", 5, "bias1"),
}


@pytest.fixture(scope="module", params=COURSES)
def course(request):
    key, *more = COURSES[request.param]
    return course_of(key, *more[:1], **({"start": more[1]} if more else {}))


def test_every_event_is_true_of_its_course(course):
    found = events(course)
    assert found == sorted(found, key=lambda event: event.update)
    assert all(isinstance(event, Event) and 0 < event.update <= course.updates for event in found)
    batch, updates = batch_of(course.problem), course.snapshot_at.tolist()
    runs = {update: plain.run(course.network(update), batch.x) for update in updates}

    def is_so(event, update):
        """Whether what an event says of a unit is so at a snapshot."""
        run, unit, name = runs[update], event.unit, event.values.get("variable")
        if event.key == "holds":
            return abs(plain.correlation(run["memory"], batch, name, unit)) >= FOLLOWS
        if event.key == "large":
            return abs(run["C"][..., unit - 1][batch.lasts]).max() > LARGE
        held, stored, _ = plain.moments(batch, name)
        if event.key == "keeps":
            return plain.pace(run["f"], held, unit) >= OPEN
        return plain.mean(run["f"], stored, unit) <= SHUT

    for event in (event for event in found if event.unit is not None):
        since = [update for update in updates if update >= event.update]
        before = [update for update in updates if update < event.update][-1]
        assert event.update in updates and all(is_so(event, update) for update in since), event
        assert not is_so(event, before), event
    keys = [event.key for event in found if event.unit is None]
    assert ("reached" in keys) != ("missed" in keys) and ("flat" in keys) + ("learns" in keys) <= 1
    for event in found:
        at = np.flatnonzero(course.scored_at == event.update)
        if event.key in ("half", "reached"):
            goal = 0.5 if event.key == "half" else course.problem.score
            assert course.scores[at] == event.values["score"] >= goal
            assert (course.scores[: at[0]] < goal).all()
        if event.key == "reached":
            assert event.values["goal"] == course.problem.score
            assert (event.values["end"], event.values["of"]) == (course.scores[-1], course.scored_at[-1])
        if event.key == "missed":
            assert event.values["score"] == course.scores.max() < event.values["goal"]
        if event.key == "clipped":
            assert event.values["share"] == (course.norms > 1).mean() > 0
        if event.key in ("learns", "flat"):
            mean = course.losses[event.update - 20 : event.update].mean()
            assert event.values["loss"] == pytest.approx(mean)


def test_gates_are_told_only_of_units_that_hold_something_clear():
    found = events(course_of("text"))
    last = learned(course_of("text").network(), batch_of(PROBLEMS["text"]), "quoted")
    of_gates = [event for event in found if event.key in ("keeps", "lets_go")]
    assert of_gates and all(last[event.unit - 1].is_clear for event in of_gates)
    assert not all(row.is_clear for row in last)


def test_the_shipped_courses_tell_what_they_are_shipped_for():
    recall, gates, stream = (events(course_of(key)) for key in ("recall", "recall_gates", "stream"))
    [keeps] = [event for event in recall if event.key == "keeps"]
    assert any(event.key == "holds" and event.unit == keeps.unit for event in recall)
    assert [event.unit for event in gates if event.key == "holds"] == [1]
    assert any(event.key == "lets_go" for event in stream)
    assert any(event.key == "holds" for event in events(course_of("counting")))


def test_one_example_of_recall_gates_and_the_other_goes_round_through_h():
    """What the page says of the two: one keeps by its gates alone, the other loses it without the loop."""
    gates, loop = course_of("recall_gates"), course_of("recall")
    batch = batch_of(gates.problem)
    [unit] = learned(gates.network(), batch, "stored")
    assert unit.holding.f > 0.98 and unit.holding.i < 0.03
    assert unit.at_store.i > 0.7 and abs(unit.r["stored"]) > 0.99
    assert unit.holding.f**14 > 0.8
    [before] = learned(gates.network(0), batch, "stored")
    assert before.holding.i == pytest.approx(0.5, abs=0.05)  # as a note for the teacher says
    found = effects(gates.network(), gates.problem)
    assert found.score >= 0.99 and abs(found.loop_r[0]) > 0.99 and found.lesions[0] < 0.2
    assert unit.r["stored"] > 0  # C is the value itself, and not its negative
    holder = max(learned(loop.network(), batch, "stored"), key=lambda row: abs(row.r["stored"]))
    assert holder.holding.f**14 < 0.4 and holder.holding.i > 0.3
    assert abs(holder.holding.i - holder.at_store.i) < 0.05
    found = effects(loop.network(), loop.problem)
    assert found.score >= 0.99 and found.loop < 0.2 and abs(found.loop_r[holder.unit - 1]) < 0.65


def test_a_start_without_forget_bias_is_told_as_flat_and_a_broken_course_as_ended():
    assert "flat" in [event.key for event in events(course_of("recall", 60, start="bias0"))]
    ended = course_of("recall", 300, rate=10.0, clip=0.0)
    found = events(ended)
    assert [event.values["why"] for event in found if event.key == "ended"] == ["blew_up"]
    assert "clipped" not in [event.key for event in found]


def test_a_course_without_updates_tells_that_nothing_was_reached():
    assert {event.key for event in events(course_of("recall", 0))} <= {"missed"}


def test_a_course_is_told_in_small_steps_and_comes_to_the_same():
    course, steps = course_of("recall"), 0
    reading = telling(course)
    while True:
        try:
            next(reading)
            steps += 1
        except StopIteration as end:
            assert end.value.events == events(course)
            assert end.value.effects == effects(course.network(), course.problem)
            break
    assert steps > len(course.snapshot_at)

"""The events of a course, read off again by another way."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from lstm_core.training import PROBLEMS, events, learned, train
from lstm_core.training.effects import effects
from lstm_core.training.events import FOLLOWS, LARGE, OPEN, SHUT, Event
from lstm_core.training.example import batch_of
from lstm_core.training.telling import telling
from tests.collected import collected
from tests.lstm_core.training import plain
from tests.lstm_core.training.networks import COURSES, course, events_of
from tests.nightly import sample

pytestmark = pytest.mark.filterwarnings("error")


def of_unit_is_so(event: Event, run, batch) -> bool:
    """Whether what an event says of a unit is so in the run of a snapshot."""
    unit, name = event.unit, event.values.get("variable")
    if event.key == "holds":
        return abs(plain.correlation(run["memory"], batch, name, unit)) >= FOLLOWS
    if event.key == "large":
        return abs(run["C"][..., unit - 1][batch.lasts]).max() > LARGE
    held, stored, _ = plain.moments(batch, name)
    if event.key == "keeps":
        return plain.pace(run["f"], held, unit) >= OPEN
    return plain.mean(run["f"], stored, unit) <= SHUT


@collected("name", sample([name for name in COURSES if name not in ("recall_rnn", "stream_1997")], 5))
def test_every_event_is_true_of_its_course(name):
    of, found = course(name), events_of(name)
    assert found == sorted(found, key=lambda event: event.update)
    batch, updates = batch_of(of.problem), of.snapshot_at.tolist()

    @cache
    def run(update):
        return plain.run(of.network(update), batch.x)

    for event in (event for event in found if event.unit is not None):
        since = sample([update for update in updates if update >= event.update], 8)
        before = [update for update in updates if update < event.update][-1]
        assert event.update in updates and all(of_unit_is_so(event, run(at), batch) for at in since), event
        assert not of_unit_is_so(event, run(before), batch), event
    keys = [event.key for event in found if event.unit is None]
    assert ("reached" in keys) != ("missed" in keys) and ("flat" in keys) + ("learns" in keys) <= 1
    for event in found:
        told, at = event.values, np.flatnonzero(of.scored_at == event.update)
        assert 0 < event.update <= of.updates
        if event.key in ("half", "reached"):
            goal = 0.5 if event.key == "half" else of.problem.score
            assert of.scores[at] == told["score"] >= goal and (of.scores[: at[0]] < goal).all()
        if event.key == "reached":
            assert told["goal"] == of.problem.score
            assert (told["end"], told["of"]) == (of.scores[-1], of.scored_at[-1])
        if event.key == "missed":
            assert told["score"] == of.scores.max() < told["goal"]
        if event.key == "clipped":
            assert told["share"] == (of.norms > 1).mean() > 0
        if event.key in ("learns", "flat"):
            assert told["loss"] == pytest.approx(of.losses[event.update - 20 : event.update].mean())


def test_gates_are_told_only_of_units_that_hold_something_clear():
    last = learned(course("text").network(), batch_of(PROBLEMS["text"]), "quoted")
    of_gates = [event for event in events_of("text") if event.key in ("keeps", "lets_go")]
    assert of_gates and all(last[event.unit - 1].is_clear for event in of_gates)
    assert not all(row.is_clear for row in last)


def test_the_shipped_courses_tell_what_they_are_shipped_for():
    """Also what the page says of two of them: one keeps by its gates alone, the other through h."""
    told = {name: events_of(name) for name in ("recall", "recall_gates", "stream", "counting")}
    [keeps] = [event for event in told["recall"] if event.key == "keeps"]
    assert any(event.key == "holds" and event.unit == keeps.unit for event in told["recall"])
    assert [event.unit for event in told["recall_gates"] if event.key == "holds"] == [1]
    assert any(event.key == "lets_go" for event in told["stream"])
    assert any(event.key == "holds" for event in told["counting"])
    gates, loop = course("recall_gates"), course("recall")
    batch = batch_of(gates.problem)
    [unit] = learned(gates.network(), batch, "stored")
    assert unit.holding.f > 0.98 and unit.holding.i < 0.03 and unit.holding.f**14 > 0.8
    assert unit.at_store.i > 0.7 and unit.r["stored"] > 0.99  # C is the value itself, and not its negative
    [before] = learned(gates.network(0), batch, "stored")
    assert before.holding.i == pytest.approx(0.5, abs=0.05)  # as a note for the teacher says
    found = effects(gates.network(), gates.problem)
    assert found.score >= 0.99 and abs(found.loop_r[0]) > 0.99 and found.lesions[0] < 0.2
    holder = max(learned(loop.network(), batch, "stored"), key=lambda row: abs(row.r["stored"]))
    assert holder.holding.f**14 < 0.4 and holder.holding.i > 0.3
    assert abs(holder.holding.i - holder.at_store.i) < 0.05
    found = effects(loop.network(), loop.problem)
    assert found.score >= 0.99 and found.loop < 0.2 and abs(found.loop_r[holder.unit - 1]) < 0.65


def test_a_start_without_forget_bias_is_flat_a_broken_course_ended_and_one_without_updates_missed():
    problem = PROBLEMS["recall"]
    broken = events(train(problem, replace(problem.setup, rate=10.0, clip=0.0), 3, 300))
    assert "flat" in [event.key for event in events_of("flat")]
    assert [event.values["why"] for event in broken if event.key == "ended"] == ["blew_up"]
    assert "clipped" not in [event.key for event in broken]
    assert {event.key for event in events(train(problem, problem.setup, 3, 0))} <= {"missed"}


def test_a_course_is_told_in_small_steps_and_comes_to_the_same():
    of, steps, end = course("recall"), 0, None
    reading = telling(of)
    while end is None:
        try:
            next(reading)
            steps += 1
        except StopIteration as stop:
            end = stop.value
    assert end.events == events_of("recall") and end.effects == effects(of.network(), of.problem)
    assert steps > len(of.snapshot_at)

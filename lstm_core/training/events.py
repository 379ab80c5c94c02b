"""Sentences that a course tells: course -> **events** -> texts in every language.

An event is the key of a sentence and what the sentence names; each is true of this course, and
tests/lstm_core/training/test_events.py reads them off again by another way.

A gate counts as open above 0.9 and as shut below 0.1, as in Karpathy, Johnson & Fei-Fei, "Visualizing and
Understanding Recurrent Networks" (2015). Both are said of means alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from .course import Course
from .learned import LearnedUnit, learned_along

OPEN, SHUT = 0.9, 0.1

FOLLOWS = 0.9
"""A correlation, of whatever sign, from which on a unit follows a variable."""

LARGE = 5.0
"""tanh of it is 0.9999: a cell beyond can grow or shrink by much, and h does not show it."""

WINDOW = 20
"""Updates over which a loss is averaged, so that one lucky batch is no event."""


@dataclass(frozen=True)
class Event:
    """One thing that happened. `key` names the sentence, `values` what it needs.

    key        at `update` …                                                        values
    learns     the loss has fallen by a fifth of what can be learned                 loss
    flat       no such update: nothing has been learned up to here                   loss
    half       half of the test sequences are right for the first time               score
    reached    the problem's score is reached for the first time                     score, goal, end (the
                                                                                     last), of (its update)
    missed     it has not been reached up to here                                    score (the best), goal
    holds      a unit begins to follow a variable, and does so to the end            variable, r (at the end)
    keeps      a unit's forget gate begins to be above OPEN on average while the     variable, f (at the end)
               variable that it follows is held, and is so to the end
    lets_go    a unit's forget gate begins to be below SHUT on average where that    variable, f (at the end)
               variable takes another value, and is so to the end
    large      the largest C of a test sequence passes LARGE, and stays beyond       C (at the end)
    clipped    (of the whole course) gradients were shortened                        share (of the updates)
    ended      the training ended by itself                                          why, a key of `Course`

    `keeps` and `lets_go` are told only of units that hold something clear at the end.
    """

    key: str
    update: int
    unit: int | None
    values: dict[str, float | int | str]


def events(course: Course, along: Iterable[tuple[int, list[LearnedUnit]]] | None = None) -> list[Event]:
    """What happened in a course, in its order. `along` is what `learned_along` gave, if that is there."""
    along = list(learned_along(course) if along is None else along)
    found = [*_of_the_loss(course), *_of_the_score(course), *_of_units(course, along), *_of_the_end(course)]
    return sorted(found, key=lambda event: event.update)


def _of_the_loss(course: Course) -> Iterable[Event]:
    if course.updates < WINDOW:
        return
    means = np.convolve(course.losses, np.full(WINDOW, 1 / WINDOW), "valid")  # the first ends at WINDOW
    best = course.problem.test().best_loss
    there = means - best < 0.8 * (means[0] - best)
    if there.any():
        first = int(there.argmax())
        yield Event("learns", first + WINDOW, None, {"loss": float(means[first])})
    else:
        yield Event("flat", course.updates, None, {"loss": float(means[-1])})


def _of_the_score(course: Course) -> Iterable[Event]:
    goal = course.problem.score
    for key, score in (("half", 0.5), ("reached", goal)):
        update = course.reached(score)
        if update:
            at = np.searchsorted(course.scored_at, update)
            values: dict[str, float | int | str] = {"score": float(course.scores[at])}
            if key == "reached":
                values |= {"goal": goal, "end": float(course.scores[-1]), "of": int(course.scored_at[-1])}
            yield Event(key, update, None, values)
    if course.reached(goal) is None:
        yield Event("missed", course.updates, None, {"score": float(course.scores.max()), "goal": goal})


def _of_units(course: Course, along: list[tuple[int, list[LearnedUnit]]]) -> Iterable[Event]:
    updates = [update for update, _ in along]
    for k, last in enumerate(along[-1][1]):
        rows = [units[k] for _, units in along]
        for variable in last.r:
            update = _from_which_on(updates, [abs(row.r[variable]) >= FOLLOWS for row in rows])
            if update:
                yield Event("holds", update, last.unit, {"variable": variable, "r": last.r[variable]})
        if last.is_clear:
            name = last.follows[0]
            for key, gates, is_so in (
                ("keeps", [row.holding_of.get(name) for row in rows], lambda f: f >= OPEN),
                ("lets_go", [row.store_of.get(name) for row in rows], lambda f: f <= SHUT),
            ):
                update = _from_which_on(updates, [of is not None and is_so(of.f) for of in gates])
                if update and (at_end := gates[-1]):
                    yield Event(key, update, last.unit, {"variable": name, "f": at_end.f})
        if not course.network(0).plain:
            update = _from_which_on(updates, [row.largest > LARGE for row in rows])
            if update:
                yield Event("large", update, last.unit, {"C": last.largest})


def _of_the_end(course: Course) -> Iterable[Event]:
    if course.setup.clip and course.updates:
        share = float((course.norms > course.setup.clip).mean())
        if share:
            yield Event("clipped", course.updates, None, {"share": share})
    if course.ended:
        yield Event("ended", course.updates, None, {"why": course.ended})


def _from_which_on(updates: list[int], is_so: list[bool]) -> int | None:
    """The update from which on something is so up to the end: 0 if it always was, None if it is not."""
    since = len(is_so)
    while since and is_so[since - 1]:
        since -= 1
    return updates[since] if since < len(is_so) else None

"""Three things to try with a training: course -> **trial** -> whether it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from .course import Course
from .effects import Effects, effects
from .plan import Plan, first_plan
from .problems import problem_of

FAR, WITHIN = 40, 400
"""Steps of the sequences, and updates within which they have to be learned."""

LONG_ENOUGH = 600
"""Updates after which the LSTM has learned most of a stream."""


@dataclass(frozen=True)
class Trial:
    """Something to try.

    start : the plan that it starts from. done : whether a course that the reader trained does what is asked;
    None where a unit of the course of `start` has to be named. judge : whether a plan does it whose network
    has that score, so that it can be told of weights alone; None as above.
    """

    key: str
    start: Callable[[], Plan]
    done: Callable[[Course], bool] | None = None
    judge: Callable[[Plan, float], bool] | None = None

    @property
    def told(self) -> dict[str, int]:
        """What its aim names."""
        return {"T": FAR, "within": WITHIN, "H": self.start().setup.H}


def holder(course: Course) -> int | None:
    """The unit, from 1, that the network needs most: with its C held at its mean the fewest are right.

    None where it stays right for half of what it is right for undisturbed, whichever unit is held.
    """
    found = needs(course)
    least = min(found.lesions)
    return 1 + found.lesions.index(least) if least < found.score / 2 else None


@lru_cache(maxsize=4)
def needs(course: Course) -> Effects:
    """What a course's network needs at its end; it is kept, because the same course is asked about often."""
    return effects(course.network(), course.problem)


def _far() -> Plan:
    return replace(first_plan("recall"), problem=problem_of("recall", FAR), updates=WITHIN)


def _learns_far(course: Course) -> bool:
    reached = course.reached()
    is_far = course.problem.key == "recall" and course.problem.T >= FAR
    return is_far and reached is not None and reached <= WITHIN


def _is_far(plan: Plan, score: float) -> bool:
    is_far = plan.problem.key == "recall" and plan.problem.T >= FAR
    return is_far and plan.updates <= WITHIN and score >= plan.problem.score


def _never_learns(course: Course) -> bool:
    """The cell of 1997 on a stream that nobody resets."""
    is_old = course.problem.key == "stream" and course.setup.cell.startswith("1997")
    return is_old and course.updates >= LONG_ENOUGH and course.reached() is None


def _still_fails(plan: Plan, score: float) -> bool:
    is_old = plan.problem.key == "stream" and plan.setup.cell.startswith("1997")
    return is_old and plan.updates >= LONG_ENOUGH and score < plan.problem.score


TRIALS = {trial.key: trial for trial in (
    Trial("far", _far, _learns_far, _is_far),
    Trial("stream", lambda: first_plan("stream"), _never_learns, _still_fails),
    Trial("find", lambda: first_plan("recall")),
)}  # fmt: skip
"""The trials by key, from easy to hard."""


def done(course: Course) -> set[str]:
    """The keys of the trials that a course does."""
    return {key for key, trial in TRIALS.items() if trial.done and trial.done(course)}

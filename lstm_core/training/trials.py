"""Three things to try with a training: course -> **trial** -> whether it is done."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from .course import Course
from .effects import Effects, effects
from .plan import Plan, first_plan, plan_of
from .problems import problem_of

FAR, WITHIN = 40, 400
"""Steps of the sequences, and updates within which they have to be learned."""

LONG_ENOUGH = 600
"""Updates after which the LSTM has learned most of a stream."""


@dataclass(frozen=True)
class Trial:
    """Something to try.

    start : the plan that it starts from. judge : whether a plan does what is asked whose network has that
    score, so that it can be told of weights alone; None where a unit of `start`'s course has to be named.
    """

    key: str
    start: Callable[[], Plan]
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


def _is_far(plan: Plan, score: float) -> bool:
    is_far = plan.problem.key == "recall" and plan.problem.T >= FAR
    return is_far and plan.updates <= WITHIN and score >= plan.problem.score


def _still_fails(plan: Plan, score: float) -> bool:
    """The cell of 1997 on a stream that nobody resets."""
    is_old = plan.problem.key == "stream" and plan.setup.cell.startswith("1997")
    return is_old and plan.updates >= LONG_ENOUGH and score < plan.problem.score


TRIALS = {trial.key: trial for trial in (
    Trial("far", _far, _is_far),
    Trial("stream", lambda: first_plan("stream"), _still_fails),
    Trial("find", lambda: first_plan("recall")),
)}  # fmt: skip
"""The trials by key, from easy to hard."""


def done(course: Course) -> set[str]:
    """The keys of the trials that a course does when it has learned first, or at its end."""
    reached = course.reached()
    plan = replace(plan_of(course), updates=course.updates if reached is None else reached)
    score = float(course.scores.max()) if reached is None else course.problem.score
    return {key for key, trial in TRIALS.items() if trial.judge and trial.judge(plan, score)}

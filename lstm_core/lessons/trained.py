"""What a reader did of the trials of the page Learning: a course -> **trained** -> record, class table.

A file claims nothing: it holds the settings and the weights at one update, or the unit that was named, and
whether that does the trial is worked out from them.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

import numpy as np

from ..training.course import Course, blank_network
from ..training.plan import Plan, from_query, plan_of, to_query
from ..training.shipped import shipped
from ..training.trials import TRIALS, holder
from ..workbench.experiment import LIMIT
from .fields import Refused, one_of, whole
from .verdict import MISSED, RIGHT

MOST_UNITS = 8
"""A network that is handed in has at most as many units; the trials need four."""

_DIGITS = 5
_LONGEST_PLAN = 200


@dataclass(frozen=True)
class Trained:
    """What a reader did of one trial.

    trial : key of TRIALS. plan : the settings, as they stand in a link, with the updates before the weights.
    weights : of the network then, one after the other. unit : the one that was named, from 1.
    """

    trial: str
    plan: str = ""
    weights: tuple[float, ...] = ()
    unit: int | None = None

    kind: ClassVar[str] = "trial"

    @property
    def key(self) -> str:
        return self.trial

    @property
    def place(self) -> str:
        return self.trial

    @property
    def seed(self) -> int:
        """That of the training; 0 where a unit was named."""
        return _plan(self.plan).seed if self.plan else 0

    @cached_property
    def outcome(self) -> str:
        """RIGHT or MISSED."""
        trial = TRIALS[self.trial]
        if trial.judge is None:
            return RIGHT if self.unit == holder(shipped(trial.start().problem.key)) else MISSED
        plan = _plan(self.plan)
        network = blank_network(plan.problem, plan.setup).with_weights(np.array(self.weights))
        test = plan.problem.test()
        with np.errstate(all="ignore"):  # of weights that nobody trained, too
            score = plan.problem.score_of(network.read_out(network.run(test.x).h), test)
        return RIGHT if trial.judge(plan, score) else MISSED


def trained(key: str, course: Course) -> Trained | None:
    """What to hand in of a course that does a trial: the latest weights that do it; None where none do."""
    if course.setup.H > MOST_UNITS:
        return None
    for update in course.snapshot_at[::-1].tolist():
        plan = replace(plan_of(course), updates=max(update, 1))
        weights = [float(f"{weight:.{_DIGITS}g}") for weight in course.network(update).weights]
        found = Trained(key, to_query(plan, None)["learn"], tuple(weights))
        if np.isfinite(weights).all() and np.abs(weights).max() <= LIMIT and found.outcome == RIGHT:
            return found
    return None


def read_trained(entry: dict) -> Trained:
    """What `asdict` made of one. Raises Refused."""
    trial = TRIALS[one_of(entry, "trial", TRIALS)]
    if trial.judge is None:
        return Trained(trial.key, unit=whole(entry, "unit", 1, MOST_UNITS))
    text, weights = entry.get("plan"), entry.get("weights")
    if not isinstance(text, str) or len(text) > _LONGEST_PLAN:
        raise Refused("field", name="plan")
    plan = _plan(text)
    if not isinstance(weights, list) or len(weights) != len(blank_network(plan.problem, plan.setup).weights):
        raise Refused("field", name="weights")
    if not all(type(weight) in (int, float) and abs(weight) <= LIMIT for weight in weights):
        raise Refused("field", name="weights")
    return Trained(trial.key, text, tuple(float(weight) for weight in weights))


def _plan(text: str) -> Plan:
    """The plan of a link. Raises Refused for what is none, or has more units than are handed in."""
    plan, _, problems = from_query({"learn": text})
    if plan is None or problems or plan.setup.H > MOST_UNITS:
        raise Refused("field", name="plan")
    return plan

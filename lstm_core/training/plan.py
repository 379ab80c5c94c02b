"""What a reader wants to train, as a readable link and back: `?learn=recall~start.bias3~seed.7&update=190`.

Only what differs from the settings that the problem states is in the link. Reading never fails: what is
valid is used, and the names of the parameters that hold anything else are reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from .course import MAX_UPDATES, Course
from .problems import PROBLEMS, Problem, problem_of
from .setup import MAX_SEED, Setup, whole_number
from .shipped import EXAMPLES, shipped

PARAMETERS = ("learn", "update")

_PART = re.compile(r"(\w{1,12})\.([\w.+-]{1,24})", re.ASCII)
_WHOLE = re.compile(r"\d{1,5}", re.ASCII)
_LONGEST = 300


@dataclass(frozen=True)
class Plan:
    """A training: what, how, from which seed, and up to which update; 0 for a network that is not trained.

    Raises ValueError for a seed or a number of updates that there is not.
    """

    problem: Problem
    setup: Setup
    seed: int
    updates: int

    def __post_init__(self):
        whole_number("seed", self.seed, 0, MAX_SEED)
        whole_number("updates", self.updates, 0, MAX_UPDATES)

    def with_setup(self, **changes) -> Plan:
        """The same plan with other settings, such as `H=8`."""
        return replace(self, setup=replace(self.setup, **changes))


def first_plan(key: str) -> Plan:
    """The plan that a link to a problem starts from: that of the course with the settings it states."""
    return plan_of(shipped(key))


def shipped_name(plan: Plan) -> str | None:
    """The name of the course of this plan among those that the app brings along, or None."""
    names = EXAMPLES[plan.problem.key]
    return next((name for name in names if plan_of(shipped(name)) == plan), None)


def plan_of(course: Course) -> Plan:
    """The plan that a course comes from, up to where it has come."""
    return Plan(course.problem, course.setup, course.seed, course.updates)


def to_query(plan: Plan, update: int | None) -> dict[str, str]:
    """The parameters that `from_query` reads back. update : the one in focus, or None for the last."""
    base = first_plan(plan.problem.key)
    numbers = {name: (getattr(plan, name), getattr(base, name)) for name in ("seed", "updates")}
    numbers["T"] = plan.problem.T, base.problem.T
    numbers |= {name: (value, getattr(base.setup, name)) for name, value in asdict(plan.setup).items()}
    parts = [f"{name}.{_text(value)}" for name, (value, usual) in numbers.items() if value != usual]
    query = {"learn": "~".join([plan.problem.key, *parts])}
    return query | ({} if update is None else {"update": str(update)})


def from_query(query: Mapping[str, str]) -> tuple[Plan | None, int | None, tuple[str, ...]]:
    """The plan, the update in focus, and the names of the parameters that were not understood.

    There is no plan where the link names no problem.
    """
    plan, problems = None, []
    if "learn" in query:
        plan, understood = _plan(str(query["learn"])[:_LONGEST])
        if not understood:
            problems.append("learn")
    update = None
    if "update" in query:
        text = str(query["update"])
        update = int(text) if _WHOLE.fullmatch(text) and int(text) <= MAX_UPDATES else None
        if update is None:
            problems.append("update")
    return plan, update, tuple(problems)


def _plan(text: str) -> tuple[Plan | None, bool]:
    key, *parts = text.split("~")
    if key not in PROBLEMS:
        return None, False
    plan, understood = first_plan(key), True
    for part in parts:
        match = _PART.fullmatch(part)
        try:
            if match is None:
                raise ValueError(part[:40])
            plan = _changed(plan, *match.groups())
        except (ValueError, AttributeError, TypeError):
            understood = False
    return plan, understood


def _changed(plan: Plan, name: str, text: str) -> Plan:
    """The plan with one setting of a link. Raises ValueError or TypeError for what cannot be."""
    if name == "seed":
        return replace(plan, seed=int(text))
    if name == "updates":
        return replace(plan, updates=int(text))
    if name == "T":
        return replace(plan, problem=problem_of(plan.problem.key, int(text)))
    usual = getattr(plan.setup, name)
    return plan.with_setup(**{name: type(usual)(text)})


def _text(value) -> str:
    """A setting as text that reads back as the same number."""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)

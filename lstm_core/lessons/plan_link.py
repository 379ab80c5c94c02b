"""A lesson that is being made, in the address of the page where it is made: **plan** -> `make=…` -> plan.

`make=page.cell_state~tour.short.1~item.silent.7~hide.weights~lock.step~view.presenter~lang.ko`: each word is
what it sets and the value, the parts in their order. What is not there is as in a new plan. `own.silent.1` is
asked of the experiment on screen, which stands in the rest of the address.
"""

import re
from collections.abc import Collection
from dataclasses import replace

from ..words import KNOWN
from .lesson_link import CONTROLS, MOST_PARTS, OWN, VIEWS, parts_in
from .own_run import HERE
from .plan import HIDDEN, LOCKED, STUDENT, Plan, states_of

PARAMETER = "make"

_LONGEST = 1500
"""Characters that are read. A plan of 20 parts with every control locked has fewer."""

_STATES = {"hide": HIDDEN, "lock": LOCKED}
_PARTS = ("tour", "item", OWN, "task")
_WORD = re.compile(r"([a-z]{1,10})\.([a-zA-Z0-9_.]{1,40})", re.ASCII)


def to_query(plan: Plan) -> dict[str, str]:
    """The parameter that `plan_from` reads back."""
    said = [f"page.{plan.page}", *map(str, plan.parts)]
    for name, state in _STATES.items():
        said += [f"{name}.{control}" for control in CONTROLS if plan.state(control) == state]
    if plan.view != STUDENT:
        said.append(f"view.{plan.view}")
    if plan.language:
        said.append(f"lang.{plan.language}")
    return {PARAMETER: "~".join(said)}


def plan_from(said: str, pages: Collection[str]) -> tuple[Plan | None, bool]:
    """The plan that a parameter tells of, and whether all of it was understood. Never raises.

    pages : those that a lesson can open on. None stands for no plan, where the page is none of them.
    """
    words = [_WORD.fullmatch(word) for word in str(said)[:_LONGEST].split("~")]
    told = [(word[1], word[2]) for word in words if word]
    page = next((value for name, value in told if name == "page" and value in pages), None)
    if page is None:
        return None, False
    parts = [f"{name}.{value}" for name, value in told if name in _PARTS][:MOST_PARTS]
    plan, read = Plan(page, tuple(dict.fromkeys(parts_in(parts, HERE)))), 1
    for name, value in told:
        if name in _STATES and value in CONTROLS and _STATES[name] in states_of(value):
            plan, read = plan.with_control(value, _STATES[name]), read + 1
        elif name == "view" and value in VIEWS:
            plan, read = replace(plan, view=value), read + 1
        elif name == "lang" and value in KNOWN:
            plan, read = replace(plan, language=value), read + 1
    return plan, len(str(said)) <= _LONGEST and read + len(plan.parts) == len(words)

"""The course on screen and the address bar: link -> **desk**, desk -> **link**."""

from collections.abc import Mapping

from lstm_core.training.plan import from_query, plan_of, shipped_name, to_query
from lstm_core.training.shipped import shipped

from .desk import desk


def restore(query: Mapping[str, str]) -> tuple[str, ...]:
    """Put on the desk what a link says; returns the names of what was not understood.

    What is shipped is shown; anything else is trained anew, which gives the same course.
    """
    plan, update, problems = from_query(query)
    here = desk()
    if plan is not None:
        here.plan, here.todo, here.paused = plan, [], False
        if not plan.updates:
            here.begin(plan)
            return problems
        there = next((c for c in [here.course, *here.kept] if plan_of(c) == plan), None)
        if there or (name := shipped_name(plan)):
            here.show(there or shipped(name), update)
        else:
            here.train(plan)
            here.update = update
    elif update is not None:
        here.update = update
    return problems


def query() -> dict[str, str]:
    """The parameters that bring back the course on screen."""
    here = desk()
    plan = here.todo[0] if here.todo else plan_of(here.course)
    if here.comparing and here.todo:  # those that race are trained by a button, not by a link
        plan = here.plan
    at_the_end = here.update is None or here.update >= plan.updates
    return to_query(plan, None if at_the_end else here.update)

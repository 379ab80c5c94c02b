"""What a hand can grab in the pictures of a page: experiment -> **bounds** -> numbers that it moved."""

from __future__ import annotations

from lstm_core.rounding import nice_limit
from lstm_core.workbench.experiment import Experiment
from lstm_core.workbench.focus import Focus

from .. import session
from ..lessons import lesson
from ..whole_page import run_page

Bounds = dict[str, tuple[float, float]]

RANGES = {"x": 2.0, "h0": 1.0, "C0": 5.0}
"""How far an input and the state before step 1 go at least, in pictures and on sliders."""


def in_strip(experiment: Experiment, focus: Focus) -> Bounds:
    """ "x", "h0", "C0" -> how far each can be dragged in the strip; what is not in it can't be grabbed."""
    found = _around("x", experiment.x.ravel().tolist()) if _is_free("inputs") else {}
    if _is_free("start"):
        found |= _around("h0", [experiment.value(f"h0.{focus.unit}")])
        found |= _around("C0", [experiment.value(f"C0.{focus.unit}")])
    return found


def addresses(bounds: Bounds, experiment: Experiment, focus: Focus) -> Bounds:
    """Address -> bounds of every number that the strip offers to the hand."""
    steps = range(1, experiment.T + 1)
    inputs = [address for t in steps for address in experiment.input_addresses(t)] if "x" in bounds else []
    starts = [address for address in experiment.state_addresses(focus.unit) if address[:2] in bounds]
    return {address: bounds[address.partition(".")[0]] for address in [*inputs, *starts]}


def move(values: dict[str, float], final: bool) -> None:
    """Puts the numbers that a hand moved into the experiment; all of the page follows when it lets go."""
    experiment = session.experiment()
    for address, value in values.items():
        experiment = experiment.edited(address, value)
    session.change(experiment)
    if final:
        session.touch()
        run_page()


def _is_free(control: str) -> bool:
    """Whether the reader may change what a control is about: no question, task or lesson holds it."""
    is_open = not (lesson.question() or lesson.task())
    return is_open and session.experiment().by_hand and session.lesson().allows(control)


def _around(kind: str, values: list[float]) -> Bounds:
    limit = nice_limit(values, RANGES[kind])
    return {kind: (-limit, limit)}

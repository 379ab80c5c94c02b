"""What a hand can grab in the pictures of a page: experiment -> **bounds** -> numbers that it moved."""

from __future__ import annotations

from lstm_core.quantities import GATE_KEYS
from lstm_core.rounding import nice_limit
from lstm_core.workbench.experiment import PIN_RANGES, Experiment
from lstm_core.workbench.focus import Focus

from .. import session
from ..lessons import lesson
from ..whole_page import run_page

Bounds = dict[str, tuple[float, float]]

RANGES = {"x": 2.0, "h0": 1.0, "C0": 5.0}
"""How far an input and the state before step 1 go at least, in pictures and on sliders."""


def in_strip(experiment: Experiment, focus: Focus) -> Bounds:
    """ "x", "h0", "C0" -> how far each can be dragged in the strip; what is not in it can't be grabbed."""
    found = _around("x", "x", experiment.x.ravel().tolist()) if _is_free("inputs") else {}
    if _is_free("start"):
        found |= _around("h0", "h0", [experiment.value(f"h0.{focus.unit}")])
        found |= _around("C0", "C0", [experiment.value(f"C0.{focus.unit}")])
    return found


def in_diagram(experiment: Experiment, focus: Focus) -> Bounds:
    """Gate -> how far it can be dragged in the diagram, to pin it.

    At step 1 "C_prev" and "h_prev" too, which are C0 and h0 there.
    """
    found: Bounds = {}
    if _is_free("weights"):
        gates = [gate for gate in GATE_KEYS if gate != "f" or experiment.params.forget_gate]
        found = {GATE_KEYS[gate]: PIN_RANGES[gate] for gate in gates}
    if _is_free("start") and focus.t == 1:
        found |= _around("C_prev", "C0", [experiment.value(f"C0.{focus.unit}")])
        found |= _around("h_prev", "h0", experiment.h0.tolist())
    return found


def addresses_in_diagram(bounds: Bounds, experiment: Experiment, focus: Focus) -> Bounds:
    """Address -> bounds of every number that the diagram offers to the hand."""
    named = {key: [f"pin_{gate}.{focus.unit}.{focus.t}"] for gate, key in GATE_KEYS.items()}
    named["C_prev"] = [f"C0.{focus.unit}"]
    named["h_prev"] = [f"h0.{unit}" for unit in range(1, experiment.H + 1)]
    return {address: limits for key, limits in bounds.items() for address in named[key]}


def free(key: str) -> None:
    """Takes away the pin that holds a gate at the step and unit in focus."""
    experiment, focus = session.experiment(), session.focus()
    gate = next((gate for gate, its_key in GATE_KEYS.items() if its_key == key), None)
    everywhere = f"pin_{gate}.{focus.unit}"
    for address in (f"{everywhere}.{focus.t}", everywhere):
        if address in experiment.pins and _is_free("weights"):
            session.touch()
            session.change(experiment.unpinned(address))
            return


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
        change = experiment.pinned if address.startswith("pin_") else experiment.edited
        experiment = change(address, value)
    session.change(experiment)
    if final:
        session.touch()
        run_page()


def _is_free(control: str) -> bool:
    """Whether the reader may change what a control is about: no question, task or lesson holds it."""
    is_open = not (lesson.question() or lesson.task())
    return is_open and session.experiment().by_hand and session.lesson().allows(control)


def _around(name: str, kind: str, values: list[float]) -> Bounds:
    limit = nice_limit(values, RANGES[kind])
    return {name: (-limit, limit)}

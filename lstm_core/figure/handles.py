"""What a hand can move in a figure: figure -> **bounds**, **sliders**.

Every number has one address, which sliders, pictures, links and tables share; `pin_f.1.5` is the forget gate
of unit 1 at step 5, pinned to a number.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from ..params import GATES
from ..quantities import GATE_KEYS
from ..rounding import nice_limit, text
from ..view.backward import gradient_text
from ..view.handles import Bounds
from ..view.palette import COLOURS
from ..workbench.experiment import PIN_RANGES, Experiment
from ..workbench.focus import MAX_LENGTH, MIN_LENGTH
from .names import label
from .sliders import Slider, label_parts

if TYPE_CHECKING:
    from .figure import Figure

GROUPS = (*GATES, "x", "start")
"""The groups of sliders: four blocks of weights, the inputs at the step in focus, the state before step 1."""

RANGES = {"x": 2.0, "h0": 1.0, "C0": 5.0}
"""How far an input and the state before step 1 go at least, in pictures and on sliders."""

WEIGHT_RANGE = 12.0
"""How far a weight goes at least."""

CONTROL_OF = {"x": "inputs", "start": "start", "h0": "start", "C0": "start"}
"""Group of sliders or kind of number -> what it is called in `Figure.free`; all others are "weights"."""


def in_cell(figure: Figure) -> dict[str, Bounds]:
    """Quantity -> how far it can be dragged in the picture of the cell: gates, which pins them.

    At step 1 "C_prev" and "h_prev" too, which are C0 and h0 there.
    """
    found: dict[str, Bounds] = {}
    if "pins" in figure.free:
        has_forget_gate = figure.experiment.params.forget_gate
        found = {key: PIN_RANGES[gate] for gate, key in GATE_KEYS.items() if gate != "f" or has_forget_gate}
    if "start" in figure.free and figure.focus.t == 1:
        found |= {"C_prev": _around(figure, "C0"), "h_prev": _around(figure, "h0")}
    return found


def in_strip(figure: Figure) -> dict[str, Bounds]:
    """ "x", "h0", "C0" -> how far each can be dragged in the strip."""
    return {kind: _around(figure, kind) for kind in RANGES if CONTROL_OF.get(kind) in figure.free}


def bounds(figure: Figure, address: str) -> Bounds | None:
    """How far the number at an address can be moved; None where it cannot be, or is not there."""
    is_pin = address.startswith("pin_")
    control = "pins" if is_pin else CONTROL_OF.get(address.partition(".")[0], "weights")
    if not figure.experiment.by_hand or control not in figure.free:
        return None
    with suppress(KeyError, ValueError):
        if is_pin:
            figure.experiment.pinned(address, 0.0)
            return PIN_RANGES[address[4]]
        figure.experiment.value(address)
        return _around(figure, kind_of(address))
    return None


def kind_of(address: str) -> str:
    """What shares one limit: all inputs, all h0, all C0, and each weight alone; "" for a pin."""
    kind = address.partition(".")[0]
    return kind if kind in RANGES else "" if address.startswith("pin_") else address


def limit(figure: Figure, kind: str) -> float:
    """How far a kind of number goes to both sides: a round number that none passes, kept in a drag."""
    now, start = figure.experiment, started(figure)
    if kind in RANGES:
        values = [*getattr(now, kind).ravel().tolist(), *getattr(start, kind).ravel().tolist()]
    else:
        values = [now.value(kind), start.value(kind)]
    return max(nice_limit(np.array(values), RANGES.get(kind, WEIGHT_RANGE)), figure.limits.get(kind, 0.0))


def started(figure: Figure) -> Experiment:
    """The experiment whose numbers a double-click brings back, in the cell and size of the one on screen."""
    now = figure.experiment
    if figure.start is None:
        return now
    return figure.start.with_variant(now.variant).resized(now.H, now.D, now.T)


def panel(figure: Figure, name: str) -> list[Slider]:
    """The sliders of a panel: "t", "length" or "last", which are looked at, or one of GROUPS."""
    if name in _OF_LOOKS:
        return _OF_LOOKS[name](figure)
    addresses, start = _addresses(figure, name), started(figure)
    if figure.focus.present or figure.one_slider:
        addresses = [figure.alone if figure.alone in addresses else addresses[0]]
    gradients = _gradients(figure, name) if figure.walks_back and name in GATES else {}
    return [_slider(figure, address, start, gradients.get(address)) for address in addresses]


def _gradients(figure: Figure, gate: str) -> dict[str, float]:
    """Address of each weight of a gate -> its gradient, summed over the steps that are walked back."""
    unit, D = figure.focus.unit, figure.D
    *of_W, of_b, of_p = figure.walk.of_weights(unit).sum(axis=0)[GATES.index(gate)].tolist()
    bias, *others = figure.experiment.gate_addresses(gate, unit)
    numbers = [*of_W, of_p] if len(others) > figure.H + D else of_W
    return {bias: of_b, **dict(zip(others, numbers, strict=True))}


def _addresses(figure: Figure, group: str) -> list[str]:
    if group == "x":
        return figure.experiment.input_addresses(figure.focus.t)
    if group == "start":
        return figure.experiment.state_addresses(figure.focus.unit)
    return figure.experiment.gate_addresses(group, figure.focus.unit)


def _slider(figure: Figure, address: str, start: Experiment, gradient: float | None = None) -> Slider:
    value, default = figure.experiment.value(address), start.value(address)
    kind = address.partition(".")[0]
    low, high = _around(figure, kind_of(address))
    named = label_parts(label(figure.words, figure.experiment, address))
    return Slider(
        address,
        named if gradient is None else (*named, f" · δ {gradient_text(gradient)}"),
        low,
        high,
        value,
        default,
        "" if kind in ("h0", "C0") else COLOURS[GATE_KEYS.get(kind[-1], "x")],
        hint=figure.words("controls.back_to", value=text(default)),
        locked=CONTROL_OF.get(kind, "weights") not in figure.free,
    )


def _steps(figure: Figure) -> list[Slider]:
    name = (figure.words("controls.step"),)
    locked = "t" in figure.locked
    return [Slider("t", name, 1, figure.experiment.T, figure.focus.t, step=1, locked=locked)]


def _length(figure: Figure) -> list[Slider]:
    name = (figure.words("controls.length"),)
    return [Slider("length", name, MIN_LENGTH, MAX_LENGTH, figure.focus.length, step=10)]


def _last(figure: Figure) -> list[Slider]:
    """How many steps are walked back; no slider where nobody walks back."""
    T, last = figure.experiment.T, figure.focus.last
    name = (figure.words("back.last"),)
    return [Slider("last", name, 1, T, min(last, T) or T, T, step=1)] if figure.walks_back and T > 1 else []


_OF_LOOKS = {"t": _steps, "length": _length, "last": _last}


def _around(figure: Figure, kind: str) -> Bounds:
    high = limit(figure, kind)
    return -high, high

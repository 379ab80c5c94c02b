"""Which block is which gate? Layers without a stated order -> **what each order makes of them**."""

from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np

from ..params import GATES, LSTMParams
from ..trace import LSTMTrace
from .blocks import KERAS, ONNX, checked_order
from .layer import Layer
from .proof import compare
from .refusals import Refused
from .run import merged, run_layers

OWN = "".join(GATES)
KNOWN = {KERAS: "PyTorch, Keras", "icfo": "TensorFlow 1", ONNX: "ONNX", OWN: "lstm_core"}
"""The orders that are in use -> who uses them. OWN is that of this library."""

ALL_ORDERS = (*KNOWN, *(o for o in map("".join, permutations(GATES)) if o not in KNOWN))

_WORK = 400_000_000
"""Multiplications that the runs of all orders together take at most, about a second."""

_FEWEST_STEPS = 8


@dataclass(frozen=True)
class Reading:
    """What one order of the gates makes of a layer.

    order : as in "ifco". b_f : the mean bias of the block that it takes for the forget gate.
    f, largest : the mean forget gate and the largest |C| of the run. steps : how many were run.
    difference : the largest one between h and the framework's own h; None where there is none to compare.
    agrees : whether that is within the bounds of `compare`.
    """

    order: str
    b_f: float
    f: float
    largest: float
    steps: int
    difference: float | None = None
    agrees: bool = False


def reordered(layer: Layer, order: str) -> Layer:
    """The layer with its blocks taken for gates in another order; itself where its file says the order."""
    if not layer.order:
        return layer
    wanted, params = checked_order(order), layer.params
    places = [GATES.index(layer.order[wanted.index(gate)]) for gate in GATES]
    return replace(layer, order=wanted, params=LSTMParams(params.W[places], params.b[places]))


def readings(layers: list[Layer], chosen: str, x: np.ndarray, theirs: np.ndarray | None) -> list[Reading]:
    """What each order makes of the layer with the address `chosen`; the best first where h is given.

    layers : those that run, one after the other. x : (T, D); its first steps, where all are too many to run.
    theirs : (T, H) h of the framework that the layer comes from. With it, an order that is not in use stands
    among the readings, too, where it agrees best; without it they are the KNOWN ones.
    """
    orders = list(KNOWN) if theirs is None else list(ALL_ORDERS)
    a_step = sum(layer.params.W.size for layer in layers) * len(orders)
    steps = min(len(x), max(_FEWEST_STEPS, _WORK // a_step))
    if steps < len(x) and any(layer.direction == "reverse" for layer in layers):
        theirs, orders = None, list(KNOWN)  # h of a part of the sequence is another one, read from its end
    found = [_reading(layers, chosen, x[:steps], order, theirs) for order in orders]
    if theirs is None:
        return found
    found.sort(key=lambda reading: np.inf if reading.difference is None else reading.difference)
    return [reading for k, reading in enumerate(found) if k == 0 or reading.order in KNOWN]


def _reading(layers, chosen, x, order, theirs) -> Reading:
    with np.errstate(all="ignore"):
        runs = run_layers([reordered(layer, order) for layer in layers], x)
    run = next(run for run in runs if run.layer.address == chosen)
    difference, agrees = None, False
    if theirs is not None:
        place = run.layer.name, run.layer.level
        ours = merged([one for one in runs if (one.layer.name, one.layer.level) == place])
        try:
            found = compare(ours, theirs[: len(x)])
        except Refused:  # an order that makes numbers too large to compare
            pass
        else:
            difference, agrees = found.value, found.agrees
    params, trace = run.layer.params, run.trace
    assert isinstance(params, LSTMParams) and isinstance(trace, LSTMTrace)  # a GRU has no order to choose
    b_f, largest = float(params.b_f.mean()), float(np.abs(trace.C).max())
    return Reading(order, b_f, float(trace.f.mean()), largest, len(x), difference, agrees)

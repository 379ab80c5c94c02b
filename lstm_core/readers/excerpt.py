"""Some steps of a run as an experiment, to be opened on all other pages: run -> **excerpt** -> experiment."""

import numpy as np

from ..params import LSTMParams
from ..workbench.experiment import HAND_D, HAND_H, LIMIT, Experiment
from ..workbench.intake import MAX_D, MAX_H
from .run import LayerRun
from .summary import window_of

DECIMALS = 4
"""A layer that is small enough for sliders is rounded to so many, so that its numbers fit into a link."""


def fits(run: LayerRun) -> bool:
    """Whether the other pages take a layer of this size with numbers of this size."""
    params, trace = run.layer.params, run.trace
    arrays = [params.W, params.b, trace.x, trace.h_prev, trace.C_prev]
    arrays += [] if params.peepholes is None else [params.peepholes]
    return params.H <= MAX_H and params.D <= MAX_D and all(np.abs(array).max() <= LIMIT for array in arrays)


def by_hand(run: LayerRun) -> bool:
    """Whether the other pages give the layer sliders, and a link holds it."""
    return run.layer.H <= HAND_H and run.layer.D <= HAND_D


def experiment_around(run: LayerRun, t: int) -> tuple[Experiment, int]:
    """The steps around step t with the state before them, as the layer reads; and where t is among them.

    A layer for sliders has DECIMALS decimals, a larger one all of its own. Raises ValueError for a layer that
    does not fit.
    """
    if not fits(run):
        raise ValueError(f"run: expected at most {MAX_H} units and {MAX_D} inputs, all within ±{LIMIT:g}")
    first, last = window_of(run.trace.T, t)
    params, trace = run.layer.params, run.trace

    def numbers(array: np.ndarray) -> np.ndarray:
        wide = array.astype(np.float64)
        return np.round(wide, DECIMALS) + 0.0 if by_hand(run) else wide

    peepholes = None if params.peepholes is None else numbers(params.peepholes)
    taken = LSTMParams(
        numbers(params.W), numbers(params.b), params.forget_gate, peepholes=peepholes, coupled=params.coupled
    )
    before = numbers(trace.h_prev[first - 1]), numbers(trace.C_prev[first - 1])
    x, labels = numbers(trace.x[first - 1 : last]), trace.labels[first - 1 : last]
    return Experiment("random", taken, x, *before, labels=labels), t - first + 1

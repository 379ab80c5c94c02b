"""A long run of many units made small enough to draw: run -> **summary** -> heatmaps, window of steps."""

from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np

from ..trace import LSTMTrace
from .gru import GRUTrace
from .run import LayerRun

Trace = TypeVar("Trace", LSTMTrace, GRUTrace)

MOST_COLUMNS = 300
MOST_UNITS = 48
WINDOW = 40
"""The most steps for which one unit is drawn large."""


@dataclass(frozen=True, eq=False)
class Summary:
    """Quantities of some units over time.

    values : key -> (units, columns). A column is the mean over `per_column` steps; the last may have fewer.
    steps : (columns,), the first step of the sequence in each column, from 1.
    units : (units,), from 1.
    """

    values: dict[str, np.ndarray]
    steps: np.ndarray
    units: np.ndarray
    per_column: int


def summary(run: LayerRun, keys: tuple[str, ...], units, first: int, last: int) -> Summary:
    """Quantities of the units (from 1) from step `first` to step `last` of the sequence, both from 1.

    Of more than MOST_COLUMNS steps, each column is the mean of several. Raises ValueError for steps that the
    run has not.
    """
    if not 1 <= first <= last <= run.trace.T:
        raise ValueError(f"steps: expected some from 1 to {run.trace.T}, got {first} to {last}")
    units = np.asarray(units)
    per_column = -(-(last - first + 1) // MOST_COLUMNS)
    starts = np.arange(0, last - first + 1, per_column)
    counts = np.diff(np.append(starts, last - first + 1))[:, None]
    values = {}
    for key in keys:
        part = run.in_time(key)[first - 1 : last, units - 1].astype(np.float64)
        values[key] = (np.add.reduceat(part, starts, axis=0) / counts).T
    return Summary(values, starts + first, units, per_column)


def window_of(T: int, t: int) -> tuple[int, int]:
    """The first and last of the at most WINDOW steps that are drawn around step t, all from 1.

    It moves by whole windows, so that nothing shifts under a reader who goes on step by step.
    """
    first = min((t - 1) // WINDOW * WINDOW, max(T - WINDOW, 0)) + 1
    return first, min(first + WINDOW - 1, T)


def between(trace: Trace, first: int, last: int) -> Trace:
    """The steps from `first` to `last`, from 1, as a trace of their own, which shares its memory."""
    parts: dict[str, Any] = {}
    for field in fields(trace):
        of_steps = getattr(trace, field.name)
        if isinstance(of_steps, (np.ndarray, tuple)):  # of states there is one more than of steps
            parts[field.name] = of_steps[first - 1 : last + (len(of_steps) > trace.T)]
    return replace(trace, **parts)

"""What a task asks of a run: trace -> **condition** -> the first step that misses it, or None."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from ...rounding import text
from ...trace import LSTMTrace


@dataclass(frozen=True)
class Miss:
    """The first step, counted from 1, at which a run fails a condition, and the numbers for the text."""

    t: int
    values: Mapping[str, str] = field(default_factory=dict)


def first(wrong: np.ndarray, **series) -> Miss | None:
    """The first step at which `wrong` (T,) is True, with the numbers of each series (T,) there."""
    steps = np.flatnonzero(wrong)
    if not len(steps):
        return None
    t = int(steps[0])
    return Miss(t + 1, {name: text(values[t]) for name, values in series.items()})


def last_event(flags: np.ndarray) -> np.ndarray:
    """(T,) for each step the index of the last step so far at which a flag was up; −1 before the first."""
    return np.maximum.accumulate(np.where(flags, np.arange(len(flags)), -1))


def stored(trace: LSTMTrace, value: np.ndarray, at: np.ndarray, low: float, high: float) -> Miss | None:
    """At the steps `at` (T,) C has to have the sign of the value and `low` to `high` times its size."""
    C = trace.C[:, 0]
    share = np.divide(C, value, out=np.zeros_like(C), where=value != 0)
    return first(at & ~((share >= low) & (share <= high)), wanted=value, got=C)


def held(trace: LSTMTrace, since: np.ndarray, upto: int | None = None, within: float = 0.1) -> Miss | None:
    """C has to stay as it was at the step `since` (T,), for `upto` steps, or to the end where that is None.

    within : the share of that C by which it may differ.
    """
    C, steps = trace.C[:, 0], np.arange(trace.T)
    asked = (since >= 0) & (steps > since) & (steps <= since + (upto or trace.T))
    was = C[since]
    return first(asked & (abs(C - was) > within * abs(was)), wanted=was, got=C)


def empty(trace: LSTMTrace, at: np.ndarray, most: float = 0.1) -> Miss | None:
    """At the steps `at` (T,) C has to be about 0: at most `most` in size."""
    C = trace.C[:, 0]
    return first(at & (abs(C) > most), got=C)

"""Inputs of single 1s, and what a cell has to make of them: count, turn over, say that it was three."""

import numpy as np

from ...trace import LSTMTrace
from .conditions import Miss, first


def pulses(random: np.random.Generator) -> np.ndarray:
    """Inputs (16, 1) of three to five 1s at random steps, and 0 elsewhere; none at the last two steps."""
    x = np.zeros((16, 1))
    x[random.choice(14, random.integers(3, 6), replace=False), 0] = 1
    return x


def _pulse(trace: LSTMTrace) -> np.ndarray:
    return trace.x[:, 0] > 0.5


def _counted(trace: LSTMTrace) -> np.ndarray:
    return np.cumsum(_pulse(trace))


def _growth(trace: LSTMTrace) -> np.ndarray:
    return np.diff(trace.C[:, 0], prepend=0)


def counts(trace: LSTMTrace) -> Miss | None:
    """C of unit 1 has to grow at every 1 and to stay at every 0."""
    growth = _growth(trace)
    return first(np.where(_pulse(trace), growth < 0.1, abs(growth) > 0.03), got=growth)


def by_a_quarter(trace: LSTMTrace) -> Miss | None:
    """C has to grow by about a quarter at every 1."""
    growth = _growth(trace)
    return first(_pulse(trace) & (abs(growth - 0.25) > 0.05), got=growth)


def flips(trace: LSTMTrace) -> Miss | None:
    """C has to be clearly positive at the first 1, and to change its sign at every other 1."""
    C = trace.C[:, 0]
    wanted = np.where(_counted(trace) % 2, 1.0, -1.0)
    return first(_pulse(trace) & (C * wanted < 0.5), was=trace.C_prev[:, 0], got=C)


def stays(trace: LSTMTrace) -> Miss | None:
    """C has to stay where it is at every 0."""
    C, was = trace.C[:, 0], trace.C_prev[:, 0]
    return first(~_pulse(trace) & (abs(C - was) > 0.05), was=was, got=C)


def not_yet(trace: LSTMTrace) -> Miss | None:
    """h of unit 2 has to be small until the third 1."""
    said = trace.h[:, 1]
    return first((_counted(trace) < 3) & (abs(said) > 0.25), got=said)


def says_so(trace: LSTMTrace) -> Miss | None:
    """h of unit 2 has to be large from the step after the third 1: it reads unit 1 one step later."""
    said = trace.h[:, 1]
    since = np.concatenate([[False], (_counted(trace) >= 3)[:-1]])
    return first(since & (said < 0.5), got=said)

"""What becomes of a memory: trace -> **memory** -> the life of what one step wrote, and of a bias."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .cell import activation
from .trace import LSTMTrace, half_life, provenance

STUCK = 0.99
"""Where tanh has less than a fiftieth of its slope left: beyond, h no longer tells one C from another."""


@dataclass(frozen=True)
class Life:
    """What became of the part of C that one step wrote.

    written : how much that was, at step s (0 for C0). left : how much of it is in C at step t; NaN
        where that is covered.
    worst_t, worst_f : the step after s and up to t that erased most of it, and its forget gate; None
        where no step came after it, and where what is left is covered.
    """

    s: int
    t: int
    written: float
    left: float
    worst_t: int | None
    worst_f: float | None

    @property
    def is_covered(self) -> bool:
        """Whether an open question hides what is left (it is NaN)."""
        return math.isnan(self.left)

    @property
    def steps(self) -> int:
        """How many steps it lived through after the one that wrote it."""
        return self.t - self.s


def life_of_part(trace: LSTMTrace, unit: int, s: int, t: int) -> Life:
    """The life of what step s (0 for the start) wrote into a unit, until step t; all from 1, one sequence.

    Raises ValueError for steps that are not in the run, and for t before s.
    """
    if not 0 <= s <= trace.T or not max(s, 1) <= t <= trace.T:
        raise ValueError(f"s, t: expected 0 <= s <= t <= {trace.T} and t of at least 1, got {s} and {t}")
    part = provenance(trace, unit)[s]
    written = float(trace.C_prev[0, unit - 1] if s == 0 else trace.written[s - 1, unit - 1])
    sizes = np.abs(np.concatenate([[written], part[s:t]]) if s == 0 else part[s - 1 : t])
    if len(sizes) == 1 or np.isnan(part[t - 1]):
        return Life(s, t, written, float(part[t - 1]), None, None)
    worst = s + 1 + int(np.argmax(sizes[:-1] - sizes[1:]))
    return Life(s, t, written, float(part[t - 1]), worst, float(trace.f[worst - 1, unit - 1]))


def half_life_of_bias(b_f):
    """Steps until half is left where the forget gate is σ(b_f) at every step: what a bias is for.

    A bias of 1 is a common start (Jozefowicz, Zaremba & Sutskever, ICML 2015): with 0 half would be
    gone after a single step, before there was a gradient to learn from.
    """
    biases = np.asarray(b_f, dtype=float)
    gates = np.stack([activation(np.full(4, b))[0] for b in biases.reshape(-1)]).reshape(biases.shape)
    return half_life(gates if biases.ndim else float(gates))


def stuck_steps(trace: LSTMTrace, unit: int) -> int:
    """At how many steps tanh(C) of a unit (from 1) is beyond ±STUCK."""
    return int((np.abs(trace.tanh_C[:, unit - 1]) > STUCK).sum())


def largest_memory(trace: LSTMTrace, unit: int) -> float:
    """The largest |C_t| of a unit (from 1) in the run, C0 aside."""
    return float(np.abs(trace.C[:, unit - 1]).max())

"""How long a memory lasts: trace -> **memory** -> what became of a written part, half-life of a bias."""

import math
from dataclasses import dataclass

import numpy as np

from .arrays import checked
from .formula import sigma
from .trace import LSTMTrace, checked_sequence, column_of, half_life, is_whole, provenance

STUCK = 0.99
"""Above this |tanh(C)| the slope of tanh is below 1/50, so h hardly changes when C does."""


@dataclass(frozen=True)
class Life:
    """What became of the part of C that one step wrote.

    written : the part when it was written, at step s (C0 itself for s = 0).
    left : how much of it is still in C at step t; NaN where an open question covers it.
    worst_t, worst_f : the step from s+1 to t that erased most of it, and the forget gate there; None
        if t = s, or if what is left is covered.
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

    Raises ValueError for a unit or steps that are not in the run, and for t before s.
    """
    checked_sequence(trace)
    column = column_of(unit, trace.params.H)
    if not (is_whole(s) and is_whole(t) and 0 <= s <= t <= trace.T and t >= 1):
        raise ValueError(
            f"s, t: expected 0 <= s <= t <= {trace.T} and t of at least 1, got {s!r:.40} and {t!r:.40}"
        )
    part = provenance(trace, unit)[s]
    written = float(trace.C_prev[0, column] if s == 0 else trace.written[s - 1, column])
    sizes = np.abs(np.concatenate([[written], part[s:t]]) if s == 0 else part[s - 1 : t])
    if len(sizes) == 1 or np.isnan(part[t - 1]):
        return Life(s, t, written, float(part[t - 1]), None, None)
    worst = s + 1 + int(np.argmax(sizes[:-1] - sizes[1:]))
    return Life(s, t, written, float(part[t - 1]), worst, float(trace.f[worst - 1, column]))


def half_life_of_bias(b_f):
    """Steps until half of the memory is left if the forget gate is σ(b_f) at every step.

    Training often starts with a bias of 1 (Jozefowicz, Zaremba & Sutskever, ICML 2015). With a bias
    of 0 half of the memory, and of the gradient, would be lost at every step.

    b_f : a number or an array. Raises ValueError for what is no finite real number.
    """
    return half_life(sigma(checked("b_f", b_f, dtype=np.float64)))


def stuck_steps(trace: LSTMTrace, unit: int) -> int:
    """At how many steps tanh(C) of a unit (from 1) is beyond ±STUCK."""
    return int((np.abs(trace.tanh_C[:, column_of(unit, trace.params.H)]) > STUCK).sum())


def largest_memory(trace: LSTMTrace, unit: int) -> float:
    """The largest |C_t| of a unit (from 1) in the run, C0 aside."""
    return float(np.abs(trace.C[:, column_of(unit, trace.params.H)]).max())

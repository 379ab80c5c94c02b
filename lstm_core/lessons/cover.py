"""What a question hides, gone from the data: trace and question -> **cover** -> figures, sentences.

A covered number is NaN, which pictures write as "?" and do not draw, so nothing that is made of a
covered trace can give it away.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

import numpy as np

from ..params import GATES, PEEPHOLES, LSTMParams
from ..quantities import GATE_KEYS
from ..trace import LSTMTrace
from .question import Question


@dataclass(frozen=True, eq=False)
class CoveredTrace(LSTMTrace):
    """A trace with NaN for what is covered, in its weights too; it is to be shown, not to be run again."""

    is_covered = True

    @property
    def erased(self) -> np.ndarray:
        """As in any trace, but covered with kept, beside which it would give kept away."""
        return np.where(np.isnan(self.kept), self.kept, super().erased)


def cover(trace: LSTMTrace, question: Question) -> CoveredTrace:
    """A run of one sequence without the numbers that are hidden until the question is answered.

    Of every step all units are covered, as they are in `question.covers`. The trace itself stays whole.
    """
    H = trace.params.H
    hx, cells, z, gates, kept, written, tanh_C = (
        array.copy()
        for array in (trace.hx, trace.cells, trace.z, trace.gates, trace.kept, trace.written, trace.tanh_C)
    )
    rows = {"h": hx[1:, :H], "C": cells[1:], "kept": kept, "written": written, "tanh_C": tanh_C}
    for block, gate in enumerate(GATES):
        rows |= {f"z_{gate}": z[:, block], GATE_KEYS[gate]: gates[:, block]}
    for key in rows:
        rows[key][[question.covers(key, t) for t in range(1, trace.T + 1)]] = np.nan
    params = _covered(trace.params, question)
    return CoveredTrace(params, hx, cells, z, gates, kept, written, tanh_C, trace.pinned)


def _covered(params: LSTMParams, question: Question) -> LSTMParams:
    """The weights with NaN for those that are covered: a copy, since LSTMParams refuses NaN at its door."""
    rows = {"W": ("W", GATES), "b": ("b", GATES), "p": ("peepholes", PEEPHOLES)}
    covered = copy(params)
    for letter, (name, gates) in rows.items():
        of_gates = [question.covers(f"{letter}_{gate}", 1) for gate in gates]
        if any(of_gates):
            array = getattr(params, name).copy()
            array[of_gates] = np.nan
            array.flags.writeable = False
            object.__setattr__(covered, name, array)
    return covered

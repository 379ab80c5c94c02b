"""Take the numbers that a question hides out of the run: trace, question -> **cover** -> pictures, texts.

A covered number becomes NaN. Pictures write NaN as "?" and do not draw it, and whatever is computed
from it is NaN too. So no picture or sentence made from a covered trace can tell the answer.
"""

from copy import copy
from dataclasses import dataclass

import numpy as np

from ..params import GATES, PEEPHOLES, LSTMParams
from ..quantities import GATE_KEYS
from ..trace import LSTMTrace
from .question import Question


@dataclass(frozen=True, eq=False)
class CoveredTrace(LSTMTrace):
    """A trace that has NaN in place of covered numbers, also in its weights. It is not to be run again."""

    is_covered = True

    @property
    def erased(self) -> np.ndarray:
        """As in any trace, but NaN wherever kept is: with C_prev, the erased part would tell the kept one."""
        return np.where(np.isnan(self.kept), self.kept, super().erased)


def cover(trace: LSTMTrace, question: Question) -> CoveredTrace:
    """A copy of a run of one sequence, without the numbers that the question hides until it is answered.

    `question.covers` says which quantities are hidden at which step; they are hidden for all units.
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
    return CoveredTrace(params, hx, cells, z, gates, kept, written, tanh_C, trace.pinned, trace.labels)


def _covered(params: LSTMParams, question: Question) -> LSTMParams:
    """A copy of the weights with NaN for those that are covered.

    The arrays are set on a copy because the constructor of LSTMParams refuses NaN.
    """
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

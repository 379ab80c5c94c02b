"""Where a pre-activation comes from: trace -> **terms** `w·h`, `w·x`, `p·C` and `b` -> figures."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .params import GATES, PEEPHOLES
from .trace import LSTMTrace


@dataclass(frozen=True)
class Term:
    """One summand of z = W·[h_{t-1}, x_t] + p ⊙ C + b.

    kind : "U" (from h_{t-1}), "V" (from x_t), "P" (through a peephole, from C_{t-1}, or C_t for
        the output gate) or "b" (the bias, whose `factor` is 1).
    index : which unit or input it comes from, from 1; 0 for the bias.
    address : where the weight stands in an experiment.
    product : weight × factor, which is covered (NaN) where the sum is, because it gives it away.
    """

    kind: str
    index: int
    address: str
    weight: float
    factor: float
    product: float

    @property
    def source(self) -> str:
        """Key of the quantity that `factor` is a value of; "" for the bias."""
        seen = "C" if self.address.startswith("p_o") else "C_prev"
        return {"U": "h_prev", "V": "x", "P": seen, "b": ""}[self.kind]


def pre_activation_terms(trace: LSTMTrace, t: int, unit: int, gate: str) -> list[Term]:
    """The summands of z of one gate ("f", "i", "c", "o") at step t of a unit, both from 1.

    In the order of the equation: H terms of h_{t-1}, D terms of x_t, that of the peephole where
    there is one, the bias. One sequence only.
    """
    params, block, k = trace.params, GATES.index(gate), unit - 1
    row, hx = params.W[block, k], trace.hx[t - 1]
    H = params.H
    summands = [
        *(("U", j + 1, f"U_{gate}.{unit}.{j + 1}", row[j], hx[j]) for j in range(H)),
        *(("V", d + 1, f"V_{gate}.{unit}.{d + 1}", row[H + d], hx[H + d]) for d in range(params.D)),
    ]
    if params.peepholes is not None and gate in PEEPHOLES:
        seen = (trace.C if gate == "o" else trace.C_prev)[t - 1, k]
        p = params.peepholes[PEEPHOLES.index(gate), k]
        summands.append(("P", unit, f"p_{gate}.{unit}", p, seen))
    covered = bool(np.isnan(trace.z[t - 1, block, k]))
    terms = [
        Term(*where, float(weight), float(factor), math.nan if covered else float(weight) * float(factor))
        for *where, weight, factor in summands
    ]
    b = float(params.b[block, k])
    return [*terms, Term("b", 0, f"b_{gate}.{unit}", b, 1.0, b)]

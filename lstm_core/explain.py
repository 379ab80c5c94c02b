"""Where does this number come from? trace -> **explain** -> its formula and the numbers it was made of."""

import math
from dataclasses import dataclass

import numpy as np

from .formula import sigma, tanh
from .params import GATES, PEEPHOLES
from .quantities import GATE_OF, QUANTITIES, quantities_of
from .trace import LSTMTrace

BEFORE = {"h_prev": "h", "C_prev": "C"}
"""The key of the same quantity one step earlier: h_{t-1} is the h of the step before."""


@dataclass(frozen=True)
class Place:
    """One number of a run: a quantity at a step of a unit, all from 1.

    For an input `unit` is the number of the input. `t` is 0 for the state before step 1.
    """

    key: str
    t: int
    unit: int


@dataclass(frozen=True)
class Explanation:
    """A number, and what it was made of.

    value : the number.
    given : for a pinned gate what would have been computed, else None.
    parents : the places it was computed from, in the order of its formula. For a pre-activation
        these are the places of its terms.
    """

    place: Place
    value: float
    parents: tuple[Place, ...]
    given: float | None = None


def explain(trace: LSTMTrace, place: Place) -> Explanation:
    """The number at a place of a run of one sequence. Raises KeyError for a place that is not in it."""
    return Explanation(place, value_at(trace, place), _parents(trace, place), _unpinned(trace, place))


def value_at(trace: LSTMTrace, place: Place) -> float:
    """The number at a place. Raises KeyError for a place that is not in the run."""
    if place.key not in QUANTITIES or not QUANTITIES[place.key].in_trace:
        raise KeyError(place)
    if place.t == 0 and place.key in ("h", "C"):
        return value_at(trace, Place(f"{place.key}_prev", 1, place.unit))
    values = getattr(trace, place.key)
    if not (1 <= place.t <= trace.T and 1 <= place.unit <= values.shape[-1]):
        raise KeyError(place)
    return float(values[place.t - 1, place.unit - 1])


def is_pinned(trace: LSTMTrace, place: Place) -> bool:
    """Whether the number was given and not computed."""
    if trace.pinned is None or place.key not in GATE_OF:
        return False
    return bool(trace.pinned[place.t - 1, GATES.index(GATE_OF[place.key]), place.unit - 1])


def evaluate(trace: LSTMTrace, key: str, values) -> float:
    """The rule of a quantity in the cell of a run, with these values for its parents: a reader's sum,
    checked.

    Raises KeyError for a quantity that has no such rule.
    """
    rule = quantities_of(trace.params)[key].rule
    if rule is None:
        raise KeyError(key)
    return float(rule(*values))


def _parents(trace: LSTMTrace, place: Place) -> tuple[Place, ...]:
    key, t, unit = place.key, place.t, place.unit
    if key in BEFORE:
        return (Place(BEFORE[key], t - 1, unit),)
    if key.startswith("z_"):
        return tuple(
            Place(term.source, t, term.index)
            for term in pre_activation_terms(trace, t, unit, key[2:])
            if term.kind != "b"
        )
    if t == 0 or is_pinned(trace, place):
        return ()
    return tuple(Place(parent, t, unit) for parent in quantities_of(trace.params)[key].parents)


def _unpinned(trace: LSTMTrace, place: Place) -> float | None:
    """What a pinned gate would have been: σ or tanh of its pre-activation."""
    if not is_pinned(trace, place):
        return None
    if place.key == "i" and trace.params.coupled:
        return 1 - float(trace.f[place.t - 1, place.unit - 1])
    z = getattr(trace, f"z_{GATE_OF[place.key]}")[place.t - 1, place.unit - 1]
    return float(tanh(z) if place.key == "C_tilde" else sigma(z))


@dataclass(frozen=True)
class Term:
    """One summand of z = W·[h_{t-1}, x_t] + p ⊙ C + b.

    kind : "U" (from h_{t-1}), "V" (from x_t), "P" (through a peephole, from C_{t-1}, or C_t for
        the output gate) or "b" (the bias, whose `factor` is 1).
    index : which unit or input it comes from, from 1; 0 for the bias.
    address : where the weight stands in an experiment.
    product : weight × factor; covered (NaN) where z is covered, because the products add up to z.
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
    row, hx = params.W[block, k].tolist(), trace.hx[t - 1].tolist()
    H = params.H
    summands: list[tuple[str, int, str, float, float]] = [
        *(("U", j + 1, f"U_{gate}.{unit}.{j + 1}", row[j], hx[j]) for j in range(H)),
        *(("V", d + 1, f"V_{gate}.{unit}.{d + 1}", row[H + d], hx[H + d]) for d in range(params.D)),
    ]
    if params.peepholes is not None and gate in PEEPHOLES:
        seen = float((trace.C if gate == "o" else trace.C_prev)[t - 1, k])
        p = float(params.peepholes[PEEPHOLES.index(gate), k])
        summands.append(("P", unit, f"p_{gate}.{unit}", p, seen))
    covered = bool(np.isnan(trace.z[t - 1, block, k]))
    terms = [
        Term(kind, index, address, weight, factor, math.nan if covered else weight * factor)
        for kind, index, address, weight, factor in summands
    ]
    b = float(params.b[block, k])
    return [*terms, Term("b", 0, f"b_{gate}.{unit}", b, 1.0, b)]

"""Which units of a layer remember, matter, are stuck or move: trace -> **ranking** -> a table of units."""

from dataclasses import dataclass, replace

import numpy as np

from ..formula import sigma
from ..trace import LSTMTrace, checked_sequence
from .gru import GRUParams, GRUTrace, gru_step
from .outputs import Output

LOW, HIGH = 0.1, 0.9
"""A gate is saturated below the one and above the other, as in Karpathy, Johnson and Li (2015)."""

ORDERS = ("half_life", "effect", "saturated", "moved")

_AT_MOST = 16_000_000
"""Values of gates that are computed anew to measure effects; of a large layer fewer steps are taken."""


@dataclass(frozen=True, eq=False)
class Ranking:
    """One number for each unit of a run, each (H,).

    half_life : steps until half of a memory is left, at the forget gates of this run on average (their
        geometric mean, so that it is the pace at which the product of them shrinks); infinite where f is 1.
    effect : how far the output h of the layer moves at a step and at the next one, if h of this unit alone
        is its mean at the step: the root of the mean square of the distance, over steps that are evenly
        apart.
    output : the same of the numbers that a linear layer makes of h, before any softmax; None where none is
        known.
    saturated : share of the values of f, i and o that are below LOW or above HIGH.
    moved : by how much C changes in a step, on average.
    largest : the largest |C|.

    Of a GRU, z stands for f, z and r for the gates, and h, which is its memory, for C.
    """

    half_life: np.ndarray
    effect: np.ndarray
    saturated: np.ndarray
    moved: np.ndarray
    largest: np.ndarray
    output: np.ndarray | None = None

    def order(self, by: str) -> np.ndarray:
        """The units, from 1, with the largest first.

        by : one of ORDERS, or "output" where that is known; KeyError for another name.
        """
        values = getattr(self, by) if by in (*ORDERS, "output") else None
        if values is None:
            raise KeyError(by)
        return np.argsort(-values, kind="stable") + 1


def keeps(trace: LSTMTrace | GRUTrace) -> np.ndarray:
    """(T, …, H): the share of its memory that a unit keeps at a step, f of an LSTM and z of a GRU."""
    return trace.z if isinstance(trace, GRUTrace) else trace.f


def ranked(trace: LSTMTrace | GRUTrace, read_by: Output | None = None) -> Ranking:
    """The ranking of a run of one sequence. Raises ValueError for a batch.

    read_by : the linear layer that reads h, if there is one.
    """
    if isinstance(trace, GRUTrace):
        if trace.h.ndim != 2:
            raise ValueError(f"trace: expected one sequence, got a batch of shape {trace.h.shape}")
        sigmoids = [0, 1]
    else:
        checked_sequence(trace)
        sigmoids = [0, 1, 3]
    H = trace.params.H
    found = np.empty((5, H))
    found[1], output = _effects(trace, None if read_by is None else _products(read_by.W))
    for first in range(0, H, 64):  # a few units at a time, because float64 copies of all of them are large
        of = np.s_[:, first : first + 64]
        found[0, of[1]] = half_lives(keeps(trace)[of])
        gates = trace.gates[:, sigmoids, of[1]]
        found[2, of[1]] = ((gates < LOW) | (gates > HIGH)).mean(axis=(0, 1))
        C = trace.cells[of].astype(np.float64)
        found[3, of[1]] = np.abs(C[1:] - C[:-1]).mean(axis=0)
        found[4, of[1]] = np.abs(C[1:]).max(axis=0)
    return replace(Ranking(*found), output=output)


def _products(weights: np.ndarray) -> np.ndarray:
    """(H, H): Wᵀ W, with which the squared length of W d is d · (Wᵀ W) d."""
    wide = weights.astype(np.float64)
    return wide.T @ wide


@np.errstate(divide="ignore")
def half_lives(kept: np.ndarray) -> np.ndarray:
    """(H,): steps until half of a memory is left, of what share of it each step keeps (T, H).

    At their geometric mean, which is the pace at which their product shrinks; infinite where all is kept.
    """
    logs = np.log(kept.astype(np.float64)).mean(axis=0)
    return np.where(logs == 0, np.inf, np.log(0.5) / np.where(logs == 0, -1, logs))


@np.errstate(over="ignore", under="ignore")
def _effects(
    trace: LSTMTrace | GRUTrace, products: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray | None]:
    """(H,) each: `Ranking.effect`, and `Ranking.output` of what has these products, where something does."""
    T, H = trace.T, trace.params.H
    h = trace.h.astype(np.float64)
    moves = h.mean(axis=0) - h  # (T, H), what h of each unit would change by
    after = _next_in_gru(trace) if isinstance(trace, GRUTrace) else _next_in_lstm(trace)
    steps, of_h, of_output = _some_steps(T, H), np.zeros(H), np.zeros(H)
    for t in steps.tolist():
        of_h += moves[t] ** 2
        if products is not None:
            of_output += np.diag(products) * moves[t] ** 2
        for first in range(0, H if t + 1 < T else 0, 64):
            units = np.arange(first, min(first + 64, H))
            moved = after(t + 1, units, moves[t, units]) - h[t + 1]
            of_h[units] += (moved**2).sum(axis=1)
            if products is not None:
                of_output[units] += np.einsum("nh,nh->n", moved @ products, moved)
    output = None if products is None else np.sqrt(of_output / len(steps))
    return np.sqrt(of_h / len(steps)), output


def _some_steps(T: int, H: int) -> np.ndarray:
    """Steps that are evenly apart, from 0: all, or as many as can be computed anew."""
    return np.unique(np.linspace(0, T - 1, max(1, min(T, _AT_MOST // (4 * H * H)))).astype(int))


def _next_in_gru(trace: GRUTrace):
    """What gives h (n, H) of a step, if before it h of each of n units alone had moved."""
    own, x = trace.params, trace.x.astype(np.float64)
    W, b, b_h = (array.astype(np.float64) for array in (own.W, own.b, own.b_h))
    wide, h = GRUParams(W, b, b_h, own.reset_after), trace.h.astype(np.float64)

    def after(t: int, units: np.ndarray, moves: np.ndarray) -> np.ndarray:
        held = np.tile(h[t - 1], (len(units), 1))
        held[np.arange(len(units)), units] += moves
        return gru_step(wide, x[t], held)

    return after


def _next_in_lstm(trace: LSTMTrace):
    """The same of an LSTM."""
    U = trace.params.W[:, :, : trace.params.H].astype(np.float64)

    def after(t: int, units: np.ndarray, moves: np.ndarray) -> np.ndarray:
        dz = np.moveaxis(U[:, :, units] * moves, 2, 0)  # (n, 4, H), a row for each unit
        return _next_h(trace, t, dz)

    return after


def _next_h(trace: LSTMTrace, t: int, dz: np.ndarray) -> np.ndarray:
    """(n, H): h of a step, from 0, if its pre-activations were larger by each of n changes dz (n, 4, H)."""
    params, C_prev = trace.params, trace.cells[t].astype(np.float64)
    z_f, z_i, z_c, z_o = np.moveaxis(trace.z[t].astype(np.float64) + dz, 1, 0)
    f = sigma(z_f) if params.forget_gate else 1.0
    i = 1 - f if params.coupled else sigma(z_i)
    C = f * C_prev + i * np.tanh(z_c)
    if params.peepholes is not None:  # z_o as it was recorded holds the peephole at the C of the run
        z_o = z_o + params.peepholes[2] * (C - trace.C[t])
    return sigma(z_o) * np.tanh(C)

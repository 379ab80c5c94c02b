"""Which units of a layer remember, are stuck or move: trace -> **ranking** -> a table of units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..trace import LSTMTrace, checked_sequence

LOW, HIGH = 0.1, 0.9
"""A gate is saturated below the one and above the other, as in Karpathy, Johnson and Li (2015)."""

ORDERS = ("half_life", "saturated", "moved")


@dataclass(frozen=True, eq=False)
class Ranking:
    """One number for each unit of a run, each (H,).

    half_life : steps until half of a memory is left, at the forget gates of this run on average (their
        geometric mean, so that it is the pace at which the product of them shrinks); infinite where f is 1.
    saturated : share of the values of f, i and o that are below LOW or above HIGH.
    moved : by how much C changes in a step, on average.
    largest : the largest |C|.
    """

    half_life: np.ndarray
    saturated: np.ndarray
    moved: np.ndarray
    largest: np.ndarray

    def order(self, by: str) -> np.ndarray:
        """The units, from 1, with the largest first. `by` is one of ORDERS; KeyError for another name."""
        if by not in ORDERS:
            raise KeyError(by)
        return np.argsort(-getattr(self, by), kind="stable") + 1


def ranked(trace: LSTMTrace) -> Ranking:
    """The ranking of a run of one sequence. Raises ValueError for a batch."""
    checked_sequence(trace)
    H = trace.params.H
    found = np.empty((4, H))
    for first in range(0, H, 64):  # a few units at a time, because float64 copies of all of them are large
        of = np.s_[:, first : first + 64]
        with np.errstate(divide="ignore"):
            logs = np.log(trace.f[of].astype(np.float64)).mean(axis=0)
        with np.errstate(divide="ignore"):
            found[0, of[1]] = np.where(logs == 0, np.inf, np.log(0.5) / logs)
        gates = trace.gates[:, [0, 1, 3], of[1]]
        found[1, of[1]] = ((gates < LOW) | (gates > HIGH)).mean(axis=(0, 1))
        C = trace.cells[of].astype(np.float64)
        found[2, of[1]] = np.abs(C[1:] - C[:-1]).mean(axis=0)
        found[3, of[1]] = np.abs(C[1:]).max(axis=0)
    return Ranking(*found)

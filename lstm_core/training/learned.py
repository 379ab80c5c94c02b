"""What did it learn? network, batch -> **learned** -> a row for each unit: what it holds, and how.

`effects.py` says what follows when a unit is disturbed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ..rnn import RNNTrace
from ..trace import half_life
from .batch import Batch
from .course import Course
from .network import Network

CLEAR = 0.5
"""A correlation, of whatever sign, below which a unit holds nothing clear."""


@dataclass(frozen=True)
class Gates:
    """The gates of a unit over some steps, on average: the arithmetic mean of each, but for f while something
    is held. There it is the geometric mean, which is the pace at which the product of them shrinks."""

    f: float
    i: float
    o: float


@dataclass(frozen=True)
class LearnedUnit:
    """What one unit does over all steps of a batch until its sequences end.

    unit : from 1.
    r : by variable of the problem, its correlation with the unit's C (h in the plain RNN) over the steps
        where the variable has a meaning; 0 where one of them never changes.
    mean, largest : of its C (h in the plain RNN), and the largest |C|.
    holds : the variable of the problem that a perfect cell would keep.
    holding_of : by variable, the gates at the steps where it stays as it was and nothing is asked.
    store_of : by variable, the gates at the steps where it takes another value.
    at_ask : the gates where a number is asked for; None in problems that ask at every step.
    control : the same unit before the first update. lesion : the score with its C held at `mean`. Both are
        None where nobody asked.

    `holding_of` and `store_of` have no variable without such steps, and nothing in the plain RNN, which has
    no gates.
    """

    unit: int
    r: dict[str, float]
    mean: float
    largest: float
    holds: str
    holding_of: dict[str, Gates]
    store_of: dict[str, Gates]
    at_ask: Gates | None
    control: LearnedUnit | None = None
    lesion: float | None = None

    @property
    def holding(self) -> Gates | None:
        """The gates while the variable that the problem is about is held."""
        return self.holding_of.get(self.holds)

    @property
    def at_store(self) -> Gates | None:
        """The gates where that variable takes another value."""
        return self.store_of.get(self.holds)

    @property
    def follows(self) -> tuple[str, float]:
        """The variable that the unit follows most closely, and their correlation."""
        return max(self.r.items(), key=lambda of: abs(of[1]))

    @property
    def is_clear(self) -> bool:
        """Whether what it follows most closely is more than chance would bring about."""
        return abs(self.follows[1]) >= CLEAR

    def half_life(self, variable: str) -> float | None:
        """Steps until half of C is left, at the forget gates while a variable is held.

        None where it is never held, and in the plain RNN.
        """
        gates = self.holding_of.get(variable)
        return None if gates is None else half_life(min(gates.f, 1.0))


def learned(network: Network, batch: Batch, holds: str) -> list[LearnedUnit]:
    """A row for each unit of a network that runs over a batch; `holds` is that of the problem."""
    trace = network.run(batch.x)
    memory = trace.h if isinstance(trace, RNNTrace) else trace.C
    H = network.params.H
    r = {name: correlations(memory, of) for name, of in batch.variables.items()}
    within = memory[batch.lasts]
    means, largest = within.mean(axis=0), np.abs(within).max(axis=0)
    holding: list[dict[str, Gates]] = [{} for _ in range(H)]
    store: list[dict[str, Gates]] = [{} for _ in range(H)]
    at_ask: list[Gates] | None = None
    if not isinstance(trace, RNNTrace):
        for name in batch.variables:
            held, stored = held_and_stored(batch, name)
            for rows, where, is_pace in ((holding, held, True), (store, stored, False)):
                for row, gates in zip(rows, _gates(trace, where, is_pace) or (), strict=False):
                    row[name] = gates
        at_ask = _gates(trace, _asked(batch))
    return [
        LearnedUnit(
            k + 1, {name: float(values[k]) for name, values in r.items()}, float(means[k]), float(largest[k]),
            holds, holding[k], store[k], None if at_ask is None else at_ask[k],
        )
        for k in range(H)
    ]  # fmt: skip


def beside_control(rows: list[LearnedUnit], untrained: list[LearnedUnit]) -> list[LearnedUnit]:
    """The rows of a network, each with that of the same unit before the first update beside it."""
    return [replace(row, control=before) for row, before in zip(rows, untrained, strict=True)]


def learned_along(course: Course) -> Iterator[tuple[int, list[LearnedUnit]]]:
    """The rows at each snapshot of a course, one after the other: (update, rows)."""
    batch = course.problem.test()
    for update in course.snapshot_at.tolist():
        yield update, learned(course.network(update), batch, course.problem.holds)


def held_and_stored(batch: Batch, variable: str) -> tuple[np.ndarray, np.ndarray]:
    """(T, B) each: where a variable stays as it was and nothing is asked, and where it takes another value.

    Before the first step it is 0, or has no meaning where it has none at that step. Where it has had no
    meaning yet, its first value is another one.
    """
    now = batch.variables[variable]
    before = np.concatenate([np.where(np.isnan(now[:1]), np.nan, 0.0), now[:-1]])
    known = ~np.isnan(now) & batch.lasts
    there_before = ~np.isnan(before)
    there_before[0] = False  # nothing can be held that was never stored
    same = now == before
    return known & there_before & same & ~_asked(batch), known & ~same


def held_for(batch: Batch, variable: str) -> float:
    """For how many steps a value of a variable is held, on average over the values that are held at all."""
    held, _ = held_and_stored(batch, variable)
    begins = held & ~np.concatenate([np.zeros_like(held[:1]), held[:-1]])
    return float(held.sum() / max(begins.sum(), 1))


def _asked(batch: Batch) -> np.ndarray:
    """(T, B): where a number is asked for; nowhere in problems that ask for a symbol at every step."""
    return batch.counts & batch.lasts & (batch.chances is None)


def _gates(trace, where: np.ndarray, is_pace: bool = False) -> list[Gates] | None:
    """The mean gates of each unit over some steps, the geometric mean of f for a pace; None for no step."""
    if not where.any():
        return None
    f, i, o = (getattr(trace, gate)[where] for gate in "fio")
    with np.errstate(divide="ignore"):  # of a gate that is exactly 0 nothing is left
        mean_f = np.exp(np.log(f).mean(axis=0)) if is_pace else f.mean(axis=0)
    return [Gates(*of) for of in zip(mean_f.tolist(), i.mean(0).tolist(), o.mean(0).tolist(), strict=True)]


def correlations(memory: np.ndarray, variable: np.ndarray) -> np.ndarray:
    """(H,): Pearson's r of each unit's memory (T, B, H) with a variable (T, B), where that has a meaning."""
    known = ~np.isnan(variable)
    units, variable = memory[known], variable[known]
    units, variable = units - units.mean(axis=0), variable - variable.mean()
    sizes = np.sqrt((units**2).sum(axis=0)) * np.sqrt((variable**2).sum())
    return variable @ units / np.where(sizes > 1e-12, sizes, np.inf)

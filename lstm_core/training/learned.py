"""What did it learn? network, batch -> **learned** -> a row for each unit, and sentences.

A gate counts as open above 0.9 and as shut below 0.1, as in Karpathy, Johnson & Fei-Fei, "Visualizing and
Understanding Recurrent Networks" (2015).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..rnn import RNNTrace
from ..trace import half_life
from .batch import Batch
from .course import Course
from .network import Network

OPEN, SHUT = 0.9, 0.1
GATES = ("f", "i", "o")


@dataclass(frozen=True)
class LearnedUnit:
    """What one unit does over all steps of a batch until its sequences end.

    unit : from 1. mean_f : mean forget gate. half_life : steps until half is left under that mean.
    f_held : mean forget gate at the steps where what a perfect cell holds stays as it was.
    f_new : the same at the steps where it changes. Both are None where there are no such steps.
    largest_C : the largest |C| of all.
    opened, shut : by gate, f, i and o, the share of steps where it is above OPEN and below SHUT.
    r : by variable of the problem, its correlation with the unit's C (h in the plain RNN) over the steps
        where the variable has a meaning; 0 where one of them never changes.

    What has to do with gates is None or empty in the plain RNN, which has none.
    """

    unit: int
    mean_f: float | None
    half_life: float | None
    f_held: float | None
    f_new: float | None
    largest_C: float | None
    opened: dict[str, float]
    shut: dict[str, float]
    r: dict[str, float]

    @property
    def holds(self) -> tuple[str, float]:
        """The variable that the unit follows most closely, and their correlation."""
        return max(self.r.items(), key=lambda of: abs(of[1]))


def learned(network: Network, batch: Batch, holds: str) -> list[LearnedUnit]:
    """A row for each unit of a network that runs over a batch; `holds` is that of the problem."""
    trace = network.run(batch.x)
    memory = trace.h if isinstance(trace, RNNTrace) else trace.C
    r = {name: _correlations(memory, of) for name, of in batch.variables.items()}
    rows = []
    held, new = _held_and_new(batch.variables[holds])
    for k in range(network.params.H):
        of_unit = {name: float(values[k]) for name, values in r.items()}
        if isinstance(trace, RNNTrace):
            rows.append(LearnedUnit(k + 1, None, None, None, None, None, {}, {}, of_unit))
            continue
        f = trace.f[..., k]
        gates = {gate: getattr(trace, gate)[..., k][batch.lasts] for gate in GATES}
        mean_f = float(gates["f"].mean())
        rows.append(
            LearnedUnit(
                k + 1,
                mean_f,
                half_life(min(mean_f, 1.0)),
                _mean(f, held),
                _mean(f, new),
                float(np.abs(memory[..., k][batch.lasts]).max()),
                {gate: float((values > OPEN).mean()) for gate, values in gates.items()},
                {gate: float((values < SHUT).mean()) for gate, values in gates.items()},
                of_unit,
            )
        )
    return rows


def learned_along(course: Course) -> Iterator[tuple[int, list[LearnedUnit]]]:
    """The rows at each snapshot of a course, one after the other: (update, rows)."""
    batch = course.problem.test()
    for update in course.snapshot_at.tolist():
        yield update, learned(course.network(update), batch, course.problem.holds)


def _mean(values: np.ndarray, where: np.ndarray) -> float | None:
    """The mean of the values at some places; None where there is no such place."""
    return float(values[where].mean()) if where.any() else None


def _held_and_new(variable: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(T, B) each: where a variable is what it was at the step before, and where it has changed."""
    before = np.concatenate([np.full_like(variable[:1], np.nan), variable[:-1]])
    known = ~np.isnan(variable) & ~np.isnan(before)
    return known & (variable == before), known & (variable != before)


def _correlations(memory: np.ndarray, variable: np.ndarray) -> np.ndarray:
    """(H,): Pearson's r of each unit's memory (T, B, H) with a variable (T, B), where that has a meaning."""
    known = ~np.isnan(variable)
    units, variable = memory[known], variable[known]
    units, variable = units - units.mean(axis=0), variable - variable.mean()
    sizes = np.sqrt((units**2).sum(axis=0)) * np.sqrt((variable**2).sum())
    return variable @ units / np.where(sizes > 1e-12, sizes, np.inf)

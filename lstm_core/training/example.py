"""One test sequence to look at while a network learns: problem -> **example**, network -> what it says."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .batch import Batch
from .network import Network
from .problems import Problem

MOST_STEPS = 40
"""The most steps that are shown of a sequence without an end, as many as a link can hold."""


LARGEST = 1e9


@dataclass(frozen=True, eq=False)
class Example:
    """One sequence of the test, up to its end, always the same for a problem.

    x : (T, D). target : (T, K). counts : (T,), the steps that are asked. held : (T,), what a perfect cell
        would hold, NaN where there is nothing. chances : (T, K) of the next symbols, or None.
    step : the step to look at, from 1: the middle of the longest time in which something has to be held.
    labels : the symbols that the inputs stand for, one a step; () in a problem of numbers.
    """

    x: np.ndarray
    target: np.ndarray
    counts: np.ndarray
    held: np.ndarray
    chances: np.ndarray | None
    step: int
    labels: tuple[str, ...] = ()

    @property
    def T(self) -> int:
        return len(self.x)

    def wanted(self) -> np.ndarray:
        """(T,): the number that is asked for, or 1 for a symbol; NaN where nothing is asked."""
        wanted = np.ones(self.T) if self.chances is not None else self.target[:, 0]
        return np.where(self.counts, wanted, np.nan)

    def answered(self, y: np.ndarray) -> np.ndarray:
        """(T,) for outputs y (T, K): the number that is said, or the chance given to the possible symbols.

        Outputs of weights that have run away are cut at ±LARGEST.
        """
        y = np.clip(np.nan_to_num(y), -LARGEST, LARGEST)
        if self.chances is None:
            return y[:, 0]
        powers = np.exp(y - y.max(axis=-1, keepdims=True))
        return (powers * (self.chances > 0)).sum(axis=-1) / powers.sum(axis=-1)


@lru_cache(maxsize=32)
def batch_of(problem: Problem) -> Batch:
    """The test of a problem, which is drawn once: `Problem.test`."""
    return problem.test()


@lru_cache(maxsize=32)
def example(problem: Problem) -> Example:
    """The sequence of the test in which there is most to hold, in all, over its steps.

    Where there is a choice, it holds nothing yet at its first two steps.
    """
    batch = batch_of(problem)
    held = batch.variables[problem.holds][:MOST_STEPS]
    much = np.nansum(np.abs(held), axis=0)
    empty = ~np.nan_to_num(held[:2]).any(axis=0)
    b = int((much * empty if empty.any() else much).argmax())
    T = int(batch.lasts[:MOST_STEPS, b].sum())
    cut = (slice(T), b)
    chances = None if batch.chances is None else batch.chances[cut]
    x, labels = batch.x[cut], () if problem.grammar is None else tuple(read(problem, batch.x[cut]))
    return Example(x, batch.target[cut], batch.counts[cut], held[:T, b], chances, _step(held[:T, b]), labels)


def read(problem: Problem, x: np.ndarray) -> list[str]:
    """The symbols that inputs (T, D) of a problem of symbols stand for, one a step."""
    return [problem.inputs[k] for k in x.argmax(axis=1).tolist()]


def memory(network: Network, trace) -> np.ndarray:
    """What a layer carries from step to step: C, or in the plain RNN h."""
    return trace.h if network.plain else trace.C


def _step(held: np.ndarray) -> int:
    """The middle, from 1, of the longest stretch in which something other than 0 stays as it is."""
    best, start = (0, 0), 0
    for t in range(1, len(held) + 1):
        if t == len(held) or held[t] != held[start]:
            if held[start] == held[start] != 0:
                best = max(best, (t - start, start))
            start = t
    length, start = best
    return start + length // 2 + 1

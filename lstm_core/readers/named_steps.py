"""What a unit has to do with the names of the steps: memory, labels -> **correlation, contexts**.

A correlation says what a unit goes along with, not what it does. Of many units some go along with anything,
so each stands beside what it comes to with the same labels at other steps.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

SHIFTS = 20
"""So many times the labels are moved along the sequence, for the control."""

MOST_CHOICES = 200
"""The most labels that are offered, the frequent ones first."""

_MOST_TRIED = 40


@dataclass(frozen=True, eq=False)
class Correlation:
    """Of each unit's memory with a column of numbers, both (H,).

    r : Pearson's; 0 for what never changes.
    control : the largest |r| with the column moved along the sequence, round its end, by SHIFTS distances
        that are drawn from a seed. What is near in time stays so; only the tie to the steps is cut.
    """

    r: np.ndarray
    control: np.ndarray

    def order(self) -> np.ndarray:
        """The units, from 1, with the largest |r| first."""
        return np.argsort(-np.abs(self.r), kind="stable") + 1

    @property
    def beyond(self) -> int:
        """How many units go along with the column more closely than with every moved one."""
        return int((np.abs(self.r) > self.control).sum())


def choices(labels: Sequence[str]) -> list[str]:
    """The labels that some steps have and others do not, the most frequent first, at most MOST_CHOICES."""
    counts = Counter(label for label in labels if label)
    return [label for label, n in counts.most_common(MOST_CHOICES) if n < len(labels)]


def column_of_labels(labels: Sequence[str], chosen: Collection[str]) -> np.ndarray:
    """(T,): 1 at the steps whose label is one of the chosen, else 0."""
    return np.array([label in chosen for label in labels], np.float64)


def correlated(memory: np.ndarray, column: np.ndarray) -> Correlation:
    """The correlation of each unit's memory (T, H) with a column (T,). Raises ValueError for other shapes."""
    T = len(memory)
    if memory.ndim != 2 or column.shape != (T,):
        raise ValueError(f"column: expected {T} numbers, one for each step, got {column.shape}")
    units = standard(memory.astype(np.float64))
    moved = np.random.default_rng(1).permutation(np.arange(1, T))[:SHIFTS]
    columns = np.stack([column, *(np.roll(column, by) for by in moved.tolist())], axis=1)
    r = standard(columns).T @ units / T
    return Correlation(r[0], np.abs(r[1:]).max(axis=0, initial=0))


def closest_label(memory: np.ndarray, labels: Sequence[str]) -> str | None:
    """Of the frequent labels the one that some unit goes along with most closely; None without labels."""
    tried = [label for label in choices(labels)[:_MOST_TRIED] if labels.count(label) > 1]
    tried = tried or choices(labels)[:1]
    if not tried:
        return None
    columns = np.stack([column_of_labels(labels, (label,)) for label in tried], axis=1)
    r = np.abs(standard(columns).T @ standard(memory.astype(np.float64)))
    return tried[int(r.max(axis=1).argmax())]


def standard(columns: np.ndarray) -> np.ndarray:
    """Each column with the mean 0 and the mean square 1; 0 where it never changes."""
    centred = columns - columns.mean(axis=0)
    size = np.sqrt((centred**2).mean(axis=0))
    scale = np.abs(columns).max(axis=0, initial=0)
    return np.where(size > 1e-12 * scale, centred / np.where(size == 0, 1, size), 0)


@dataclass(frozen=True)
class Context:
    """A step at which a unit's memory is high or low, and what stands around it.

    sequence, t : from 1. value : of the memory after the step. before, after : the labels around it.
    """

    sequence: int
    t: int
    value: float
    before: tuple[str, ...]
    label: str
    after: tuple[str, ...]


def contexts(
    memories: Sequence[np.ndarray],
    labels: Sequence[Sequence[str]],
    most: int = 5,
    around: int = 12,
) -> tuple[list[Context], list[Context]]:
    """Where the memory of a unit is highest and where it is lowest, the most extreme first.

    memories : of each sequence the unit's memory (T,), in the order of the sequence. labels : of each its T
    labels, or (). around : so many labels before and half as many after are kept. Of steps that are nearer
    to each other than that the most extreme one stands for all.
    """
    values = np.concatenate(memories)
    number = np.repeat(np.arange(len(memories)), [len(one) for one in memories])
    step = np.concatenate([np.arange(len(one)) for one in memories])
    found = []
    for order in (np.argsort(-values, kind="stable"), np.argsort(values, kind="stable")):
        taken: list[int] = []
        for k in order.tolist():
            if len(taken) == most:
                break
            if all(number[k] != number[j] or abs(step[k] - step[j]) > around for j in taken):
                taken.append(k)
        found.append([_context(int(number[k]), int(step[k]), values[k], labels, around) for k in taken])
    return found[0], found[1]


def _context(b: int, t: int, value, labels: Sequence[Sequence[str]], around: int) -> Context:
    own = tuple(labels[b])
    before, after = own[max(0, t - around) : t], own[t + 1 : t + 1 + around // 2]
    return Context(b + 1, t + 1, float(value), before, own[t] if own else "", after)

"""What a reader brings for a layer to read: one sequence, or several in one array of which one runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ..labels import checked_labels
from .sequence import one_of, one_sequence


@dataclass(frozen=True, eq=False)
class Brought:
    """One sequence (T, D), or several in an array of three axes, the last of which is D.

    name : of its file. labels : names of the steps of one sequence, or ().
    batch_first : whether the first of three axes counts sequences, else it counts steps. number : of the
    sequence that runs, from 1.
    """

    array: np.ndarray
    name: str
    labels: tuple[str, ...] = ()
    batch_first: bool = True
    number: int = 1

    @property
    def B(self) -> int:
        """How many sequences there are."""
        return 1 if self.array.ndim == 2 else self.array.shape[0 if self.batch_first else 1]

    @property
    def x(self) -> np.ndarray:
        """(T, D): the sequence that runs. Raises Refused for a number that there is not."""
        if self.array.ndim == 2:
            return self.array
        return one_of(self.array.swapaxes(0, 1) if self.batch_first else self.array, self.number)


def bring(x: np.ndarray, name: str, labels: Iterable[str], D: int, layer: str) -> Brought:
    """What a layer of D inputs can read of an array; of several sequences the first. Raises Refused."""
    if x.ndim == 3 and x.shape[-1] == D and 1 not in x.shape[:2]:
        return Brought(x, name)
    x = one_sequence(x, D, layer)
    return Brought(x, name, checked_labels(labels, len(x)))

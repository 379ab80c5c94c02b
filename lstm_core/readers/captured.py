"""What a layer read in a live model, kept beside its weights by `lstm_core.capture`: arrays -> **batch**."""

import json
from dataclasses import dataclass

import numpy as np

from ..labels import checked_labels
from .limits import Limits, check_run
from .refusals import Phrase, Refused
from .stored import Stored

NAMES = ("x", "lengths", "h0", "C0", "labels")
"""The arrays of a batch, as they are called after the address of their layer. Only labels may be left out."""

MOST_LABEL_BYTES = 1_000_000


@dataclass(frozen=True, eq=False)
class Input:
    """One sequence that a layer read. x : (T, D). h0, C0 : (H,). labels : T names, or ()."""

    x: np.ndarray
    h0: np.ndarray
    C0: np.ndarray
    labels: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Batch:
    """The sequences that a layer read.

    x : (T, B, D), in the order of the sequence. lengths : of each its steps; what follows them is padding.
    h0, C0 : (B, H), the states before the first step. labels : of each sequence a name a step, or ().
    """

    x: np.ndarray
    lengths: tuple[int, ...]
    h0: np.ndarray
    C0: np.ndarray
    labels: tuple[tuple[str, ...], ...]

    @property
    def B(self) -> int:
        """Number of sequences."""
        return len(self.lengths)

    @property
    def nbytes(self) -> int:
        """Room that the arrays take."""
        return self.x.nbytes + self.h0.nbytes + self.C0.nbytes

    def sequence(self, number: int) -> Input:
        """One sequence without its padding, from 1. Raises Refused for a number that there is not."""
        if not 1 <= number <= self.B:
            raise Refused("no_such_sequence", got=number, most=self.B)
        b = number - 1
        return Input(self.x[: self.lengths[b], b], self.h0[b], self.C0[b], self.labels[b])


def checked_batch(batch: Batch, layer: str, H: int, D: int, limits: Limits) -> Batch:
    """The batch, if its arrays belong together and to a layer of H units and D inputs. Raises Refused."""
    B = batch.B
    fits = (
        len(batch.x.shape) == 3
        and batch.x.shape[1:] == (B, D)
        and batch.h0.shape == batch.C0.shape == (B, H)
        and len(batch.labels) == B > 0
        and all(1 <= length <= len(batch.x) for length in batch.lengths)
        and all(len(own) in (0, T) for own, T in zip(batch.labels, batch.lengths, strict=True))
    )
    if not fits:
        raise Refused("captured", layer=layer)
    if not all(np.isfinite(array).all() for array in (batch.x, batch.h0, batch.C0)):
        raise Refused("not_finite", layer=layer, dtype=batch.x.dtype)
    check_run(limits, max(batch.lengths), 1, H)
    return batch


def read_batch(parts: dict[str, Stored], layer: str, H: int, D: int, limits: Limits) -> Batch | None:
    """The batch among the arrays of a layer, by what stands after its name; None where there is none.

    Raises Refused for arrays that do not belong together.
    """
    if not {"x", "lengths", "h0", "C0"} <= parts.keys():
        return None
    said = parts["lengths"]
    B = said.shape[0] if len(said.shape) == 1 else 0
    shapes = [parts[name].shape for name in ("x", "h0", "C0")]
    if said.dtype not in ("int32", "int64") or shapes != [(*shapes[0][:1], B, D), (B, H), (B, H)]:
        raise Refused("captured", layer=layer)
    lengths = tuple(map(int, said.load().tolist()))
    labels = _labels(parts["labels"], lengths, layer, limits) if "labels" in parts else ((),) * B
    x, h0, C0 = (parts[name].read() for name in ("x", "h0", "C0"))
    return checked_batch(Batch(x, lengths, h0, C0, labels), layer, H, D, limits)


def _labels(stored: Stored, lengths: tuple[int, ...], layer: str, limits: Limits):
    """Of each sequence the names of its own steps, out of the bytes of JSON. Raises Refused."""
    if stored.dtype != "uint8" or len(stored.shape) != 1:
        raise Refused("captured", layer=layer)
    if limits.bytes is not None and stored.shape[0] > MOST_LABEL_BYTES:
        raise Refused("too_many", most=MOST_LABEL_BYTES, what=Phrase("bytes_of_labels"))
    try:
        rows = json.loads(bytes(stored.load()))
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list) or len(rows) != len(lengths) or not all(isinstance(r, list) for r in rows):
        raise Refused("captured", layer=layer)
    try:
        pairs = zip(rows, lengths, strict=True)
        return tuple(checked_labels(row[: max(T, 0)], T) for row, T in pairs)
    except ValueError:
        raise Refused("captured", layer=layer) from None

"""What a file of `lstm_core.capture` holds beside its layers: .npz, address -> **x, states, labels**."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np

from .limits import Budget, Limits, check_run
from .numpy_file import read_arrays
from .refusals import Refused
from .zipped import Archive

SIGNATURE = b"PK\x03\x04"


@dataclass(frozen=True, eq=False)
class Input:
    """One sequence that a layer read. x : (T, D). h0, C0 : (H,). labels : T names, or ()."""

    x: np.ndarray
    h0: np.ndarray
    C0: np.ndarray
    labels: tuple[str, ...]


def read_input(path, address: str, limits: Limits, number: int = 1) -> Input | None:
    """The sequence of that number, from 1, that a layer read; None where the file holds none for it.

    Raises Refused for a number that there is not, and for arrays that do not belong together.
    """
    with open(path, "rb") as file:
        if file.read(4) != SIGNATURE:
            return None
        arrays = read_arrays(Archive(file, Budget(limits)))
        own = {name: arrays[f"{address}/{name}"] for name in _NAMES if f"{address}/{name}" in arrays}
        if not {"x", "lengths", "h0", "C0"} <= own.keys() or len(own["x"].shape) != 3:
            return None
        T, B, D = own["x"].shape
        check_run(limits, T, B, max(own["h0"].shape[-1:], default=1))
        if own["lengths"].shape != (B,) or any(own[name].shape[:1] != (B,) for name in ("h0", "C0")):
            raise Refused("captured", layer=address)
        if not 1 <= number <= B:
            raise Refused("no_such_sequence", got=number, most=B)
        length = int(own["lengths"].load().reshape(B)[number - 1])
        if not 1 <= length <= T:
            raise Refused("captured", layer=address)
        x, h0, C0 = (own[name].read() for name in ("x", "h0", "C0"))
        labels = _labels(bytes(own["labels"].load())) if "labels" in own else []
        row = labels[number - 1] if len(labels) == B else []
        return Input(x[:length, number - 1], h0[number - 1], C0[number - 1], tuple(row[:length]))


_NAMES = ("x", "lengths", "h0", "C0", "labels")


def _labels(text: bytes) -> list[list[str]]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        return []
    fits = isinstance(rows, list) and all(isinstance(row, list) for row in rows)
    return rows if fits and all(isinstance(name, str) for row in rows for name in row) else []

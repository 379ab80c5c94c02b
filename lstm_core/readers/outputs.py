"""Output layers that stand behind a layer in its file: arrays -> **weights and biases of what h says**."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from .refusals import Refused
from .stored import BYTES, Stored

_BESIDE = {"weight": "bias", "kernel": "bias", "kernel:0": "bias:0", "0": "1"}
"""Name of the weights of a linear layer -> that of its biases, in PyTorch and in Keras 2 and 3."""

_OF_A_CELL = ("2", "recurrent_kernel", "recurrent_kernel:0")
"""What stands beside the weights and biases of a layer that is no linear one."""

_MOST, MOST_OUTPUTS = 4, 1100


@dataclass(frozen=True, eq=False)
class Output:
    """A linear layer behind an LSTM layer. name : as its author gave it. W : (V, H), b : (V,)."""

    name: str
    W: np.ndarray
    b: np.ndarray


def find_outputs(arrays: dict[str, Stored], widths: Collection[int]) -> list[Output]:
    """Linear layers that could read h of a layer, at most _MOST, each with at most MOST_OUTPUTS outputs.

    widths : the numbers of units that layers have. Weights without biases are none, and may be an embedding.
    """
    found: list[Output] = []
    for name, array in arrays.items():
        last = re.split(r"[./]", name)[-1]
        base = name[: len(name) - len(last)]
        beside = arrays.get(base + _BESIDE.get(last, ""))
        if last not in _BESIDE or beside is None or len(found) == _MOST:
            continue
        if len(array.shape) != 2 or not {array.dtype, beside.dtype} <= set(BYTES):
            continue
        V, H = array.shape if last == "weight" else array.shape[::-1]
        if H not in widths or not 0 < V <= MOST_OUTPUTS or tuple(beside.shape) != (V,):
            continue
        if any(f"{base}{more}" in arrays for more in _OF_A_CELL):
            continue
        try:
            W, b = array.read(), beside.read()
        except Refused:  # as of an embedding
            continue
        if np.isfinite(W).all() and np.isfinite(b).all():
            W = W if last == "weight" else np.ascontiguousarray(W.T)
            found.append(Output(re.sub(r"[./]vars$", "", base[:-1]), W, b))
    return found

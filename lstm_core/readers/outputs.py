"""Output layers that stand behind a layer in its file: arrays -> **weights and biases of what h says**."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from .refusals import Refused
from .stored import BYTES, Stored

if TYPE_CHECKING:
    from .layer import Layer, LayerFile

_BESIDE = {"weight": "bias", "kernel": "bias", "kernel:0": "bias:0", "0": "1"}
"""Name of the weights of a linear layer -> that of its biases, in PyTorch and in Keras 2 and 3."""

_OF_A_CELL = ("2", "recurrent_kernel", "recurrent_kernel:0")
"""What stands beside the weights and biases of a layer that is no linear one."""

_MOST, _MOST_BYTES = 8, 30_000_000


@dataclass(frozen=True, eq=False)
class Output:
    """A linear layer behind an LSTM layer. name : as its author gave it. W : (V, H), b : (V,)."""

    name: str
    W: np.ndarray
    b: np.ndarray


def find_outputs(arrays: dict[str, Stored], widths: Collection[int]) -> list[Output]:
    """The linear layers that read so many numbers, at most _MOST of _MOST_BYTES together.

    widths : see `widths_of`. Weights without biases are none, and may be an embedding.
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
        V, width = array.shape if last == "weight" else array.shape[::-1]
        size = 4 * V * width + sum(one.W.nbytes for one in found)
        if width not in widths or V == 0 or size > _MOST_BYTES or tuple(beside.shape) != (V,):
            continue
        if any(f"{base}{more}" in arrays for more in _OF_A_CELL):
            continue
        try:
            W, b = array.read(), beside.read()
        except Refused:  # it takes more room than there is, and the layers are read without it
            continue
        if np.isfinite(W).all() and np.isfinite(b).all():
            W = W if last == "weight" else np.ascontiguousarray(W.T)
            found.append(Output(re.sub(r"[./]vars$", "", base[:-1]), W, b))
    return found


def widths_of(layers: Collection[Layer]) -> set[int]:
    """How many numbers a linear layer may read of one of these, or of a pair of directions."""
    return {layer.H for layer in layers} | {2 * layer.H for layer in layers}


def output_of(file: LayerFile, layer: Layer) -> Output | None:
    """What reads h of this layer, with the columns of its units; None where the file does not say it.

    It says it of the last layer, where one linear layer alone has as many inputs as that gives numbers.
    """
    last = file.layers[-1]
    pair = [one for one in file.layers if (one.name, one.level) == (last.name, last.level)]
    if len(pair) > 2 or all(one.address != layer.address for one in pair):
        return None
    if len(pair) == 2 and pair[0].merge not in ("concat", "sum"):
        return None
    first, width = 0, layer.H
    if len(pair) == 2 and pair[0].merge == "concat":
        first, width = (layer.direction == "reverse") * layer.H, 2 * layer.H
    fitting = [one for one in file.outputs if one.W.shape[1] == width]
    if len(fitting) != 1:
        return None
    return replace(fitting[0], W=fitting[0].W[:, first : first + layer.H])

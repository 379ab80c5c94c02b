"""The linear layer that reads an LSTM or GRU layer, beside it in its file: arrays -> **its weights**."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .refusals import Refused
from .stored import BYTES, Stored

if TYPE_CHECKING:
    from .layer import Layer, LayerFile

_WEIGHTS = {"weight": "bias", "kernel": "bias", "kernel:0": "bias:0", "0": "1"}
"""What frameworks call the weights of a linear layer -> its bias, which stands beside them."""

_MOST, _MOST_BYTES = 8, 30_000_000


@dataclass(frozen=True, eq=False)
class Linear:
    """A linear layer. name : as its author gave it. weights : (V, H), from H numbers to V."""

    name: str
    weights: np.ndarray


def find_linear(arrays: dict[str, Stored], widths: Collection[int]) -> list[Linear]:
    """The linear layers that read so many numbers, at most _MOST of _MOST_BYTES together."""
    found: list[Linear] = []
    for name, array in arrays.items():
        last = re.split(r"[./]", name)[-1]
        base = name[: -len(last)]
        bias = arrays.get(base + _WEIGHTS.get(last, ""))
        if last not in _WEIGHTS or bias is None or len(array.shape) != 2 or array.dtype not in BYTES:
            continue
        if "kernel" in last and base + "recurrent_" + last in arrays:  # an LSTM's own
            continue
        V, width = array.shape if last == "weight" else array.shape[::-1]
        size = 4 * V * width + sum(one.weights.nbytes for one in found)
        if bias.shape != (V,) or width not in widths or size > _MOST_BYTES or len(found) == _MOST:
            continue
        try:
            weights = array.read()
        except Refused:  # it takes more room than there is, and the layers are read without it
            continue
        if np.isfinite(weights).all():
            weights = weights if last == "weight" else weights.T
            found.append(Linear(re.sub(r"[./]vars$", "", base[:-1]), weights))
    return found


def widths_of(layers: Collection[Layer]) -> set[int]:
    """How many numbers a linear layer may read of one of these, or of a pair of directions."""
    return {layer.H for layer in layers} | {2 * layer.H for layer in layers}


def reading(file: LayerFile, layer: Layer) -> Linear | None:
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
    fitting = [one for one in file.linear if one.weights.shape[1] == width]
    if len(fitting) != 1:
        return None
    return Linear(fitting[0].name, fitting[0].weights[:, first : first + layer.H])

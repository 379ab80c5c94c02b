"""The operators of ONNX that hand constants on: node, arrays -> **arrays**, whose sizes are known before.

Each takes the node, its inputs and the budget of what is copied, and gives its outputs. It raises ValueError,
IndexError, TypeError or ArithmeticError for what the operator does not do, and Refused beyond the budget.
"""

from math import prod

import numpy as np

from .limits import Budget
from .onnx_node import Node

_MOST_AXES = 8

_TYPES = {
    1: "float32",
    2: "uint8",
    3: "int8",
    6: "int32",
    7: "int64",
    9: "bool",
    10: "float16",
    11: "float64",
}
_ROUNDED = ("int8", "uint8", "int16", "uint16", "int32")


def _ints(array: np.ndarray) -> list[int]:
    if array.size > 64 or array.dtype.kind not in "iu":
        raise ValueError
    return [int(number) for number in array.reshape(-1)]


def _spend(copied: Budget, shape, dtype) -> None:
    if len(shape) > _MOST_AXES:
        raise ValueError
    copied.spend(prod(shape) * np.dtype(dtype).itemsize)


def _axes(node: Node, arrays: list[np.ndarray]) -> list[int] | None:
    return _ints(arrays[1]) if len(arrays) > 1 else node.integers("axes")


def _identity(node, arrays, copied):
    return [arrays[0]]


def _cast(node, arrays, copied):
    wanted = _TYPES.get(node.integer("to", 0))
    if wanted is None:
        raise ValueError
    _spend(copied, arrays[0].shape, wanted)
    with np.errstate(over="ignore", invalid="ignore"):
        return [arrays[0].astype(wanted)]


def _slice(node, arrays, copied):
    array, rest = arrays[0], [_ints(one) for one in arrays[1:]]
    if not rest:
        rest = [node.integers("starts") or [], node.integers("ends") or []]
        rest += [axes] if (axes := node.integers("axes")) is not None else []
    starts, ends = rest[0], rest[1]
    axes = rest[2] if len(rest) > 2 else list(range(len(starts)))
    steps = rest[3] if len(rest) > 3 else [1] * len(starts)
    places = [slice(None)] * array.ndim
    for start, end, axis, step in zip(starts, ends, axes, steps, strict=True):
        low = None if step < 0 and end < -array.shape[axis] else end
        places[axis] = slice(start, low, step)
    return [array[tuple(places)]]


def _concat(node, arrays, copied):
    _spend(copied, (sum(one.size for one in arrays),), arrays[0].dtype)
    return [np.concatenate(arrays, axis=node.integer("axis", 0))]


def _unsqueeze(node, arrays, copied):
    axes = _axes(node, arrays) or []
    if arrays[0].ndim + len(axes) > _MOST_AXES:
        raise ValueError
    return [np.expand_dims(arrays[0], tuple(axes))]


def _squeeze(node, arrays, copied):
    axes = _axes(node, arrays)
    return [np.squeeze(arrays[0], None if axes is None else tuple(axes))]


def _transpose(node, arrays, copied):
    return [np.transpose(arrays[0], node.integers("perm"))]


def _reshape(node, arrays, copied):
    array, wanted = arrays[0], _ints(arrays[1])
    if not node.integer("allowzero", 0):
        wanted = [array.shape[axis] if n == 0 else n for axis, n in enumerate(wanted)]
    if len(wanted) > _MOST_AXES:
        raise ValueError
    if not array.flags.c_contiguous:
        _spend(copied, array.shape, array.dtype)
    return [array.reshape(wanted)]


def _gather(node, arrays, copied):
    array, places = arrays[0], arrays[1]
    axis = node.integer("axis", 0)
    if places.dtype.kind not in "iu" or not -array.ndim <= axis < array.ndim:
        raise ValueError
    shape = array.shape[:axis] + places.shape + array.shape[axis % array.ndim + 1 :]
    _spend(copied, shape, array.dtype)
    return [np.take(array, places, axis=axis)]


def _expand(node, arrays, copied):
    shape = np.broadcast_shapes(arrays[0].shape, tuple(_ints(arrays[1])))
    _spend(copied, shape, arrays[0].dtype)
    return [np.broadcast_to(arrays[0], shape)]


def _shape(node, arrays, copied):
    return [np.array(arrays[0].shape, np.int64)]


def _split(node, arrays, copied):
    array, axis = arrays[0], node.integer("axis", 0)
    sizes = _ints(arrays[1]) if len(arrays) > 1 else node.integers("split")
    count = len(node.outputs)
    if sizes is None:
        each = -(-array.shape[axis] // count)
        sizes = [each] * (count - 1) + [array.shape[axis] - each * (count - 1)]
    if len(sizes) != count or min(sizes) < 0 or sum(sizes) != array.shape[axis]:
        raise ValueError
    return np.split(array, np.cumsum(sizes)[:-1], axis=axis)


def _dequantized(node, arrays, copied):
    array, scale = arrays[0], arrays[1]
    zero = arrays[2] if len(arrays) > 2 else np.zeros(scale.shape, array.dtype)
    if not is_rounded(array, scale, zero) or node.integer("block_size", 0):
        raise ValueError
    along = [1] * array.ndim
    if scale.ndim == 1 and scale.size > 1:
        along[node.integer("axis", 1)] = -1
    _spend(copied, array.shape, np.float32)
    return [dequantized(array, scale.reshape(along), zero.reshape(along))]


def is_rounded(array: np.ndarray, scale: np.ndarray, zero: np.ndarray) -> bool:
    """Whether the types are those of whole numbers that were rounded."""
    return array.dtype.name in _ROUNDED and zero.dtype == array.dtype and scale.dtype.kind == "f"


def dequantized(array: np.ndarray, scale: np.ndarray, zero: np.ndarray) -> np.ndarray:
    """float32: what whole numbers stand for that were rounded to steps of `scale` around `zero`."""
    wide = np.int32 if array.itemsize < 4 else np.int64
    with np.errstate(over="ignore", invalid="ignore"):
        return (array.astype(wide) - zero.astype(wide)).astype(np.float32) * scale.astype(np.float32)


MOVE = {
    "Identity": _identity, "Slice": _slice, "Concat": _concat, "Unsqueeze": _unsqueeze, "Squeeze": _squeeze,
    "Transpose": _transpose, "Reshape": _reshape, "Gather": _gather, "Expand": _expand, "Split": _split,
    "Cast": _cast,
}  # fmt: skip
"""The operators that give the numbers of their first input again."""

OPERATORS = {**MOVE, "Shape": _shape, "DequantizeLinear": _dequantized}

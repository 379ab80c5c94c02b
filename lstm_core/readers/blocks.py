"""The order in which each framework keeps its gates: stored arrays -> **blocks** -> LSTMParams."""

from __future__ import annotations

import numpy as np

from ..params import GATES, LSTMParams
from ..saturate import LARGEST_FROM_A_FILE
from .limits import Limits, check_size
from .phrases import Phrase
from .refusals import Refused
from .stored import Stored

TORCH = KERAS = "ifco"
ONNX = "iofc"
"""The order of the blocks, with c for the candidate, which PyTorch calls g and TensorFlow calls j."""


def checked_order(order: str) -> str:
    """An order of the four gates; g and j stand for the candidate too. Raises Refused."""
    plain = order.lower().replace("g", "c").replace("j", "c") if isinstance(order, str) else ""
    if sorted(plain) != sorted(GATES):
        raise Refused("order", got=repr(order))
    return plain


def expect(layer: str, array: Stored, *shape: int) -> None:
    """A Refused for an array of another shape or type."""
    array.check_dtype()
    if array.shape != shape:
        raise Refused("shape", layer=layer, array=array.name, got=array.shape, expected=shape)


def stored_dtype(arrays) -> str:
    """The widest type among the arrays of a layer, by name."""
    return max((array.dtype for array in arrays), key=["float16", "bfloat16", "float32", "float64"].index)


def params_of_rows(
    layer: str,
    inputs: Stored,
    recurrent: Stored,
    biases: list[Stored],
    order: str,
    limits: Limits,
    columns: bool = False,
) -> LSTMParams:
    """Parameters from two matrices whose blocks of H rows are the gates, in `order`.

    inputs (4H, D), recurrent (4H, H), and biases (4H,), which are added. With `columns`
    the matrices are transposed: (D, 4H) and (H, 4H), as Keras has them.
    """
    for array in (inputs, recurrent):
        if len(array.shape) != 2 or 0 in array.shape:
            raise Refused(
                "shape", layer=layer, array=array.name, got=array.shape, expected=Phrase("rows_columns")
            )
    H = recurrent.shape[0 if columns else 1]
    D = inputs.shape[0 if columns else 1]
    check_size(limits, layer, H, D)
    expect(layer, recurrent, *((H, 4 * H) if columns else (4 * H, H)))
    expect(layer, inputs, *((D, 4 * H) if columns else (4 * H, D)))
    for bias in biases:
        expect(layer, bias, 4 * H)
    dtype = np.float64 if stored_dtype([inputs, recurrent, *biases]) == "float64" else np.float32
    # Room is made when the numbers are there: until they are read, the shapes are only what the file says.
    read = [(recurrent.read(), np.s_[..., :H]), (inputs.read(), np.s_[..., H:])]
    W = np.empty((4, H, H + D), dtype)
    for matrix, place in read:
        put_blocks(W[place], matrix.T if columns else matrix, order)
    b = np.zeros((4, H), dtype)
    for bias in biases:
        added = np.empty_like(b)
        put_blocks(added, bias.read(), order)
        with np.errstate(over="ignore", invalid="ignore"):
            b += added
    return finite_params(layer, W, b)


def put_blocks(out: np.ndarray, rows: np.ndarray, order: str) -> None:
    """rows (4H, …) in `order` into out (4, H, …) in the order f, i, c, o."""
    blocks = rows.reshape(4, len(rows) // 4, *rows.shape[1:])
    with np.errstate(over="ignore"):
        for k, gate in enumerate(GATES):
            out[k] = blocks[order.index(gate)]


def finite_params(
    layer: str, W: np.ndarray, b: np.ndarray, peepholes: np.ndarray | None = None, **switches: bool
) -> LSTMParams:
    """LSTMParams, or a Refused that names the layer where a number is not finite or too far from 0."""
    check_numbers(layer, W, b, *([] if peepholes is None else [peepholes]))
    return LSTMParams(W, b, peepholes=peepholes, **switches)


def check_numbers(layer: str, *arrays: np.ndarray) -> None:
    """A Refused where a number is not finite, or so large that only a slow product can tell what it makes."""
    for array in arrays:
        if not np.isfinite(array).all():
            raise Refused("not_finite", layer=layer, dtype=array.dtype)
        largest = float(np.abs(array).max())
        if largest > LARGEST_FROM_A_FILE:
            raise Refused("too_far", layer=layer, got=f"{largest:.0e}", most=f"{LARGEST_FROM_A_FILE:.0e}")

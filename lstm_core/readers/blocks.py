"""The order in which each framework keeps its gates: stored arrays -> **blocks** -> LSTMParams, GRUParams."""

from collections.abc import Sequence

import numpy as np

from ..params import GATES, LSTMParams
from ..saturate import LARGEST_FROM_A_FILE
from .gru import GRU_GATES, GRUParams
from .limits import Limits, check_size
from .refusals import Phrase, Refused
from .stored import Stored

TORCH = KERAS = "ifco"
ONNX = "iofc"
"""The order of the blocks, with c for the candidate, which PyTorch calls g and TensorFlow calls j."""

GRU_TORCH, GRU_KERAS = "rzn", "zrn"
"""The same of a GRU, with n for the candidate; ONNX has the order of Keras."""


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
    W = _matrices(layer, inputs, recurrent, biases, order, GATES, limits, columns)
    b = np.zeros(W.shape[:2], W.dtype)
    for bias in biases:
        added = np.empty_like(b)
        put_blocks(added, bias.read(), order, GATES)
        with np.errstate(over="ignore", invalid="ignore"):
            b += added
    return finite_params(layer, W, b)


def gru_of_rows(
    layer: str,
    inputs: Stored,
    recurrent: Stored,
    biases: list[Stored],
    order: str,
    limits: Limits,
    columns: bool = False,
    reset_after: bool = True,
) -> GRUParams:
    """Parameters of a GRU, as `params_of_rows` with three blocks for four.

    biases : none, that of the inputs, or it and that of the recurrent matrix, each (3H,).
    """
    W = _matrices(layer, inputs, recurrent, biases, order, GRU_GATES, limits, columns)
    b = np.zeros((2, *W.shape[:2]), W.dtype)
    for place, bias in enumerate(biases):
        put_blocks(b[place], bias.read(), order, GRU_GATES)
    check_numbers(layer, W, b)
    b_h = b[1, 2].copy() if reset_after else np.zeros_like(b[1, 2])
    if reset_after:
        b[1, 2] = 0
    with np.errstate(over="ignore", invalid="ignore"):
        total = b.sum(axis=0)
    check_numbers(layer, total)
    return GRUParams(W, total, b_h, reset_after)


def _matrices(
    layer: str, inputs: Stored, recurrent: Stored, biases: list[Stored], order: str, gates: Sequence[str],
    limits: Limits, columns: bool,
) -> np.ndarray:  # fmt: skip
    """(k, H, H+D) in the order of the k `gates`, once all shapes were found to fit."""
    H, D = sizes(layer, inputs, recurrent, limits, columns)
    k = len(gates)
    expect(layer, recurrent, *((H, k * H) if columns else (k * H, H)))
    expect(layer, inputs, *((D, k * H) if columns else (k * H, D)))
    for bias in biases:
        expect(layer, bias, k * H)
    dtype = np.float64 if stored_dtype([inputs, recurrent, *biases]) == "float64" else np.float32
    # Room is made when the numbers are there: until they are read, the shapes are only what the file says.
    read = [(recurrent.read(), np.s_[..., :H]), (inputs.read(), np.s_[..., H:])]
    W = np.empty((k, H, H + D), dtype)
    for matrix, place in read:
        put_blocks(W[place], matrix.T if columns else matrix, order, gates)
    return W


def sizes(layer: str, inputs: Stored, recurrent: Stored, limits: Limits, columns: bool) -> tuple[int, int]:
    """H and D of two matrices. Raises Refused for what is no matrix, and beyond the limits."""
    for array in (inputs, recurrent):
        if len(array.shape) != 2 or 0 in array.shape:
            raise Refused(
                "shape", layer=layer, array=array.name, got=array.shape, expected=Phrase("rows_columns")
            )
    H, D = recurrent.shape[0 if columns else 1], inputs.shape[0 if columns else 1]
    check_size(limits, layer, H, D)
    return H, D


def put_blocks(out: np.ndarray, rows: np.ndarray, order: str, gates: Sequence[str]) -> None:
    """rows (kH, …) in `order` into out (k, H, …) in the order of the k `gates`."""
    blocks = rows.reshape(len(gates), len(rows) // len(gates), *rows.shape[1:])
    with np.errstate(over="ignore"):
        for k, gate in enumerate(gates):
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

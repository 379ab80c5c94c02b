"""The weights of one layer of Keras 2 or 3: stored arrays -> LSTMParams, GRUParams."""

from __future__ import annotations

from functools import partial

import numpy as np

from ..params import LSTMParams
from .blocks import expect, params_of_rows
from .gru import GRUParams
from .limits import Limits, check_size
from .named import keras_params
from .phrases import Phrase
from .refusals import Refused
from .stored import Stored


def params_of(
    name: str, parts: dict[str, Stored], limits: Limits, order: str | None, declared_cudnn: bool = False,
    reset_after: bool = True,
) -> LSTMParams | GRUParams:  # fmt: skip
    """Parameters of a layer by the names of its parts: `kernel`, `recurrent_kernel`, `bias`.

    A CuDNNLSTM has two biases and another layout.
    """
    if declared_cudnn or is_cudnn(parts):
        return _cudnn(name, parts, limits)
    return keras_params(name, parts, limits, order, reset_after)


def is_cudnn(parts: dict[str, Stored]) -> bool:
    """Whether these are the arrays of a CuDNNLSTM, which has two biases for each gate and unit."""
    recurrent, bias = parts.get("recurrent_kernel"), parts.get("bias")
    if recurrent is None or bias is None or not recurrent.shape:
        return False
    return bias.shape == (8 * recurrent.shape[0],)


def _cudnn(name: str, parts: dict[str, Stored], limits: Limits) -> LSTMParams:
    """CuDNNLSTM keeps each gate's block as rows for a unit, written over the shape of columns."""
    for part in ("kernel", "recurrent_kernel", "bias"):
        if part not in parts:
            raise Refused("incomplete", layer=name, array=part)
    kernel, recurrent, bias = (parts[part] for part in ("kernel", "recurrent_kernel", "bias"))
    for matrix in (kernel, recurrent):
        if len(matrix.shape) != 2 or 0 in matrix.shape:
            raise Refused(
                "shape", layer=name, array=matrix.name, got=matrix.shape, expected=Phrase("rows_columns")
            )
    H, D = recurrent.shape[0], kernel.shape[0]
    check_size(limits, name, H, D)
    expect(name, kernel, D, 4 * H)
    expect(name, recurrent, H, 4 * H)
    expect(name, bias, 8 * H)

    def rows(matrix: Stored, width: int) -> Stored:
        """The matrix as (4H, width)."""

        def load():
            blocks = np.hsplit(matrix.read(), 4)
            return np.concatenate([np.reshape(block, (H, width)) for block in blocks])

        return Stored(matrix.name, (4 * H, width), matrix.dtype, load)

    halves = bias.read().reshape(2, 4 * H)
    biases = [Stored(bias.name, (4 * H,), bias.dtype, partial(np.asarray, half)) for half in halves]
    return params_of_rows(name, rows(kernel, D), rows(recurrent, H), biases, "ifco", limits)

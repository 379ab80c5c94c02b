"""The run of a GRU as a table and as .npz: run -> **columns, arrays**."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..quantities import LABEL
from ..trace import column_of
from .gru import GRUTrace

KEYS = ("h_prev", "z", "r", "n", "kept", "erased", "written", "h")
"""The quantities of a table, in the order of computation."""


def gru_columns(trace: GRUTrace, unit: int | Sequence[int] | None = None) -> dict[str, np.ndarray]:
    """The columns by name, one row a (sequence, step, unit), all counted from 1, as `export.to_columns`."""
    T, *batch, H = trace.kept.shape
    B = batch[0] if batch else 1
    wanted = range(1, H + 1) if unit is None else [unit] if isinstance(unit, int) else unit
    places = [column_of(one, H) for one in wanted]
    U = len(places)
    x = trace.x.reshape(T, B, -1).swapaxes(0, 1).reshape(B * T, -1).repeat(U, axis=0)
    found = {"sequence": np.arange(1, B + 1).repeat(T * U)} if batch else {}
    found |= {"t": np.tile(np.arange(1, T + 1).repeat(U), B), "unit": np.tile(np.array(places) + 1, B * T)}
    found |= {f"x_{d}": column for d, column in enumerate(x.T, 1)}
    for key in KEYS:
        found[key] = getattr(trace, key).reshape(T, B, H)[..., places].swapaxes(0, 1).reshape(-1)
    if trace.labels:
        found[LABEL] = np.tile(np.array(trace.labels, object).repeat(U), B)
    return found


def gru_npz(trace: GRUTrace, **more) -> bytes:
    """A run as an .npz file: `x`, each of KEYS and `reset`, and the weights, which are read again."""
    params = trace.params
    arrays: dict[str, Any] = {
        "W": params.W,
        "b": params.b,
        "b_h": params.b_h,
        "reset_after": params.reset_after,
    }
    arrays |= {"h0": trace.h_prev[0], "x": trace.x, "reset": trace.reset}
    arrays |= {key: getattr(trace, key) for key in KEYS}
    if trace.labels:
        arrays["labels"] = np.array(trace.labels)
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **(arrays | more))
    return file.getvalue()

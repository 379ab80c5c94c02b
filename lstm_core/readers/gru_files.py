"""The run of a GRU as a table and as .npz: run -> **columns, arrays**."""

from __future__ import annotations

import numpy as np

from ..export import Units, columns_of
from ..npz import saved
from .gru import GRUTrace

KEYS = ("h_prev", "z", "r", "n", "kept", "erased", "written", "h")
"""The quantities of a table, in the order of computation."""


def gru_columns(trace: GRUTrace, unit: Units = None) -> dict[str, np.ndarray]:
    """The columns by name, one row a (sequence, step, unit), all counted from 1, as `export.to_columns`."""
    return columns_of(trace, ("x", *KEYS), unit)


def gru_npz(trace: GRUTrace, **more) -> bytes:
    """A run as an .npz file: `x`, each of KEYS and `reset`, and the weights, which are read again."""
    arrays = {name: getattr(trace.params, name) for name in ("W", "b", "b_h", "reset_after")}
    arrays |= {"h0": trace.h_prev[0], "x": trace.x, "reset": trace.reset}
    arrays |= {key: getattr(trace, key) for key in KEYS}
    return saved(arrays | more, trace.labels)

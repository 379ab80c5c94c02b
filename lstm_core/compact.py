"""A large run as one table in which nothing stands twice: trace -> **compact** -> wide Parquet.

The long table of `export` has a row for each unit, and repeats the inputs in each of them. Here a step is a
row: its inputs stand in it once, and each quantity has a column for each unit. `npz` is compact, too.
"""

import io
from collections.abc import Sequence
from importlib.util import find_spec

import numpy as np

from .quantities import TRACE_KEYS, columns
from .trace import LSTMTrace, Units, checked_trace, places_of

COMPACT_ABOVE = 1_000_000
"""Numbers of a long table, above which a run is written in a compact form unless the long is asked for."""


def numbers_in_table(trace: LSTMTrace, units: Units = None) -> int:
    """How many numbers the long table of a run has, or that of one unit or of several."""
    checked_trace(trace)
    *steps, H = trace.kept.shape
    count = H if units is None else len(units) if isinstance(units, Sequence) else 1
    return int(np.prod(steps)) * count * len(columns(trace.params.D, trace.kept.ndim == 3))


def has_parquet() -> bool:
    """Whether pyarrow is there, which writes Parquet."""
    return find_spec("pyarrow") is not None


def to_wide_columns(
    trace: LSTMTrace, units: Units = None, times: np.ndarray | None = None
) -> dict[str, np.ndarray]:
    """The columns by name, one row a (sequence, step), in the trace's precision.

    `sequence` of a batch, `t`, `x_1 … x_D`, then for each quantity a column for each unit, from 1:
    `f_1 … f_H` and so on, in the order of the long table.

    units : those whose columns are wanted; None for all. times : (T,) the step of the sequence, from 1, that
    each row of the trace has read; rows are in its order. Raises ValueError for a unit that is not there.
    """
    checked_trace(trace)
    T, *batch, H = trace.kept.shape
    B = batch[0] if batch else 1
    times = np.arange(1, T + 1) if times is None else np.asarray(times)
    order = np.argsort(times, kind="stable")
    places = places_of(units, H)

    def by_row(values: np.ndarray) -> np.ndarray:  # (T, …, n) to (n, rows), rows ordered by sequence, step
        return np.ascontiguousarray(values[order].reshape(T, B, -1).transpose(2, 1, 0)).reshape(-1, B * T)

    found = {"sequence": np.arange(1, B + 1).repeat(T)} if batch else {}
    found["t"] = np.tile(times[order], B)
    found |= {f"x_{d}": column for d, column in enumerate(by_row(trace.x), 1)}
    for key in TRACE_KEYS:
        if key != "x":
            rows = by_row(getattr(trace, key)[..., places])
            found |= {f"{key}_{place + 1}": row for place, row in zip(places, rows, strict=True)}
    return found


def to_wide_parquet(trace: LSTMTrace, units: Units = None, times: np.ndarray | None = None) -> bytes:
    """What `to_wide_columns` gives, as the bytes of a Parquet file. ValueError where pyarrow is missing."""
    if not has_parquet():
        raise ValueError("pyarrow: expected it to be installed, because it writes Parquet; take the .npz")
    import pyarrow
    import pyarrow.parquet

    file = io.BytesIO()
    table = pyarrow.table(to_wide_columns(trace, units, times))
    # Weights and gates hardly repeat, so that dictionaries of them cost time and make the file larger.
    pyarrow.parquet.write_table(table, file, use_dictionary=False, compression="zstd")
    return file.getvalue()

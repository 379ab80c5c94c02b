"""The trace as columns, as CSV and as a tidy frame: trace -> **export** -> spreadsheet, pandas.

The columns are a contract: ASCII, never translated, in the order of computation, one row a
(sequence, step, unit). Where steps have names, these stand in a last column, as they were typed.
Only who asks for a frame loads pandas.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from .quantities import LABEL, TRACE_KEYS
from .spreadsheet import harmless_cell, plain_cell
from .trace import LSTMTrace, Units, places_of

if TYPE_CHECKING:
    import pandas as pd


def to_columns(trace: LSTMTrace, unit: Units = None) -> dict[str, np.ndarray]:
    """The columns by name, one row a (sequence, step, unit), all counted from 1; in the trace's precision.

    unit : its rows alone, or those of several. Raises ValueError for one that is not there.
    """
    return columns_of(trace, TRACE_KEYS, unit)


def columns_of(trace, keys: Sequence[str], unit: Units = None) -> dict[str, np.ndarray]:
    """The same of a run of any cell: the quantities of these keys, x as x_1 … x_D."""
    T, *batch, H = trace.kept.shape
    B = batch[0] if batch else 1
    places = sorted(places_of(unit, H))
    of = np.s_[:] if unit is None else places
    U = len(places)
    found = {"sequence": np.arange(1, B + 1).repeat(T * U)} if batch else {}
    found |= {"t": np.tile(np.arange(1, T + 1).repeat(U), B), "unit": np.tile(np.array(places) + 1, B * T)}
    for key in keys:
        if key == "x":
            x = trace.x.reshape(T, B, -1).swapaxes(0, 1).reshape(B * T, -1).repeat(U, axis=0)
            found |= {f"x_{d}": column for d, column in enumerate(x.T, 1)}
        else:  # (T, …, H) to rows ordered by sequence, step, unit
            found[key] = getattr(trace, key).reshape(T, B, H)[..., of].swapaxes(0, 1).reshape(-1)
    if trace.labels:
        found[LABEL] = np.tile(np.array(trace.labels, object).repeat(U), B)
    return found


def to_frame(trace: LSTMTrace, unit: Units = None) -> pd.DataFrame:
    """What `to_columns` gives, as a frame of pandas."""
    return frame_of(to_columns(trace, unit))


def frame_of(columns: dict[str, np.ndarray]) -> pd.DataFrame:
    """Columns by name, as a frame of pandas."""
    import pandas as pd

    return pd.DataFrame(columns)


def to_csv(trace: LSTMTrace, unit: int | None = None) -> str:
    """The trace as CSV text with `.` decimals; each number reads back as the same float.

    A label that a spreadsheet would run as a formula gets a `'` before it, which `read_csv` takes away.
    """
    found = to_columns(trace, unit)
    rows = zip(*map(_texts, found.values()), strict=True)
    return "\n".join([",".join(found), *map(",".join, rows), ""])


def _texts(column: np.ndarray) -> list[str]:
    """Numbers as the shortest text that reads back as the same number; nothing for one that is unknown.

    Labels are made harmless and, where a reader of CSV needs it, quoted.
    """
    if column.dtype == object:
        return [_quoted(harmless_cell(label)) for label in column.tolist()]
    values = column if column.dtype == np.float32 else column.tolist()
    return ["" if value != value else str(value) for value in values]


def _quoted(cell: str) -> str:
    return '"{}"'.format(cell.replace('"', '""')) if any(sign in cell for sign in ',"\n') else cell


def frame_to_csv(frame: pd.DataFrame) -> str:
    """A frame as CSV text. Text that a spreadsheet would run as a formula gets a `'` before it.

    That goes for the names of the columns as for the cells.
    """
    import pandas as pd

    safe = frame.copy(deep=False)
    for name, column in frame.items():
        if not pd.api.types.is_numeric_dtype(column):
            safe[name] = column.map(harmless_cell)
    safe.columns = [harmless_cell(name) for name in safe.columns]
    return safe.to_csv(index=False, lineterminator="\n")


def read_csv(text: str) -> pd.DataFrame:
    """The frame that `to_csv` wrote, with the same floats (float32 traces read back as float64)."""
    import pandas as pd

    names = text.partition("\n")[0].split(",")
    # Python's own float is exact in every pandas; how to ask pandas for it differs between versions.
    readers: dict[str, Callable] = {"sequence": int, "t": int, "unit": int, LABEL: plain_cell}
    converters = {name: readers.get(name, float) for name in names}
    return pd.read_csv(io.StringIO(text), converters=converters, na_filter=False)

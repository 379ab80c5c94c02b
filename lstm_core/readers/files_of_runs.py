"""A layer's run as the bytes of a file: run -> **CSV, .npz, workbook, Parquet**; its weights -> JSON."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..compact import has_parquet, to_wide_parquet
from .gru import GRUParams, GRUTrace
from .gru_files import gru_npz
from .layer import Layer
from .refusals import Refused
from .run import LayerRun

MOST_CELLS = 30_000_000
"""A CSV has at most as many: more take minutes to write and gigabytes to hold. The .npz has no bound."""


def content(
    run: LayerRun, ending: str, unit: int | Sequence[int] | None = None, is_compact: bool = False
) -> bytes:
    """A run as the bytes of a file of that ending: .csv, .npz, .xlsx or .parquet. Raises ValueError.

    unit : one alone, or several, in a table. is_compact : of .parquet, one row a step and not one a unit.
    """
    if ending == ".parquet" and not has_parquet():
        raise Refused("no_pyarrow")
    if isinstance(run.trace, GRUTrace):
        return _of_gru(run, run.trace, ending, unit)
    if ending == ".parquet" and is_compact:
        return to_wide_parquet(run.trace, unit, run.times)
    if ending == ".xlsx":
        from ..workbook import to_workbook

        return to_workbook(run.trace, run.layer.direction == "reverse")
    if ending == ".npz":
        from ..npz import to_npz

        return to_npz(run.trace, layer=np.array(run.layer.address), times=run.times)
    share = 1.0 if unit is None else (1 if isinstance(unit, int) else len(unit)) / run.trace.params.H
    cells = round(run.trace.kept.size * share) * (run.trace.params.D + 18)
    if cells > MOST_CELLS:
        raise Refused("table", got=cells, most=MOST_CELLS)
    frame = run.to_frame(unit)
    if ending == ".parquet":
        return frame.to_parquet(index=False)
    from ..export import frame_to_csv

    return frame_to_csv(frame).encode()


def _of_gru(run: LayerRun, trace: GRUTrace, ending: str, unit) -> bytes:
    if ending == ".xlsx":
        raise Refused("gru_ending", ending=ending)
    if ending == ".npz":
        return gru_npz(trace, layer=np.array(run.layer.address), times=run.times)
    from ..export import frame_to_csv

    frame = run.to_frame(unit)
    return frame.to_parquet(index=False) if ending == ".parquet" else frame_to_csv(frame).encode()


def json_of(layer: Layer) -> bytes:
    """The weights as JSON. Raises Refused for a GRU, which the pages that read it do not know."""
    if isinstance(layer.params, GRUParams):
        raise Refused("gru_ending", ending=".json")
    return layer.params.to_json().encode()

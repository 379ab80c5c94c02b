"""A layer's run as the bytes of a file: run -> **CSV, .npz, workbook, Parquet**; its weights -> JSON."""

from collections.abc import Sequence

import numpy as np

from ..compact import has_parquet, numbers_in_table, to_wide_parquet
from ..npz import saved, to_npz
from .gru import GRU_KEYS, GRUParams, GRUTrace
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
    trace = run.trace
    if ending == ".parquet" and not has_parquet():
        raise Refused("no_pyarrow")
    if ending == ".xlsx":
        if isinstance(trace, GRUTrace):
            raise Refused("gru_ending", ending=ending)
        from ..workbook import to_workbook

        return to_workbook(trace, run.layer.direction == "reverse")
    if ending == ".npz":
        more = {"layer": np.array(run.layer.address), "times": run.times}
        return gru_npz(trace, **more) if isinstance(trace, GRUTrace) else to_npz(trace, **more)
    if not isinstance(trace, GRUTrace):
        if ending == ".parquet" and is_compact:
            return to_wide_parquet(trace, unit, run.times)
        cells = numbers_in_table(trace, unit)
        if cells > MOST_CELLS:
            raise Refused("table", got=cells, most=MOST_CELLS)
    frame = run.to_frame(unit)
    if ending == ".parquet":
        return frame.to_parquet(index=False)
    from ..export import frame_to_csv

    return frame_to_csv(frame).encode()


def gru_npz(trace: GRUTrace, **more) -> bytes:
    """A run of a GRU as `npz.to_npz` writes one: its quantities and `reset`, and the weights, which are read
    again."""
    arrays = {name: getattr(trace.params, name) for name in ("W", "b", "b_h", "reset_after")}
    arrays |= {"h0": trace.h_prev[0], "x": trace.x, "reset": trace.reset}
    arrays |= {key: getattr(trace, key) for key in GRU_KEYS}
    return saved(arrays | more, trace.labels)


def json_of(layer: Layer) -> bytes:
    """The weights as JSON. Raises Refused for a GRU, which the pages that read it do not know."""
    if isinstance(layer.params, GRUParams):
        raise Refused("gru_ending", ending=".json")
    return layer.params.to_json().encode()

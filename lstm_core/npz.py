"""All numbers of a run as one NumPy file: trace -> **.npz** -> NumPy, and back into the readers."""

import io
from collections.abc import Sequence
from typing import Any

import numpy as np

from .quantities import TRACE_KEYS
from .trace import LSTMTrace, checked_trace


def to_npz(trace: LSTMTrace, **more) -> bytes:
    """A run as an .npz file, every array under the name of its CSV column.

    `x` (T, …, D), every other quantity (T, …, H); `h0`, `C0` (…, H); the weights as `W`, `b`, the
    cell as `forget_gate`, `coupled` and, where it has them, `peepholes`, so that `read_layers` reads the
    layer from it; `pinned` (T, …, 4, H) where a gate was given, and `labels` (T,) where steps have names.
    more : further arrays or texts, such as the name of the layer.
    """
    checked_trace(trace)
    params = trace.params
    arrays: dict[str, Any] = {
        "W": params.W,
        "b": params.b,
        "forget_gate": params.forget_gate,
        "coupled": params.coupled,
    }
    if params.peepholes is not None:
        arrays["peepholes"] = params.peepholes
    arrays |= {"h0": trace.h_prev[0], "C0": trace.C_prev[0]}
    arrays |= {key: getattr(trace, key) for key in TRACE_KEYS}
    if trace.pinned is not None:
        arrays["pinned"] = trace.pinned
    return saved(arrays | more, trace.labels)


def saved(arrays: dict[str, Any], labels: Sequence[str]) -> bytes:
    """Arrays by name as an .npz file, and the names of the steps where they have any."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays, **({"labels": np.array(labels)} if labels else {}))
    return file.getvalue()

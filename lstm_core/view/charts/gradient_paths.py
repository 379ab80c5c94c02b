"""Over which path the gradient flows, and which inputs matter: paths -> **gradient_paths** -> Plotly."""

from __future__ import annotations

import numpy as np

from ...paths import MemoryPaths
from ...rounding import exact, nice_limit
from ...words import Words
from ..palette import COLOURS, INK, MUTED, faded
from .series import UNTOUCHED, hover, line_mode, points
from .stack import Drawn, stack

LEAST = 1e-6
"""The lower end of the logarithmic axis. What is less, 0 too, is drawn on its edge."""


MOST_INPUTS = 8
"""The most inputs that have bars."""


def gradient_paths(paths: MemoryPaths, t: int, words: Words, before: int = 0) -> dict:
    """Three rows over the steps 1 … T, for the memory of one unit at the last step; step t is marked.

    The gradient over each path, what each step wrote of C_T, and on which inputs C_T depends. What
    is NaN is not drawn. before : the steps of a longer run that come before step 1.
    """
    direct, full, rnn, norm = paths.direct, paths.full, paths.rnn, paths.norm
    written, matters = paths.written, paths.matters
    T = len(direct)
    curves = [
        _curve(direct, "f", words("gradient.direct"), "solid", COLOURS["f"]),
        _curve(full, "C", words("gradient.full"), "solid", INK),
        _curve(rnn, "rnn", words("gradient.rnn"), "dot", MUTED),
    ]
    if norm is not None:
        curves.append(_curve(norm, "norm", words("gradient.norm"), "dash", MUTED))
    logarithmic = {
        "type": "log",
        "range": [-6.2, max(1.3, np.log10(np.nanmax([*full, *rnn, 1.0])) + 0.3)],
        "tickvals": [1e-6, 1e-4, 1e-2, 1, 100],
        "ticktext": ["10⁻⁶", "10⁻⁴", "0.01", "1", "100"],
    }
    labels = [
        (words("gradient.row_direct"), COLOURS["f"]),
        (words("gradient.row_full"), INK),
        (f"··· {words('gradient.row_rnn')}", MUTED),
    ]
    if norm is not None:
        labels.append((f"– – {words('gradient.row_norm')}", MUTED))
    rows = [
        Drawn(190, curves, logarithmic, labels),
        Drawn(
            95,
            [_wrote(written, words)],
            _around_zero(written),
            [(words("gradient.row_wrote"), COLOURS["written"])],
        ),
        Drawn(
            95,
            _mattered(matters, words),
            _around_zero(matters),
            [(words("gradient.row_matters"), COLOURS["x"])],
        ),
    ]
    return stack([rows], T, t, words("axis.step"), left=142, ticks=37, before=before)


def _curve(values: np.ndarray, key: str, name: str, dash: str, colour: str) -> dict:
    return {
        "type": "scatter",
        "name": key,
        "mode": line_mode(len(values)),
        "x": _steps(values),
        "y": points(np.maximum(np.abs(values), LEAST)),
        "customdata": [exact(v) for v in values],
        "hovertemplate": hover("", name),
        "line": {"color": colour, "width": 2.5, "dash": dash},
        "marker": {"size": 6, "color": colour},
        **UNTOUCHED,
    }


def _wrote(written: np.ndarray, words: Words) -> dict:
    return _bar(written, "written", words("gradient.wrote"), COLOURS["written"])


def _mattered(matters: np.ndarray, words: Words) -> list[dict]:
    """A bar for each input, side by side within the step; of many inputs for those that matter most."""
    most = np.argsort(-np.abs(matters).sum(axis=0), kind="stable")[:MOST_INPUTS]
    shown, bars = sorted(most.tolist()), []
    for place, d in enumerate(shown):
        shade = faded(COLOURS["x"], 1 - 0.6 * place / len(shown))
        bar = _bar(matters[:, d], "x", words("gradient.matters", d=d + 1), shade)
        bars.append({**bar, "offset": -0.42 + 0.84 * place / len(shown), "width": 0.84 / len(shown)})
    return bars


def _bar(values: np.ndarray, key: str, name: str, colour: str) -> dict:
    return {
        "type": "bar",
        "name": key,
        "x": _steps(values),
        "y": points(values),
        "customdata": [exact(v) for v in values],
        "hovertemplate": hover("", name),
        "marker": {"color": colour, "line": {"width": 0}},
        "width": 0.84,
        **UNTOUCHED,
    }


def _around_zero(values: np.ndarray) -> dict:
    limit = nice_limit(values, least=0.1)
    return {
        "range": [-1.1 * limit, 1.1 * limit],
        "tickvals": [-limit, 0, limit],
        "zeroline": True,
        "zerolinecolor": faded(MUTED, 0.6),
    }


def _steps(values: np.ndarray) -> list[int]:
    return list(range(1, len(values) + 1))

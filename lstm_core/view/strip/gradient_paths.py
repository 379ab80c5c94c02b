"""Over which path the gradient flows, and which inputs matter: paths -> **curves**, and details -> HTML."""

from functools import partial

import numpy as np

from ...paths import MemoryPaths
from ...rounding import nice_limit, slope_text
from ...words import Words
from .. import svg
from ..palette import MUTED, THEME_INK, readable
from ..svg import paint
from ..typeset import emphasised
from .inputs import MAX_INPUTS
from .over_steps import (
    MAX_MARKERS,
    MOST_PLACES,
    TITLE,
    Scale,
    around_zero,
    blocks,
    grid,
    line,
    numbers_beside,
    places,
    says,
    shapes,
    title,
    unbounded,
)
from .time_axis import Drawn, TimeAxis

LEAST = 1e-6
"""The lower end of the logarithmic axis. What is less, 0 too, is drawn on its edge."""

HEIGHTS = {"powers": 96, "bars": 70}
"""Pixels of the row of the paths in powers of ten, and of each row of bars."""

HIGH, HIGHER = 200, 290
"""Pixels of the paths themselves, and on a projector, where nothing stands below them."""

Curve = tuple[str, np.ndarray, str, str, float]
"""The name of a path, its gradient at each step, its colour and dash, and the width of its line."""

_POWERS: dict[float, str] = {-6: "10⁻⁶", -4: "10⁻⁴", -2: "0.01", 0: "1", 2: "100"}


def gradient_paths(
    paths: MemoryPaths, unit: int, t: int, words: Words, exact: bool = True, before: int = 0,
    height: float = HIGH,
) -> str:  # fmt: skip
    """The gradient of the memory of one unit at the last step over the steps 1 … T, with step t marked.

    One curve for each path; what lies between the direct path and all paths is shaded. Above them stands a
    sentence on the step. What is NaN is not drawn. unit, t : count from 1. exact : whether the exact numbers
    are sent along, for the pointer to read off. before : the steps of a longer run that come before step 1.
    height : of the curves, in pixels.
    """
    axis = TimeAxis(len(paths.direct), t, words, before=before, labels=paths.labels)
    here = {name: slope_text(getattr(paths, name)[t - 1]) for name in ("direct", "full")}
    sentence = words("gradient.says", t=axis.step, T=axis.T + before, unit=unit, **here)
    return axis.strip(
        [(height, partial(_sizes, axis, exact, paths))],
        words("question.gradient"),
        _heard(axis, paths),
        shapes(["C"]) if axis.T <= MAX_MARKERS else "",
        svg.tag("p", emphasised(sentence), class_="said", data_key="said"),
    )


def gradient_details(
    paths: MemoryPaths, unit: int, t: int, words: Words, exact: bool = True, before: int = 0
) -> str:
    """What stands below `gradient_paths`, and takes the same: three rows over the same steps.

    The same curves in powers of ten; what each step wrote of C_T, and on which inputs C_T depends. Above
    them stands why the paths differ, and what the gradient of a plain RNN is.
    """
    axis = TimeAxis(len(paths.direct), t, words, before=before, labels=paths.labels)
    said = f"{_of_rnn(paths, words, slope_text(paths.rnn[t - 1]))}{_difference(paths, words)}"
    return axis.strip(
        [
            (HEIGHTS["powers"], partial(_powers, axis, exact, paths)),
            (HEIGHTS["bars"], partial(_bars, axis, exact, paths.written[:, None], "written", "wrote")),
            (HEIGHTS["bars"], partial(_bars, axis, exact, paths.matters, "x", "matters")),
        ],
        words("gradient.details"),
        _heard(axis, paths),
        above=svg.tag("p", emphasised(said), class_="said", data_key="said"),
    )


def _heard(axis: TimeAxis, paths: MemoryPaths) -> str:
    """The gradients of the step in focus, to those who listen."""
    here = {name: slope_text(getattr(paths, name)[axis.t - 1]) for name in ("direct", "full", "rnn")}
    numbers = ", ".join(f"{axis.words(f'gradient.row_{name}')} {slope}" for name, slope in here.items())
    return axis.words("strip.says", t=axis.step, numbers=numbers)


def _of_rnn(paths: MemoryPaths, words: Words, rnn: str) -> str:
    """A sentence on the gradient of the plain RNN, and with which recurrent weight it is one."""
    if paths.is_deaf:
        return words("gradient.rnn_deaf", rnn=rnn)
    if paths.recurrence is None:
        return words("gradient.rnn_candidate", rnn=rnn)
    return words("gradient.rnn_own", rnn=rnn, U=f"{paths.recurrence:g}")


def _difference(paths: MemoryPaths, words: Words) -> str:
    """A sentence on why the two paths differ, or don't; it is not told while a question is open."""
    if paths.is_covered:
        return ""
    differ = "gradient.differ_peephole" if paths.peepholes else "gradient.differ"
    return " " + words("gradient.same" if paths.only_direct else differ)


def _curves(paths: MemoryPaths) -> list[Curve]:
    curves = [
        ("full", paths.full, THEME_INK, "solid", 4.0),
        ("direct", paths.direct, paint("f"), "solid", 2.0),
        ("rnn", paths.rnn, MUTED, "dot", 2.0),
    ]
    return curves if paths.norm is None else [*curves, ("norm", paths.norm, MUTED, "dash", 2.0)]


def _sizes(axis: TimeAxis, exact: bool, paths: MemoryPaths, top: float, height: float) -> Drawn:
    """Each gradient, on an axis that holds the direct path and all paths; the others may leave it.

    Equal curves are seen one within the other.
    """
    words, curves = axis.words, _curves(paths)
    scale = unbounded(top + TITLE, height - TITLE, paths.full, paths.direct)
    signs = {"rnn": "··· ", "norm": "– – ", "direct": "— ", "full": "━ "}
    hues = {"full": THEME_INK, "direct": readable("f")}
    names = []
    for name, values, *_ in curves:
        hue = hues.get(name, readable(None))
        names.append((f"{signs[name]}{words(f'gradient.row_{name}')}", hue, slope_text(values[axis.t - 1])))
    drawn = "".join(
        _curve(axis, exact, curve, np.clip(curve[1], scale.low, scale.high), scale) for curve in curves
    )
    dots = places(paths.full, scale, "circle") if axis.T <= MAX_MARKERS else ""
    return (
        numbers_beside(scale, axis.left, axis.letters),
        grid(scale, axis.T) + _between(paths, scale) + drawn,
        title(names, top) + svg.tag("g", dots, data_role="step", data_key="marks"),
    )


def _between(paths: MemoryPaths, scale: Scale) -> str:
    """What lies between the direct path and all paths: what the other paths add or take away."""
    if paths.is_covered or len(paths.full) > MOST_PLACES:
        return ""
    there = [f"{t + 0.5:g} {y:g}" for t, y in enumerate(scale.ys(paths.full).tolist())]
    back = [f"{t + 0.5:g} {y:g}" for t, y in enumerate(scale.ys(paths.direct).tolist())]
    d = f"M{'L'.join(there + back[::-1])}Z"
    return svg.tag("path", d=d, fill=THEME_INK, fill_opacity=0.14, data_key="between", pointer_events="none")


def _powers(axis: TimeAxis, exact: bool, paths: MemoryPaths, top: float, height: float) -> Drawn:
    """The size of each gradient on a logarithmic axis: what shrinks by the same factor is a straight line."""
    curves = _curves(paths)
    seen = [np.log10(np.maximum(np.abs(values), LEAST)) for _, values, *_ in curves]
    high = max(1.3, max(float(np.nanmax(powers, initial=0.0)) for powers in seen) + 0.3)
    scale = Scale(top + TITLE, height - TITLE, -6.2, high, tuple(p for p in _POWERS if p < high))
    drawn = "".join(
        _curve(axis, exact, curve, powers, scale) for curve, powers in zip(curves, seen, strict=True)
    )
    return (
        numbers_beside(scale, axis.left, axis.letters, _POWERS),
        grid(scale, axis.T) + drawn,
        title([(axis.words("gradient.row_powers"), readable(None), "")], top),
    )


def _curve(axis: TimeAxis, exact: bool, curve: Curve, places: np.ndarray, scale: Scale) -> str:
    """A curve through `places`, a number of the scale for each step; its own numbers are read off."""
    name, values, colour, dash, wide = curve
    says = _says(exact, axis.words(f"gradient.{name}"), values)
    return line(places, scale, colour, dash, wide, data_key=f"line-{name}", **says)


def _bars(
    axis: TimeAxis, exact: bool, values: np.ndarray, key: str, name: str, top: float, height: float
) -> Drawn:
    """A bar a step for each column of `values` (T, n), side by side; a line where steps are too narrow.

    key : of the colour. name : of the texts that name a column, with {d} for its number, and the row.
    """
    words = axis.words
    sizes = np.nan_to_num(np.abs(values)).sum(axis=0)
    most_first = np.argsort(-sizes, kind="stable")
    picked = np.sort(most_first[:MAX_INPUTS])  # where there are many, those that matter most
    values = values[:, picked]
    n, T = values.shape[1], len(values)
    scale = around_zero(top + TITLE, height - TITLE, nice_limit(values, least=0.1))
    drawn = [grid(scale, T)]
    for d, column in enumerate(values.T):
        says = {"data_key": f"{key}{d}", **_says(exact, words(f"gradient.{name}", d=picked[d] + 1), column)}
        if T > MOST_PLACES:
            drawn.append(line(column, scale, paint(key), "solid", 1, **says))
            continue
        left, right = 0.08 + 0.84 * d / n, 0.08 + 0.84 * (d + 1) / n
        bars = blocks(np.zeros_like(column), column, scale, left, right)
        drawn.append(
            svg.tag(
                "path", d=bars, fill=paint(key), fill_opacity=f"{1 - 0.6 * d / n:.2f}", **says
            )
        )  # fmt: skip
    beside = numbers_beside(scale, axis.left, axis.letters)
    return beside, "".join(drawn), title([(words(f"gradient.row_{name}"), readable(key), "")], top)


def _says(exact: bool, name: str, values: np.ndarray) -> dict:
    return says(name, values, slope_text) if exact else {}

"""Which step wrote which part of C_t: trace -> provenance -> **bands**, a row of the time strip -> SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ...labels import step_name
from ...memory import life_of_part
from ...rounding import text
from ...trace import LSTMTrace, provenance
from ...words import Words
from .. import svg
from ..palette import MUTED, THEME_INK, readable_on
from .over_steps import Scale, blocks, middle, says, unbounded

if TYPE_CHECKING:
    from .rows import UnitRun

LEAST = 0.005
"""Parts that are nowhere larger than this are drawn as one band: they would be thinner than a line."""

MAX_BAND_STEPS = 200
"""A longer run has no bands: they would be too thin to tell apart."""

REST = "rest"
"""The name of the band in which parts of less than LEAST are added up."""

_EARLY, _LATE = (0, 72, 54), (150, 222, 198)
_LEFT, _RIGHT = 0.02, 0.98


def step_colour(s: int, T: int) -> str:
    """The colour of what step s wrote: dark green for early steps, light green for late ones.

    What is left of C0, which is s = 0, is grey.
    """
    if s == 0:
        return MUTED
    share = (s - 1) / max(T - 1, 1)
    return "#" + "".join(
        f"{round(early + share * (late - early)):02x}" for early, late in zip(_EARLY, _LATE, strict=True)
    )


def provenance_bands(run: UnitRun, top: float, height: float, chosen: str | None) -> tuple[str, str, Scale]:
    """One band for each step that wrote, positive parts stacked up from 0 and negative ones down.

    C_t is the upper end minus the lower end; a run of more than MAX_BAND_STEPS has no bands. The band
    of the step `chosen` is framed. At a step where any part is covered there is none.
    Returns the bands, to be stretched, the steps that are written in them, and the scale.
    """
    T, before = run.trace.T, run.axis.before
    found = list(_bands(run)) if T <= MAX_BAND_STEPS else []
    seen = ~np.isnan(np.sum([part for *_, part in found], axis=0)) if found else np.ones(T, bool)
    up, down = np.zeros(T), np.zeros(T)
    ends = []
    for *_, part in found:
        base = np.where(part >= 0, up, down)
        up, down = up + np.maximum(part, 0), down + np.minimum(part, 0)
        ends.append((np.where(seen, base, np.nan), base + part))
    scale = unbounded(top, height, up[seen], down[seen], run.values("C"))
    drawn, labels, edges, frame = [], [], [], ""
    for (name, origin, colour, opacity, part), (base, end) in zip(found, ends, strict=True):
        d = blocks(base, end, scale, _LEFT, _RIGHT)
        role = {"data_role": "band", "data_value": name} if name != REST else {"data_role": "step"}
        told = says(origin, part) | {"data_alone": ""} if run.exact else {}
        drawn.append(
            svg.tag(
                "path", d=d, fill=colour, fill_opacity=opacity, data_key=f"band{name}", **told, **role,
            )
        )  # fmt: skip
        thick = np.abs(scale.ys(end) - scale.ys(base)) > 2
        edges.append(blocks(np.where(thick, base, np.nan), end, scale, _LEFT, _RIGHT))
        if name == chosen:
            frame = edges[-1]
        labels += _label(name, colour, base, end, scale, before)
    outlines = svg.tag(
        "path", d="".join(edges), class_="line", stroke=MUTED, stroke_width=0.5, data_key="edges"
    ) + svg.tag("path", d=frame, class_="line", stroke=THEME_INK, stroke_width=2, data_key="frame")
    return "".join(drawn) + outlines, svg.tag("g", "".join(labels), class_="cells", data_key="steps"), scale


def life_of_band(trace: LSTMTrace, unit: int, t: int, s: int | None, words: Words) -> str:
    """What became until step t of what step s wrote, or for 0 of C0; for None, what a band is."""
    life = None if s is None or s > t else life_of_part(trace, unit, s, t)
    if life is None or life.is_covered:  # nothing is told while a question about it is open
        return words("provenance.choose")
    values = {"written": text(life.written, sign=True), "left": text(life.left, sign=True)}
    if life.worst_t is None or life.worst_f is None:
        return words("provenance.born", s=s, **values)
    lost = {"n": life.steps, "worst_t": life.worst_t, "worst_f": text(life.worst_f)}
    return words("provenance.life" if s else "provenance.life_of_start", s=s, **values, **lost)


def _bands(run: UnitRun):
    """Name, words, colour, opacity and values (T,) of each band; the last holds what is too thin to see."""
    trace, words = run.trace, run.axis.words
    parts = provenance(trace, run.unit)
    thin = ~(np.abs(parts) > LEAST).any(axis=1)
    for s in np.flatnonzero(~thin).tolist():
        step = step_name(s, trace.labels, words, run.axis.before)
        origin = words("provenance.step", s=step) if s else words("provenance.start")
        yield str(s), origin, step_colour(s, trace.T), 1, parts[s]
    rest = parts[thin].sum(axis=0)
    if (np.abs(rest) > 0).any():
        yield REST, words("provenance.rest"), MUTED, 0.35, rest


def _label(name: str, colour: str, base: np.ndarray, end: np.ndarray, scale: Scale, before: int) -> list[str]:
    """The number of the step, written into its band at that step if there is room."""
    T, s = len(base), int(name) if name.isdigit() else 0
    if not s:
        return []
    low, high = float(base[s - 1]), float(end[s - 1])
    if not abs(scale.y(high) - scale.y(low)) >= 12:  # NaN, which is covered, has no room either
        return []
    y = scale.y((low + high) / 2) + 4
    return [f'<text x="{middle(s, T)}" y="{y:.1f}" fill="{readable_on(colour)}">{s + before}</text>']

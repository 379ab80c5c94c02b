"""How long the units of each layer remember, layer beside layer: half-lives -> **lives** -> SVG text."""

from collections.abc import Sequence
from html import escape

import numpy as np

from ...readers.names import shown_name
from ...rounding import text
from ...words import Words
from .. import svg
from ..palette import MUTED, THEME_INK
from ..svg import paint
from .layer_map import MOST_BOXES, arrow, beside, choosable, short

_WIDE, _LEFT, _TOP, _HIGH, _BOTTOM = 118, 52, 12, 250, 42
_LOW, _ENDLESS = 0.1, 10_000.0
_STEPS = (0.1, 1.0, 10.0, 100.0, 1000.0)
_LONGEST = 15


def steps_text(half_life: float) -> str:
    """A half-life as it is shown: one decimal below ten steps, none above, ∞ where it is beyond the axis."""
    if half_life >= _ENDLESS:
        return "∞"
    return text(half_life, decimals=1) if half_life < 9.95 else f"{round(half_life):,}"


def lives(found: Sequence, chosen: str, words: Words) -> str:
    """A column a layer, in the order of the file; a line a unit, the medians joined from layer to layer.

    found : with `.layer`, `.half_lives` (H,) and `.quartiles()`, such as `LoadedNetwork.lives` gives; of
        more than MOST_BOXES the first. chosen : the address of the layer that is framed. Each column can be
        chosen: its index counts from 1.
    """
    drawn = list(found)[:MOST_BOXES]
    middles = [one.quartiles()[1] for one in drawn]
    wide = _LEFT + len(drawn) * _WIDE
    joined = " ".join(f"{_LEFT + (k + 0.5) * _WIDE:g},{_y(middle):g}" for k, middle in enumerate(middles))
    way = svg.tag("polyline", points=joined, fill="none", stroke=paint("f"), stroke_width=1.5, opacity=0.7)
    columns = [
        _column(k, one, middle, one.layer.address == chosen, words)
        for k, (one, middle) in enumerate(zip(drawn, middles, strict=True))
    ]
    drawn_on = _axis(wide) + way + "".join(columns)
    return beside(drawn_on, wide, _TOP + _HIGH + _BOTTOM, words("network.lives_label"), "lives")


def _y(half_life: float | np.ndarray):
    """Where a half-life stands, on a scale of powers of ten; what is endless, at its end."""
    share = np.log10(np.clip(half_life, _LOW, _ENDLESS) / _LOW) / np.log10(_ENDLESS / _LOW)
    return np.round(_TOP + _HIGH * (1 - share), 1)


def _axis(wide: int) -> str:
    lines = []
    for steps in (*_STEPS, _ENDLESS):
        y = float(_y(steps))
        name = "∞" if steps == _ENDLESS else f"{steps:g}"
        lines.append(
            svg.tag("line", x1=_LEFT, x2=wide, y1=y, y2=y, stroke=MUTED, stroke_width=1, stroke_opacity=0.35)
        )
        lines.append(svg.text(_LEFT - 8, y + 4, name, fill=MUTED, text_anchor="end", font_size=12))
    return svg.tag("g", "".join(lines), aria_hidden="true")


def _column(k: int, one, middle: float, is_chosen: bool, words: Words) -> str:
    left, centre = _LEFT + k * _WIDE, _LEFT + (k + 0.5) * _WIDE
    layer = one.layer
    low, _, high = one.quartiles()
    units = "".join(f"M{centre - 16:g} {y:g}h32" for y in np.unique(_y(one.half_lives)).tolist())
    says = words(
        "network.lives_of", layer=shown_name(layer.address), H=layer.H, low=steps_text(low),
        middle=steps_text(middle), high=steps_text(high),
    )  # fmt: skip
    parts = [
        svg.tag("title", escape(says)),
        svg.tag(
            "rect", x=left + 4, y=2, width=_WIDE - 8, height=_TOP + _HIGH + _BOTTOM - 4, rx=6, fill=MUTED,
            fill_opacity=0.08, stroke=paint("o") if is_chosen else "none", stroke_width=2,
        ),
        svg.tag("path", d=units, stroke=paint("f"), stroke_width=1.5, stroke_opacity=0.35),
        svg.tag(
            "rect", x=centre - 20, y=_y(high), width=40, height=max(float(_y(low) - _y(high)), 1.0),
            fill=paint("f"), fill_opacity=0.15,
        ),
        svg.tag(
            "line", x1=centre - 24, x2=centre + 24, y1=_y(middle), y2=_y(middle), stroke=paint("f"),
            stroke_width=3.5,
        ),
        svg.text(centre + 28, _y(middle) + 5, steps_text(middle), fill=THEME_INK, font_weight="600"),
        svg.text(
            centre, _TOP + _HIGH + 22, short(layer.address, _LONGEST), fill=THEME_INK, text_anchor="middle",
            font_size=12, font_weight="600" if is_chosen else None,
        ),
        svg.text(
            centre, _TOP + _HIGH + 37, f"{arrow(layer)} {layer.H}",
            fill=MUTED, text_anchor="middle", font_size=11,
        ),
    ]  # fmt: skip
    return choosable("".join(parts), k + 1, says, is_chosen, "lives")

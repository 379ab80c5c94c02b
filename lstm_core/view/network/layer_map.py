"""The layers of a file as boxes with arrows: layers -> **layer_map** -> SVG text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from ...readers.names import printable, shown_name
from ...words import Words
from .. import svg
from ..palette import COLOURS, MUTED, THEME_INK

MOST_BOXES = 24
"""The most layers that are drawn; of more, these are the first."""

_WIDE, _HIGH, _GAP, _ROW = 200, 46, 34, 54
_LONGEST = 26


def layer_map(layers: Sequence, chosen: str, words: Words) -> str:
    """A box a layer, in the order of the file; the two directions of a pair stand one under the other.

    layers : with `.name .address .level .direction .D .H`, such as `read_layers` gives.
    chosen : the address of the layer that is framed. Each box can be chosen: its index counts from 1.
    """
    drawn, x, rows, before = [], 2.0, 1, ""
    numbered = list(enumerate(layers, start=1))[:MOST_BOXES]
    for (name, _), group in groupby(numbered, key=lambda one: (one[1].name, one[1].level)):
        pair = list(group)
        if x > 2 and name == before:  # a stack: what one layer gives, the next one reads
            drawn.append(_arrow(x - _GAP, _HIGH / 2 + 2))
        drawn += [
            _box(number, layer, x, 2 + row * _ROW, layer.address == chosen, words)
            for row, (number, layer) in enumerate(pair)
        ]
        rows, before = max(rows, len(pair)), name
        x += _WIDE + _GAP
    wide, high = x - _GAP + 2, rows * _ROW
    picture = svg.tag(
        "svg", "".join(drawn), viewBox=f"0 0 {wide:g} {high}", role="group",
        aria_label=words("network.map_says", n=len(layers)), data_key="map", font_size=13,
        style=f"width:{wide:g}px;height:{high}px;max-width:none;margin:0",
    )  # fmt: skip
    return svg.tag("div", picture, style="overflow-x:auto", data_key="layer-map")


def _box(number: int, layer, x: float, y: float, is_chosen: bool, words: Words) -> str:
    arrow = "←" if layer.direction == "reverse" else "→"
    whole = printable(layer.address)
    name = whole if len(whole) <= _LONGEST else f"…{whole[1 - _LONGEST :]}"
    size = words("network.size", D=layer.D, H=layer.H)
    frame = svg.tag(
        "rect", x=x, y=y, width=_WIDE, height=_HIGH, rx=6, fill=MUTED, fill_opacity=0.12,
        stroke=COLOURS["o"] if is_chosen else MUTED, stroke_width=3 if is_chosen else 1,
    )  # fmt: skip
    letters = svg.text(x + 10, y + 19, name, fill=THEME_INK, font_weight="600") + svg.text(
        x + 10, y + 37, f"{arrow} {size}", fill=THEME_INK, font_size=12
    )
    return svg.tag(
        "g", svg.tag("title", escape(whole)) + frame + letters, role="button", tabindex=0,
        aria_label=f"{shown_name(layer.address)}: {size}",
        aria_pressed="true" if is_chosen else "false", data_role="layer", data_index=number,
        data_key=f"layer{number}", style="cursor:pointer",
    )  # fmt: skip


def _arrow(x: float, y: float) -> str:
    end = x + _GAP - 4
    return svg.tag(
        "path", d=f"M{x + 4:g} {y:g}H{end:g}m-6 -5l6 5l-6 5", stroke=MUTED, stroke_width=2, fill="none"
    )

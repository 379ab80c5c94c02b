"""The layers of a file as boxes with arrows: layers -> **layer_map** -> SVG text."""

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
    return beside("".join(drawn), wide, high, words("network.map_says", n=len(layers)), "map")


def _box(number: int, layer, x: float, y: float, is_chosen: bool, words: Words) -> str:
    size = words("network.size", D=layer.D, H=layer.H)
    frame = svg.tag(
        "rect", x=x, y=y, width=_WIDE, height=_HIGH, rx=6, fill=MUTED, fill_opacity=0.12,
        stroke=COLOURS["o"] if is_chosen else MUTED, stroke_width=3 if is_chosen else 1,
    )  # fmt: skip
    name = svg.text(x + 10, y + 19, short(layer.address, _LONGEST), fill=THEME_INK, font_weight="600")
    about = svg.text(x + 10, y + 37, f"{arrow(layer)} {size}", fill=THEME_INK, font_size=12)
    title = svg.tag("title", escape(printable(layer.address)))
    says = f"{shown_name(layer.address)}: {size}"
    return choosable(title + frame + name + about, number, says, is_chosen, "layer")


def beside(layers: str, wide: float, high: float, says: str, key: str) -> str:
    """Layers side by side, which scroll where they are wider than the page."""
    picture = svg.tag(
        "svg", layers, viewBox=f"0 0 {wide:g} {high}", role="group", aria_label=says, data_key=key,
        font_size=13, style=f"width:{wide:g}px;height:{high}px;max-width:none;margin:0",
    )  # fmt: skip
    return svg.tag("div", picture, style="overflow-x:auto", data_key=f"{key}-all")


def choosable(body: str, number: int, says: str, is_chosen: bool, key: str) -> str:
    """What stands for a layer, which a click chooses by its number in the file."""
    return svg.tag(
        "g", body, role="button", tabindex=0, aria_label=says, aria_pressed="true" if is_chosen else "false",
        data_role="layer", data_index=number, data_key=f"{key}{number}", style="cursor:pointer",
    )  # fmt: skip


def arrow(layer) -> str:
    """The direction in which a layer reads."""
    return "←" if layer.direction == "reverse" else "→"


def short(address: str, longest: int) -> str:
    """The end of an address, where it is longer than there is room for."""
    whole = printable(address)
    return whole if len(whole) <= longest else f"…{whole[1 - longest :]}"


def _arrow(x: float, y: float) -> str:
    end = x + _GAP - 4
    return svg.tag(
        "path", d=f"M{x + 4:g} {y:g}H{end:g}m-6 -5l6 5l-6 5", stroke=MUTED, stroke_width=2, fill="none"
    )

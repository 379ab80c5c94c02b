"""The numbers that all four gates read, side by side: canvas -> **concatenation** and its strands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from ...rounding import exact
from .. import svg
from ..handles import grabbed, handle
from ..palette import COLOURS, DASHARRAYS, DASHES, THEME_INK
from ..typeset import bold_width, width
from .canvas import Canvas, arrow_head, wire
from .layout import Layout

_X = COLOURS["x"]
_DASH = DASHARRAYS[DASHES["h"]]
_TRAVEL = 80
"""How far a hand moves to change h0 by 1, in units of the picture."""


def concatenation(canvas: Canvas) -> str:
    """[h_{t-1}, x_t]: the numbers of both in one bracket, and the strands that lead from it to the gates."""
    layout = canvas.layout
    left, top, room = layout.concatenation
    high = layout.cell[1]
    rows = _rows(canvas)
    pieces = []
    for row, members in enumerate(rows):
        x = left + 9
        for group in _fitted(members, room):
            pieces.append(group.drawn(canvas, x, top + row * (high + 4)))
            x += group.wide
    right = _right(canvas)
    bottom = top + len(rows) * (high + 4) - 4
    brackets = "".join(
        f"M{x + inward:g} {top - 3}H{x:g}V{bottom + 3}H{x + inward:g}"
        for x, inward in ((left, 6), (right, -6))
    )
    middle = top + high / 2
    comes_in = wire(f"M0 {middle}H{left - 8}", THEME_INK, 2, stroke_dasharray="5 3") + arrow_head(
        left - 3, middle, "right", THEME_INK, 5
    )
    return canvas.part(
        "concatenation",
        comes_in if left > 16 else "",
        wire(brackets, THEME_INK, 2),
        *pieces,
        _bus(canvas),
    )


def unused_height(canvas: Canvas) -> float:
    """The height that is left over when the numbers take one row where the layout has room for two."""
    layout = canvas.layout
    return (layout.concatenation_rows - len(_rows(canvas))) * (layout.cell[1] + 4)


@lru_cache(1)  # each strand and route of one picture asks for them
def _rows(canvas: Canvas) -> list[list[Group]]:
    """h_{t-1} and x_t beside each other, or where that gets too long under each other."""
    layout = canvas.layout
    groups = [Group.of(canvas, key) for key in ("h_prev", "x")]
    long = (
        sum(group.wide for group in groups) > layout.concatenation[2]
        or sum(len(g.places) for g in groups) > 5
    )
    return [groups[:1], groups[1:]] if long and layout.concatenation_rows == 2 else [groups]


@dataclass(frozen=True)
class Group:
    """The numbers of h_{t-1} or of x_t, each in a cell.

    places : which units or inputs have a cell, from 1. cell : width of each. more : how many have none.
    label, tail : width of the symbol before the cells, and of what follows them.
    """

    key: str
    places: tuple[int, ...]
    cell: float
    more: int
    label: float
    tail: float

    @classmethod
    def of(cls, canvas: Canvas, key: str, most: int = 4) -> Group:
        layout, params = canvas.layout, canvas.scene.trace.params
        count = params.H if key == "h_prev" else params.D
        places = tuple(range(1, min(count, most) + 1))
        size = layout.number - 2
        longest = max(bold_width(canvas.scene.text(key, place), size) for place in places)
        more = count - len(places)
        tail = width(canvas.scene.words("diagram.more", n=more), layout.small) + 12 if more else 0.0
        comma = 0.55 * layout.symbol if key == "h_prev" else 0.0
        label = {"h_prev": 2.2, "x": 1.25}[key] * layout.symbol
        return cls(key, places, max(layout.cell[0], longest + 9), more, label, tail + comma)

    @property
    def wide(self) -> float:
        return self.label + len(self.places) * (self.cell + 3) + self.tail

    def drawn(self, canvas: Canvas, x: float, y: float) -> str:
        layout = canvas.layout
        high, size = layout.cell[1], layout.number - 2
        of_h = self.key == "h_prev"
        pieces = [canvas.symbol(x, y + high - 9, self.key)]
        x += self.label
        for place in self.places:
            pieces.append(
                svg.tag(
                    "rect", x=x, y=y, width=self.cell, height=high, rx=4, fill="none",
                    stroke=THEME_INK if of_h else _X, stroke_width=1.8,
                    stroke_dasharray="5 3" if of_h else None, data_key=f"cell{place}",
                )
                + canvas.number(
                    x + self.cell / 2, y + high / 2 + 0.36 * size, self.key, size, anchor="middle",
                    place=place, box=(x, y, self.cell, high), **_dragged(canvas, self.key, place),
                )
                + _grip(canvas, self.key, place, (x, y, self.cell, high))
            )  # fmt: skip
            x += self.cell + 3
        if self.more:
            pieces.append(
                canvas.small(x + 2, y + high / 2 + 6, canvas.scene.words("diagram.more", n=self.more))
            )
        if of_h:
            end = x + self.tail - 0.45 * layout.symbol
            comma = svg.text(end, y + high - 7, ",", font_size=layout.symbol, class_="symbol", fill=THEME_INK)
            pieces.append(comma)
        return svg.tag("g", "".join(pieces), data_key=f"group-{self.key}")


def _dragged(canvas: Canvas, key: str, place: int) -> dict:
    """Attributes of h_{t-1} for a hand that drags it at step 1, where it is h0."""
    if not _is_start(canvas, key):
        return {}
    bounds = low, high = canvas.scene.grabs[key]
    now = exact(canvas.scene.value(key, place))
    return grabbed(f"h0.{place}", bounds, _TRAVEL * (high - low)) | {"data_now": now}


def _grip(canvas: Canvas, key: str, place: int, box: tuple[float, float, float, float]) -> str:
    """What the keyboard grabs. The pointer meets the number under it; a click asks where that comes from."""
    if not _is_start(canvas, key):
        return ""
    scene = canvas.scene
    bounds = low, high = scene.grabs[key]
    name = scene.words("diagram.grab_h0", name=scene.name(key, place))
    x, y, wide, tall = box
    ring = svg.tag("rect", class_="hit", x=x, y=y, width=wide, height=tall, rx=5, fill_opacity=0)
    return svg.tag(
        "g", ring, class_="grip", pointer_events="none", data_key=f"grab-h0.{place}",
        **handle(f"h0.{place}", bounds, _TRAVEL * (high - low), scene.value(key, place), name),
    )  # fmt: skip


def _is_start(canvas: Canvas, key: str) -> bool:
    return key == "h_prev" and key in canvas.scene.grabs and canvas.scene.t == 1


def _fitted(groups: list[Group], room: float) -> list[Group]:
    """The groups with as many cells as fit into the room: very long numbers leave room for fewer."""
    while sum(group.wide for group in groups) > room:
        longest = max(groups, key=lambda group: group.cell * len(group.places))
        if len(longest.places) == 1:
            break
        shorter = replace(longest, places=longest.places[:-1], more=longest.more + 1)
        groups = [shorter if group is longest else group for group in groups]
    return groups


def _right(canvas: Canvas) -> float:
    """Where the bracket closes, which is right of the longest row."""
    left, _, room = canvas.layout.concatenation
    wide = max(sum(group.wide for group in _fitted(row, room)) for row in _rows(canvas))
    return left + 11 + wide


def strands(canvas: Canvas) -> list[tuple[str, tuple[float, float], str]]:
    """Of h and of x: the path from the bracket up to the strand, x of the strand's ends, its colour.

    They run side by side because h and x are concatenated, and not added.
    """
    layout, right = canvas.layout, _right(canvas)
    y, top, high = layout.bus, layout.concatenation[1], layout.cell[1]
    turn = right + 13
    ends = [layout.gate_centre(key) for key in layout.boxes if canvas.scene.reads(key)] or [turn]
    first, last = min(ends), max(ends)
    return [
        (
            f"M{right + 2:g} {top + high / 2 + off:g}H{turn + off:g}V{y + off}",
            (min(first, turn) + off, max(turn, last) + off),
            colour,
        )
        for off, colour in ((-3, THEME_INK), (3, _X))
    ]


def _bus(canvas: Canvas) -> str:
    """The strands of h and x, from the numbers to the gates."""
    drawn = ""
    for up, (first, last), colour in strands(canvas):
        level = up.rpartition("V")[2]
        dash = None if colour == _X else _DASH
        drawn += wire(up, colour, 2, stroke_dasharray=dash)
        drawn += wire(f"M{first:g} {level}H{last:g}", colour, 2, stroke_dasharray=dash)
    return drawn


def risers(layout: Layout, key: str) -> str:
    """The strands of h and x, from below into a gate."""
    x, bottom = layout.gate_centre(key), layout.boxes[key][1] + layout.gate.height + 10
    return wire(f"M{x - 3} {layout.bus - 3}V{bottom}", THEME_INK, 2, stroke_dasharray=_DASH) + wire(
        f"M{x + 3} {layout.bus + 3}V{bottom}", _X, 2
    )

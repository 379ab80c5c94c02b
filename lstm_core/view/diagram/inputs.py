"""The numbers that all four gates read, side by side: scene -> **strip** and its strands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .. import svg
from ..palette import COLOURS
from ..typeset import bold_width, width
from .layout import Layout
from .scene import Scene, arrow_head, wire

_INK = "currentColor"
_X = COLOURS["x"]
_DASH = "7 4"


def strip(scene: Scene) -> str:
    """[h_{t-1}, x_t]: the numbers of both, side by side."""
    layout = scene.layout
    left, top, room = layout.strip
    high = layout.cell[1]
    rows = _rows(scene)
    pieces = []
    right = left
    for row, members in enumerate(rows):
        members = _fitted(members, room)
        x = left + 9
        for group in members:
            pieces.append(group.drawn(scene, x, top + row * (high + 4)))
            x += group.wide
        right = max(right, x + 2)
    bottom = top + len(rows) * (high + 4) - 4
    brackets = "".join(
        f"M{x + inward:g} {top - 3}H{x:g}V{bottom + 3}H{x + inward:g}"
        for x, inward in ((left, 6), (right, -6))
    )
    middle = top + high / 2
    comes_in = wire(f"M0 {middle}H{left - 8}", _INK, 2, stroke_dasharray="5 3") + arrow_head(
        left - 3, middle, "right", _INK, 5
    )
    return scene.part(
        "strip", comes_in if left > 16 else "", wire(brackets, _INK, 2), *pieces, _bus(scene, right)
    )


def unused_height(scene: Scene) -> float:
    """What the strip leaves of its place when it takes one row where two have room."""
    layout = scene.layout
    return (layout.strip_rows - len(_rows(scene))) * (layout.cell[1] + 4)


def _rows(scene: Scene) -> list[list[Group]]:
    """h_{t-1} and x_t beside each other, or where that gets too long under each other."""
    layout = scene.layout
    groups = [Group.of(scene, key) for key in ("h_prev", "x")]
    long = sum(group.wide for group in groups) > layout.strip[2] or sum(len(g.places) for g in groups) > 5
    return [groups[:1], groups[1:]] if long and layout.strip_rows == 2 else [groups]


@dataclass(frozen=True)
class Group:
    """The cells of h_{t-1} or of x_t: their places from 1, how wide each is, and how many are left out."""

    key: str
    places: tuple[int, ...]
    cell: float
    more: int
    label: float
    tail: float

    @classmethod
    def of(cls, scene: Scene, key: str, most: int = 4) -> Group:
        layout, params = scene.layout, scene.trace.params
        count = params.H if key == "h_prev" else params.D
        places = tuple(range(1, min(count, most) + 1))
        size = layout.number - 2
        longest = max(bold_width(scene.shown(key, **_place(key, place)), size) for place in places)
        more = count - len(places)
        tail = width(scene.words("diagram.more", n=more), layout.small) + 12 if more else 0.0
        comma = 0.55 * layout.symbol if key == "h_prev" else 0.0
        label = {"h_prev": 2.2, "x": 1.25}[key] * layout.symbol
        return cls(key, places, max(layout.cell[0], longest + 9), more, label, tail + comma)

    @property
    def wide(self) -> float:
        return self.label + len(self.places) * (self.cell + 3) + self.tail

    def drawn(self, scene: Scene, x: float, y: float) -> str:
        layout = scene.layout
        high, size = layout.cell[1], layout.number - 2
        of_h = self.key == "h_prev"
        pieces = [scene.symbol(x, y + high - 9, self.key)]
        x += self.label
        for place in self.places:
            pieces.append(
                svg.tag(
                    "rect", x=float(x), y=y, width=float(self.cell), height=high, rx=4, fill="none",
                    stroke=_INK if of_h else _X, stroke_width=1.8, stroke_dasharray="5 3" if of_h else None,
                    data_key=f"cell{place}",
                )
                + scene.number(
                    x + self.cell / 2, y + high / 2 + 0.36 * size, self.key, size, anchor="middle",
                    box=(x, y, self.cell, high), **_place(self.key, place),
                )
            )  # fmt: skip
            x += self.cell + 3
        if self.more:
            pieces.append(scene.small(x + 2, y + high / 2 + 6, scene.words("diagram.more", n=self.more)))
        if of_h:
            end = x + self.tail - 0.45 * layout.symbol
            comma = svg.text(end, y + high - 7, ",", font_size=layout.symbol, class_="symbol", fill=_INK)
            pieces.append(comma)
        return svg.tag("g", "".join(pieces), data_key=f"group-{self.key}")


def _place(key: str, place: int) -> dict:
    return {"unit": place} if key == "h_prev" else {"index": place}


def _fitted(groups: list[Group], room: float) -> list[Group]:
    """Fewer cells where very long numbers leave no room."""
    while sum(group.wide for group in groups) > room:
        longest = max(groups, key=lambda group: group.cell * len(group.places))
        if len(longest.places) == 1:
            break
        shorter = replace(longest, places=longest.places[:-1], more=longest.more + 1)
        groups = [shorter if group is longest else group for group in groups]
    return groups


def _bus(scene: Scene, right: float) -> str:
    """Both strands run side by side past all gates that read them: they are not added."""
    layout = scene.layout
    y, top, high = layout.bus, layout.strip[1], layout.cell[1]
    turn = right + 13
    ends = [layout.gate_centre(key) for key in layout.boxes if scene.reads(key)] or [turn]
    first, last = min(ends), max(ends)
    strands = []
    for dx, dy, colour, dash in ((-3, -3, _INK, _DASH), (3, 3, _X, None)):
        level = top + high / 2 + dy
        up = f"M{right + 2:g} {level:g}H{turn + dx:g}V{y + dy}"
        along = f"M{min(first, turn) + dx:g} {y + dy}H{max(turn, last) + dx:g}"
        strands += [wire(d, colour, 2, stroke_dasharray=dash) for d in (up, along)]
    return "".join(strands)


def risers(layout: Layout, key: str) -> str:
    """Both strands, up into a gate."""
    x, bottom = layout.gate_centre(key), layout.boxes[key][1] + layout.gate.height + 10
    return wire(f"M{x - 3} {layout.bus - 3}V{bottom}", _INK, 2, stroke_dasharray=_DASH) + wire(
        f"M{x + 3} {layout.bus + 3}V{bottom}", _X, 2
    )

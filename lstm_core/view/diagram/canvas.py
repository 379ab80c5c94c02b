"""The pieces that a diagram is drawn with, in one arrangement: scene, layout -> **canvas** -> SVG."""

import math
from dataclasses import dataclass
from functools import lru_cache

from ... import rounding
from ...quantities import QUANTITIES
from .. import svg
from ..palette import COLOURS, MARKERS, PAPER, THEME_INK, readable
from ..typeset import bold_width, spoken, width
from .layout import Layout
from .scene import Scene
from .sentences import Sentences

DIMMED = 0.34
"""Opacity of the parts that are not in focus; picture.css has the same number, and lifts it under a hand."""

SERIF = 'KaTeX_Math, "Latin Modern Math", "STIX Two Math", "Cambria Math", Georgia, serif'
STYLE = f".symbol{{font-family:{SERIF}}}.small{{fill:{readable(None)}}}"
"""Style rules of the diagram, in the page and in a file. They save an attribute at every other element."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """A cell in one arrangement, with some parts in focus. x and y are those of the layout's viewBox."""

    layout: Layout

    def is_lit(self, part: str) -> bool:
        """Whether a part is in focus; the others are dimmed, never hidden."""
        raise NotImplementedError

    def part(self, name: str, *pieces: str) -> str:
        """A part of the drawing."""
        opacity = 1 if self.is_lit(name) else DIMMED
        return svg.tag("g", "".join(pieces), data_key=name, data_part=name, opacity=opacity)

    def letter(self, x: float, y: float, body: str, key: str, anchor: str = "start", **more) -> str:
        """A symbol, whose markup is `body`, in the hue of a quantity."""
        look = {"font_size": self.layout.symbol, "class_": "symbol", "fill": readable(QUANTITIES[key].colour)}
        return svg.tag("text", body, x=x, y=y, text_anchor=anchored(anchor), **look | more)

    def bold(self, x: float, y: float, shown: str, size: float, anchor: str = "start") -> str:
        """A number as it is shown."""
        look = {"font_size": size, "font_weight": 700, "fill": THEME_INK}
        return svg.text(x, y, shown, text_anchor=anchored(anchor), **look)

    def box(self, key: str, colour: str, glow: float, dash: str | None) -> str:
        """The box of a gate, filled with so much of its colour."""
        (x, y), place = self.layout.boxes[key], self.layout.gate
        box = {"x": x, "y": y, "width": place.width, "height": place.height, "rx": 10}
        return svg.tag("rect", fill=PAPER, **box) + svg.tag(
            "rect", fill=colour, fill_opacity=glow, stroke=colour, stroke_width=2.2, stroke_dasharray=dash,
            data_key="box", **box,
        )  # fmt: skip

    def node(self, x: float, y: float, sign: str, colour: str) -> str:
        """A circle with × or + in it, drawn and not written, so that it sits in the middle in every font."""
        return _node(x, y, self.layout.node, sign, colour)


def fitted(shown: str, size: float, room: float) -> float:
    """The size of the letters of a number, which shrinks where it would leave its room."""
    return min(size, size * room / bold_width(shown, size))


@dataclass(frozen=True, eq=False)
class Canvas(Drawing):
    """A scene in one arrangement.

    prefix : of the ids in it, which must not occur twice in one document.
    """

    scene: Scene
    sentences: Sentences
    prefix: str = "cell"

    def is_lit(self, part: str) -> bool:
        return self.scene.is_lit(part)

    def level(self, value: float) -> float:
        """y of a value of C on the rail: up is positive. NaN where it is covered."""
        axis, half = self.layout.rail[2:]
        return axis - half * within(value / self.scene.limit, 1.0)

    def number(
        self, x: float, y: float, key: str, size: float, room: float = 999,
        anchor: str = "start", place: int | None = None, box=None, **more,
    ) -> str:  # fmt: skip
        """A number that says what it is and can be chosen; it shrinks where it would leave its room.

        box : x, y, width, height of what answers to the pointer, where that is more than the number.
        more : further attributes.
        """
        scene = self.scene
        shown = scene.text(key, place)
        size = fitted(shown, size, room)
        wide = bold_width(shown, size) + 8
        left = {"start": x - 4, "middle": x - wide / 2, "end": x - wide + 4}[anchor]
        hit = box or (left, y - 0.88 * size, wide, 1.16 * size)
        name, exact = scene.name(key, place), rounding.exact(scene.value(key, place))
        body = (
            svg.tag("title", svg.escaped(f"{name} {spoken(exact, scene.words)}"))
            + svg.tag(
                "rect", class_="hit", x=hit[0], y=hit[1], width=hit[2], height=hit[3], rx=5,
                **self._mark(key, place),
            )
            + self.bold(x, y, shown, size, anchor)
        )  # fmt: skip
        of_input = key == "x"
        return svg.tag(
            "g", body, class_="num", data_quantity=key, data_t=scene.t,
            data_unit=None if of_input else place or scene.unit, data_index=place if of_input else None,
            data_key=f"{key}{place or ''}", tabindex=0, role="button",
            aria_label=f"{name} {spoken(shown, scene.words)}",
            aria_description=name,  # or the exact number, which the pointer reads off, would be read out
            **more,
        )  # fmt: skip

    def _mark(self, key: str, place: int | None) -> dict:
        """How a number shows that it was chosen, or that the chosen one is computed from it."""
        scene = self.scene
        chosen = key == scene.chosen and scene.chosen_place in (None, place)
        if scene.chosen is None or not (chosen or key in scene.parents):
            return {"fill": THEME_INK, "fill_opacity": 0}
        colour = readable(QUANTITIES[scene.chosen].colour)
        ring = {"stroke": colour, "stroke_width": 2.5} if chosen else {}
        return {"fill": colour, "fill_opacity": 0.16, **ring}

    def symbol(self, x: float, y: float, key: str, anchor: str = "start") -> str:
        return self.letter(x, y, svg.symbol(QUANTITIES[key]), key, anchor, data_symbol=key)

    def verb(self, x: float, y: float, verb: str, key: str, anchor: str = "end") -> str:
        """keep, erase, write or show, in the reader's language and the hue of a quantity."""
        return svg.text(
            x, y, self.scene.words(f"verb.{verb}"), text_anchor=anchored(anchor),
            font_size=self.layout.verb, font_weight=600, fill=readable(QUANTITIES[key].colour),
        )  # fmt: skip

    def small(
        self,
        x: float,
        y: float,
        body: str,
        anchor: str = "start",
        colour: str | None = None,
        room: float = math.inf,
    ) -> str:
        """A line in the smallest letters, grey where no colour is given; smaller where room is short."""
        size = self.layout.small
        size *= min(1, room / width(body, size))
        return svg.text(
            x, y, body, text_anchor=anchored(anchor), font_size=size, fill=colour,
            class_=None if colour else "small",
        )  # fmt: skip


@lru_cache
def _node(x: float, y: float, r: float, sign: str, colour: str) -> str:
    """A circle of radius r with × or + in it."""
    arm = 0.42 * r
    left, right, top, bottom = x - arm, x + arm, y - arm, y + arm
    cross = f"M{left:g} {top:g}L{right:g} {bottom:g}M{right:g} {top:g}L{left:g} {bottom:g}"
    plus = f"M{x - 1.2 * arm:g} {y:g}H{x + 1.2 * arm:g}M{x:g} {y - 1.2 * arm:g}V{y + 1.2 * arm:g}"
    return svg.tag("circle", cx=x, cy=y, r=r, fill=PAPER, stroke=colour, stroke_width=2.5) + svg.tag(
        "path", d=cross if sign == "×" else plus, stroke=colour, stroke_width=3, stroke_linecap="round"
    )


def within(value: float, limit: float) -> float:
    """The value, or ±limit where it is beyond. In this order of the arguments NaN stays NaN."""
    return min(max(value, -limit), limit)


def strength(value: float) -> float:
    """|value|, up to 1, for how much something glows or how thick it is; 0 where the value is covered."""
    return 0.0 if math.isnan(value) else min(1.0, abs(value))


def anchored(anchor: str) -> str | None:
    """The attribute text-anchor; None, which leaves it out, for "start", which is SVG's default."""
    return None if anchor == "start" else anchor


@lru_cache(512)
def wire(d: str, colour: str, stroke_width: float = 2.5, **more) -> str:
    """A line along a path."""
    return svg.tag("path", d=d, fill="none", stroke=colour, stroke_width=stroke_width, **more)


@lru_cache
def arrow_head(x: float, y: float, direction: str, colour: str, size: float = 7) -> str:
    """A triangle whose tip is at x, y."""
    dx, dy = {"right": (-1, 0), "left": (1, 0), "up": (0, 1), "down": (0, -1)}[direction]
    along = (1.5 * size * dx, 1.5 * size * dy)
    a = (x + along[0] + size * dy * 0.8, y + along[1] + size * dx * 0.8)
    b = (x + along[0] - size * dy * 0.8, y + along[1] - size * dx * 0.8)
    return svg.tag("path", d=f"M{x:g} {y:g}L{a[0]:g} {a[1]:g}L{b[0]:g} {b[1]:g}Z", fill=colour)


@lru_cache
def gate_mark(key: str, x: float, y: float) -> str:
    """The mark that the gate has over time, on the edge of its box: it tells gates apart in grey, too."""
    return svg.tag(
        "g", svg.SHAPES[MARKERS[key]], fill=COLOURS[key], stroke=PAPER, stroke_width=0.8,
        transform=f"translate({x + 14:g} {y:g}) scale(1.8)",
    )  # fmt: skip

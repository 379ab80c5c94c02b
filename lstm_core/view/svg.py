"""What all SVG pictures are written with: tags, escaped text, and symbols with a subscript."""

import re
from functools import lru_cache
from html import escape

from ..quantities import Quantity
from ..words import language_of
from .palette import COLOURS, INK, THEME_INK

_MOST_REMEMBERED = 48
"""Longer texts, such as paths and rows of numbers, are not remembered by themselves."""

_SYMBOL = re.compile(r"\$([A-Za-z])_([a-z])\$")


def tag(name: str, body: str = "", /, **attributes) -> str:
    """One element; `stroke_width=2` becomes stroke-width="2", `class_` becomes class. Values are escaped.

    Where an attribute is NaN the element is left out, because what depends on a covered number is not drawn.
    """
    written = _attributes(**attributes)
    if '="nan"' in written:
        return ""
    return f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>"


def text(x: float, y: float, body: str, **attributes) -> str:
    """A line of text. `body` is plain and gets escaped."""
    return tag("text", escaped(body), x=x, y=y, lang=language_of(body), **attributes)


@lru_cache
def symbol(quantity: Quantity, index: str | None = None) -> str:
    """The quantity's letter and subscript as tspans, for the inside of a text element."""
    subscript = escape(quantity.index if index is None else index)
    return (
        f'<tspan font-style="italic">{escape(quantity.letter)}</tspan>'
        f'<tspan font-size="70%" dy="0.3em">{subscript}</tspan><tspan dy="-0.3em">&#8203;</tspan>'
    )


def typeset(html: str) -> str:
    """Escaped text in which symbols such as $b_f$ become HTML: a letter in italics with its index."""
    return _SYMBOL.sub(r"<i>\1</i><sub>\2</sub>", html)


def paint(colour_key: str) -> str:
    """The colour of a quantity in an SVG in the page, where ink becomes the theme's text colour."""
    colour = COLOURS[colour_key]
    return THEME_INK if colour == INK else colour


@lru_cache(2**12, typed=True)
def _attributes(**attributes) -> str:
    """Attributes as they are written. Most elements have the same in the next picture."""
    return "".join([_attribute(key, value) for key, value in attributes.items() if value is not None])


def _attribute(key: str, value) -> str:
    if isinstance(value, str) and len(value) > _MOST_REMEMBERED:
        return _as_written(key, value)
    return _short(key, value)


@lru_cache(2**13, typed=True)
def _short(key: str, value) -> str:
    is_number = isinstance(value, float)
    return _as_written(key, f"{value:.2f}".rstrip("0").rstrip(".") if is_number else str(value))


def _as_written(key: str, value: str) -> str:
    return f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'


@lru_cache(2**12)
def escaped(body: str) -> str:
    """Plain text for the inside of an element."""
    return escape(body)


SHAPES = {
    "circle": tag("circle", r=3.5),
    "square": tag("rect", x=-3.2, y=-3.2, width=6.4, height=6.4),
    "diamond": tag("path", d="M0-4.8L4.8 0L0 4.8L-4.8 0Z"),
    "triangle-up": tag("path", d="M0-4.4L4.4 3.4H-4.4Z"),
    "x-thin-open": tag("path", d="M-3.2-3.2L3.2 3.2M-3.2 3.2L3.2-3.2", stroke="currentColor"),
    "circle-open": tag("circle", r=3.4, stroke="currentColor", stroke_width=1.6),
}
"""Marker of `palette.MARKERS` -> its shape about the origin."""

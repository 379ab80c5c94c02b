"""What pictures of a training share: rows -> **frame** -> HTML with SVG in it, as wide as its room."""

from __future__ import annotations

from collections.abc import Sequence

from ...words import Words
from .. import svg
from ..palette import MUTED
from ..strip.over_steps import Scale, middle, read_as_table, share, stretched

LEFT = 77
"""Pixels for the letters at the left, as in the strip of a course, so that steps stand under each other."""

_LETTERS, _BOTTOM = 12, 20


def frame(
    beside: str, behind: str, before: str, T: int, height: float, here: int, ticks: Sequence[tuple[int, str]],
    axis: str, says: str, title: str, words: Words, last: int | None = None, heads: Sequence[str] = (),
) -> str:  # fmt: skip
    """A chart over T places with the place `here`, from 1, marked; a click on a place chooses it.

    beside : letters at the left. behind : what is stretched. before : what keeps its shape.
    ticks : (place, text) under it. axis : what the places are. says : the chart as a sentence, `title` in a
    few words. last : the last place that there is already; None for T. heads : what each place is called; ()
    for its number.
    """
    room = share(T if last is None else last, T)
    reach = svg.tag("rect", class_="reach", width=room, y=0, height=height, data_role="step")
    column = svg.tag(
        "rect", class_="hit", x=share(here - 1, T), width=share(1, T), y=1, height=height - 2, rx=4,
        fill=MUTED, fill_opacity=0.22,
    )  # fmt: skip
    named = "|".join(head.replace("|", "∣") for head in heads) or None
    drawn = reach + stretched(behind, T, height) + before
    row = svg.tag("g", drawn, class_="row", data_steps=T, data_heads=named)
    below = "".join(
        svg.tag(
            "text", svg.escaped(text), x=middle(place, T), y=height + 14, text_anchor=_anchor(place, T),
            class_="tick here" if place == here else "tick", data_key=f"tick{place}",
        )
        for place, text in ticks
    )  # fmt: skip
    whole = height + _BOTTOM
    plot = svg.tag(
        "svg",
        svg.tag("g", column, class_="focus", data_t=here, data_key="focus") + row + svg.tag("g", below),
        class_="plot", style=f"height:{whole:g}px", role="img", aria_label=says, data_key="plot",
    )  # fmt: skip
    names = svg.tag(
        "svg",
        beside + svg.text(LEFT - 5, height + 14, axis, text_anchor="end", class_="tick"),
        class_="names", style=f"height:{whole:g}px", aria_hidden="true", data_key="names",
    )  # fmt: skip
    return svg.tag(
        "div", names + plot + read_as_table(title, words), class_="over-time", data_key="over-time",
        style=f"grid-template-columns:{LEFT}px 1fr;font-size:{_LETTERS}px",
    )  # fmt: skip


def scale_letters(name: str, scale: Scale, texts: Sequence[tuple[float, str]], fill: str) -> str:
    """The name of a row, and the numbers of its scale as (number, text)."""
    return svg.text(0, scale.top + scale.height / 2 + 4, name, fill=fill, font_weight=600) + "".join(
        svg.text(LEFT - 5, scale.y(value) + 4, text, text_anchor="end", class_="tick")
        for value, text in texts
    )


def grid(scale: Scale, values: Sequence[float], T: int, key: str) -> str:
    """Faint lines across at these numbers."""
    d = "".join(f"M0 {scale.y(value):g}H{T}" for value in values)
    return svg.tag("path", d=d, class_="line", stroke=MUTED, stroke_opacity=0.3, data_key=key)


def _anchor(place: int, T: int) -> str:
    return "end" if place == T and T > 8 else "middle"

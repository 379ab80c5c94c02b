"""What happens in a phase, in words beside its part: canvas -> **caption** with its live numbers."""

from __future__ import annotations

from ...workbench.focus import PHASES
from .. import svg, typeset
from ..palette import COLOURS, PAPER, THEME_INK
from .canvas import Canvas
from .scene import Scene

_HUES = dict(zip(PHASES, ("x", "f", "f", "i", "i", "o", "o"), strict=True))
"""Phase -> colour key of the disc with its number."""


def caption(canvas: Canvas) -> str:
    """The caption of the phase, under its number and name.

    In the narrow layout the whole step has a caption too, without number and name.
    """
    peepholes = canvas.scene.trace.params.peepholes is not None
    places = canvas.layout.beside_taps if peepholes else canvas.layout.captions
    place = places.get(canvas.scene.told or "whole")
    if place is None:
        return ""
    x, y, room = place
    size = canvas.layout.small
    line = 1.19 * size
    head = ""
    first = y + size
    if told := canvas.scene.told:
        head = _head(canvas, told, x, y)
        first = y + size + 1.45 * size
    lines = typeset.wrapped(canvas.sentences.phase or canvas.sentences.whole, size, room)
    body = "".join(
        svg.tag(
            "text", "".join(_run(canvas.scene, *run) for run in runs), x=x, y=first + k * line,
            font_size=size, fill=THEME_INK,
        )
        for k, runs in enumerate(lines)
    )  # fmt: skip
    return svg.tag("g", head + body, data_key="caption", class_="caption")


def _head(canvas: Canvas, phase: str, x: float, y: float) -> str:
    """The number of the phase in a disc, and its name."""
    scene, size = canvas.scene, canvas.layout.small
    r = 0.72 * size
    colour = COLOURS[_HUES[phase]]
    return (
        svg.tag("circle", cx=x + r, cy=y + r - 1, r=r, fill=colour)
        + svg.text(
            x + r, y + r - 1 + 0.36 * size, str(PHASES.index(phase) + 1), text_anchor="middle",
            font_size=size, font_weight=700, fill=PAPER,
        )
        + svg.text(
            x + 2 * r + 7, y + r + 0.33 * size, scene.words(f"diagram.phase.{phase}"),
            font_size=size + 1, font_weight=700, fill=THEME_INK,
        )
    )  # fmt: skip


def _run(scene: Scene, text: str, key: str | None) -> str:
    if key is None:
        return svg.escaped(text)
    return svg.tag(
        "tspan", svg.escaped(text), class_="num", data_quantity=key, data_t=scene.t, data_unit=scene.unit,
        font_weight=700, fill=THEME_INK,
        aria_label=f"{scene.name(key)} {typeset.spoken(text, scene.words)}", role="button", tabindex=-1,
    )  # fmt: skip

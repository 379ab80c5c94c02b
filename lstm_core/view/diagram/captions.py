"""What happens in a phase, in words beside its part: canvas -> **caption** with its live numbers."""

from ...workbench.focus import PHASES
from .. import svg, typeset
from ..palette import COLOURS, PAPER, THEME_INK
from .canvas import Canvas
from .scene import Scene

_HUES = dict(zip(PHASES, ("x", "f", "f", "i", "i", "o", "o"), strict=True))
"""Phase -> colour key of the disc with its number."""


LINES = 3
"""Lines of the longest sentence on a phase, on a phone."""

_LEADING = 1.19
"""From line to line, in letters."""


def caption(canvas: Canvas) -> str:
    """The caption of the phase, under its number and name.

    In the narrow layout the whole step has a caption too, without number and name.
    """
    place, lines = _place(canvas), _lines(canvas)
    if place is None or not lines:
        return ""
    x, y, _ = place
    told, size = canvas.scene.told, canvas.layout.small
    body = "".join(
        svg.tag(
            "text", "".join(_run(canvas.scene, *run) for run in runs), x=x, y=baseline,
            font_size=size, fill=THEME_INK,
        )
        for baseline, runs in lines
    )  # fmt: skip
    head = _head(canvas, told, x, y) if told else ""
    return svg.tag("g", head + body, data_key="caption", class_="caption")


def end_of_caption(canvas: Canvas) -> float:
    """y where the room of the caption ends; where there is no caption, y where it would begin.

    The room is that of a phase with LINES lines, or more if needed, so that what stands under the diagram
    keeps its place from phase to phase.
    """
    place, lines, size = _place(canvas), _lines(canvas), canvas.layout.small
    start = place[1] if place else 0.0
    least = _first_line(start, size, has_head=True) + (LINES - 1) * _LEADING * size
    return max(least, lines[-1][0]) + 0.45 * size if lines else start + 0.45 * size


def _place(canvas: Canvas) -> tuple[float, float, float] | None:
    peepholes = canvas.scene.trace.params.peepholes is not None
    places = canvas.layout.beside_taps if peepholes else canvas.layout.captions
    return places.get(canvas.scene.told or "whole")


def _lines(canvas: Canvas) -> list[tuple[float, list]]:
    """The lines of the caption, each with the y that it stands on; none where there is no caption."""
    place, size = _place(canvas), canvas.layout.small
    if place is None:
        return []
    _, y, room = place
    first = _first_line(y, size, has_head=bool(canvas.scene.told))
    lines = typeset.wrapped(canvas.sentences.phase or canvas.sentences.whole, size, room)
    return [(first + _LEADING * size * k, runs) for k, runs in enumerate(lines)]


def _first_line(start: float, size: float, has_head: bool) -> float:
    """y on which the first line stands of a caption that begins at `start`."""
    return start + size + (1.45 * size if has_head else 0)


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

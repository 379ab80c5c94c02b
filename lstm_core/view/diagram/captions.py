"""What happens in a phase, in words on the part: scene -> **caption** with its live numbers."""

from __future__ import annotations

from ... import rounding
from ...workbench.focus import PHASES
from .. import svg, typeset
from ..palette import COLOURS, PAPER
from .scene import Scene

_COLOURS = dict(zip(PHASES, ("x", "f", "f", "i", "i", "o", "o"), strict=True))
_DRAWN = ("f", "i", "C_tilde", "o", "kept", "erased", "written", "C", "C_prev", "tanh_C", "h")


def caption(scene: Scene) -> str:
    """The numbered caption of the phase; in the narrow layout the whole cell has one too, without number."""
    peepholes = scene.trace.params.peepholes is not None
    places = scene.layout.beside_taps if peepholes else scene.layout.captions
    place = places.get(scene.told or "whole")
    if place is None:
        return ""
    x, y, room = place
    size = scene.layout.small
    line = 1.19 * size
    head = ""
    first = y + size
    if scene.told:
        head = _head(scene, x, y)
        first = y + size + 1.45 * size
    lines = typeset.wrapped(sentence(scene), size, room)
    body = "".join(
        svg.tag(
            "text", "".join(_run(scene, *run) for run in runs), x=x, y=float(first + k * line),
            font_size=size, fill="currentColor",
        )
        for k, runs in enumerate(lines)
    )  # fmt: skip
    return svg.tag("g", head + body, data_key="caption", class_="caption")


def _head(scene: Scene, x: float, y: float) -> str:
    size = scene.layout.small
    r = 0.72 * size
    colour = COLOURS[_COLOURS[scene.phase]]
    return (
        svg.tag("circle", cx=x + r, cy=y + r - 1, r=r, fill=colour)
        + svg.text(
            x + r, y + r - 1 + 0.36 * size, str(PHASES.index(scene.phase) + 1), text_anchor="middle",
            font_size=size, font_weight=700, fill=PAPER,
        )
        + svg.text(
            x + 2 * r + 7, y + r + 0.33 * size, scene.words(f"diagram.phase.{scene.phase}"),
            font_size=size + 1, font_weight=700, fill="currentColor",
        )
    )  # fmt: skip


def sentence(scene: Scene) -> str:
    """What the phase does, with its numbers marked; without a phase what the whole step did."""
    numbers = {key: typeset.marked(key, scene.shown(key)) for key in _DRAWN}
    numbers |= {f"{key}_in": _factor(key, scene.shown(key)) for key in ("C_prev", "C", "C_tilde", "tanh_C")}
    ledger = scene.ledger
    f, i, o = (rounding.shown(scene.value(key)) for key in ("f", "i", "o"))
    C_tilde, tanh_C, h = (rounding.shown(scene.value(key)) for key in ("C_tilde", "tanh_C", "h"))
    signs = {
        "kept_equals": rounding.equals(f * ledger.C_prev, ledger.kept),
        "written_equals": rounding.equals(i * C_tilde, ledger.written),
        "plus": "" if scene.shown("written").startswith(("+", "−")) else "+",
        "h_equals": rounding.equals(o * tanh_C, h),
        "i_equals": rounding.equals(1 - f, i),
    }
    params = scene.trace.params
    numbers |= {f"p_{key}": scene.peephole(key) for key in ("f", "o") if scene.sees_cell(key)}
    return scene.words(
        f"diagram.caption.{_which(scene)}", **numbers, **signs, t=scene.t, unit=scene.unit, H=params.H,
        D=params.D, n=params.H + params.D,
    )  # fmt: skip


def _which(scene: Scene) -> str:
    """The caption of the phase, as it is true in this cell."""
    phase = scene.told or "whole"
    if phase in ("forget", "erase") and not scene.has_forget_gate:
        return f"{phase}_1997"
    if phase == "concatenate" and (scene.is_coupled("i") or not scene.has_forget_gate):
        return "concatenate_three"
    if phase == "candidate" and scene.is_coupled("i"):
        return "candidate_coupled"
    if phase in ("forget", "output") and scene.sees_cell(phase[0]):
        return f"{phase}_peephole"
    return phase


def _factor(key: str, shown: str) -> str:
    """A number after ×: without a plus, in brackets where it is negative."""
    number = typeset.marked(key, shown.removeprefix("+"))
    return f"({number})" if shown.startswith("−") else number


def spoken(scene: Scene) -> str:
    """The sentence for those who listen."""
    runs = typeset.runs(sentence(scene))
    return "".join(typeset.spoken(text, scene.words) if key else text for text, key in runs)


def _run(scene: Scene, text: str, key: str | None) -> str:
    if key is None:
        return svg.escaped(text)
    return svg.tag(
        "tspan", svg.escaped(text), class_="num", data_quantity=key, data_t=scene.t, data_unit=scene.unit,
        font_weight=700, fill="currentColor",
        aria_label=f"{scene.name(key)} {typeset.spoken(text, scene.words)}", role="button", tabindex=-1,
    )  # fmt: skip

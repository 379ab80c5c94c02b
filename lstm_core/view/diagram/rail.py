"""The memory in the cell diagram: scene -> **rail** of C, what falls away at ×, what is laid on at +."""

from __future__ import annotations

import math

from ...rounding import UNKNOWN
from .. import svg
from ..palette import COLOURS, MUTED, PAPER
from .scene import Scene, arrow_head, wire

_INK = "currentColor"
_FORGET, _INPUT, _KEPT = COLOURS["f"], COLOURS["i"], COLOURS["kept"]


def definitions(scene: Scene) -> str:
    """Hatching for what is erased, dashes for what is negative, and fading for what does not last."""
    left, right, axis, half = scene.layout.rail
    top, high = axis - half - 40, 2 * half + 80
    return svg.tag(
        "defs",
        svg.tag(
            "pattern", wire("M0 0V7", _FORGET, 2.6), id=f"{scene.prefix}-hatch", width=7, height=7,
            patternUnits="userSpaceOnUse", patternTransform="rotate(45)",
        )
        + svg.tag(
            "pattern", wire("M9 6H19", PAPER, 2), id=f"{scene.prefix}-minus", width=28, height=12,
            patternUnits="userSpaceOnUse", y=axis,
        )
        + _fade(scene, "away", scene.layout.erase, _ribbon_length(scene), top, high)
        + _fade(scene, "settle", scene.layout.add, _settle_length(scene), top, high)
        + svg.tag(
            "clipPath", svg.tag("rect", x=left, y=axis - half - 1, width=right - left, height=2 * half + 2),
            id=f"{scene.prefix}-rail",
        ),
    )  # fmt: skip


def _fade(scene: Scene, name: str, x: float, length: float, top: float, high: float) -> str:
    gradient, mask = f"{scene.prefix}-{name}-ramp", f"{scene.prefix}-{name}"
    stops = "".join(
        svg.tag("stop", offset=offset, stop_color="#fff", stop_opacity=opacity)
        for offset, opacity in ((0, 1), (0.45, 1), (1, 0))
    )
    return svg.tag(
        "linearGradient", stops, id=gradient, gradientUnits="userSpaceOnUse", x1=x, x2=x + length, y1=0, y2=0
    ) + svg.tag(
        "mask",
        svg.tag("rect", x=x - 5, y=top, width=length + 5, height=high, fill=f"url(#{gradient})"),
        id=mask, maskUnits="userSpaceOnUse", x=x - 5, y=top, width=length + 5, height=high,
    )  # fmt: skip


def _ribbon_length(scene: Scene) -> float:
    return 0.42 * (scene.layout.add - scene.layout.erase)


def _settle_length(scene: Scene) -> float:
    return 0.5 * (scene.layout.add - scene.layout.erase)


def track(scene: Scene) -> str:
    """The room that C has: its scale, and the line where it is 0. It narrows for nothing: it is the ruler."""
    left, right, axis, half = scene.layout.rail
    end = _short(scene.limit)
    ticks = ((axis - half + 7, end), (axis + 5, "0"), (axis + half + 3, f"−{end}"))
    return scene.part(
        "track",
        svg.tag(
            "rect", x=left, y=axis - half, width=right - left - 12, height=2 * half, rx=4,
            fill=_INK, fill_opacity=0.05,
        ),
        *(scene.small(left - 6, y, label, anchor="end") for y, label in ticks),
        wire(f"M{left} {axis}H{right - 8}", _INK, 2),
        arrow_head(right, axis, "right", _INK),
    )  # fmt: skip


def _short(limit: float) -> str:
    """1.5, 50, 1e6."""
    return f"{limit:g}" if limit < 1e4 else f"{limit:.1e}".replace(".0e", "e").replace("e+0", "e")


def memory_before(scene: Scene) -> str:
    """C_{t-1}, coming in from the left."""
    left, _, axis, _ = scene.layout.rail
    x, y, room = scene.layout.labels["C_prev"]
    return scene.part(
        "C_prev",
        _band(scene, "band", left, scene.layout.erase, 0, scene.ledger.C_prev, _INK),
        scene.symbol(x, y, "C_prev", anchor="end"),
        scene.number(x + 9, y, "C_prev", scene.layout.big, room),
    )


def kept(scene: Scene) -> str:
    """f·C_{t-1}: solid, on its way from × to +."""
    x, y, room = scene.layout.labels["kept"]
    return scene.part(
        "kept",
        _band(scene, "band", scene.layout.erase, scene.layout.add, 0, scene.ledger.kept, _KEPT),
        scene.verb(x, y, "keep", "kept"),
        scene.number(x + 8, y, "kept", scene.layout.number, room),
    )


def erasing(scene: Scene) -> str:
    """The × of the forget gate: the wire of f, and the part that falls away there, hatched and hollow."""
    layout = scene.layout
    axis = layout.rail[2]
    x, y, room = layout.labels["erased"]
    bottom = layout.boxes["f"][1]
    colour = _FORGET if scene.has_forget_gate else MUTED
    return scene.part(
        "erase",
        wire(
            f"M{layout.forget_wire} {bottom}V{axis}", colour, 3,
            stroke_dasharray=None if scene.has_forget_gate else "3 5",
        ),
        _falling(scene),
        scene.node(layout.erase, axis, "×", colour),
        scene.verb(x, y, "erase", "erased"),
        scene.number(x + 8, y, "erased", layout.number, room),
    )  # fmt: skip


def _falling(scene: Scene) -> str:
    """The slab between what was there and what is kept, bending off the rail; its width is what is erased."""
    if scene.covers("erased"):
        return ""
    layout, ledger = scene.layout, scene.ledger
    x, length = layout.erase, _ribbon_length(scene)
    out = -1 if ledger.C_prev >= 0 else 1
    inner, outer = scene.level(ledger.kept), scene.level(ledger.C_prev)
    drop = out * 0.1 * length
    a, b, c = x + 0.45 * length, x + 0.7 * length, x + length
    d = (
        f"M{x:g} {inner:g}L{a:g} {inner:g}Q{b:g} {inner:g} {c:g} {inner + drop:g}"
        f"L{c:g} {outer + drop:g}Q{b:g} {outer:g} {a:g} {outer:g}L{x:g} {outer:g}Z"
    )
    return svg.tag(
        "g",
        svg.tag(
            "path", d=d, fill=f"url(#{scene.prefix}-hatch)", stroke=_FORGET, stroke_width=1.5,
            opacity=0 if ledger.erased == 0 else 1,
        ),
        mask=f"url(#{scene.prefix}-away)", data_key="falling",
    )  # fmt: skip


def writing(scene: Scene) -> str:
    """i·C̃ on its way to the +, and the slab that it lays on the memory or takes off it."""
    layout = scene.layout
    axis = layout.rail[2]
    (x, y), r = layout.product, layout.node
    i, C_tilde = layout.gate_centre("i"), layout.gate_centre("C_tilde")
    top = layout.boxes["i"][1]
    label_x, label_y, room = layout.labels["written"]
    thick = 2.5 + 5 * scene.strength(scene.ledger.written)
    return scene.part(
        "write",
        wire(f"M{i} {top}V{y}H{x - r}", _INPUT, 3),
        wire(f"M{C_tilde} {top}V{y}H{x + r}", COLOURS["C_tilde"], 3),
        wire(f"M{x} {y}V{axis}", _INPUT, thick),
        scene.node(x, y, "×", _INPUT),
        _slabs(scene),
        scene.node(layout.add, axis, "+", _INPUT),
        _direction(scene),
        scene.verb(label_x, label_y, "write", "written"),
        scene.number(label_x + 8, label_y, "written", layout.number, room),
    )


def _slabs(scene: Scene) -> str:
    """What is added lies within the new memory; what is cancelled lies outside of it, and is hollow."""
    if scene.covers("C"):
        return ""
    before, after = scene.ledger.kept, scene.ledger.C
    low, high = sorted((0.0, after))
    turn = min(max(before, low), high)
    x, length = scene.layout.add, _settle_length(scene)
    added = _span(scene, turn, after)
    cancelled = _span(scene, before, turn)
    return svg.tag(
        "g",
        svg.tag("rect", x=x, width=length, fill=_INPUT, data_key="added", **added)
        + svg.tag(
            "rect", x=x, width=length, fill=_INPUT, fill_opacity=0.14, stroke=_INPUT, stroke_width=1.5,
            stroke_dasharray="5 4", opacity=0 if before == turn else 1, data_key="cancelled", **cancelled,
        ),
        mask=f"url(#{scene.prefix}-settle)", data_key="slabs",
    )  # fmt: skip


def _span(scene: Scene, a: float, b: float) -> dict:
    top, bottom = sorted((scene.level(a), scene.level(b)))
    return {"y": float(top), "height": float(bottom - top)}


def _direction(scene: Scene) -> str:
    """An arrow from what was kept to what is there now: up for a plus, down for a minus."""
    if scene.covers("C"):
        return ""
    start, end = scene.level(scene.ledger.kept), scene.level(scene.ledger.C)
    length = abs(end - start)
    x = scene.layout.add + scene.layout.node + 14
    head = min(9.0, length)
    way = -1 if end < start else 1
    neck = end - way * head
    d = f"M{x - 2.5:g} {start:g}V{neck:g}H{x - 8:g}L{x:g} {end:g}L{x + 8:g} {neck:g}H{x + 2.5:g}V{start:g}Z"
    return svg.tag(
        "path", d=d, fill=PAPER, stroke=_INPUT, stroke_width=1.6, stroke_linejoin="round",
        data_key="direction", opacity=0 if length < 14 else 1,
    )  # fmt: skip


def memory_after(scene: Scene) -> str:
    """C_t, leaving to the right."""
    _, right, _, _ = scene.layout.rail
    x, y, room = scene.layout.labels["C"]
    return scene.part(
        "C",
        _band(scene, "band", scene.layout.add, right - 12, 0, scene.ledger.C, _INK),
        scene.symbol(x, y, "C", anchor="end"),
        scene.number(x + 9, y, "C", scene.layout.big, room),
    )


def _band(scene: Scene, key: str, x0: float, x1: float, a: float, b: float, colour: str) -> str:
    """The memory from x0 to x1, as wide as it is large; a negative one hangs under the axis, dashed.

    Of one that is covered there is an outline of no size that means anything.
    """
    if math.isnan(b):
        return _covered(scene, key, x0, x1)
    span = _span(scene, a, b)
    return svg.tag(
        "rect", x=x0, width=x1 - x0, fill=colour, data_key=key, **span
    ) + svg.tag(
        "rect", x=x0, width=x1 - x0, fill=f"url(#{scene.prefix}-minus)", opacity=1 if b < 0 else 0,
        data_key=f"{key}-sign", **span,
    )  # fmt: skip


def _covered(scene: Scene, key: str, x0: float, x1: float) -> str:
    _, _, axis, half = scene.layout.rail
    size = scene.layout.number
    return svg.tag(
        "rect", x=x0 + 1, y=axis - half / 2, width=x1 - x0 - 2, height=half, rx=4, fill=PAPER, stroke=MUTED,
        stroke_width=1.5, stroke_dasharray="4 5", data_key=f"{key}-covered",
    ) + svg.text(
        (x0 + x1) / 2, axis + 0.36 * size, UNKNOWN, text_anchor="middle", font_size=size, font_weight=700,
        fill=MUTED, aria_hidden="true",
    )  # fmt: skip

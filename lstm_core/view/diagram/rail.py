"""The memory in the cell diagram: canvas -> **rail** of C, with what is erased at × and written at +."""

import math

from ...rounding import UNKNOWN
from .. import svg
from ..handles import handle
from ..palette import COLOURS, MUTED, PAPER, THEME_INK
from .canvas import Canvas, arrow_head, strength, wire

_FORGET, _INPUT, _KEPT = COLOURS["f"], COLOURS["i"], COLOURS["kept"]


def definitions(canvas: Canvas) -> str:
    """What the rail refers to by its id.

    Hatching for what is erased, dashes for what is negative, and the masks in which what is erased, and
    what is written, fades out to the right.
    """
    left, right, axis, half = canvas.layout.rail
    top, high = axis - half - 40, 2 * half + 80
    return svg.tag(
        "defs",
        svg.tag(
            "pattern", wire("M0 0V7", _FORGET, 2.6), id=f"{canvas.prefix}-hatch", width=7, height=7,
            patternUnits="userSpaceOnUse", patternTransform="rotate(45)",
        )
        + svg.tag(
            "pattern", wire("M9 6H19", PAPER, 2), id=f"{canvas.prefix}-minus", width=28, height=12,
            patternUnits="userSpaceOnUse", y=axis,
        )
        + _fade(canvas, "away", canvas.layout.erase, _ribbon_length(canvas), top, high)
        + _fade(canvas, "settle", canvas.layout.add, _settle_length(canvas), top, high)
        + svg.tag(
            "clipPath", svg.tag("rect", x=left, y=axis - half - 1, width=right - left, height=2 * half + 2),
            id=f"{canvas.prefix}-rail",
        ),
    )  # fmt: skip


def _fade(canvas: Canvas, name: str, x: float, length: float, top: float, high: float) -> str:
    gradient, mask = f"{canvas.prefix}-{name}-ramp", f"{canvas.prefix}-{name}"
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


def _ribbon_length(canvas: Canvas) -> float:
    return 0.42 * (canvas.layout.add - canvas.layout.erase)


def _settle_length(canvas: Canvas) -> float:
    return 0.5 * (canvas.layout.add - canvas.layout.erase)


def track(canvas: Canvas) -> str:
    """The scale of C, which is the same at every step of the run, and the line where C is 0."""
    left, right, axis, half = canvas.layout.rail
    end = _short(canvas.scene.limit)
    ticks = ((axis - half + 7, end), (axis + 5, "0"), (axis + half + 3, f"−{end}"))
    return canvas.part(
        "track",
        svg.tag(
            "rect", x=left, y=axis - half, width=right - left - 12, height=2 * half, rx=4,
            fill=THEME_INK, fill_opacity=0.05,
        ),
        *(canvas.small(left - 6, y, label, anchor="end") for y, label in ticks),
        wire(f"M{left} {axis}H{right - 8}", THEME_INK, 2),
        arrow_head(right, axis, "right", THEME_INK),
    )  # fmt: skip


def _short(limit: float) -> str:
    """The end of the scale as it is written, such as 1.5, 50 or 1e6."""
    return f"{limit:g}" if limit < 1e4 else f"{limit:.1e}".replace(".0e", "e").replace("e+0", "e")


def memory_before(canvas: Canvas) -> str:
    """C_{t-1}, coming in from the left."""
    left, erase = canvas.layout.rail[0], canvas.layout.erase
    return _memory(
        canvas, "C_prev", _band(canvas, left, erase, canvas.scene.ledger.C_prev, THEME_INK), _grip(canvas)
    )


def _grip(canvas: Canvas) -> str:
    """What answers to a hand that drags C_{t-1} at step 1, where it is C0."""
    scene = canvas.scene
    if "C_prev" not in scene.grabs or scene.t > 1:
        return ""
    left, _, axis, half = canvas.layout.rail
    bounds = low, high = scene.grabs["C_prev"]
    name = scene.words("diagram.grab_start", name=scene.name("C_prev"))
    return svg.tag(
        "g", svg.tag("title", svg.escaped(name)) + svg.tag(
            "rect", class_="hit", x=left, width=canvas.layout.erase - left - canvas.layout.node,
            y=axis - half, height=2 * half, rx=4, fill_opacity=0,
        ), class_="grip", data_key="grab-C0",
        **handle(f"C0.{scene.unit}", bounds, half * (high - low) / scene.limit, scene.value("C_prev"), name),
    )  # fmt: skip


def kept(canvas: Canvas) -> str:
    """f·C_{t-1}: solid, on its way from × to +."""
    x, y, room = canvas.layout.labels["kept"]
    return canvas.part(
        "kept",
        _band(canvas, canvas.layout.erase, canvas.layout.add, canvas.scene.ledger.kept, _KEPT),
        canvas.verb(x, y, "keep", "kept"),
        canvas.number(x + 8, y, "kept", canvas.layout.number, room),
    )


def erasing(canvas: Canvas) -> str:
    """The × of the forget gate: the wire of f, and the part that falls away there, hatched and hollow."""
    layout = canvas.layout
    axis = layout.rail[2]
    x, y, room = layout.labels["erased"]
    bottom = layout.boxes["f"][1]
    colour = _FORGET if canvas.scene.has_forget_gate else MUTED
    return canvas.part(
        "erase",
        wire(
            f"M{layout.erase} {bottom}V{axis}", colour, 3,
            stroke_dasharray=None if canvas.scene.has_forget_gate else "3 5",
        ),
        _falling(canvas),
        canvas.node(layout.erase, axis, "×", colour),
        canvas.verb(x, y, "erase", "erased"),
        canvas.number(x + 8, y, "erased", layout.number, room),
    )  # fmt: skip


def _falling(canvas: Canvas) -> str:
    """What is erased, as a band that bends off the rail. Its width is the number."""
    if canvas.scene.covers("erased"):
        return ""
    layout, ledger = canvas.layout, canvas.scene.ledger
    x, length = layout.erase, _ribbon_length(canvas)
    out = -1 if ledger.C_prev >= 0 else 1
    inner, outer = canvas.level(ledger.kept), canvas.level(ledger.C_prev)
    drop = out * 0.1 * length
    a, b, c = x + 0.45 * length, x + 0.7 * length, x + length
    d = (
        f"M{x:g} {inner:g}L{a:g} {inner:g}Q{b:g} {inner:g} {c:g} {inner + drop:g}"
        f"L{c:g} {outer + drop:g}Q{b:g} {outer:g} {a:g} {outer:g}L{x:g} {outer:g}Z"
    )
    return svg.tag(
        "g",
        svg.tag(
            "path", d=d, fill=f"url(#{canvas.prefix}-hatch)", stroke=_FORGET, stroke_width=1.5,
            opacity=0 if ledger.erased == 0 else 1,
        ),
        mask=f"url(#{canvas.prefix}-away)", data_key="falling",
    )  # fmt: skip


def writing(canvas: Canvas) -> str:
    """i·C̃ on its way to the +, and what it adds to the memory or takes away from it."""
    layout = canvas.layout
    axis = layout.rail[2]
    (x, y), r = layout.product, layout.node
    i, C_tilde = layout.gate_centre("i"), layout.gate_centre("C_tilde")
    top = layout.boxes["i"][1]
    label_x, label_y, room = layout.labels["written"]
    thick = 2.5 + 5 * strength(canvas.scene.ledger.written)
    return canvas.part(
        "write",
        wire(f"M{i} {top}V{y}H{x - r}", _INPUT, 3),
        wire(f"M{C_tilde} {top}V{y}H{x + r}", COLOURS["C_tilde"], 3),
        wire(f"M{x} {y}V{axis}", _INPUT, thick),
        canvas.node(x, y, "×", _INPUT),
        _slabs(canvas),
        canvas.node(layout.add, axis, "+", _INPUT),
        _direction(canvas),
        canvas.verb(label_x, label_y, "write", "written"),
        canvas.number(label_x + 8, label_y, "written", layout.number, room),
    )


def _slabs(canvas: Canvas) -> str:
    """i·C̃ as a bar from what was kept to C.

    The part that lies within C is solid. The part that cancels some of what was kept lies outside of C,
    and is hollow.
    """
    if canvas.scene.covers("C"):
        return ""
    before, after = canvas.scene.ledger.kept, canvas.scene.ledger.C
    low, high = sorted((0.0, after))
    turn = min(max(before, low), high)
    x, length = canvas.layout.add, _settle_length(canvas)
    added = _span(canvas, turn, after)
    cancelled = _span(canvas, before, turn)
    return svg.tag(
        "g",
        svg.tag("rect", x=x, width=length, fill=_INPUT, data_key="added", **added)
        + svg.tag(
            "rect", x=x, width=length, fill=_INPUT, fill_opacity=0.14, stroke=_INPUT, stroke_width=1.5,
            stroke_dasharray="5 4", opacity=0 if before == turn else 1, data_key="cancelled", **cancelled,
        ),
        mask=f"url(#{canvas.prefix}-settle)", data_key="slabs",
    )  # fmt: skip


def _span(canvas: Canvas, a: float, b: float) -> dict:
    top, bottom = sorted((canvas.level(a), canvas.level(b)))
    return {"y": top, "height": bottom - top}


def _direction(canvas: Canvas) -> str:
    """An arrow from what was kept to what is there now: up for a plus, down for a minus."""
    if canvas.scene.covers("C"):
        return ""
    start, end = canvas.level(canvas.scene.ledger.kept), canvas.level(canvas.scene.ledger.C)
    length = abs(end - start)
    x = canvas.layout.add + canvas.layout.node + 14
    head = min(9.0, length)
    way = -1 if end < start else 1
    neck = end - way * head
    d = f"M{x - 2.5:g} {start:g}V{neck:g}H{x - 8:g}L{x:g} {end:g}L{x + 8:g} {neck:g}H{x + 2.5:g}V{start:g}Z"
    return svg.tag(
        "path", d=d, fill=PAPER, stroke=_INPUT, stroke_width=1.6, stroke_linejoin="round",
        data_key="direction", opacity=0 if length < 14 else 1,
    )  # fmt: skip


def memory_after(canvas: Canvas) -> str:
    """C_t, leaving to the right."""
    right, add = canvas.layout.rail[1], canvas.layout.add
    return _memory(canvas, "C", _band(canvas, add, right - 12, canvas.scene.ledger.C, THEME_INK))


def _memory(canvas: Canvas, key: str, *band: str) -> str:
    """A band of the memory with its symbol and its number."""
    x, y, room = canvas.layout.labels[key]
    symbol = canvas.symbol(x, y, key, anchor="end")
    return canvas.part(key, *band, symbol, canvas.number(x + 9, y, key, canvas.layout.big, room))


def _band(canvas: Canvas, x0: float, x1: float, value: float, colour: str) -> str:
    """A value of C as a band from x0 to x1, whose height is |value|.

    A negative one lies under the axis and is dashed. Where the value is covered there is a dashed outline
    instead, whose size says nothing.
    """
    if math.isnan(value):
        return _covered(canvas, x0, x1)
    span = _span(canvas, 0, value)
    return svg.tag(
        "rect", x=x0, width=x1 - x0, fill=colour, data_key="band", **span
    ) + svg.tag(
        "rect", x=x0, width=x1 - x0, fill=f"url(#{canvas.prefix}-minus)", opacity=1 if value < 0 else 0,
        data_key="band-sign", **span,
    )  # fmt: skip


def _covered(canvas: Canvas, x0: float, x1: float) -> str:
    _, _, axis, half = canvas.layout.rail
    size = canvas.layout.number
    return svg.tag(
        "rect", x=x0 + 1, y=axis - half / 2, width=x1 - x0 - 2, height=half, rx=4, fill=PAPER, stroke=MUTED,
        stroke_width=1.5, stroke_dasharray="4 5", data_key="band-covered",
    ) + svg.text(
        (x0 + x1) / 2, axis + 0.36 * size, UNKNOWN, text_anchor="middle", font_size=size, font_weight=700,
        fill=MUTED, aria_hidden="true",
    )  # fmt: skip

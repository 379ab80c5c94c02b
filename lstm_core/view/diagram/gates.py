"""The gates of the cell diagram, and what it shows: canvas -> **gates** -> SVG."""

import math
from functools import lru_cache

from ...quantities import GATE_OF, QUANTITIES, SIGNED
from .. import svg
from ..handles import handle
from ..palette import COLOURS, DASHARRAYS, DASHES, MUTED, PAPER, THEME_INK, readable
from ..typeset import width
from .canvas import Canvas, arrow_head, gate_mark, strength, wire, within
from .concatenation import risers

_DASH = DASHARRAYS[DASHES["h"]]
_REACH = 46
"""The width of what answers to the hand about the bar of a gate: a fingertip, where the picture is large."""

FUNCTIONS = {"f": "σ", "i": "σ", "C_tilde": "tanh", "o": "σ"}


def gate(canvas: Canvas, key: str) -> str:
    """A gate as a box, coloured the more strongly the further the gate is open, or the larger |C̃| is.

    No strands lead into a gate that reads no numbers: one that is pinned, the forget gate that the cell
    of 1997 lacks, and in a coupled cell the input gate, which is 1 − f.
    """
    layout = canvas.layout
    place = layout.gate
    x, y = layout.boxes[key]
    colour = COLOURS[key]
    missing = key == "f" and not canvas.scene.has_forget_gate
    reads = canvas.scene.reads(key)
    name = canvas.scene.words("diagram.no_forget_gate") if missing else canvas.scene.words(f"quantity.{key}")
    glow = 0.0 if missing else 0.03 + 0.17 * strength(canvas.scene.value(key))
    room = place.gauge[0] - place.number[0] - 6
    beside = place.gauge[0] - place.name[0] - 8
    for_name = math.inf if missing else place.width - 4 if place.name_anchor == "middle" else beside
    return canvas.part(f"{key}-in", risers(layout, key) if reads else "") + canvas.part(
        key,
        canvas.box(key, MUTED if missing else colour, glow, None if reads else "6 5"),
        "" if missing else gate_mark(key, x, y),
        canvas.symbol(x + place.symbol[0], y + place.symbol[1], key),
        canvas.small(x + place.name[0], y + place.name[1], name, anchor=place.name_anchor, room=for_name),
        _gauge(canvas, key, x, y, MUTED if missing else colour),
        _grip(canvas, key, x, y),
        canvas.number(x + place.number[0], y + place.number[1], key, layout.big, room),
        _function(canvas, key, colour) if reads or canvas.scene.is_pinned(key) and not missing else "",
    )  # fmt: skip


def _function(canvas: Canvas, key: str, colour: str) -> str:
    """σ or tanh on the edge where the strands come in, or in its place that the gate is pinned."""
    layout = canvas.layout
    pinned = canvas.scene.is_pinned(key)
    name = canvas.scene.words("diagram.pinned") if pinned else FUNCTIONS[key]
    x, y = layout.gate_centre(key), layout.boxes[key][1] + layout.gate.height
    frees = pinned and key in canvas.scene.grabs
    label = f"{name} ✕" if frees else name
    wide, high = max(26, width(label, layout.small) + 16), 20
    drawn = svg.tag(
        "rect", x=x - wide / 2, y=y - high / 2, width=wide, height=high, rx=10,
        fill=colour if pinned else PAPER, stroke=colour, stroke_width=2,
    ) + svg.text(
        x, y + 5, label, text_anchor="middle", font_size=layout.small,
        fill=PAPER if pinned else readable(key),
        font_weight=600 if pinned else None, font_style="italic" if name == "σ" else None,
        class_="symbol" if name == "σ" else None,
    )  # fmt: skip
    if not frees:
        return drawn
    says = f"{canvas.scene.words('pin.remove')}: {canvas.scene.name(key)}"
    reach = svg.tag(
        "rect", class_="hit", x=x - max(wide, 44) / 2, y=y - 16, width=max(wide, 44), height=44, rx=10,
        fill_opacity=0,
    )  # fmt: skip
    return svg.tag(
        "g", svg.tag("title", svg.escaped(says)) + drawn + reach, role="button", tabindex=0, aria_label=says,
        data_role="unpin", data_quantity=key, data_key="unpin",
    )  # fmt: skip


def _grip(canvas: Canvas, key: str, x: float, y: float) -> str:
    """What answers to a hand that drags the bar of a gate, which pins the gate at this step."""
    scene, place = canvas.scene, canvas.layout.gate
    if key not in scene.grabs:
        return ""
    left, _, wide, high = place.gauge
    name = scene.words("pin.grab", name=scene.name(key), t=scene.step)
    right = x + place.width
    start = min(x + left + wide / 2 - _REACH / 2, right - _REACH)
    address = f"pin_{GATE_OF[key]}.{scene.unit}.{scene.t}"
    return svg.tag(
        "g", svg.tag("title", svg.escaped(name)) + svg.tag(
            "rect", class_="hit", x=start, y=y, width=right - start, height=place.height, rx=10,
            fill_opacity=0,
        ), class_="grip", data_key=f"grab-{key}",
        **handle(address, scene.grabs[key], high, scene.value(key), name),
    )  # fmt: skip


def _gauge(canvas: Canvas, key: str, x: float, y: float, colour: str) -> str:
    """A bar from 0 to 1 for how far the gate is open; that of the candidate goes from −1 to 1."""
    left, top, wide, high = canvas.layout.gate.gauge
    left, top = x + left, y + top
    signed = QUANTITIES[key].range == SIGNED
    value = canvas.scene.value(key)
    zero = top + high / 2 if signed else top + high
    tip = zero - value * (high / 2 if signed else high)
    a, b = sorted((zero, tip))
    return (
        svg.tag("rect", x=left, y=top, width=wide, height=high, rx=3, fill=THEME_INK, fill_opacity=0.1)
        + svg.tag("rect", x=left, y=a, width=wide, height=b - a, rx=3, fill=colour, data_key="fill")
        + _ticks(left, top, wide, high, signed, canvas.layout.small)
    )


@lru_cache
def _ticks(left: float, top: float, wide: float, high: float, signed: bool, letters: float) -> str:
    """The ends of a gauge and its 0, with their numbers."""
    middle = ((top + high / 2, "0"), (top + high, "−1")) if signed else ((top + high, "0"),)
    return "".join(
        wire(f"M{left - 2:g} {at:g}H{left + wide + 2:g}", THEME_INK, 1.5)
        + svg.text(left + wide + 4, at + 0.34 * letters, label, font_size=letters, class_="small")
        for at, label in ((top, "1"), *middle)
    )


# -- what the cell shows ------------------------------------------------------------------------


def carried(canvas: Canvas) -> str:
    """Copies of C and h, unseen until the step changes.

    Then the style sheet of the picture moves them from where they left the last step to where they enter
    this one.
    """
    layout = canvas.layout
    left, _, _, _ = layout.rail
    axis = canvas.level(0)
    level = canvas.level(canvas.scene.ledger.C_prev)
    strip_x, strip_y, _ = layout.concatenation
    h_x, h_y, room = layout.labels["h"]
    at = strip_x + 9 + 2.2 * layout.symbol + (min(canvas.scene.unit, 4) - 1) * (layout.cell[0] + 3)
    ghosts = (
        ("C", left, min(axis, level), layout.erase - left, abs(axis - level), layout.add - left, 0, None),
        ("h", at, strip_y, layout.cell[0], layout.cell[1], h_x - at, h_y - 22 - strip_y, "5 3"),
    )
    return "".join(
        svg.tag(
            "rect", class_="carry", x=x, y=y, width=wide, height=high,
            rx=4 if dash else 0, fill="none" if dash else THEME_INK, stroke=THEME_INK if dash else None,
            stroke_width=2, stroke_dasharray=dash, opacity=0, style=f"--far:{dx:.0f}px,{dy:.0f}px",
            pointer_events="none", data_key=f"carry-{name}-{canvas.scene.t}",
        )
        for name, x, y, wide, high, dx, dy, dash in ghosts
        if canvas.scene.t > 1
    )  # fmt: skip


def showing(canvas: Canvas) -> str:
    """h = o · tanh(C): the curve of tanh, the × of the output gate, and the wire of h to the next step."""
    layout = canvas.layout
    axis = layout.rail[2]
    (x, y), r = layout.show, layout.node
    box_x, box_y, wide, high = layout.tanh
    o_x, o_y = layout.boxes["o"]
    colour = COLOURS["o"]
    from_o = f"M{o_x + layout.gate.width} {y}H{x - r}" if layout.name == "wide" else f"M{x} {o_y}V{y + r}"
    tail = f"M{x} {y + r}" if layout.name == "wide" else f"M{x + r} {y}"
    h_x, h_y, room = layout.labels["h"]
    verb_x, verb_y, anchor = layout.show_verb
    return canvas.part(
        "show",
        wire(f"M{x} {axis}V{y - r}", THEME_INK, 2.5),
        svg.tag("circle", cx=x, cy=axis, r=4.5, fill=THEME_INK, stroke=PAPER, stroke_width=2),
        _tanh(canvas, box_x, box_y, wide, high),
        canvas.small(*layout.tanh_name, "tanh", anchor=anchor, colour=THEME_INK),
        canvas.number(*layout.tanh_number, "tanh_C", layout.number - 2),
        wire(from_o, colour, 3),
        canvas.node(x, y, "×", colour),
        canvas.verb(verb_x, verb_y, "show", "o", anchor=anchor),
        wire(tail + layout.h_out, THEME_INK, 2.5, stroke_dasharray=_DASH),
        arrow_head(*layout.h_end, "right", THEME_INK),
        canvas.symbol(h_x, h_y, "h", anchor="end"),
        canvas.number(h_x + 9, h_y, "h", layout.number, room),
    )


def _tanh(canvas: Canvas, x: float, y: float, wide: float, high: float) -> str:
    """The curve of tanh from −3 to 3, and where this C stands on it."""
    middle_x, middle_y = x + wide / 2, y + high / 2
    across, up = (wide / 2 - 6) / 3, high / 2 - 6
    at = within(canvas.scene.value("C"), 3.0)
    return _tanh_curve(x, y, wide, high) + svg.tag(
        "circle", cx=middle_x + across * at, cy=middle_y - up * canvas.scene.value("tanh_C"), r=5,
        fill=COLOURS["o"], stroke=PAPER, stroke_width=1.5, data_key="dot",
    )  # fmt: skip


@lru_cache
def _tanh_curve(x: float, y: float, wide: float, high: float) -> str:
    """The curve in its box, which is the same in every run."""
    middle_x, middle_y = x + wide / 2, y + high / 2
    across, up = (wide / 2 - 6) / 3, high / 2 - 6
    points = " ".join(
        f"{middle_x + across * k / 4:.1f},{middle_y - up * math.tanh(k / 4):.1f}" for k in range(-12, 13)
    )
    axes = f"M{x + 5} {middle_y}H{x + wide - 5}M{middle_x} {y + 5}V{y + high - 5}"
    return (
        svg.tag("rect", x=x, y=y, width=wide, height=high, rx=9, fill=PAPER, stroke=THEME_INK, stroke_width=2)
        + wire(axes, MUTED, 1, stroke_opacity=0.5)
        + svg.tag(
            "polyline", points=points, fill="none", stroke=THEME_INK, stroke_width=2, stroke_linecap="round",
        )
    )  # fmt: skip

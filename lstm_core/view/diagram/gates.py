"""The gates of the cell diagram, and what it shows: scene -> **gates** -> SVG."""

from __future__ import annotations

import math

from ...quantities import QUANTITIES, SIGNED
from .. import svg
from ..palette import COLOURS, MUTED, PAPER, readable
from ..typeset import width
from .inputs import risers
from .scene import Scene, arrow_head, wire, within

_INK = "currentColor"
_DASH = "7 4"
FUNCTIONS = {"f": "σ", "i": "σ", "C_tilde": "tanh", "o": "σ"}


def gate(scene: Scene, key: str) -> str:
    """A gate as a dimmer: its box glows as far as it is open. The candidate has a sign instead.

    One that is pinned, that the cell of 1997 has not, or that is 1 − f in a coupled cell, reads no
    numbers: nothing leads into it.
    """
    layout = scene.layout
    place = layout.gate
    x, y = layout.boxes[key]
    colour = COLOURS[key]
    missing = key == "f" and not scene.has_forget_gate
    reads = scene.reads(key)
    name = scene.words("diagram.no_forget_gate") if missing else scene.words(f"quantity.{key}")
    box = {"x": x, "y": y, "width": place.width, "height": place.height, "rx": 10}
    glow = 0.0 if missing else 0.03 + 0.17 * scene.strength(scene.value(key))
    room = place.gauge[0] - place.number[0] - 6
    return scene.part(f"{key}-in", risers(layout, key) if reads else "") + scene.part(
        key,
        svg.tag("rect", fill=PAPER, **box),
        svg.tag(
            "rect", fill=colour, fill_opacity=float(glow), stroke=MUTED if missing else colour,
            stroke_width=2.2, stroke_dasharray=None if reads else "6 5", data_key="box", **box,
        ),
        scene.symbol(x + place.symbol[0], y + place.symbol[1], key),
        scene.number(x + place.number[0], y + place.number[1], key, layout.big, room),
        scene.small(x + place.name[0], y + place.name[1], name, anchor=place.name_anchor),
        _gauge(scene, key, x, y, MUTED if missing else colour),
        _function(scene, key, colour) if reads or scene.is_pinned(key) and not missing else "",
    )  # fmt: skip


def _function(scene: Scene, key: str, colour: str) -> str:
    """σ or tanh, where the strands come in; or that the gate is pinned."""
    layout = scene.layout
    pinned = scene.is_pinned(key)
    name = scene.words("diagram.pinned") if pinned else FUNCTIONS[key]
    x, y = layout.gate_centre(key), layout.boxes[key][1] + layout.gate.height
    wide, high = max(26, width(name, layout.small) + 16), 20
    return svg.tag(
        "rect", x=float(x - wide / 2), y=y - high / 2, width=float(wide), height=high, rx=10,
        fill=colour if pinned else PAPER, stroke=colour, stroke_width=2,
    ) + svg.text(
        x, y + 5, name, text_anchor="middle", font_size=layout.small, fill=PAPER if pinned else readable(key),
        font_weight=600 if pinned else None, font_style="italic" if name == "σ" else None,
        class_="symbol" if name == "σ" else None,
    )  # fmt: skip


def _gauge(scene: Scene, key: str, x: float, y: float, colour: str) -> str:
    """How far open, from 0 to 1; the candidate from −1 to 1, up or down from the middle."""
    left, top, wide, high = scene.layout.gate.gauge
    left, top = x + left, y + top
    signed = QUANTITIES[key].range == SIGNED
    value = scene.value(key)
    zero = top + high / 2 if signed else top + high
    tip = zero - value * (high / 2 if signed else high)
    a, b = sorted((zero, tip))
    ticks = ((top, "1"), (zero, "0")) + (((top + high, "−1"),) if signed else ())
    small = scene.layout.small
    return (
        svg.tag("rect", x=left, y=top, width=wide, height=high, rx=3, fill=_INK, fill_opacity=0.1)
        + svg.tag(
            "rect", x=left, y=float(a), width=wide, height=float(b - a), rx=3, fill=colour, data_key="fill"
        )
        + "".join(
            wire(f"M{left - 2:g} {at:g}H{left + wide + 2:g}", _INK, 1.5)
            + scene.small(left + wide + 4, at + 0.34 * small, label)
            for at, label in ticks
        )
    )


# -- what the cell shows ------------------------------------------------------------------------


def carried(scene: Scene) -> str:
    """Ghosts of C and h, which travel from where they left to where they come in when the step goes on."""
    layout = scene.layout
    left, _, _, _ = layout.rail
    axis = scene.level(0)
    level = scene.level(scene.ledger.C_prev)
    strip_x, strip_y, _ = layout.strip
    h_x, h_y, room = layout.labels["h"]
    at = strip_x + 9 + 2.2 * layout.symbol + (min(scene.unit, 4) - 1) * (layout.cell[0] + 3)
    ghosts = (
        ("C", left, min(axis, level), layout.erase - left, abs(axis - level), layout.add - left, 0, None),
        ("h", at, strip_y, layout.cell[0], layout.cell[1], h_x - at, h_y - 22 - strip_y, "5 3"),
    )
    return "".join(
        svg.tag(
            "rect", class_="carry", x=float(x), y=float(y), width=float(wide), height=float(high),
            rx=4 if dash else 0, fill="none" if dash else _INK, stroke=_INK if dash else None, stroke_width=2,
            stroke_dasharray=dash, opacity=0, style=f"--far:{dx:.0f}px,{dy:.0f}px", pointer_events="none",
            data_key=f"carry-{name}-{scene.t}",
        )
        for name, x, y, wide, high, dx, dy, dash in ghosts
        if scene.t > 1
    )  # fmt: skip


def showing(scene: Scene) -> str:
    """tanh(C) times o is h, which goes on to the next step."""
    layout = scene.layout
    axis = layout.rail[2]
    (x, y), r = layout.show, layout.node
    box_x, box_y, wide, high = layout.tanh
    o_x, o_y = layout.boxes["o"]
    colour = COLOURS["o"]
    from_o = f"M{o_x + layout.gate.width} {y}H{x - r}" if layout.name == "wide" else f"M{x} {o_y}V{y + r}"
    tail = f"M{x} {y + r}" if layout.name == "wide" else f"M{x + r} {y}"
    h_x, h_y, room = layout.labels["h"]
    verb_x, verb_y, anchor = layout.show_verb
    return scene.part(
        "show",
        wire(f"M{x} {axis}V{y - r}", _INK, 2.5),
        svg.tag("circle", cx=x, cy=axis, r=4.5, fill=_INK, stroke=PAPER, stroke_width=2),
        _tanh(scene, box_x, box_y, wide, high),
        scene.small(*layout.tanh_name, "tanh", anchor=anchor, colour=_INK),
        scene.number(*layout.tanh_number, "tanh_C", layout.number - 2),
        wire(from_o, colour, 3),
        scene.node(x, y, "×", colour),
        scene.verb(verb_x, verb_y, "show", "o", anchor=anchor),
        wire(tail + layout.h_out, _INK, 2.5, stroke_dasharray=_DASH),
        arrow_head(*layout.h_end, "right", _INK),
        scene.symbol(h_x, h_y, "h", anchor="end"),
        scene.number(h_x + 9, h_y, "h", layout.number, room),
    )


def _tanh(scene: Scene, x: float, y: float, wide: float, high: float) -> str:
    """The curve of tanh from −3 to 3, and where this C stands on it."""
    middle_x, middle_y = x + wide / 2, y + high / 2
    across, up = (wide / 2 - 6) / 3, high / 2 - 6
    points = " ".join(
        f"{middle_x + across * k / 4:.1f},{middle_y - up * math.tanh(k / 4):.1f}" for k in range(-12, 13)
    )
    axes = f"M{x + 5} {middle_y}H{x + wide - 5}M{middle_x} {y + 5}V{y + high - 5}"
    at = within(scene.value("C"), 3.0)
    return (
        svg.tag("rect", x=x, y=y, width=wide, height=high, rx=9, fill=PAPER, stroke=_INK, stroke_width=2)
        + wire(axes, MUTED, 1, stroke_opacity=0.5)
        + svg.tag("polyline", points=points, fill="none", stroke=_INK, stroke_width=2, stroke_linecap="round")
        + svg.tag(
            "circle", cx=float(middle_x + across * at), cy=float(middle_y - up * scene.value("tanh_C")), r=5,
            fill=COLOURS["o"], stroke=PAPER, stroke_width=1.5, data_key="dot",
        )
    )  # fmt: skip

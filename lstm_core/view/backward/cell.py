"""The cell walked backward, as SVG: the forward diagram with a gradient in the place of each number."""

from dataclasses import dataclass

from ...quantities import GATE_KEYS, GATE_OF, QUANTITIES
from ...rounding import exact
from .. import svg
from ..diagram.canvas import STYLE, Drawing, arrow_head, fitted, gate_mark, wire
from ..diagram.layout import LAYOUTS
from ..palette import COLOURS, DASHARRAYS, DASHES, MUTED, PAPER, THEME_INK
from .shown import ShownWalk, gradient_text

_LIT = {
    "arrive": {"h"},
    "split": {"h", "show", "o", "C"},
    "gates": {"C", "rail", "f", "i", "C_tilde", "write", "erase"},
    "sums": {"f", "i", "C_tilde", "o", "z"},
    "hand_on": {"rail", "erase", "C_prev", "z", "bus"},
}
"""Phase -> the parts in focus; the others are dimmed."""

_DASH = DASHARRAYS[DASHES["h"]]
_INK, _FORGET, _INPUT = THEME_INK, COLOURS["f"], COLOURS["i"]


def backward_cell(walk: ShownWalk, phase: str, says: str, arrangement: str = "wide") -> str:
    """The cell at a step of the walk, with one phase lit, as an SVG document.

    says : what it shows, for those who listen. arrangement : a key of LAYOUTS.
    """
    drawing = _Drawing(LAYOUTS[arrangement], walk, phase)
    layout = drawing.layout
    body = "".join((
        _rail(drawing), _show(drawing), _bus(drawing), *(_gate(drawing, key) for key in GATE_KEYS.values()),
        _before(drawing), _after(drawing), _arriving_h(drawing),
    ))  # fmt: skip
    height = layout.height or layout.concatenation[1] + layout.cell[1] + 8
    return svg.tag(
        "svg", svg.tag("style", STYLE) + body, xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {layout.width} {height:g}", class_="backward", role="img", aria_label=says,
        data_t=walk.t, font_family="inherit", stroke_linejoin="round",
        style="font-variant-numeric:tabular-nums",
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Drawing(Drawing):
    """A shown walk in one arrangement, with one phase lit."""

    walk: ShownWalk
    phase: str

    def is_lit(self, part: str) -> bool:
        return part in _LIT[self.phase]

    def symbol(self, x: float, y: float, key: str, index: str, size: float, anchor: str = "start") -> str:
        """δ and the letter of a number, with an index."""
        body = (
            f'<tspan font-style="italic">δ{svg.escaped(QUANTITIES[key].letter)}</tspan>'
            f'<tspan font-size="70%" dy="0.3em">{svg.escaped(index)}</tspan>'
        )
        return self.letter(x, y, body, key, anchor, font_size=size, data_key=f"symbol-{key}")

    def number(self, x: float, y: float, value: float, true: float, size: float, room: float) -> str:
        """A gradient as shown. true : at full precision."""
        written = gradient_text(value)
        number = self.bold(x, y, written, fitted(written, size, room))
        return svg.tag("g", svg.tag("title", svg.escaped(exact(true))) + number, class_="num")


def _thick(value: float) -> float:
    """How thick the rail is: the more of the gradient there is, up to 1."""
    return 2.5 + 9 * min(1.0, abs(value)) if value == value else 2.5


# -- the memory -----------------------------------------------------------------------------------


def _rail(drawing: _Drawing) -> str:
    """The rail of C from + to ×, along which the gradient does not change, and the wires to the gates."""
    layout, C = drawing.layout, drawing.walk.number("C")
    axis = layout.rail[2]
    (x, y), r = layout.product, layout.node
    i, C_tilde, top = layout.gate_centre("i"), layout.gate_centre("C_tilde"), layout.boxes["i"][1]
    f_top = layout.boxes["f"][1]
    return (
        drawing.part("rail", wire(f"M{layout.add - r} {axis}H{layout.erase + r}", _INK, _thick(C)))
        + drawing.part(
            "write",
            wire(f"M{x} {axis}V{y}", _INPUT, 3),
            wire(f"M{x - r} {y}H{i}V{top - 8}", _INPUT, 3) + arrow_head(i, top - 1, "down", _INPUT),
            wire(f"M{x + r} {y}H{C_tilde}V{top - 8}", COLOURS["C_tilde"], 3),
            arrow_head(C_tilde, top - 1, "down", COLOURS["C_tilde"]),
            drawing.node(x, y, "×", _INPUT),
            drawing.node(layout.add, axis, "+", _INPUT),
        )
        + drawing.part(
            "erase",
            wire(f"M{layout.erase} {axis}V{f_top - 8}", _FORGET, 3),
            arrow_head(layout.erase, f_top - 1, "down", _FORGET),
            drawing.node(layout.erase, axis, "×", _FORGET),
        )
    )


def _after(drawing: _Drawing) -> str:
    """δC_t, which comes in from the right."""
    layout, walk = drawing.layout, drawing.walk
    end = layout.add + layout.node
    return _memory(drawing, "C", "t", (layout.rail[1], end + 8, end + 1), walk.C().total, walk.number("C"))


def _before(drawing: _Drawing) -> str:
    """δC_{t−1}, which leaves to the left."""
    layout, walk = drawing.layout, drawing.walk
    left, start = layout.rail[0], layout.erase - layout.node
    true = walk.at(walk.walk.C_later)
    return _memory(drawing, "C_prev", "t−1", (start, left, left - 8), walk.C_before, true)


def _memory(
    drawing: _Drawing, key: str, index: str, xs: tuple[float, float, float], shown: float, true: float
) -> str:
    """δC at one end of the rail. xs : where its line begins and ends, and the tip of its arrow."""
    layout, (begins, ends, tip), axis = drawing.layout, xs, drawing.layout.rail[2]
    x, y, room = layout.labels[key]
    return drawing.part(
        key,
        wire(f"M{begins} {axis}H{ends}", _INK, _thick(true)),
        arrow_head(tip, axis, "left", _INK, 11),
        drawing.symbol(x, y, "C", index, layout.symbol, "end"),
        drawing.number(x + 6, y, shown, true, layout.number, room),
    )


# -- the gates ------------------------------------------------------------------------------------


def _gate(drawing: _Drawing, key: str) -> str:
    """A gate as a box: what the gate gets, and what its weighted sum gets."""
    layout, walk = drawing.layout, drawing.walk
    place, (x, y) = layout.gate, layout.boxes[key]
    gate = GATE_OF[key]
    colour, of_sum = COLOURS[key], walk.number(f"z_{gate}")
    given = walk.is_pinned(gate) or (gate == "i" and walk.is_coupled)
    at = y + place.name[1] + 4
    small = layout.small
    return drawing.part(
        key,
        drawing.box(key, colour, 0.06, "6 5" if given else None),
        gate_mark(key, x, y),
        drawing.symbol(x + place.symbol[0], y + place.symbol[1], key, "t", layout.symbol),
        drawing.number(
            x + place.number[0], y + place.number[1], walk.number(key), walk.number(key), layout.number,
            place.width - place.number[0] - 6,
        ),
    ) + drawing.part(
        "z",
        drawing.symbol(x + place.symbol[0], at, f"z_{gate}", gate, small + 1),
        drawing.number(
            x + place.symbol[0] + 1.7 * small, at, of_sum, of_sum, small + 1,
            place.width - place.symbol[0] - 1.7 * small - 4,
        ),
    )  # fmt: skip


def _bus(drawing: _Drawing) -> str:
    """δh_{t−1}: what all gates hand back through h, gathered on one strand; broken where the way is cut."""
    layout, walk = drawing.layout, drawing.walk
    left, top, room = layout.concatenation
    high, y = layout.cell[1], layout.bus
    centres = [layout.gate_centre(key) for key in layout.boxes]
    wide = layout.number * 5.2
    end = left + 2.6 * layout.symbol + wide
    down = "".join(
        wire(f"M{x} {layout.boxes['f'][1] + layout.gate.height}V{y}", _INK, 2, stroke_dasharray=_DASH)
        for x in centres
    )
    turn = end + 12
    gathered = wire(
        f"M{max(centres)} {y}H{min(min(centres), turn)}M{turn} {y}V{top + high / 2}H{end + 6}",
        _INK,
        2,
        stroke_dasharray=_DASH,
    )
    cut = "" if walk.walk.through_h else _cut(turn, y)
    value = walk.h_before if walk.walk.through_h else 0.0
    true = walk.at(walk.walk.h_later)
    return drawing.part(
        "bus",
        down + gathered + arrow_head(end, top + high / 2, "left", _INK),
        cut,
        drawing.symbol(left, top + high - 9, "h", "t−1", layout.symbol),
        drawing.number(left + 2.6 * layout.symbol, top + high - 9, value, true, layout.number, wide),
    )  # fmt: skip


def _cut(x: float, y: float) -> str:
    """Two strokes across a strand that nothing passes."""
    return svg.tag("circle", cx=x, cy=y, r=9, fill=PAPER) + wire(
        f"M{x - 9:g} {y + 7:g}L{x - 1:g} {y - 9:g}M{x + 1:g} {y + 9:g}L{x + 9:g} {y - 7:g}", MUTED, 2.5
    )


# -- what is shown --------------------------------------------------------------------------------


def _show(drawing: _Drawing) -> str:
    """From h through × to the output gate, and through tanh to C."""
    layout = drawing.layout
    axis = layout.rail[2]
    (x, y), r = layout.show, layout.node
    box_x, box_y, wide, high = layout.tanh
    o_x, o_y = layout.boxes["o"]
    colour = COLOURS["o"]
    if layout.name == "wide":
        to_o = wire(f"M{x - r} {y}H{o_x + layout.gate.width + 8}", colour, 3)
        to_o += arrow_head(o_x + layout.gate.width + 1, y, "left", colour)
    else:
        to_o = wire(f"M{x} {y + r}V{o_y - 8}", colour, 3) + arrow_head(x, o_y - 1, "down", colour)
    return drawing.part(
        "show",
        wire(f"M{x} {y - r}V{axis + 8}", _INK, 2.5) + arrow_head(x, axis + 4, "up", _INK),
        svg.tag(
            "rect", x=box_x, y=box_y, width=wide, height=high, rx=9, fill=PAPER, stroke=_INK, stroke_width=2
        ),
        svg.text(
            box_x + wide / 2, box_y + high / 2 + 5, "tanh", text_anchor="middle", font_size=layout.small,
            fill=_INK,
        ),
        to_o,
        drawing.node(x, y, "×", colour),
    )  # fmt: skip


def _arriving_h(drawing: _Drawing) -> str:
    """δh_t, which comes in where h went out."""
    layout, walk = drawing.layout, drawing.walk
    (x, y), r = layout.show, layout.node
    h_x, h_y, room = layout.labels["h"]
    tail = f"M{x} {y + r}" if layout.name == "wide" else f"M{x + r} {y}"
    direction = "up" if layout.name == "wide" else "left"
    tip = (x, y + r + 1) if layout.name == "wide" else (x + r + 1, y)
    return drawing.part(
        "h",
        wire(tail + layout.h_out, _INK, 2.5, stroke_dasharray=_DASH),
        arrow_head(*tip, direction, _INK),
        drawing.symbol(h_x, h_y, "h", "t", layout.symbol, "end"),
        drawing.number(h_x + 6, h_y, walk.h().total, walk.number("h"), layout.number - 2, room + 4),
    )

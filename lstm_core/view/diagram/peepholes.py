"""What enters a gate from above in some cells: canvas -> **peepholes** on C, and 1 − f -> SVG."""

from ...quantities import QUANTITIES
from .. import svg
from ..palette import COLOURS, PAPER, THEME_INK
from ..typeset import bold_width
from .canvas import Canvas, arrow_head, fitted, wire

_THIN = 2


def peephole(canvas: Canvas, key: str) -> str:
    """From the rail into the gate "f", "i" or "o", and its weight, which leads to its slider.

    Where the wire to the input gate crosses the wire of f, a gap in the latter shows that they do not meet.
    """
    if not canvas.scene.sees_cell(key):
        return ""
    layout = canvas.layout
    axis = layout.rail[2]
    x, turn, into = layout.taps[key]
    top = layout.boxes[key][1]
    crossing = layout.erase
    crosses = key == "i" and x < crossing < into
    return canvas.part(
        f"{key}-sees",
        wire(f"M{crossing - 7} {turn}H{crossing + 7}", PAPER, 9) if crosses else "",
        wire(f"M{x} {axis}V{turn}H{into}V{top}", THEME_INK, _THIN),
        svg.tag("circle", cx=x, cy=axis, r=4.5, fill=THEME_INK, stroke=PAPER, stroke_width=2),
        _weight(canvas, key, into, top),
    )


def _weight(canvas: Canvas, key: str, x: float, y: float) -> str:
    """The weight p, on the upper edge of the box, where the wire comes in."""
    layout, name = canvas.layout, f"p_{key}"
    symbol = svg.symbol(QUANTITIES[name])
    shown, size = canvas.scene.peephole(key), layout.small
    small = fitted(shown, size, layout.tap_room)
    number = bold_width(shown, small)
    letter = 1.25 * size if layout.name == "wide" else 0
    wide, high = max(26.0, number + letter + 12), 20
    start = x - (number + letter) / 2
    box = {"x": x - wide / 2, "y": y - high / 2, "width": wide, "height": high, "rx": 10}
    marked = 0.16 if name in canvas.scene.parents else 0
    spoken = f"{canvas.scene.words(f'quantity.{name}')} {shown}, {canvas.scene.words('terms.to_slider')}"
    return svg.tag(
        "g",
        svg.tag("title", svg.escaped(spoken))
        + svg.tag("rect", fill=PAPER, stroke=COLOURS[key], stroke_width=2, **box)
        + svg.tag("rect", class_="hit", fill=THEME_INK, fill_opacity=marked, **box)
        + (canvas.letter(start, y + 5, symbol, key, font_size=size, fill=THEME_INK) if letter else "")
        + canvas.bold(start + letter, y + 5, shown, small),
        data_role="slider", data_value=f"{name}.{canvas.scene.unit}", data_key=name, role="button",
        tabindex=0, aria_label=spoken,
    )  # fmt: skip


def left_over(canvas: Canvas) -> str:
    """1 − f, on its way from the wire of f into i, in a coupled cell: its input gate has no weights."""
    if not canvas.scene.is_coupled("i"):
        return ""
    layout = canvas.layout
    r, (_, top) = layout.node, layout.boxes["i"]
    start, x, y = layout.erase, layout.taps["i"][2], top - layout.node - 15
    size = layout.small
    return canvas.part(
        "i-from-f",
        wire(f"M{start} {y}H{x - r}", COLOURS["f"], 3),
        svg.tag("circle", cx=start, cy=y, r=4.5, fill=COLOURS["f"], stroke=PAPER, stroke_width=2),
        wire(f"M{x} {y + r}V{top - 7}", COLOURS["i"], 3),
        arrow_head(x, top - 1, "down", COLOURS["i"]),
        svg.tag("circle", cx=x, cy=y, r=r, fill=PAPER, stroke=COLOURS["i"], stroke_width=2.5),
        canvas.bold(x, y + 0.36 * size, "1−", size, "middle"),
    )

"""All units of the cell in small, to choose from: canvas -> **lanes**."""

from .. import svg
from ..palette import COLOURS, MUTED, THEME_INK
from ..typeset import bold_width, spoken, width
from .canvas import Canvas, wire


def lanes(canvas: Canvas) -> str:
    """A button with its C for each unit, or for four around the one shown. A single unit has none."""
    H = canvas.scene.trace.params.H
    if H == 1:
        return ""
    layout = canvas.layout
    first = max(1, min(canvas.scene.unit - 1, H - 3))
    units = range(first, min(H, first + 3) + 1)
    more = H - len(units)
    gap = 6
    each = (layout.width - (layout.more if more else 0) - gap * (len(units) - 1)) / len(units)
    tabs = "".join(_lane(canvas, unit, k * (each + gap), each) for k, unit in enumerate(units))
    if more:
        tabs += canvas.small(layout.width - 2, 22, canvas.scene.words("diagram.more", n=more), anchor="end")
    return svg.tag("g", tabs, data_key="lanes", role="group", aria_label=canvas.scene.words("diagram.units"))


def _lane(canvas: Canvas, unit: int, x: float, wide: float) -> str:
    layout = canvas.layout
    high, size = layout.tabs[0], layout.number - 2
    here = unit == canvas.scene.unit
    name = canvas.scene.words("diagram.unit", unit=unit)
    label = name if layout.name == "wide" else str(unit)
    C = canvas.scene.text("C", unit)
    rail_x = x + 9 + width(label, layout.small) + 8
    rail_end = x + wide - 9 - bold_width(C, size) - 8
    ink = THEME_INK
    body = (
        svg.tag(
            "rect", class_="hit", x=x + 1, y=1, width=wide - 2, height=high - 2, rx=7, fill=ink,
            fill_opacity=0.08 if here else 0, stroke=ink, stroke_width=2 if here else 1,
            stroke_opacity=1 if here else 0.35,
        )
        + canvas.small(x + 9, 22, label, colour=ink if here else None)
        + (_small_rail(canvas, unit, rail_x, rail_end, high / 2) if rail_end - rail_x >= 18 else "")
        + svg.tag(
            "g", canvas.bold(x + wide - 9, 22.5, C, size, "end"), class_="num", data_quantity="C",
            data_t=canvas.scene.t, data_unit=unit,
        )
    )  # fmt: skip
    return svg.tag(
        "g", body, data_role="unit", data_unit=unit, data_key=f"lane{unit}", tabindex=0, role="button",
        aria_label=f"{name}, {canvas.scene.words('quantity.C')} {spoken(C, canvas.scene.words)}",
        aria_pressed="true" if here else "false",
    )  # fmt: skip


def _small_rail(canvas: Canvas, unit: int, x0: float, x1: float, axis: float) -> str:
    third = (x1 - x0) / 3
    half = axis - 5
    limit = canvas.scene.limit_of_all_units

    def bar(k: int, a: float, b: float, fill: str) -> str:
        top, bottom = sorted((axis - half * a / limit, axis - half * b / limit))
        return svg.tag(
            "rect", x=x0 + k * third, y=top, width=third, height=bottom - top,
            fill=fill,
        )  # fmt: skip

    before, left, now = (canvas.scene.value(key, unit) for key in ("C_prev", "kept", "C"))
    return (
        wire(f"M{x0:g} {axis:g}H{x1:g}", MUTED, 1)
        + bar(0, 0, before, THEME_INK)
        + bar(1, left, before, f"url(#{canvas.prefix}-hatch)")
        + bar(1, 0, left, COLOURS["kept"])
        + bar(2, 0, now, THEME_INK)
    )

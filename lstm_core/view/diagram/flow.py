"""The ways that values go while the walk plays: canvas -> **routes**, unseen paths that the browser follows.

Each has the phase in which it is gone, and its leg: of one phase the legs come one after the other. A route
with one number says it. assets/figure/flow.js moves the values.
"""

from ...workbench.focus import PHASES
from .. import svg
from ..palette import COLOURS, THEME_INK
from .canvas import Canvas
from .concatenation import strands
from .scene import READS_IN


def flow(canvas: Canvas) -> str:
    """The routes of the phase in focus, or of all phases where there is none."""
    wanted = PHASES if canvas.scene.phase is None else (canvas.scene.phase,)
    routes = "".join(_OF_PHASE[phase](canvas, phase) for phase in wanted)
    return svg.tag("g", routes, class_="flow", aria_hidden="true", data_key="flow")


def _route(canvas: Canvas, phase: str, leg: int, d: str, colour: str, key: str | None = None) -> str:
    """A way along `d`. key : the quantity that goes along it, whose number is shown; None for several."""
    if key and canvas.scene.covers(key):
        return ""
    says = canvas.scene.text(key) if key else None
    return svg.tag("path", d=d, class_="route", stroke=colour, data_flow=phase, data_leg=leg, data_says=says)


def _join(canvas: Canvas, phase: str) -> str:
    """h and x from their bracket to the strands that lead to all gates."""
    return "".join(
        _route(canvas, phase, 0, f"{up}H{end}", colour)
        for up, ends, colour in strands(canvas)
        for end in ends
    )


def _read(canvas: Canvas, phase: str) -> str:
    """From the strands into the gates that are computed in this phase."""
    layout, found = canvas.layout, ""
    for key in READS_IN[phase]:
        if not canvas.scene.reads(key):
            continue
        x, bottom = layout.gate_centre(key), layout.boxes[key][1] + layout.gate.height
        for (up, _, colour), dx in zip(strands(canvas), (-3, 3), strict=True):
            found += _route(canvas, phase, 0, f"{up}H{x + dx:g}V{bottom:g}", colour)
    return found


def _erase(canvas: Canvas, phase: str) -> str:
    """f and C_{t-1} meet at the ×; what is kept goes on, what is erased falls off."""
    layout = canvas.layout
    left, _, axis, half = layout.rail
    out = axis - half if canvas.scene.ledger.C_prev >= 0 else axis + half
    return (
        _route(canvas, phase, 0, f"M{layout.erase} {layout.boxes['f'][1]}V{axis}", COLOURS["f"], "f")
        + _route(canvas, phase, 0, f"M{left} {axis}H{layout.erase}", THEME_INK, "C_prev")
        + _route(canvas, phase, 1, f"M{layout.erase} {axis}H{layout.add}", COLOURS["kept"], "kept")
        + _route(
            canvas, phase, 1,
            f"M{layout.erase} {axis}Q{layout.erase + half:g} {axis} {layout.erase + 2 * half:g} {out:g}",
            COLOURS["f"], "erased",
        )
    )  # fmt: skip


def _write(canvas: Canvas, phase: str) -> str:
    """i and C̃ meet at the ×; what is written goes up to the +, and C on to the right."""
    layout = canvas.layout
    (x, y), top, axis = layout.product, layout.boxes["i"][1], layout.rail[2]
    i, candidate = layout.gate_centre("i"), layout.gate_centre("C_tilde")
    return (
        _route(canvas, phase, 0, f"M{i} {top}V{y}H{x}", COLOURS["i"], "i")
        + _route(canvas, phase, 0, f"M{candidate} {top}V{y}H{x}", COLOURS["C_tilde"], "C_tilde")
        + _route(canvas, phase, 1, f"M{x} {y}V{axis}", COLOURS["i"], "written")
        + _route(canvas, phase, 2, f"M{layout.add} {axis}H{layout.rail[1] - 12:g}", THEME_INK, "C")
    )


def _show(canvas: Canvas, phase: str) -> str:
    """C goes through tanh, and o lets a share of it out as h, which goes round to the next step."""
    layout = canvas.layout
    (x, y), (o_x, o_y), axis = layout.show, layout.boxes["o"], layout.rail[2]
    wide = layout.name == "wide"
    from_o = f"M{o_x + layout.gate.width} {y}H{x}" if wide else f"M{x} {o_y}V{y}"
    return (
        _route(canvas, phase, 0, f"M{x} {axis}V{y}", THEME_INK, "tanh_C")
        + _route(canvas, phase, 0, from_o, COLOURS["o"], "o")
        + _route(canvas, phase, 1, f"M{x} {y}{layout.h_out}", THEME_INK, "h")
    )


_OF_PHASE = {
    "concatenate": _join, "forget": _read, "erase": _erase, "candidate": _read, "write": _write,
    "output": _read, "show": _show,
}  # fmt: skip

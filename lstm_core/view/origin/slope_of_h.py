"""How much of a small change of the memory h shows, with live numbers: trace -> **LaTeX**."""

from ...rounding import equals, rounded, text
from ...trace import LSTMTrace
from ..palette import COLOURS


def slope_of_h(trace: LSTMTrace, t: int, unit: int) -> str:
    r"""∂h_t/∂C_t = o_t·(1 − tanh²C_t) of one unit at step t, both from 1.

    It is never above 1. Where a peephole lets the output gate see C_t, tanh(C_t)·o_t·(1 − o_t)·p_o is added.
    """
    at = t - 1, unit - 1
    o, tanh_C = (rounded(float(values[at])) for values in (trace.o, trace.tanh_C))
    true = float(trace.o[at]) * (1 - float(trace.tanh_C[at]) ** 2)
    hue = COLOURS["o"]
    left = (
        rf"\frac{{\partial h_t}}{{\partial C_t}} &= \textcolor{{{hue}}}{{o_t}}\,\bigl(1 - \tanh^2(C_t)\bigr)"
    )
    square = f"({text(tanh_C)})" if tanh_C < 0 else text(tanh_C)
    numbers = rf"\textcolor{{{hue}}}{{{text(o)}}}\,(1 - {square}^2)"
    comes_to = r"\approx" if equals(o * (1 - tanh_C**2), rounded(true)) == "≈" else "="
    p_o, sees = trace.params.p_o, ""
    pinned = trace.pinned is not None and bool(trace.pinned[(t - 1, 3, unit - 1)])
    if p_o is not None and not pinned:
        sees = r" + \tanh(C_t)\,o_t\,(1 - o_t)\,p_o"
        more = float(trace.tanh_C[at]) * float(trace.o[at]) * (1 - float(trace.o[at])) * float(p_o[unit - 1])
        numbers += f" + ({text(more)})" if rounded(more) < 0 else f" + {text(more)}"
        true, comes_to = true + more, r"\approx"
    return rf"\begin{{aligned}} {left}{sees} \\ &= {numbers} {comes_to} {text(true)} \end{{aligned}}"

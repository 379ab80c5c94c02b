"""The update of the memory unit by unit, with live numbers: trace -> **LaTeX**, columns of one row a unit."""

from ...quantities import QUANTITIES
from ...rounding import ShownNumbers, text
from ...trace import LSTMTrace
from ..palette import COLOURS
from .split import MOST


def element_wise(trace: LSTMTrace, t: int) -> str:
    """C_t = f_t ⊙ C_{t-1} + i_t ⊙ C̃_t as columns with one row a unit; kept and written add up as shown."""
    shown = ShownNumbers(trace)

    def column(key: str) -> str:
        numbers = [text(shown.at(key, t, unit)) for unit in range(1, min(trace.params.H, MOST) + 1)]
        more = [r"\vdots"] * (trace.params.H > MOST)
        colour = COLOURS[QUANTITIES[key].colour] if key in ("f", "i", "C_tilde") else None
        inside = r"\begin{bmatrix} " + r" \\ ".join(numbers + more) + r" \end{bmatrix}"
        return rf"\textcolor{{{colour}}}{{{inside}}}" if colour else inside

    products = rf"{column('f')}\odot{column('C_prev')} + {column('i')}\odot{column('C_tilde')}"
    return (
        rf"\begin{{aligned}} C_t &= {products} \\[4pt] &\approx {column('kept')} + {column('written')} = "
        + (rf"{column('C')} \end{{aligned}}")
    )

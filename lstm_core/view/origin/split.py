"""One matrix on the concatenation is two matrices on the parts, with live numbers: trace -> **LaTeX**."""

from ...explain import Term, pre_activation_terms
from ...quantities import GATE_KEYS, QUANTITIES
from ...rounding import parts_of_sum, text
from ...trace import LSTMTrace
from ..palette import COLOURS

MOST = 8
"""The most numbers of a row or column that are written out; dots stand for the others."""


def split_product(trace: LSTMTrace, t: int, unit: int, gate: str) -> str:
    """W·[h_{t-1}, x_t] = U·h_{t-1} + V·x_t for the row of one unit, both sides with their numbers.

    gate : "f", "i", "c" or "o". The two parts add up to the whole as shown. Each sum has a line of its own,
    so that the numbers of a wide matrix leave it on screen.
    """
    terms = [term for term in pre_activation_terms(trace, t, unit, gate) if term.kind in "UV"]
    U, V = ([term for term in terms if term.kind == kind] for kind in "UV")
    parts = [sum(term.product for term in side) for side in (U, V)]
    (of_h, of_x), total = parts_of_sum(parts, sum(parts))
    whole, added = text(total, in_full=True), text(of_x, in_full=True)
    added = f"({added})" if of_x < 0 else added
    hue = COLOURS[QUANTITIES[GATE_KEYS[gate]].colour]
    W = rf"\textcolor{{{hue}}}{{W_{gate}}}"
    left = rf"{W}\cdot[h_{{t-1}}, x_t] &= {_row(terms)}\cdot{_column(terms)} \\ &= {whole}"
    right = (
        rf"\textcolor{{{hue}}}{{U_{gate}}}\,h_{{t-1}} + \textcolor{{{hue}}}{{V_{gate}}}\,x_t "
        rf"&= {_row(U)}\cdot{_column(U)} \\ "
        rf"&\quad + {_row(V)}\cdot{_column(V)} \\ "
        rf"&= {text(of_h, in_full=True)} + {added} = {whole}"
    )
    return rf"\begin{{aligned}} {left} \\[4pt] {right} \end{{aligned}}"


def _row(terms: list[Term]) -> str:
    return _matrix(" & ", [term.weight for term in terms])


def _column(terms: list[Term]) -> str:
    return _matrix(r" \\ ", [term.factor for term in terms])


def _matrix(between: str, numbers: list[float]) -> str:
    written = [text(number) for number in numbers[:MOST]] + [r"\dots"] * (len(numbers) > MOST)
    return rf"\begin{{bmatrix}} {between.join(written)} \end{{bmatrix}}"

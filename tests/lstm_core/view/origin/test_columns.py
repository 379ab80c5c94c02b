"""Formulas in columns of numbers: one matrix that is two, the product of each unit, and the slope of h."""

import re
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.explain import pre_activation_terms
from lstm_core.params import GATES
from lstm_core.quantities import GATE_KEYS
from lstm_core.rounding import EXACT, shown_ledger, text
from lstm_core.view.origin import slope_of_h
from lstm_core.view.origin.element_wise import element_wise
from lstm_core.view.origin.split import MOST, split_product
from lstm_core.view.palette import COLOURS
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.lstm_core.slopes import hidden
from tests.lstm_core.view.pictures import RUNS, SOME, TRACES, drawn


def matrices(latex: str) -> list[list[str]]:
    found = re.findall(r"\\begin\{bmatrix\} (.+?) \\end\{bmatrix\}", latex)
    return [re.split(r" & | \\\\ ", inside) for inside in found]


def read(shown: str) -> Decimal:
    return Decimal(shown.strip("()").replace("−", "-"))


# -- one matrix on the concatenation is two on the parts ------------------------------------------


def lines(trace, t=1, unit=1, gate="f") -> list[str]:
    """Both sides of the equation, what stands after the first "=" in each; lines of a side are joined."""
    latex = split_product(trace, t, unit, gate)
    assert latex.count(r"\begin") == latex.count(r"\end") and latex.count("{") == latex.count("}")
    body = re.fullmatch(r"\\begin\{aligned\} (.+) \\end\{aligned\}", latex)[1]
    left, right = body.split(r" \\[4pt] ")
    return [side.split("&= ", 1)[1].replace(r" \\ &= ", " = ") for side in (left, right)]


def sums(trace, t=1, unit=1, gate="f") -> tuple[list[str], str, str]:
    """U·h and V·x as shown, and the whole of both lines."""
    left, right = lines(trace, t, unit, gate)
    whole = left.rpartition("= ")[2]
    parts, again = right.rpartition(r"\end{bmatrix} = ")[2].split(" = ")
    return parts.split(" + "), whole, again


@given(RUNS, st.data(), st.sampled_from(GATES))
def test_the_two_parts_add_up_to_the_whole_as_shown(trace, data, gate):
    t, unit = data.draw(st.integers(1, trace.T)), data.draw(st.integers(1, trace.params.H))
    parts, whole, again = sums(trace, t, unit, gate)
    assert len(parts) == 2 and whole == again
    assert sum(map(read, parts)) == read(whole)
    assert parts[1].startswith("(−") == parts[1].endswith(")") == (read(parts[1]) < 0)
    H, row, hx = trace.params.H, trace.params.W[GATES.index(gate), unit - 1], trace.hx[t - 1]
    exact = row[:H] @ hx[:H], row[H:] @ hx[H:], row @ hx
    if max(map(abs, exact)) < EXACT:
        assert float(read(whole)) == pytest.approx(exact[2], rel=1e-9, abs=0.005 + 1e-9)
        for shown, part in zip(parts, exact, strict=False):
            assert float(read(shown)) == pytest.approx(part, rel=1e-9, abs=0.01 + 1e-9)


@collected("gate", GATES)
@collected("H, D", [(1, 1), (2, 3), (4, 4)])
def test_the_matrices_are_the_weights_in_the_hue_of_the_gate_and_what_they_are_multiplied_with(gate, H, D):
    trace = drawn(H, D, seed=7)
    left, right = lines(trace, 3, H, gate)
    terms = pre_activation_terms(trace, 3, H, gate)[:-1]
    weights, factors = [text(term.weight) for term in terms], [text(term.factor) for term in terms]
    assert matrices(left) == [weights, factors]
    assert matrices(right) == [weights[:H], factors[:H], weights[H:], factors[H:]]
    latex, hue = split_product(trace, 3, H, gate), COLOURS[GATE_KEYS[gate]]
    assert all(rf"\textcolor{{{hue}}}{{{name}_{gate}}}" in latex for name in "WUV")


def test_of_long_lists_the_first_are_written_out_and_the_sum_is_of_all():
    trace = drawn(3, 20)
    left, right = lines(trace, 2, 1, "i")
    assert [len(numbers) for numbers in matrices(left)] == [MOST + 1] * 2
    assert [len(numbers) for numbers in matrices(right)] == [3, 3, MOST + 1, MOST + 1]
    assert all(numbers[-1] == r"\dots" for numbers in matrices(left))
    parts, whole, _ = sums(trace, 2, 1, "i")
    assert whole == text(trace.params.W[1, 0] @ trace.hx[1]) and sum(map(read, parts)) == read(whole)


@collected("gate", GATES)
def test_a_peephole_is_no_part_of_the_matrix(gate):
    plain, seeing = (preset("random").with_variant(cell).trace() for cell in ("lstm", "peephole"))
    assert split_product(plain, 1, 1, gate) == split_product(seeing, 1, 1, gate)


# -- the product of each unit ---------------------------------------------------------------------


@collected("name", SOME)
def test_each_row_of_the_product_is_one_unit_and_adds_up(name):
    trace, t = TRACES[name], TRACES[name].T
    columns = matrices(element_wise(trace, t))
    for column in columns:
        assert len(column) == min(trace.params.H, MOST + 1)
        assert ("\\vdots" in column) == (trace.params.H > MOST)
    for k, row in enumerate(list(zip(*columns, strict=True))[:MOST]):
        ledger = shown_ledger(trace, t, k + 1)
        gates = [text(getattr(trace, key)[t - 1, k]) for key in ("f", "i", "C_tilde")]
        parts = [text(getattr(ledger, key)) for key in ("C_prev", "kept", "written", "C")]
        assert row == (gates[0], parts[0], *gates[1:], *parts[1:])


# -- the slope of h -------------------------------------------------------------------------------


@collected("key", PRESETS)
@collected("cell", ["lstm", "peephole", "1997"])
def test_what_it_comes_to_is_the_slope_of_h(key, cell):
    experiment = preset(key).with_variant(cell)
    if cell == "peephole":
        experiment = experiment.edited("p_o.1", 0.7)
    trace = experiment.trace()
    for t in (1, 2, trace.T):
        C, step = trace.C[t - 1], np.full(trace.params.H, 1e-6)
        slope = ((hidden(trace, t, C + step) - hidden(trace, t, C - step)) / 2e-6)[0]
        latex = re.sub(r"\\textcolor\{#\w+\}\{([^}]*)\}", r"\1", slope_of_h(trace, t, 1))
        [comes_to] = re.findall(r" (−?\d+\.\d\d) \\end\{aligned\}$", latex)
        assert float(read(comes_to)) == pytest.approx(slope, abs=0.0051)
        o, tanh_C = text(trace.o[t - 1, 0]), text(trace.tanh_C[t - 1, 0])
        assert rf"&= {o}\,(1 - {f'({tanh_C})' if tanh_C[0] == '−' else tanh_C}^2)" in latex
        assert ("p_o" in latex) == (cell == "peephole")
        if cell != "peephole":
            off = float(read(o)) * (1 - float(read(tanh_C)) ** 2) - float(read(comes_to))
            assert (r"\approx" in latex) == (abs(off) > 0.005 + 1e-9), "= stands where a calculator agrees"

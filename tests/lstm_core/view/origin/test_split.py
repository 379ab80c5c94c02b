"""One matrix on the concatenation is two on the parts: the LaTeX says so in numbers that add up as shown."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.explain import pre_activation_terms
from lstm_core.params import GATES
from lstm_core.quantities import GATE_KEYS
from lstm_core.rounding import EXACT, text
from lstm_core.view.origin.split import MOST, split_product
from lstm_core.view.palette import COLOURS
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.view.pictures import drawn
from tests.lstm_core.view.traces import traces

MATRIX = r"\\begin\{bmatrix\} (.+?) \\end\{bmatrix\}"


def lines(trace, t=1, unit=1, gate="f") -> list[str]:
    """Both sides of the equation, what stands after the first "=" in each; lines of a side are joined."""
    latex = split_product(trace, t, unit, gate)
    assert latex.count(r"\begin") == latex.count(r"\end") and latex.count("{") == latex.count("}")
    body = re.fullmatch(r"\\begin\{aligned\} (.+) \\end\{aligned\}", latex)[1]
    left, right = body.split(r" \\[4pt] ")
    return [side.split("&= ", 1)[1].replace(r" \\ &= ", " = ") for side in (left, right)]


def matrices(line: str) -> list[list[str]]:
    return [re.split(r" & | \\\\ ", inside) for inside in re.findall(MATRIX, line)]


def read(shown: str) -> Decimal:
    return Decimal(shown.strip("()").replace("−", "-"))


def sums(trace, t=1, unit=1, gate="f") -> tuple[list[str], str, str]:
    """U·h and V·x as shown, and the whole of both lines."""
    left, right = lines(trace, t, unit, gate)
    whole = left.rpartition("= ")[2]
    parts, again = right.rpartition(r"\end{bmatrix} = ")[2].split(" = ")
    return parts.split(" + "), whole, again


@given(traces, st.data(), st.sampled_from(GATES))
def test_the_two_parts_add_up_to_the_whole_as_shown(trace, data, gate):
    t, unit = data.draw(st.integers(1, trace.T)), data.draw(st.integers(1, trace.params.H))
    parts, whole, again = sums(trace, t, unit, gate)
    assert len(parts) == 2 and whole == again
    assert sum(map(read, parts)) == read(whole)
    block = GATES.index(gate)
    H, row, hx = trace.params.H, trace.params.W[block, unit - 1], trace.hx[t - 1]
    exact = row[:H] @ hx[:H], row[H:] @ hx[H:], row @ hx
    if max(map(abs, exact)) < EXACT:
        assert float(read(whole)) == pytest.approx(exact[2], rel=1e-9, abs=0.005 + 1e-9)
        for shown, part in zip(parts, exact, strict=False):
            assert float(read(shown)) == pytest.approx(part, rel=1e-9, abs=0.01 + 1e-9)


@collected("gate", GATES)
@collected("H, D", [(1, 1), (2, 3), (4, 4)])
def test_the_matrices_are_the_weights_and_what_they_are_multiplied_with(gate, H, D):
    trace = drawn(H, D, seed=7)
    left, right = lines(trace, 3, H, gate)
    terms = pre_activation_terms(trace, 3, H, gate)[:-1]
    weights, factors = [text(term.weight) for term in terms], [text(term.factor) for term in terms]
    assert matrices(left) == [weights, factors]
    assert matrices(right) == [weights[:H], factors[:H], weights[H:], factors[H:]]


def test_a_negative_summand_is_bracketed():
    trace = drawn(2, 2, seed=3)
    signs = set()
    for gate in GATES:
        for t in range(1, 6):
            (_, of_x), _, _ = sums(trace, t, 1, gate)
            assert of_x.startswith("(−") == of_x.endswith(")") == (read(of_x) < 0)
            signs.add(read(of_x) < 0)
    assert signs == {True, False}


def test_of_long_lists_the_first_are_written_out_and_the_sum_is_of_all():
    trace = drawn(3, 20)
    left, right = lines(trace, 2, 1, "i")
    assert [len(numbers) for numbers in matrices(left)] == [MOST + 1] * 2
    assert [len(numbers) for numbers in matrices(right)] == [3, 3, MOST + 1, MOST + 1]
    assert all(numbers[-1] == r"\dots" for numbers in matrices(left))
    parts, whole, _ = sums(trace, 2, 1, "i")
    assert whole == text(trace.params.W[1, 0] @ trace.hx[1]) and sum(map(read, parts)) == read(whole)


@pytest.mark.parametrize("gate", GATES)
def test_the_matrices_are_named_in_the_hue_of_the_gate(gate):
    latex = split_product(preset("latch").trace(), 2, 1, gate)
    hue = COLOURS[GATE_KEYS[gate]]
    for name in "WUV":
        assert rf"\textcolor{{{hue}}}{{{name}_{gate}}}" in latex
    assert "[h_{t-1}, x_t]" in latex


@pytest.mark.parametrize("gate", GATES)
def test_a_peephole_is_no_part_of_the_matrix(gate):
    plain, seeing = (preset("random").with_variant(cell).trace() for cell in ("lstm", "peephole"))
    assert split_product(plain, 1, 1, gate) == split_product(seeing, 1, 1, gate)

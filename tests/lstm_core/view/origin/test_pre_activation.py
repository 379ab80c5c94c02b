"""The sum behind a gate as a picture: its numbers are those of the trace, and add up as shown."""

import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from lstm_core.explain import pre_activation_terms
from lstm_core.params import GATES
from lstm_core.quantities import GATE_KEYS, QUANTITIES
from lstm_core.rounding import EXACT, text
from lstm_core.view.origin.pre_activation import MOST_TERMS, pre_activation_bars
from tests.collected import collected
from tests.lstm_core.view.pictures import SOME, TRACES, drawn, words

SVG = "{http://www.w3.org/2000/svg}"


def picture(trace, t=1, unit=1, gate="f") -> ET.Element:
    return ET.fromstring(pre_activation_bars(trace, t, unit, gate, words))


def written(element: ET.Element) -> str:
    return "".join(element.itertext())


def numbers(svg: ET.Element) -> list[ET.Element]:
    return [element for element in svg.iter(f"{SVG}text") if element.get("class") == "num"]


def column(svg: ET.Element) -> list[str]:
    """The numbers at the right edge: the products, their sum z, and the gate."""
    right = svg.get("viewBox").split()[2]
    return [written(number) for number in numbers(svg) if number.get("x") == right]


def read(shown: str) -> Decimal:
    return Decimal(shown.replace("−", "-"))


@collected("name", SOME)
@collected("gate", GATES)
def test_products_add_up_to_the_sum_as_shown(name, gate):
    trace = TRACES[name]
    for t in {1, trace.T}:
        for unit in range(1, trace.params.H + 1):
            svg = picture(trace, t, unit, gate)
            *products, z, value = column(svg)
            terms = pre_activation_terms(trace, t, unit, gate)
            assert len(products) == min(len(terms), MOST_TERMS)
            exact = float(getattr(trace, f"z_{gate}")[t - 1, unit - 1])
            assert sum(map(read, products)) == read(z)
            if max(abs(number) for number in [exact, *(term.product for term in terms)]) < EXACT:
                assert z == text(exact, sign=True, in_full=True)
            made = float(getattr(trace, GATE_KEYS[gate])[t - 1, unit - 1])
            assert value == text(made, sign=gate == "c")


@pytest.mark.parametrize("gate", GATES)
def test_weights_and_what_they_are_multiplied_with_stand_beside_the_products(gate):
    trace = drawn(H=3, D=4)
    terms = pre_activation_terms(trace, 2, 3, gate)
    svg = picture(trace, 2, 3, gate)
    right = svg.get("viewBox").split()[2]
    left = [written(number) for number in numbers(svg) if number.get("x") != right]
    assert left == [text(number) for term in terms[:-1] for number in (term.weight, term.factor)]


@pytest.mark.parametrize("gate", GATES)
def test_numbers_say_what_they_are(gate):
    trace = drawn(H=2, D=2)
    svg = picture(trace, 4, 2, gate)
    marked = [number for number in numbers(svg) if number.get("data-quantity")]
    keys = [number.get("data-quantity") for number in marked]
    assert keys == ["h_prev", "h_prev", "x", "x", f"z_{gate}", GATE_KEYS[gate]]
    assert set(keys) <= QUANTITIES.keys() and {number.get("data-t") for number in marked} == {"4"}
    units = [number.get("data-unit") for number in marked]
    assert units == ["1", "2", None, None, "2", "2"]
    assert [number.get("data-index") for number in marked] == [None, None, "1", "2", None, None]
    for number in marked[-2:]:
        value = float(getattr(trace, number.get("data-quantity"))[3, 1])
        signed = QUANTITIES[number.get("data-quantity")].range != (0.0, 1.0)
        assert written(number) == text(value, sign=signed)


def test_of_many_terms_the_largest_stay_and_the_rest_is_one_line():
    trace = drawn(H=20, D=30)
    terms = pre_activation_terms(trace, 2, 1, "i")
    svg = picture(trace, 2, 1, "i")
    products = column(svg)[:-2]
    assert len(products) == MOST_TERMS and f"terms.rest n={len(terms) - MOST_TERMS + 1}" in written(svg)
    largest = sorted(abs(term.product) for term in terms[:-1])[-(MOST_TERMS - 2) :]
    shown = sorted(abs(float(read(product))) for product in [*products[: MOST_TERMS - 2]])
    assert shown == pytest.approx(largest, abs=0.011)


def test_bars_go_to_the_side_of_their_sign_and_are_as_long_as_their_number():
    trace = drawn(H=2, D=2)
    svg = picture(trace, 1, 1, "f")
    middle = float(svg.find(f"{SVG}line").get("x1"))
    bars = list(svg.iter(f"{SVG}rect"))
    shown = [float(read(number)) for number in column(svg)[:-1]]
    lengths = [float(bar.get("width")) for bar in bars]
    assert len(bars) == len(shown)
    for bar, number in zip(bars, shown, strict=True):
        start = float(bar.get("x"))
        end = start + float(bar.get("width"))
        assert (start, end)[number < 0] == pytest.approx(middle, abs=0.02)
    scale = [length / abs(number) for length, number in zip(lengths, shown, strict=True) if number]
    assert scale == pytest.approx([scale[0]] * len(scale), rel=0.2)


@collected("name", SOME)
def test_nothing_sticks_out(name):
    svg = picture(TRACES[name], 1, 1, "c")
    width, height = map(float, svg.get("viewBox").split()[2:])
    for bar in svg.iter(f"{SVG}rect"):
        assert float(bar.get("x")) >= 0 and float(bar.get("x")) + float(bar.get("width")) <= width
        assert float(bar.get("y")) + float(bar.get("height")) <= height


def test_texts_are_escaped():
    hostile = pre_activation_bars(drawn(H=9, D=9), 1, 1, "f", lambda key, **values: '<script x="1">&')
    assert "<script" not in hostile and "&lt;script" in hostile
    ET.fromstring(hostile)

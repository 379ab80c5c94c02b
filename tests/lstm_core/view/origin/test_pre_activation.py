"""The sum behind a gate as a picture: its numbers are those of the trace, and add up as shown."""

import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from lstm_core.explain import pre_activation_terms
from lstm_core.params import GATES
from lstm_core.quantities import GATE_KEYS
from lstm_core.rounding import EXACT, text
from lstm_core.view.origin.pre_activation import MOST_TERMS, pre_activation_bars
from tests.collected import collected
from tests.lstm_core.view.pictures import SOME, TRACES, drawn, words

SVG = "{http://www.w3.org/2000/svg}"


def picture(trace, t=1, unit=1, gate="f") -> ET.Element:
    return ET.fromstring(pre_activation_bars(trace, t, unit, gate, words))


def written(element: ET.Element) -> str:
    return "".join(element.itertext())


def numbers(svg: ET.Element) -> tuple[list[str], list[str]]:
    """The weights and factors; and at the right edge the products, their sum z, and the gate."""
    found = [element for element in svg.iter(f"{SVG}text") if element.get("class") == "num"]
    at_edge = [number.get("x") == svg.get("viewBox").split()[2] for number in found]
    return tuple(
        [written(number) for number, is_there in zip(found, at_edge, strict=True) if is_there == right]
        for right in (False, True)
    )


def read(shown: str) -> Decimal:
    return Decimal(shown.replace("−", "-"))


@collected("name", SOME)
@collected("gate", GATES)
def test_products_add_up_to_the_sum_as_shown_and_their_bars_are_as_long_as_they_are_large(name, gate):
    trace = TRACES[name]
    t, unit = trace.T, trace.params.H
    svg = picture(trace, t, unit, gate)
    *products, z, value = numbers(svg)[1]
    terms = pre_activation_terms(trace, t, unit, gate)
    assert len(products) == min(len(terms), MOST_TERMS)
    exact = float(getattr(trace, f"z_{gate}")[t - 1, unit - 1])
    assert sum(map(read, products)) == read(z)
    if max(abs(number) for number in [exact, *(term.product for term in terms)]) < EXACT:
        assert z == text(exact, sign=True, in_full=True)
    made = float(getattr(trace, GATE_KEYS[gate])[t - 1, unit - 1])
    assert value == text(made, sign=gate == "c")
    middle, (wide, high) = float(svg.find(f"{SVG}line").get("x1")), map(float, svg.get("viewBox").split()[2:])
    ends = []
    for bar in svg.iter(f"{SVG}rect"):
        left, right = float(bar.get("x")), float(bar.get("x")) + float(bar.get("width"))
        assert 0 <= left <= right <= wide and float(bar.get("y")) + float(bar.get("height")) <= high
        assert middle == pytest.approx(left, abs=0.02) or middle == pytest.approx(right, abs=0.02)
        ends.append(left + right - 2 * middle)
    bars = [float(read(product)) for product in products] + [float(read(z))]
    scale = max(map(abs, ends)) / max(map(abs, bars)) if any(bars) else 1
    assert ends == pytest.approx([scale * number for number in bars][: len(ends)], abs=0.02 * wide)


@collected("gate", GATES)
def test_numbers_stand_beside_what_they_are_multiplied_with_and_say_what_they_are(gate):
    trace = drawn(H=3, D=2)
    terms = pre_activation_terms(trace, 4, 3, gate)
    svg = picture(trace, 4, 3, gate)
    assert numbers(svg)[0] == [text(number) for term in terms[:-1] for number in (term.weight, term.factor)]
    places = {"h_prev": "unit", "x": "index"}
    told = [
        (e.get("data-quantity"), e) for e in svg.iter() if e.get("class") == "num" and e.get("data-quantity")
    ]
    keys = ["h_prev"] * 3 + ["x"] * 2 + [f"z_{gate}", GATE_KEYS[gate]]
    assert [key for key, _ in told] == keys and {e.get("data-t") for _, e in told} == {"4"}
    where = [e.get(f"data-{places.get(key, 'unit')}") for key, e in told]
    assert where == ["1", "2", "3", "1", "2", "3", "3"]


def test_of_many_terms_the_largest_stay_and_the_rest_is_one_line():
    trace = drawn(H=20, D=30)
    terms = pre_activation_terms(trace, 2, 1, "i")
    svg = picture(trace, 2, 1, "i")
    products = numbers(svg)[1][:-2]
    assert len(products) == MOST_TERMS and f"terms.rest n={len(terms) - MOST_TERMS + 1}" in written(svg)
    largest = sorted(abs(term.product) for term in terms[:-1])[-(MOST_TERMS - 2) :]
    shown = sorted(abs(float(read(product))) for product in products[: MOST_TERMS - 2])
    assert shown == pytest.approx(largest, abs=0.011)


def test_texts_are_escaped():
    hostile = pre_activation_bars(drawn(H=9, D=9), 1, 1, "f", lambda key, **values: '<script x="1">&')
    assert "<script" not in hostile and "&lt;script" in hostile
    ET.fromstring(hostile)

"""Where a number comes from, in words: its numbers are those shown elsewhere, and its sums are right."""

import math
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.explain import BEFORE, Place, explain
from lstm_core.quantities import QUANTITIES, TRACE_KEYS
from lstm_core.rounding import LARGE, shown_ledger, text
from lstm_core.view.origin.explanation import explanation_panel
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.lstm_core.view.pictures import SOME, TRACES
from tests.lstm_core.view.traces import traces

WORDS = Words("en")
LEDGER = ("C_prev", "kept", "erased", "written", "C")


def panel(trace, place, words=WORDS) -> ET.Element:
    return ET.fromstring(explanation_panel(trace, place, words))


def written(element) -> str:
    return "".join(element.itertext())


def read(shown: str) -> float:
    return float(shown.strip("()").replace("−", "-"))


def expected(trace, place: Place) -> str:
    """The number as it stands in the diagram."""
    if place.t == 0:
        place = Place(f"{place.key}_prev", 1, place.unit)
    sign = place.key in ("written", "C_tilde")
    if place.key in LEDGER:
        return text(getattr(shown_ledger(trace, place.t, place.unit), place.key), sign=sign)
    return text(getattr(trace, place.key)[place.t - 1, place.unit - 1], sign=sign)


def chosen(number: ET.Element) -> Place:
    where = number.get("data-index") if number.get("data-quantity") == "x" else number.get("data-unit")
    return Place(number.get("data-quantity"), int(number.get("data-t")), int(where))


def numbers(html: ET.Element) -> list[tuple[Place, str]]:
    """What can be chosen in it, and how it is written."""
    return [(chosen(e), written(e)) for e in html.iter() if e.get("data-quantity")]


def formulas(html: ET.Element) -> list[str]:
    return [written(line) for line in html.iter("p") if line.get("class") == "formula"]


def places(trace, t: int, unit: int):
    for key in TRACE_KEYS:
        yield Place(key, t, min(unit, trace.params.D) if key == "x" else unit)


def check(trace, place):
    html = panel(trace, place)
    [value] = [e for e in html.iter("b") if e.get("class") == "value"]
    assert written(value) == expected(trace, place)
    [where] = [written(e) for e in html.iter("p") if e.get("class") == "where"]
    assert WORDS(f"quantity.{place.key}") in where and str(place.t) in where and str(place.unit) in where
    shown = numbers(html)
    for of, number in shown:
        signed = of.key.startswith("z_")
        assert read(number) == read(expected(trace, of)), (place, of)
        assert number.strip("()").lstrip("+") == expected(trace, of).lstrip("+") or signed
    parents = explain(trace, place).parents
    if place.key.startswith("z_"):
        drawn = {of for of, _ in shown}
        assert drawn >= set(parents) or len(parents) > 8
    else:
        assert tuple(of for of, _ in shown) == parents


@collected("name", [name for name in SOME if not name.startswith("T=")])
def test_every_number_and_parent_is_written_as_the_diagram_writes_it(name):
    trace = TRACES[name]
    for t in {1, 2, trace.T}:
        for unit in {1, trace.params.H}:
            for place in places(trace, t, unit):
                check(trace, place)


@given(traces, st.data())
def test_so_it_is_in_random_runs(trace, data):
    t, unit = data.draw(st.integers(1, trace.T)), data.draw(st.integers(1, trace.params.H))
    for place in places(trace, t, unit):
        check(trace, place)


# -- what is put in, and what comes out -----------------------------------------------------------

FUNCTIONS = {"σ": lambda z: 0.5 * math.tanh(0.5 * z) + 0.5, "tanh": math.tanh}


def calculated(expression: str) -> float:
    """What a reader gets who types the shown expression into a calculator."""
    typed = expression.replace("−", "-").replace("×", "*")
    assert re.fullmatch(r"(σ|tanh|[\d.e()+*\s-])+", typed), expression
    return eval(typed, {"__builtins__": {}}, FUNCTIONS)


def check_formula(trace, place):
    """Symbols in the first line; in the second numbers, and between its sides the right sign."""
    _, line = formulas(panel(trace, place))
    expression, sign, result = re.fullmatch(r"([^=≈]+) ([=≈]) ([^=≈]+)", line).groups()
    assert result == expected(trace, place)
    off = abs(calculated(expression) - read(result))
    assert (off < 0.005 + 1e-9) if sign == "=" else (off > 0.005 - 1e-9), line
    assert "((" not in line and not re.search(r"[×+−] [−+]", line)


@given(traces, st.data())
def test_the_equals_sign_stands_only_where_a_calculator_agrees(trace, data):
    if abs(trace.cells).max() >= LARGE:
        return
    t, unit = data.draw(st.integers(1, trace.T)), data.draw(st.integers(1, trace.params.H))
    for place in places(trace, t, unit):
        if QUANTITIES[place.key].rule and explain(trace, place).parents:
            check_formula(trace, place)
        else:
            assert len(formulas(panel(trace, place))) == (1 if place.key in BEFORE else 0)


def test_both_signs_occur():
    signs = {"=": 0, "≈": 0}
    for key in PRESETS:
        trace = preset(key).trace()
        for t in range(1, trace.T + 1):
            for name in ("kept", "written", "erased", "h", "f"):
                line = formulas(panel(trace, Place(name, t, 1)))[-1:]
                for sign in signs:
                    signs[sign] += sign in "".join(line)
    assert signs["="] > 10 and signs["≈"] > 10


def test_symbols_carry_the_step():
    html = panel(preset("latch").trace(), Place("kept", 5, 1))
    assert formulas(html)[0] == "f5·C4 = f5 × C4"
    html = panel(preset("latch").trace(), Place("erased", 5, 1))
    assert formulas(html)[0] == "(1−f5)·C4 = (1 − f5) × C4"
    html = panel(preset("latch").trace(), Place("h_prev", 5, 1))
    assert formulas(html)[0].startswith("ht−1 = h4 = ")


# -- what it says ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["latch", "runaway", "pinned", "H=4 D=4"])
def test_each_number_has_its_sentence_in_each_language(name, language):
    trace = TRACES[name]
    words = Words(language)
    for place in [*places(trace, 5 if trace.T > 4 else 2, 1), Place("h", 0, 1), Place("C", 0, 1)]:
        html = panel(trace, place, words)
        [meaning] = [written(e) for e in html.iter("p") if e.get("class") == "meaning"]
        assert len(meaning) > 10 and "{" not in meaning and "_" not in meaning


@collected("t", range(1, 17))
def test_the_shares_that_it_names_are_those_of_the_shown_number(t):
    trace = preset("latch").trace()
    for key in ("f", "i", "o"):
        shown = read(expected(trace, Place(key, t, 1)))
        text_of = written(panel(trace, Place(key, t, 1)))
        shares = [int(share) for share in re.findall(r"(\d+) %", text_of)]
        assert shares == [round(100 * shown), 100 - round(100 * shown)][: 2 if key == "f" else 1]


def test_a_pinned_gate_says_what_it_would_have_been():
    trace = replace(preset("latch"), pins={"pin_f.1.5": 0.25}).trace()
    html = panel(trace, Place("f", 5, 1))
    free = text(preset("latch").trace().f[4, 0])
    assert WORDS("why.pinned", value="0.25", given=free) in written(html) and formulas(html) == []
    assert WORDS("why.pinned", value="0.25", given=free) not in written(panel(trace, Place("f", 6, 1)))


def test_the_cell_of_1997_says_that_it_has_no_forget_gate():
    html = panel(preset("runaway").trace(), Place("f", 5, 1))
    assert WORDS("why.f_1997") in written(html) and formulas(html) == []


@pytest.mark.parametrize("key", ["h", "C"])
def test_the_state_before_step_1_is_given(key):
    html = panel(preset("random").edited(f"{key}0.2", 0.5).trace(), Place(key, 0, 2))
    assert WORDS("why.before_step_1") in written(html) and "0.50" in written(html)
    assert numbers(html) == [] and formulas(html) == []


def test_what_can_be_chosen_can_be_reached_and_is_named():
    for key in TRACE_KEYS:
        for number in panel(preset("random").trace(), Place(key, 5, 2)).iter():
            if number.tag == "span" and number.get("data-quantity"):
                assert number.get("role") == "button" and number.get("tabindex") == "0"
                assert written(number).strip("()") in number.get("aria-label")
                assert WORDS(f"quantity.{number.get('data-quantity')}") in number.get("aria-label")


def test_text_is_escaped():
    def hostile(key, **values):
        return f'<script>&"{key}'

    for key in TRACE_KEYS:
        html = panel(preset("random").trace(), Place(key, 5, 1), hostile)
        assert not [element for element in html.iter() if "script" in element.tag]
        assert f'<script>&"quantity.{key}' in written(html)


def test_a_place_that_is_not_there_is_a_key_error():
    assert "W_f" in QUANTITIES
    for place in (
        Place("W_f", 1, 1),
        Place("nope", 1, 1),
        Place("f", 99, 1),
        Place("f", 1, 2),
        Place("f", 0, 1),
    ):
        with pytest.raises(KeyError):
            explanation_panel(preset("latch").trace(), place, WORDS)

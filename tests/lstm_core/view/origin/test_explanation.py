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
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.view.pictures import RUNS, SOME, TRACES, words

WORDS = Words("en")
LEDGER = ("C_prev", "kept", "erased", "written", "C")
LATCH = preset("latch").trace()


def panel(trace, place, words=WORDS) -> ET.Element:
    return ET.fromstring(explanation_panel(trace, place, words))


def written(element) -> str:
    return "".join(element.itertext())


def of_class(html: ET.Element, name: str) -> list[ET.Element]:
    return [e for e in html.iter() if e.get("class") == name]


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


def formulas(html: ET.Element) -> list[str]:
    return [written(line) for line in of_class(html, "formula")]


def places(trace, t: int, unit: int):
    for key in TRACE_KEYS:
        yield Place(key, t, min(unit, trace.params.D) if key == "x" else unit)


FUNCTIONS = {"σ": lambda z: 0.5 * math.tanh(0.5 * z) + 0.5, "tanh": math.tanh}
SIGNS = set()


def calculated(expression: str) -> float:
    """What a reader gets who types the shown expression into a calculator."""
    typed = expression.replace("−", "-").replace("×", "*")
    assert re.fullmatch(r"(σ|tanh|[\d.e()+*\s-])+", typed), expression
    return eval(typed, {"__builtins__": {}}, FUNCTIONS)


def check(trace, place):
    """The number and all that can be chosen are written as the diagram does, and its formula is right."""
    html = panel(trace, place)
    [value], [where] = (of_class(html, name) for name in ("value", "where"))
    assert written(value) == expected(trace, place)
    for named in (WORDS(f"quantity.{place.key}"), str(place.t), str(place.unit)):
        assert named in written(where)
    shown = [(chosen(e), written(e)) for e in html.iter() if e.get("data-quantity")]
    for of, number in shown:
        assert read(number) == read(expected(trace, of)), (place, of)
        plain = number.strip("()").lstrip("+") == expected(trace, of).lstrip("+")
        assert plain or of.key.startswith("z_")
    parents, named = explain(trace, place).parents, tuple(of for of, _ in shown)
    if place.key.startswith("z_"):
        assert set(named) >= set(parents) or len(parents) > 8
    else:
        assert named == parents
    is_small = abs(trace.cells).max() < LARGE
    if QUANTITIES[place.key].rule and parents and is_small:
        _, line = formulas(html)  # symbols in the first, numbers in the second
        expression, sign, result = re.fullmatch(r"([^=≈]+) ([=≈]) ([^=≈]+)", line).groups()
        assert result == expected(trace, place)
        off = abs(calculated(expression) - read(result))
        assert (off < 0.005 + 1e-9) if sign == "=" else (off > 0.005 - 1e-9), line
        assert "((" not in line and not re.search(r"[×+−] [−+]", line)
        SIGNS.add(sign)
    elif is_small:
        assert len(formulas(html)) == (1 if place.key in BEFORE else 0)


@collected("name", SOME)
def test_every_number_is_written_as_the_diagram_writes_it_and_its_formula_is_right(name):
    trace = TRACES[name]
    for t, unit in {(1, trace.params.H), (trace.T, 1)}:
        for place in places(trace, t, unit):
            check(trace, place)
    assert name != SOME[-1] or {"=", "≈"} == SIGNS


@given(RUNS, st.data())
def test_so_it_is_in_random_runs(trace, data):
    t, unit = data.draw(st.integers(1, trace.T)), data.draw(st.integers(1, trace.params.H))
    for place in places(trace, t, unit):
        check(trace, place)


@collected("key, begins", [
    ("kept", "f5·C4 = f5 × C4"), ("erased", "(1−f5)·C4 = (1 − f5) × C4"), ("h_prev", "ht−1 = h4 = "),
])  # fmt: skip
def test_symbols_carry_the_step(key, begins):
    assert formulas(panel(LATCH, Place(key, 5, 1)))[0].startswith(begins)


# -- what it says ---------------------------------------------------------------------------------


@collected("language", LANGUAGES)
@collected("name", ["latch", "runaway", "pinned"])
def test_each_number_has_its_sentence_and_every_element_for_keys_and_ears_in_each_language(name, language):
    trace, in_it = TRACES[name], Words(language)
    for place in [*places(trace, 5, 1), Place("h", 0, 1), Place("C", 0, 1)]:
        html = panel(trace, place, in_it)
        [meaning] = [written(e) for e in of_class(html, "meaning")]
        assert len(meaning) > 10 and "{" not in meaning and "_" not in meaning
        for number in html.iter("span"):
            if key := number.get("data-quantity"):
                assert number.get("role") == "button" and number.get("tabindex") == "0"
                assert written(number).strip("()") in number.get("aria-label")
                assert in_it(f"quantity.{key}") in number.get("aria-label")


@collected("t", range(1, 17))
@collected("key", "fio")
def test_the_shares_that_it_names_are_those_of_the_shown_number(key, t):
    percent = round(100 * read(expected(LATCH, Place(key, t, 1))))
    shares = [int(share) for share in re.findall(r"(\d+) %", written(panel(LATCH, Place(key, t, 1))))]
    assert shares == ([percent, 100 - percent] if key == "f" else [percent])


@collected("cell, key, says", [
    ("lstm", "C_prev", "C_prev"), ("peephole", "C_prev", "C_prev_peephole"), ("lstm", "i", "i"),
    ("coupled", "i", "i_coupled"), ("lstm", "f", "f"), ("1997", "f", "f_1997"),
])  # fmt: skip
def test_the_sentence_is_that_of_the_cell(cell, key, says):
    html = panel(preset("random").with_variant(cell).trace(), Place(key, 5, 1), words)
    [meaning] = [written(e) for e in of_class(html, "meaning")]
    assert meaning.split(" ")[0] == f"why.{says}"


def test_a_number_that_is_given_says_by_what():
    trace = replace(preset("latch"), pins={"pin_f.1.5": 0.25}).trace()
    pinned, free, without = (panel(*of) for of in (
        (trace, Place("f", 5, 1)), (trace, Place("f", 6, 1)), (preset("runaway").trace(), Place("f", 5, 1)),
    ))  # fmt: skip
    says = WORDS("why.pinned", value="0.25", given=text(LATCH.f[4, 0]))
    assert says in written(pinned) and formulas(pinned) == [] and says not in written(free)
    assert WORDS("why.f_1997") in written(without) and formulas(without) == []
    for key in "hC":
        before = panel(preset("random").edited(f"{key}0.2", 0.5).trace(), Place(key, 0, 2))
        assert WORDS("why.before_step_1") in written(before) and "0.50" in written(before)
        assert formulas(before) == [] and not [e for e in before.iter() if e.get("data-quantity")]


@collected("key", TRACE_KEYS)
def test_text_is_escaped(key):
    def hostile(key, **values):
        return f'<script>&"{key}'

    html = panel(preset("random").trace(), Place(key, 5, 1), hostile)
    assert not [element for element in html.iter() if "script" in element.tag]
    assert f'<script>&"quantity.{key}' in written(html)


@collected("place", [("W_f", 1, 1), ("nope", 1, 1), ("f", 99, 1), ("f", 1, 2), ("f", 0, 1)])
def test_a_place_that_is_not_there_is_a_key_error(place):
    with pytest.raises(KeyError):
        explanation_panel(LATCH, Place(*place), WORDS)

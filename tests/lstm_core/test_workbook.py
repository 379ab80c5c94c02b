"""The workbook computes what the core computes, and its formulas follow a changed weight."""

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from lstm_core import LSTMParams, forward
from lstm_core.npz import to_npz
from lstm_core.params import VARIANTS
from lstm_core.quantities import TRACE_KEYS
from lstm_core.readers import read_layers
from lstm_core.workbook import COLUMNS, FROM_THE_END, _cell, fits, to_workbook

SHEETS = ("weights", "inputs", "states", "run")


def a_run(variant: str = "lstm", T=5, D=2, H=3, **options):
    draw = np.random.default_rng(5).normal
    params = LSTMParams(draw(size=(4, H, H + D)), draw(size=(4, H))).with_variant(variant)
    if params.peepholes is not None:
        params = replace(params, peepholes=draw(size=(3, H)))
    return forward(params, draw(size=(T, D)), draw(size=H), draw(size=H), **options)


def cells(book: bytes) -> dict[str, dict[str, ElementTree.Element]]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        trees = [ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{n + 1}.xml")) for n in range(4)]
    return {
        name: {cell.get("r"): cell for cell in tree.findall(".//{*}c")}
        for name, tree in zip(SHEETS, trees, strict=True)
    }


def number(sheet, row: int, column: int) -> float:
    return float(sheet[_cell(row, column)].find("{*}v").text)


def is_formula(sheet, at: str) -> bool:
    return sheet[at].find("{*}f") is not None


def computed(sheets, name: str, at: str, known: dict) -> float:
    """The number of a cell by its formula and those that this needs, whatever number is kept beside it."""
    if (name, at) not in known:
        formula = sheets[name][at].find("{*}f")

        def number(match) -> str:
            sheet, first, last = match[1] or name, match[2], match[3]
            if last is None:
                return repr(computed(sheets, sheet, first, known))
            row = re.search(r"\d+", first)[0]
            columns = list(_columns(first, last))
            return repr([computed(sheets, sheet, f"{column}{row}", known) for column in columns])

        if formula is None:
            known[name, at] = float(sheets[name][at].find("{*}v").text)
        else:
            code = re.sub(r"(?:(\w+)!)?\b([A-Z]+\d+)(?::([A-Z]+\d+))?", number, formula.text)
            known[name, at] = float(eval(code, {"TANH": np.tanh, "SUMPRODUCT": np.dot}))
    return known[name, at]


def _columns(first: str, last: str):
    names = [re.sub(r"\d", "", _cell(0, column)) for column in range(60)]
    here, there = (names.index(re.sub(r"\d", "", at)) for at in (first, last))
    return names[here : there + 1]


@pytest.mark.parametrize("from_the_end", [False, True])
@pytest.mark.parametrize("variant", VARIANTS)
def test_each_formula_gives_the_number_beside_it_and_that_is_the_one_of_the_trace(variant, from_the_end):
    """Rows stand in the order of the sequence, also for a layer that reads from its end."""
    trace = a_run(variant)
    sheets, known = cells(to_workbook(trace, from_the_end)), {}
    run, states, inputs = (sheets[name] for name in ("run", "states", "inputs"))
    in_order = slice(None, None, -1 if from_the_end else 1)
    assert [number(run, row, 0) for row in range(1, 16)] == [t for t in range(1, 6) for _ in range(3)]
    for column, key in enumerate(COLUMNS[2:], 2):
        expected = getattr(trace, key)[in_order].reshape(-1)
        shown = [number(run, row, column) for row in range(1, 16)]
        np.testing.assert_allclose(shown, expected, rtol=1e-15, atol=0)
        made = [computed(sheets, "run", _cell(row, column), known) for row in range(1, 16)]
        np.testing.assert_allclose(made, expected, rtol=0, atol=1e-12)
    assert [number(inputs, row, 0) for row in range(1, 6)] == [1, 2, 3, 4, 5]
    np.testing.assert_allclose(
        [number(inputs, row, 1) for row in range(1, 6)], trace.x[in_order, 0], rtol=1e-15
    )
    start = 6 if from_the_end else 1  # the row of the state before the first step that is read
    np.testing.assert_allclose(number(states, start, 1), trace.h_prev[0, 0], rtol=1e-15)
    assert [is_formula(states, _cell(row, 1)) for row in range(1, 7)] == [row != start for row in range(1, 7)]


def test_the_heads_say_in_which_order_a_layer_reads():
    for from_the_end, head in ((False, "t"), (True, FROM_THE_END)):
        with zipfile.ZipFile(io.BytesIO(to_workbook(a_run(), from_the_end))) as archive:
            texts = re.findall(r"<t[^>]*>([^<]*)</t>", archive.read("xl/sharedStrings.xml").decode())
        assert head in texts and ({"t", FROM_THE_END} - {head}).isdisjoint(texts)


@pytest.mark.parametrize(("name", "formulas"), [("weights", False), ("inputs", False), ("run", True)])
def test_only_what_can_be_changed_is_a_number(name, formulas):
    sheet = cells(to_workbook(a_run()))[name]
    numbers = [at for at, cell in sheet.items() if cell.get("t") != "s" and at[0] not in "AB"]
    assert numbers and all(is_formula(sheet, at) == formulas for at in numbers)


def test_a_pinned_gate_is_a_number():
    pinned = np.full((5, 4, 3), np.nan)
    pinned[2, 0, 1] = 0.25
    run = cells(to_workbook(a_run(pinned=pinned)))["run"]
    row, column = 1 + 2 * 3 + 1, COLUMNS.index("f")
    assert not is_formula(run, _cell(row, column)) and number(run, row, column) == 0.25


def test_what_no_spreadsheet_bears_is_refused():
    large = a_run(T=4000, H=3)
    assert not fits(large) and fits(a_run())
    with pytest.raises(ValueError, match="4000 steps"):
        to_workbook(large)
    with pytest.raises(ValueError, match="batch"):
        to_workbook(forward(a_run().params, np.zeros((3, 2, 2))))


@pytest.mark.parametrize("variant", VARIANTS)
def test_all_arrays_go_into_one_file_that_reads_back_as_the_layer(variant):
    trace = a_run(variant)
    content = to_npz(trace, layer="encoder")
    with np.load(io.BytesIO(content)) as arrays:
        for key in TRACE_KEYS:
            np.testing.assert_array_equal(arrays[key], getattr(trace, key))
        assert str(arrays["layer"]) == "encoder"
        again = forward(read_layers(content)[0].params, arrays["x"], arrays["h0"], arrays["C0"])
    np.testing.assert_array_equal(again.h, trace.h)

"""Texts in files: labels of steps come back as they were, and no spreadsheet runs any text as a formula."""

import csv
import io
import unicodedata
import zipfile
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.export import frame_to_csv, read_csv, to_columns, to_csv, to_frame
from lstm_core.labels import clean
from lstm_core.npz import to_npz
from lstm_core.quantities import columns
from lstm_core.readers import read_layers
from lstm_core.spreadsheet import SIGNS, harmless_cell, plain_cell
from lstm_core.workbench import harmless
from lstm_core.workbench.intake import read_inputs
from lstm_core.workbench.presets import preset
from lstm_core.workbook import to_workbook
from tests.collected import collected

HOSTILE = [
    "=1+1", "@SUM(A1)", "+", "-", "＝", 'a,"b"', "a;=1", "\n", "\n=1", " ", "", "NA", "nan", "1,5", "12",
    "é",
]  # fmt: skip


def labelled(labels=HOSTILE):
    """A run of as many steps as labels, of two units."""
    return replace(preset("random").resized(T=len(labels)), labels=labels)


def one_by_one(text: str, unit=1) -> list[str]:
    frame = read_csv(text)
    return frame[frame["unit"] == unit]["label"].tolist()


def test_labels_stand_in_the_last_column_of_those_runs_that_have_them():
    assert list(read_csv(to_csv(labelled().trace()))) == [*columns(2), "label"]
    assert list(to_columns(replace(labelled(), labels=()).trace())) == columns(2)


@pytest.mark.parametrize("unit", [None, 2])
def test_labels_are_read_back_as_they_were(unit):
    trace = labelled().trace()
    text = to_csv(trace, unit)
    assert one_by_one(text, unit or 1) == HOSTILE and text == frame_to_csv(to_frame(trace, unit))
    if unit is None:
        table = read_inputs(text.encode())
        assert list(table.labels) == HOSTILE and (table.values == trace.x).all()


@given(st.lists(st.text(max_size=6).map(clean), min_size=1, max_size=4).filter(any))
def test_any_labels_are_read_back_unless_they_begin_with_the_apostrophe_of_a_formula(labels):
    text = to_csv(labelled(labels).trace())
    expected = [label if harmless_cell(label) != label else plain_cell(label) for label in labels]
    assert list(read_inputs(text.encode()).labels) == (expected if any(expected) else [])
    assert one_by_one(text) == expected


def test_a_workbook_has_labels_as_texts_and_never_as_formulas():
    archive = zipfile.ZipFile(io.BytesIO(to_workbook(labelled().trace())))
    inputs, run = (archive.read(f"xl/worksheets/sheet{k}.xml").decode() for k in (2, 4))
    strings = archive.read("xl/sharedStrings.xml").decode()
    assert "<t>=1+1</t>" in strings and "<t>@SUM(A1)</t>" in strings
    assert "<f>" not in inputs and not any(f"<f>{text}" in run for text in ("1+1", "@SUM", "SUM(A1)"))
    cells = [label for label in HOSTILE if label]
    assert inputs.count('t="s"') == 4 + len(cells)  # the heads t, x_1, x_2, label
    assert run.count('t="s"') == 19 + 2 * len(cells)


def test_an_npz_holds_the_labels_and_is_still_read_as_a_layer():
    trace = labelled().trace()
    content = to_npz(trace)
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        assert arrays["labels"].tolist() == HOSTILE
    assert read_layers(io.BytesIO(content))[0].params == trace.params
    assert "labels" not in np.load(io.BytesIO(to_npz(replace(trace, labels=()))))


# -- formulas ---------------------------------------------------------------------------------------


def write_rows(cells: list[str]) -> str:
    return harmless.to_csv(cells[:1], [[cell] for cell in cells[1:]])


def write_frame(cells: list[str]) -> str:
    return frame_to_csv(pd.DataFrame({cells[0]: cells[1:]}))


WRITERS = pytest.mark.parametrize("write", [write_rows, write_frame])


@WRITERS
def test_a_sign_that_starts_a_formula_gets_an_apostrophe_and_is_read_back_without(write):
    before = ["", " ", "\t", "\n", "\r", "\u3000", "\u200b", "\ufeff", "a;", "a\t", "a\n"]
    formulas = [f"{start}{sign}1+1" for start in before for sign in SIGNS]
    read = [row[0] for row in csv.reader(io.StringIO(write(formulas), newline=""))]
    assert len(read) == len(formulas)
    for cell, formula in zip(read, formulas, strict=True):
        assert "'" in cell.partition(formula[-4])[0], formula
    assert all(
        plain_cell(harmless_cell(f"{start}{sign}1")) == f"{start}{sign}1"
        for start in ("", "a;")
        for sign in SIGNS
    )


@collected("text", ["", "a = b", "a-b", "Kim, -2", "O'Brien", "'=1", "[1.00 -0.50]", "a\nb", 1.5, None])
def test_other_cells_stay_as_they_are(text):
    assert harmless_cell(text) == text


@WRITERS
@given(st.lists(st.text(alphabet="=-＝＠ \t\r\n;,\"'\u200ba1", min_size=1), min_size=2, max_size=4))
def test_no_field_starts_a_formula_at_whatever_separator_the_row_is_split(write, cells):
    """Even for a spreadsheet that splits at `;` or tab and so takes no notice of our quotes."""
    text = write(cells)
    fields = {cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row}
    for separator in ";\t":
        fields |= {cell for line in text.split("\n") for cell in line.split(separator)}
    for field in fields:
        seen = "".join(c for c in field if not c.isspace() and c != '"' and unicodedata.category(c) != "Cf")
        assert seen[:1] not in tuple(SIGNS)


@collected(
    "typed, expected",
    [
        ("  Kim   Min-ji ", "Kim Min-ji"), ("김민지", "김민지"), ("O'Brien", "O'Brien"), ("", ""),
        ("=cmd|'/c calc'!A1", "cmd '/c calc'!A1"), ("+1", "1"), ("@SUM(A1)", "SUM(A1)"), ("-2", "2"),
        ("＝1+1", "1+1"), ("＋－＠1", "1"),
        ("'=1+1", "1+1"),
        ("<img src=x onerror=alert(1)>", "img src=x onerror=alert(1)"), ("a\u202eb\0c\nd", "a b c d"),
        ("[x](y) **b** $z$ `c`", "x (y) b z c"), ("x" * 500, "x" * 60), ("\ud800", ""), ("e\u0301", "\u00e9"),
    ],
)  # fmt: skip
def test_a_name_is_made_harmless(typed, expected):
    assert harmless.harmless(typed) == expected == harmless.harmless(expected)

"""Labels of steps in files: they come back as they were, and no spreadsheet runs them as a formula."""

import csv
import io
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.export import frame_to_csv, read_csv, to_columns, to_csv, to_frame
from lstm_core.labels import clean
from lstm_core.npz import to_npz
from lstm_core.quantities import columns
from lstm_core.readers import read_layers
from lstm_core.spreadsheet import SIGNS, harmless_cell, plain_cell
from lstm_core.workbench.intake import read_inputs, read_sequence
from lstm_core.workbench.presets import preset
from lstm_core.workbench.table import read_table
from lstm_core.workbook import to_workbook
from tests.collected import collected

HOSTILE = [
    "=1+1", "@SUM(A1)", "+", "-", "＝", 'a,"b"', "a;=1", "\n", "\n=1", " ", "", "NA", "nan", "1,5", "12",
    "é",
]  # fmt: skip


def labelled(labels=HOSTILE):
    """A run of as many steps as labels, of two units."""
    experiment = preset("random").resized(T=len(labels))
    return replace(experiment, labels=labels)


def one_by_one(frame, unit=1) -> list[str]:
    return frame[frame["unit"] == unit]["label"].tolist()


def test_labels_stand_in_the_last_column_of_those_runs_that_have_them():
    experiment = labelled()
    assert list(read_csv(to_csv(experiment.trace()))) == columns(2, labels=True) == [*columns(2), "label"]
    without = replace(experiment, labels=()).trace()
    assert list(to_columns(without)) == columns(2) and "label" not in to_csv(without)


@pytest.mark.parametrize("unit", [None, 2])
def test_labels_are_read_back_as_they_were(unit):
    trace = labelled().trace()
    text = to_csv(trace, unit)
    assert one_by_one(read_csv(text), unit or 1) == HOSTILE
    assert text == frame_to_csv(to_frame(trace, unit))
    if unit is None:
        table = read_inputs(text.encode())
        x, labels = table.values, table.labels
        assert list(labels) == HOSTILE and (x == trace.x).all() and (read_sequence(text.encode()) == x).all()
        assert list(read_table(text.encode()).labels) == HOSTILE


@given(st.lists(st.text(max_size=6).map(clean), min_size=1, max_size=6).filter(any))
def test_any_labels_are_read_back_unless_they_begin_with_the_apostrophe_of_a_formula(labels):
    trace = labelled(labels).trace()
    content = to_csv(trace).encode()
    expected = [label if harmless_cell(label) != label else plain_cell(label) for label in labels]
    assert list(read_inputs(content).labels) == (expected if any(expected) else [])
    assert one_by_one(read_csv(content.decode())) == expected


@collected("sign", SIGNS)
def test_a_sign_that_begins_a_formula_is_led_by_an_apostrophe_and_read_back_without(sign):
    cell = harmless_cell(f"{sign}1")
    assert cell == f"'{sign}1" and plain_cell(cell) == f"{sign}1"
    assert plain_cell(harmless_cell(f"a;{sign}1")) == f"a;{sign}1"


def test_no_field_of_a_file_begins_a_formula():
    rows = list(csv.DictReader(io.StringIO(to_csv(labelled().trace()), newline="")))
    fields = {field for row in rows for piece in row["label"].split("\n") for field in piece.split(";")}
    assert all(not field.strip().startswith(tuple(SIGNS)) for field in fields)


def test_a_workbook_has_labels_as_texts_and_never_as_formulas():
    content = to_workbook(labelled().trace())
    archive = zipfile.ZipFile(io.BytesIO(content))
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

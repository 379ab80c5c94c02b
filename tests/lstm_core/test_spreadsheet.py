"""No text in a CSV is run as a formula, wherever the spreadsheet splits the row."""

import csv
import io
import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.export import frame_to_csv
from lstm_core.spreadsheet import SIGNS, harmless_cell
from lstm_core.workbench.harmless import to_csv
from tests.collected import collected


def write_rows(cells: list[str]) -> str:
    return to_csv(cells[:1], [[cell] for cell in cells[1:]])


def write_frame(cells: list[str]) -> str:
    return frame_to_csv(pd.DataFrame({cells[0]: cells[1:]}))


WRITERS = pytest.mark.parametrize("write", [write_rows, write_frame])


@WRITERS
@collected("sign", SIGNS)
@collected("before", ["", " ", "\t", "\n", "\r", "\u3000", "\u200b", "\ufeff", "a;", "a\t", "a\n"])
def test_a_sign_that_starts_a_formula_gets_an_apostrophe(write, sign, before):
    formula = f"{before}{sign}1+1"
    read = [row[0] for row in csv.reader(io.StringIO(write([formula, formula]), newline=""))]
    assert len(read) == 2 and all("'" in cell and cell.index("'") < cell.index(sign) for cell in read)


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

"""What readers type can do no harm: on a page, in a file, in a spreadsheet."""

import csv
import io

import pytest

from lstm_core.workbench.harmless import harmless, to_csv


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Kim   Min-ji ", "Kim Min-ji"), ("김민지", "김민지"), ("O'Brien", "O'Brien"), ("", ""),
        ("=cmd|'/c calc'!A1", "cmd '/c calc'!A1"), ("+1", "1"), ("@SUM(A1)", "SUM(A1)"), ("-2", "2"),
        ("'=1+1", "1+1"),
        ("<img src=x onerror=alert(1)>", "img src=x onerror=alert(1)"), ("a\u202eb\0c\nd", "a b c d"),
        ("[x](y) **b** $z$ `c`", "x (y) b z c"), ("x" * 500, "x" * 60), ("\ud800", ""), ("e\u0301", "\u00e9"),
    ],
)  # fmt: skip
def test_a_name_is_made_harmless(typed, kept):
    assert harmless(typed) == kept == harmless(kept)


def test_no_cell_of_text_starts_a_formula():
    cells = ["=1", "+1", "-1", "@A", "\t=1", "\r=1", " =1", "fine", 'a"b,c', "a\r\nb", -0.5]
    text = to_csv(["a"], [[cell] for cell in cells])
    back = [row[0] for row in csv.reader(io.StringIO(text))][1:]
    assert back == ["'=1", "'+1", "'-1", "'@A", "'\t=1", "'\n=1", "' =1", "fine", 'a"b,c', "a\nb", "-0.5"]

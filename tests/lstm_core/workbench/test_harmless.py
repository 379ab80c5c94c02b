"""What readers type can do no harm: on a page, in a file, in a spreadsheet."""

from lstm_core.workbench.harmless import harmless
from tests.collected import collected


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
    assert harmless(typed) == expected == harmless(expected)

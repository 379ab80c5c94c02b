"""Text for a spreadsheet: cell -> **spreadsheet** -> CSV in which nothing is run as a formula."""

import re

SIGNS = "=+-@" + "＝＋－＠" + "﹦﹢﹣﹫" + "−"
"""What a formula starts with, also in full width and small, as spreadsheets in East Asia read it."""

_UNSEEN = r"[\s\"\u00ad\u200b-\u200f\u2060\ufeff]"  # white space, quotes and what nobody can see

_START_OF_FORMULA = re.compile(rf"(^|[;\t\n])(?={_UNSEEN}*[{re.escape(SIGNS)}])")
_MADE_HARMLESS = re.compile(rf"(^|[;\t\n])'(?=(?:{_UNSEEN}|(?<=[\t\n])')*[{re.escape(SIGNS)}])")
"""The start of a formula that got its `'`; where white space before the sign parts cells, one for each."""


def harmless_cell(cell):
    """A cell that is safe in a CSV: text that a spreadsheet would run as a formula gets a `'` before it.

    A spreadsheet that splits its rows elsewhere (at `;`, say, as many in Europe do) starts a new cell
    in the midst of a text, so a sign after a separator or at the start of a line gets one too.
    Anything but text is returned as it is.
    """
    if not isinstance(cell, str):
        return cell
    # A lone \r would not be quoted, and most readers take it for the end of the row.
    lines = cell.replace("\r\n", "\n").replace("\r", "\n")
    return _START_OF_FORMULA.sub(r"\1'", lines)


def plain_cell(cell: str) -> str:
    """The text that `harmless_cell` made a cell of, so that a letter such as = is read back as it was.

    A text that had a `'` before such a sign from the start loses it.
    """
    return _MADE_HARMLESS.sub(r"\1", cell)

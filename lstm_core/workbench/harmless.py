"""Text that readers typed, made harmless: name as typed -> **plain** -> page, file, spreadsheet."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

LONGEST = 60

_MARKUP = set('`*_[]<>$\\|#~&"{}')
_FORMULA = "=+-@\t\r\n"


def harmless(typed: str, most: int = LONGEST) -> str:
    """A name fit to be shown and put in a table: one short line, no markup, no start of a formula."""
    normal = unicodedata.normalize("NFC", typed[: 20 * most])
    shown = "".join(c if c.isprintable() and c not in _MARKUP else " " for c in normal)
    return " ".join(shown.split()).lstrip(_FORMULA + "' ")[:most].rstrip()


def to_csv(header: Sequence[str], rows: Iterable[Sequence]) -> str:
    """CSV text. A text cell that a spreadsheet would run as a formula gets a `'` before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def _cell(cell):
    if not isinstance(cell, str):
        return cell
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{cell}" if cell.lstrip(" ")[:1] in tuple(_FORMULA) else cell


def one_line(text: str, most: int = 20) -> str:
    """Fit to be shown: printable, on one line, short, and no Markdown."""
    plain = "".join(c if c.isprintable() and c not in "`*_[]<>$\\|#~" else " " for c in text)
    return plain if len(plain) <= most else plain[:most] + "…"

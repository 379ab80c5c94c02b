"""Text that readers typed, made harmless: name as typed -> **plain** -> page, file, spreadsheet."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from ..spreadsheet import SIGNS, harmless_cell

LONGEST = 60

_MARKUP = set('`*_[]<>$\\|#~&"{}')


def harmless(typed: str, most: int = LONGEST) -> str:
    """A typed name, made safe for pages and tables: one short line, no markup, no start of a formula."""
    normal = unicodedata.normalize("NFC", typed[: 20 * most])
    plain = "".join(c if c.isprintable() and c not in _MARKUP else " " for c in normal)
    return " ".join(plain.split()).lstrip(SIGNS + "' ")[:most].rstrip()


def to_csv(header: Sequence[str], rows: Iterable[Sequence]) -> str:
    """CSV text. A text cell that a spreadsheet would run as a formula gets a `'` before it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(map(harmless_cell, header))
    writer.writerows([harmless_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def one_line(text: str) -> str:
    """A text that is safe in a message: printable, on one line, short, without Markdown."""
    plain = "".join(c if c.isprintable() and c not in "`*_[]<>$\\|#~" else " " for c in text)
    return plain if len(plain) <= 20 else plain[:20] + "…"

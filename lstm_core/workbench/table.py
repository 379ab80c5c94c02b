"""A CSV file, in the one way in which it is read everywhere: file -> **table** -> columns of numbers.

A file may be hostile: its size is bounded before anything is parsed, and nothing in it is evaluated.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np

from ..labels import checked_labels
from ..quantities import LABEL
from ..spreadsheet import plain_cell
from .dialect import Dialect, decoded, dialect, is_ambiguous
from .experiment import LIMIT
from .harmless import one_line
from .refused import Refused

MOST_COLUMNS = 1100
MOST_STEPS = 5000
MOST_TABLE_BYTES = 4_000_000
"""Room for as many numbers at full precision, of up to 25 characters each, and no more."""

_MOST_LINES = 1_100_000
"""Of a file with bounds: 2,000 steps of 256 units, and an empty line after each."""

_TRACE = {"t", "unit", "x_1"}
"""Columns by which the trace CSV is known, of whose units the first is read: all have the same inputs."""

_INPUT = re.compile(r"x_[1-9]\d{0,3}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)

Pick = Callable[[list[str]], Sequence[int]]
"""The names of all columns -> which of them, from 0, hold the numbers. Raises Refused."""


@dataclass(frozen=True)
class Bounds:
    """How large a table may be; None means any size. size : of a number, to both sides of 0."""

    bytes: int | None = MOST_TABLE_BYTES
    steps: int | None = MOST_STEPS
    columns: int | None = MOST_COLUMNS
    size: float = LIMIT


@dataclass(frozen=True, eq=False)
class Table:
    """Numbers by column.

    names : of the columns of numbers, printable; 1, 2, … where the file has no header.
    values : (T, columns).
    set_aside : names of the columns that are not read, such as dates.
    has_names : whether the names are those of the file.
    labels : the names of the steps out of the column `label`, which may hold numbers too; () for none.
    how : encoding, separator and decimal mark.
    """

    names: tuple[str, ...]
    values: np.ndarray
    set_aside: tuple[str, ...]
    has_names: bool = True
    labels: tuple[str, ...] = ()
    how: Dialect = Dialect("UTF-8", ",")

    def proposed(self, D: int) -> tuple[int, ...]:
        """The columns, from 0, for D inputs: x_1 … x_D by name, else the first ones, where there are."""
        by_name = [self.names.index(f"x_{d + 1}") for d in range(D) if f"x_{d + 1}" in self.names]
        return tuple(by_name) if len(by_name) == D else tuple(range(min(D, len(self.names))))

    def says(self, D: int) -> bool:
        """Whether the D inputs are there: as many columns, x_1 … x_D by name, or names to choose from.

        A table of D rows and more columns seems to be turned.
        """
        columns = len(self.names)
        if columns == D or all(f"x_{d + 1}" in self.names for d in range(D)):
            return True
        return self.has_names and columns > D != len(self.values)


def read_table(
    content: bytes, bounds: Bounds = Bounds(), pick: Pick | None = None, D: int | None = None
) -> Table:
    """The columns of numbers in a CSV file, a step a row, in the forms that `dialect` knows.

    pick : which columns to read of a file with a header; None for all that hold a number in their first row:
        the others are set aside whole. D : how many inputs are wanted, if that is known: rows such as `1,5`
        without a header are two numbers where two are wanted, and refused otherwise. Of the trace CSV, the
        rows of unit 1 are read. Raises Refused.
    """
    text, encoding = text_of(content, bounds.bytes)
    how, text = dialect(text, encoding)
    rows = _rows(text, how, bounds)
    first = next(rows, None)
    if first is None:
        raise Refused("empty")
    names = [name.strip() for name in first[1]]
    has_names = not all(map(_is_number, names))
    width = len(names)
    if pick is None or not has_names:
        check_width(width, bounds)
    named = names.index(LABEL) if has_names and LABEL in names else None
    picked: Sequence[int] | None = range(width) if not has_names else pick(names) if pick else None
    if has_names and set(names) >= _TRACE:
        unit = names.index("unit")
        rows = ((line, row) for line, row in rows if len(row) <= unit or row[unit].strip() == "1")
        picked = [k for k, name in enumerate(names) if _INPUT.fullmatch(name)] if picked is None else picked
    most = MOST_STEPS if bounds.steps is None else bounds.steps
    body = list(islice(rows if has_names else chain([first], rows), most + 1))
    if not body:
        raise Refused("no_rows")
    if not has_names and how.separator == "," and D != 2 and is_ambiguous([row for _, row in body]):
        cell, other = ",".join(names), ".".join(names)
        raise Refused("ambiguous", cell=one_line(cell), other=one_line(other))
    if picked is None:
        # The first letter of a text may be a digit, which does not make its column one of numbers.
        is_text = named is not None and not all(_is_number(row[named]) for _, row in body if len(row) > named)
        cells = body[0][1][:width]
        picked = [k for k, cell in enumerate(cells) if _is_number(cell) and not (k == named and is_text)]
        if not picked:
            raise Refused("no_numbers")
    steps, labels, length = [], [], 0
    for line, row in chain(body, rows):
        length += 1
        if bounds.steps is None or length <= bounds.steps:
            if len(row) != width:
                raise Refused("ragged", line=line, got=len(row), expected=width)
            steps.append([_number(row[k], line, bounds.size) for k in picked])
            labels.append("" if named is None else plain_cell(row[named]))
    if bounds.steps is not None and length > bounds.steps:
        raise Refused("too_long", got=length, most=bounds.steps)
    shown = [_printable(name) or str(k) for k, name in enumerate(names, 1)]
    if not has_names:
        shown = [str(number) for number in range(1, width + 1)]
    aside = tuple(name for k, name in enumerate(shown) if k not in picked and k != named)
    found = checked_labels(labels, len(steps))
    return Table(tuple(shown[k] for k in picked), np.array(steps), aside, has_names, found, how)


def check_width(width: int, bounds: Bounds) -> None:
    """A Refused for more columns than may be."""
    if bounds.columns is not None and width > bounds.columns:
        raise Refused("too_wide", got=width, most=bounds.columns)


def text_of(content: bytes, most: int | None) -> tuple[str, str]:
    """The text of a file and its encoding. Raises Refused for one that is too large, empty or no text."""
    if most is not None and len(content) > most:
        raise Refused("too_many_bytes", most=most // 1_000_000)
    try:
        text, encoding = decoded(content)
    except UnicodeDecodeError:
        raise Refused("encoding") from None
    if "\0" in text or not text.strip():
        raise Refused("empty" if not text.strip() else "encoding")
    return text, encoding


def _rows(text: str, how: Dialect, bounds: Bounds) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the number of its line in the file, one at a time.

    Where the comma is the decimal mark it becomes a point, but not in the column that names the steps.
    """
    lines = text.count("\n") + text.count("\r")
    if bounds.steps is not None and lines >= _MOST_LINES:
        raise Refused("too_long", got=lines, most=bounds.steps)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=how.separator, strict=True)
        names: list[str] | None = None
        for row in reader:
            if any(cell.strip() for cell in row):
                names = [cell.strip() for cell in row] if names is None else names
                yield reader.line_num, _with_points(row, names) if how.decimal == "," else row
    except csv.Error:
        raise Refused("not_csv") from None


def _with_points(row: list[str], names: list[str]) -> list[str]:
    as_typed = names.index(LABEL) if LABEL in names else None
    return [cell if k == as_typed else cell.replace(",", ".") for k, cell in enumerate(row)]


def _printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in name)[:80]


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell.strip()))


def _number(cell: str, line: int, most: float) -> float:
    plain = cell.strip()
    if not plain:
        raise Refused("empty_cell", line=line)
    if not _NUMBER.fullmatch(plain):
        raise Refused("not_a_number", line=line, cell=one_line(plain))
    if not abs(float(plain)) <= most:
        raise Refused("too_big", most=f"{most:g}" if most > LIMIT else f"{most:.0f}")
    return float(plain)

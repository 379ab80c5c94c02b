"""A CSV with headers of any name: file -> **table** -> the columns that a reader gives to the inputs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice

import numpy as np

from ..labels import checked_labels
from ..quantities import LABEL
from ..spreadsheet import plain_cell
from .dialect import dialect
from .experiment import LIMIT
from .harmless import one_line
from .intake import _NUMBER, Refused, _rows, _text

MOST_COLUMNS = 1100
MOST_STEPS = 5000


@dataclass(frozen=True, eq=False)
class Table:
    """Numbers by column.

    names : of the columns of numbers, printable; 1, 2, … where the file has no header.
    values : (T, columns).
    set_aside : names of the columns that hold no numbers, such as dates.
    has_names : whether the names are those of the file.
    labels : the names of the steps out of the column `label`, which may hold numbers too; () for none.
    """

    names: tuple[str, ...]
    values: np.ndarray
    set_aside: tuple[str, ...]
    has_names: bool = True
    labels: tuple[str, ...] = ()

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


def read_table(content: bytes) -> Table:
    """The columns of numbers in a CSV file, a step a row, in the forms that `dialect` knows.

    A column that holds anything else in its first row is set aside whole. Raises Refused.
    """
    how, text = dialect(_text(content, "sequence"))
    rows = _rows(text, how)
    first = next(rows, None)
    if first is None:
        raise Refused("empty")
    if len(first[1]) > MOST_COLUMNS:
        raise Refused("too_wide", got=len(first[1]), most=MOST_COLUMNS)
    has_names = not all(_is_number(cell) for cell in first[1])
    second = next(rows, None) if has_names else first
    if second is None:
        raise Refused("no_rows")
    names = [_printable(name) or str(k) for k, name in enumerate(first[1], 1)]
    if not has_names:
        names = [str(number) for number in range(1, len(names) + 1)]
    width = len(names)
    named = names.index(LABEL) if has_names and LABEL in names else None
    body = list(islice(chain([second], rows), MOST_STEPS + 1))
    # The first letter of a text may be a digit, which does not make its column one of numbers.
    is_text = named is not None and not all(_is_number(row[named]) for _, row in body if len(row) > named)
    picked = [
        k for k, cell in enumerate(second[1][:width]) if _is_number(cell) and not (k == named and is_text)
    ]
    if not picked:
        raise Refused("no_numbers")
    steps, labels = [], []
    for line, row in body:
        if len(row) != width:
            raise Refused("ragged", line=line, got=len(row), expected=width)
        steps.append([_number(row[k], line) for k in picked])
        labels.append("" if named is None else plain_cell(row[named]))
    if len(steps) > MOST_STEPS:
        raise Refused("too_long", got=f"> {MOST_STEPS}", most=MOST_STEPS)
    aside = tuple(name for k, name in enumerate(names) if k not in picked and k != named)
    found = checked_labels(labels, len(steps))
    return Table(tuple(names[k] for k in picked), np.array(steps), aside, has_names, found)


def _printable(name: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in name.strip())[:80]


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell.strip()))


def _number(cell: str, line: int) -> float:
    plain = cell.strip()
    if not plain:
        raise Refused("empty_cell", line=line)
    if not _NUMBER.fullmatch(plain):
        raise Refused("not_a_number", line=line, cell=one_line(cell))
    if not abs(float(plain)) <= LIMIT:
        raise Refused("too_big", most=f"{LIMIT:.0f}")
    return float(plain)

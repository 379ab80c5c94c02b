"""Reads uploaded files, of which any may be hostile: file -> **intake** -> inputs or params.

Sizes are bounded before anything is parsed; nothing is unpickled, evaluated or fetched.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from sys import float_info

import numpy as np

from ..labels import checked_labels
from ..params import GATES, LSTMParams
from ..quantities import LABEL
from ..spreadsheet import plain_cell
from .dialect import Dialect, decoded, dialect, is_ambiguous
from .experiment import LIMIT, MOST_PINS
from .harmless import one_line

MAX_T, MAX_D, MAX_H = 2000, 64, 256

MAX_BYTES = {"sequence": 4_000_000, "params": 10_000_000}
"""Room for as many numbers at full precision, of up to 25 characters each, and no more."""

_MOST_COMMAS = 4 * MAX_H * (MAX_H + MAX_D + 2) + 1000
_MOST_BRACKETS = 8 * MAX_H
"""More than the largest layer has. Checked before parsing, because each takes tens of bytes of memory."""

_INPUT_COLUMN = re.compile(r"x_([1-9]\d{0,3})", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)


class Refused(ValueError):
    """A file that is refused. `reason` is the key of the message, `details` fill its placeholders."""

    def __init__(self, reason: str, **details):
        super().__init__(f"{reason}: {details}")
        self.reason, self.details = reason, details


def read_sequence(content: bytes) -> np.ndarray:
    """Inputs (T, D) from CSV: a header `x_1 … x_D`, or numbers alone; a step a row.

    The trace CSV of one sequence can be read too; the inputs are those in the rows of unit 1.
    Raises Refused.
    """
    return read_labelled(content)[0]


def read_labelled(content: bytes) -> tuple[np.ndarray, tuple[str, ...]]:
    """As `read_sequence`, with the names of the steps, which stand in the column `label` if there is one."""
    how, text = dialect(_text(content, "sequence"))
    rows = _rows(text, how)
    first = next(rows, None)
    if first is None:
        raise Refused("empty")
    names = [name.strip() for name in first[1]]
    if all(_NUMBER.fullmatch(name) for name in names):
        picked: Sequence[int] = range(len(names))
        every = [first, *islice(rows, MAX_T)]
        if how.separator == "," and is_ambiguous([row for _, row in every]):
            raise Refused("ambiguous", cell=one_line(",".join(names)), other=one_line(".".join(names)))
        rows = chain(every, rows)
    else:
        picked = _input_columns(names)
    unit = names.index("unit") if "unit" in names and "sequence" not in names else None
    named = names.index(LABEL) if LABEL in names else None
    steps, labels, length = [], [], 0
    for line, row in rows:
        if unit is not None and len(row) > unit and row[unit].strip() != "1":
            continue
        length += 1
        if length <= MAX_T:
            steps.append(_numbers(row, picked, len(names), line))
            labels.append("" if named is None else plain_cell(row[named]))
    if not steps:
        raise Refused("no_rows")
    if length > MAX_T:
        raise Refused("too_long", got=length, most=MAX_T)
    return np.array(steps), checked_labels(labels, length)


def read_params(content: bytes) -> LSTMParams:
    """Parameters from the JSON that `LSTMParams.to_json` wrote. Raises Refused."""
    data = _layer(content)
    if data.get("dtype", "float64") not in ("float32", "float64"):
        raise Refused("dtype")
    for field, default in (("forget_gate", True), ("coupled", False)):
        if not isinstance(data.get(field, default), bool):
            raise Refused("switch", field=field)
    if data.get("coupled", False) and not data.get("forget_gate", True):
        raise Refused("coupled")
    # Text among the numbers would make NumPy reserve room for the longest at every place.
    if not all(_holds_numbers(data.get(name), depth) for name, depth in (("W", 3), ("b", 2))):
        raise Refused("shapes")
    peepholes = data.get("peepholes")
    if peepholes is not None and not _holds_numbers(peepholes, 2):
        raise Refused("peepholes")
    try:
        params = LSTMParams.from_data(data)
    except ValueError as error:
        raise Refused("peepholes" if str(error).startswith("peepholes") else "shapes") from None
    if params.H > MAX_H or params.D > MAX_D:
        raise Refused("too_large", H=params.H, D=params.D, most_H=MAX_H, most_D=MAX_D)
    arrays = [params.W, params.b] if params.peepholes is None else [params.W, params.b, params.peepholes]
    if max(np.abs(array).max() for array in arrays) > LIMIT:
        raise Refused("too_big", most=f"{LIMIT:.0f}")
    return params


def read_pins(content: bytes) -> dict[str, float]:
    """The gates that the JSON of an experiment pins, if any: address -> value. Raises Refused.

    Whether an experiment has such a gate at such a step is for `Experiment.pinned` to say.
    """
    pins = _layer(content).get("pins", {})
    if not isinstance(pins, dict):
        raise Refused("pin", address="pins")
    if len(pins) > MOST_PINS:
        raise Refused("too_many_pins", got=len(pins), most=MOST_PINS)
    for address, value in pins.items():
        if not _holds_numbers([value], 1):
            raise Refused("pin", address=one_line(address))
    return pins


def _layer(content: bytes) -> dict:
    """The JSON object of a layer."""
    text = _text(content, "params")
    if text.count(",") > _MOST_COMMAS or text.count("[") + text.count("{") > _MOST_BRACKETS:
        raise Refused("too_many", most_H=MAX_H, most_D=MAX_D)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused("not_json") from None
    if not isinstance(data, dict) or data.get("format") != "lstm-params":
        raise Refused("not_params")
    if data.get("version") != 1 or data.get("gates") != list(GATES):
        raise Refused("other_params")
    return data


def _holds_numbers(value, depth: int) -> bool:
    """Whether this is a list of numbers, or for a depth of 2, 3 … a list of lists … of numbers."""
    if not isinstance(value, list) or not value:
        return False
    if depth == 1:
        return {*map(type, value)} <= {int, float} and all(abs(number) <= float_info.max for number in value)
    return all(_holds_numbers(part, depth - 1) for part in value)


def _text(content: bytes, kind: str) -> str:
    if len(content) > MAX_BYTES[kind]:
        raise Refused("too_many_bytes", most=MAX_BYTES[kind] // 1_000_000)
    try:
        text = decoded(content)[0] if kind == "sequence" else content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("encoding") from None
    if "\0" in text or not text.strip():
        raise Refused("empty" if not text.strip() else "encoding")
    return text


def how_written(content: bytes) -> Dialect:
    """Encoding, separator and decimal mark of a sequence that `read_sequence` took."""
    text, encoding = decoded(content)
    return dialect(text, encoding)[0]


def _rows(text: str, how: Dialect) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the number of its line in the file, one at a time.

    Where the comma is the decimal mark it becomes a point, but not in the column that names the steps.
    """
    lines = text.count("\n") + text.count("\r")
    if lines > 2 * (MAX_T * MAX_H + 2):
        raise Refused("too_long", got=lines, most=MAX_T)
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


def _input_columns(names: list[str]) -> list[int]:
    numbers = sorted(
        (int(match[1]), k) for k, name in enumerate(names) if (match := _INPUT_COLUMN.fullmatch(name))
    )
    if "sequence" in names:
        raise Refused("batch")
    if not numbers:
        raise Refused("no_columns")
    if len(numbers) > MAX_D:
        raise Refused("too_wide", got=len(numbers), most=MAX_D)
    if [d for d, _ in numbers] != list(range(1, len(numbers) + 1)):
        raise Refused("columns", expected=f"x_1 … x_{len(numbers)}")
    return [k for _, k in numbers]


def _numbers(row: list[str], picked: Sequence[int], width: int, line: int) -> list[float]:
    if len(row) != width:
        raise Refused("ragged", line=line, got=len(row), expected=width)
    if len(picked) > MAX_D:
        raise Refused("too_wide", got=len(picked), most=MAX_D)
    cells = [row[k].strip() for k in picked]
    for cell in cells:
        if not cell:
            raise Refused("empty_cell", line=line)
        if not _NUMBER.fullmatch(cell):
            raise Refused("not_a_number", line=line, cell=one_line(cell))
        if not abs(float(cell)) <= LIMIT:
            raise Refused("too_big", most=f"{LIMIT:.0f}")
    return [float(cell) for cell in cells]

"""Reads uploaded files, of which any may be hostile: file -> **intake** -> inputs or params.

Sizes are bounded before anything is parsed; nothing is unpickled, evaluated or fetched.
"""

import json
import re
from sys import float_info

import numpy as np

from ..params import GATES, LSTMParams
from .experiment import LIMIT, MOST_PINS
from .harmless import one_line
from .refused import Refused
from .table import MOST_TABLE_BYTES, Bounds, Table, check_width, read_table

MAX_T, MAX_D, MAX_H = 2000, 64, 256

MAX_BYTES = {"sequence": MOST_TABLE_BYTES, "params": 10_000_000}
"""Room for as many numbers at full precision, of up to 25 characters each, and no more."""

_BOUNDS = Bounds(steps=MAX_T, columns=MAX_D)

_MOST_COMMAS = 4 * MAX_H * (MAX_H + MAX_D + 2) + 1000
_MOST_BRACKETS = 8 * MAX_H
"""More than the largest layer has. Checked before parsing, because each takes tens of bytes of memory."""

_INPUT_COLUMN = re.compile(r"x_([1-9]\d{0,3})", re.ASCII)


def read_sequence(content: bytes) -> np.ndarray:
    """Inputs (T, D) from CSV: a header `x_1 … x_D`, or numbers alone; a step a row. Raises Refused."""
    return read_inputs(content).values


def read_inputs(content: bytes) -> Table:
    """As `read_sequence`, with the names of the steps and the way in which the file is written."""
    return read_table(content, _BOUNDS, _input_columns)


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
    text = _text(content)
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


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES["params"]:
        raise Refused("too_many_bytes", most=MAX_BYTES["params"] // 1_000_000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("encoding") from None
    if "\0" in text or not text.strip():
        raise Refused("empty" if not text.strip() else "encoding")
    return text


def _input_columns(names: list[str]) -> list[int]:
    numbers = sorted(
        (int(match[1]), k) for k, name in enumerate(names) if (match := _INPUT_COLUMN.fullmatch(name))
    )
    if "sequence" in names:
        raise Refused("batch")
    if not numbers:
        raise Refused("no_columns")
    check_width(len(numbers), _BOUNDS)
    if [d for d, _ in numbers] != list(range(1, len(numbers) + 1)):
        raise Refused("columns", expected=f"x_1 … x_{len(numbers)}")
    return [k for _, k in numbers]

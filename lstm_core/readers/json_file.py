"""Plain JSON: this library's own parameters, or nested lists of numbers under names -> stored arrays."""

import json
from functools import partial

import numpy as np

from .limits import MOST_ARRAYS
from .names import check_length, writable
from .refusals import Phrase, Refused
from .stored import Stored

MOST_NUMBERS = 2_000_000
_MOST_BRACKETS = 200_000
_MOST_DEPTH = 4


def read_object(content: bytes) -> dict:
    """The JSON object in a text. Its numbers and brackets are counted first: each takes tens of bytes."""
    for count in (content.count(b","), content.count(b":") * 2):
        if count > MOST_NUMBERS:
            raise Refused("json", most=MOST_NUMBERS)
    if content.count(b"[") + content.count(b"{") > _MOST_BRACKETS:
        raise Refused("json", most=MOST_NUMBERS)
    try:
        text = content.decode("utf-8-sig")
        data = json.loads(text, parse_int=float, parse_constant=_no_constant)
    except RecursionError:
        raise Refused("not_json", what=Phrase("deep_lists")) from None
    except json.JSONDecodeError as error:
        raise Refused("not_json", what=Phrase("json_at", line=error.lineno, column=error.colno)) from None
    except UnicodeDecodeError:
        raise Refused("not_json", what=Phrase("not_utf8")) from None
    if not isinstance(data, dict):
        raise Refused("not_json", what=Phrase("no_object"))
    return data


def own_parameters(data: dict) -> dict:
    """Data of this library's own format with the whole numbers that reading as floats took away."""
    return data | {"version": int(data["version"])} if data.get("version") == 1 else data


def read_arrays(data: dict) -> dict[str, Stored]:
    """The arrays in an object, and in objects within it, whose names stand before with a dot."""
    arrays: dict[str, Stored] = {}
    _collect(data, (), arrays)
    return arrays


def _collect(data: dict, place: tuple[str, ...], arrays: dict[str, Stored]) -> None:
    for key, value in data.items():
        if isinstance(value, dict) and len(place) < _MOST_DEPTH:
            _collect(value, (*place, key), arrays)
        elif isinstance(value, (list, bool)):
            if len(arrays) >= MOST_ARRAYS:
                raise Refused("too_many", most=MOST_ARRAYS, what=Phrase("arrays"))
            check_length(*place, key)
            name = writable(".".join((*place, key)))
            dtype = "bool" if isinstance(value, bool) else "float64"
            arrays[name] = Stored(name, _shape(value), dtype, partial(_numbers, value, name))


def _shape(value) -> tuple[int, ...]:
    shape = []
    while isinstance(value, list):
        shape.append(len(value))
        if len(shape) > 4 or not value:
            break
        value = value[0]
    return tuple(shape)


def _numbers(value, name: str) -> np.ndarray:
    def check(rows, depth):
        if isinstance(rows, list) and depth < 4:
            for row in rows:
                check(row, depth + 1)
        elif not isinstance(rows, (float, bool)):  # NumPy would make room for the longest text at every place
            raise Refused("not_json", what=Phrase("else_than_numbers", name=name))

    check(value, 0)
    try:
        return np.array(value, dtype=bool if isinstance(value, bool) else np.float64)
    except ValueError:
        raise Refused("not_json", what=Phrase("ragged", name=name)) from None


def _no_constant(name: str):
    raise Refused("not_json", what=Phrase("no_number", name=name))

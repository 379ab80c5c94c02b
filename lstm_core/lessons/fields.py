"""Reads JSON from a file that anybody may have written: text -> **fields**, each checked, or Refused."""

import json

from ..params import LSTMParams
from ..workbench import refused
from ..workbench.intake import read_params

_MAX_DEPTH = 8


class Refused(refused.Refused):
    """Work of students that is not taken, or a part of it."""

    table = "hand_in.refused"


def parsed(text: str):
    """The value of a JSON text. Raises Refused for deep nesting, a key that comes twice, NaN, infinity."""
    depth = deepest = 0
    quoted = escaped = False
    for c in text:
        if quoted:
            quoted, escaped = (escaped or c != '"'), (c == "\\" and not escaped)
        elif c == '"':
            quoted = True
        elif c in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif c in "]}":
            depth -= 1
    if deepest > _MAX_DEPTH:
        raise Refused("not_json")

    def once(pairs):
        if len({key for key, _ in pairs}) != len(pairs):
            raise ValueError
        return dict(pairs)

    def no_constant(name):
        raise ValueError(name)

    try:
        return json.loads(text, object_pairs_hook=once, parse_constant=no_constant)
    except (ValueError, RecursionError):
        raise Refused("not_json") from None


def whole(entry: dict, name: str, low: int, high: int) -> int:
    """The whole number in a field of an entry, from `low` to `high`. Raises Refused."""
    value = entry.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Refused("field", name=name)
    return value


def one_of(entry: dict, name: str, known) -> str:
    """The text in a field of an entry, which must be one of `known`. Raises Refused."""
    value = entry.get(name)
    if not isinstance(value, str) or value not in known:
        raise Refused("field", name=name)
    return value


def read_plain_params(data) -> LSTMParams:
    """The weights that `LSTMParams.to_data` gave. Raises Refused."""
    try:
        return read_params(json.dumps(data).encode())
    except refused.Refused:
        raise Refused("field", name="params") from None

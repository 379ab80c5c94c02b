"""A reading in a link: text, letter, unit, hold -> **query** -> the same again.

`read` : the text. `letter` : the one in focus, from 1. `watch` : the unit in focus. `hold` : `37~-0.5`,
C of unit 37 at −0.5; `37~1~f~12`, its forget gate at 1 from letter 12 on (see `hold.py`).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from .hold import Hold
from .reader import LONGEST

PARAMETERS = ("read", "letter", "watch", "hold")

LONGEST_TEXT = 500
"""The most letters of a text that a link holds. A longer one goes as a file."""

MOST_BYTES = 100_000
"""Of a file that is brought."""

_WHOLE = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True)
class LinkedReading:
    """What a link says; None for what it leaves open."""

    text: str | None = None
    t: int | None = None
    unit: int | None = None
    hold: Hold | None = None


def to_query(reading: LinkedReading, longest: int = LONGEST_TEXT) -> dict[str, str]:
    """The parameters that `from_query` reads back. A text of more than `longest` letters is left out."""
    query = {}
    if reading.text is not None and len(reading.text) <= longest:
        query["read"] = reading.text
    for name, value in (("letter", reading.t), ("watch", reading.unit)):
        if value is not None:
            query[name] = str(value)
    if reading.hold:
        query["hold"] = str(reading.hold)
    return query


def from_query(query: Mapping[str, str], H: int) -> tuple[LinkedReading, tuple[str, ...]]:
    """What a link says of a network of H units, and the names of the parameters that were not understood."""
    found: dict = {}
    problems = []
    if text := str(query.get("read", ""))[:LONGEST]:
        found["text"] = text
    for name, key in (("letter", "t"), ("watch", "unit")):
        if name in query:
            match = _WHOLE.fullmatch(str(query[name]))
            if match and (key == "t" or int(match[0]) <= H):
                found[key] = int(match[0])
            else:
                problems.append(name)
    if "hold" in query:
        hold = Hold.of_text(str(query["hold"]))
        if hold and (hold.unit or 0) <= H:
            found["hold"] = hold
        else:
            problems.append("hold")
    return LinkedReading(**found), tuple(problems)


def to_json(reading: LinkedReading) -> str:
    """The file that `from_file` reads back: what the link says, with a text of any length."""
    return json.dumps(to_query(reading, LONGEST), ensure_ascii=False, indent=1) + "\n"


def from_file(content: bytes, H: int) -> tuple[LinkedReading, tuple[str, ...]]:
    """What a file says that a reader brings: one that `to_json` wrote, or any other, which is a text to read.

    As `from_query`. Nothing is too strange; what is longer than MOST_BYTES or LONGEST letters is cut.
    """
    text = content[:MOST_BYTES].decode("utf-8-sig", "replace")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict) and isinstance(found.get("read"), str) and found.keys() <= set(PARAMETERS):
        return from_query(found, H)
    return LinkedReading(text.replace("\r\n", "\n").replace("\r", "\n")[:LONGEST] or None), ()

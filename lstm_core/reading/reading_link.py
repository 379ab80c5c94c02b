"""A reading in a link: text, letter, unit, hold -> **query** -> the same again.

`read` : the text. `letter` : the one in focus, from 1. `watch` : the unit in focus. `hold` : `37~-0.5`,
C of unit 37 at −0.5; `37~1~f~12`, its forget gate at 1 from letter 12 on (see `hold.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .hold import Hold
from .reader import LONGEST

PARAMETERS = ("read", "letter", "watch", "hold")

LONGEST_TEXT = 500
"""The most letters of a text that a link holds."""

_WHOLE = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True)
class LinkedReading:
    """What a link says; None for what it leaves open."""

    text: str | None = None
    t: int | None = None
    unit: int | None = None
    hold: Hold | None = None


def to_query(reading: LinkedReading) -> dict[str, str]:
    """The parameters that `from_query` reads back. A text of more than LONGEST_TEXT letters is left out."""
    query = {}
    if reading.text is not None and len(reading.text) <= LONGEST_TEXT:
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


def split(query: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """A query in two parts: what others read, and what `from_query` reads."""
    mine = {name: value for name, value in query.items() if name in PARAMETERS}
    return {name: value for name, value in query.items() if name not in PARAMETERS}, mine

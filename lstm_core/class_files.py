"""The files of a class, each treated as hostile: name and content -> **received** -> classroom."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from .handin import MAX_ZIP, HandIn, read_zip
from .intake import Refused
from .plain import harmless

MAX_FILES = 200
"""Most files of one class that are looked at."""


@dataclass(frozen=True)
class Received:
    """One file. `file` is its name, made harmless; it holds a hand-in, or it was refused."""

    file: str
    handin: HandIn | None = None
    refused: Refused | None = None


def receive(name: str, content: bytes) -> Received:
    """Read a file and judge all that is in it, 30 ms for one with everything; never raises."""
    file = harmless(name)
    try:
        handin = read_zip(content)
    except Refused as refused:
        return Received(file, refused=refused)
    for attempt in handin.attempts:
        _ = attempt.report  # kept in the attempt, so that no later run of the page judges again
    return Received(file, handin)


def refuse(name: str, size: int) -> Received | None:
    """What comes of a file that is too large to be read at all; None for one that is not."""
    if size <= MAX_ZIP:
        return None
    return Received(harmless(name), refused=Refused("too_many_bytes", most=MAX_ZIP // 1000))


def digest(content: bytes) -> str:
    """What tells a file from every other one, whatever its name."""
    return hashlib.sha256(content).hexdigest()

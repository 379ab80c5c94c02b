"""Where a class is: **room** -> what the teacher's key does -> another room.

Peer instruction (Mazur 1997): predict alone, see what the class predicts, argue, predict again, reveal.
A room never changes; `after` answers with another one. It holds no answer and no name of anybody.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from ..lessons.lesson_link import LessonLink, from_query
from .slides import ITEM, Slide, slides_of

LOBBY, OPEN, CLOSED, SHOWN, END = "lobby", "open", "closed", "shown", "end"
"""Before the first slide; answers are taken; no more are; the run is told; after the last slide."""

ROUNDS = (1, 2)
"""A question is answered once, and once more after neighbours have talked."""

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Of a code: no I and no O, which are read as 1 and 0. Five of them are eight million codes."""

LENGTH = 5
LIFE = 4 * 3600
"""Seconds that a room outlives its teacher's last visit."""

ACTIONS = ("on", "back", "again")


@dataclass(frozen=True)
class Room:
    """One class and its lesson.

    lock : the SHA-256 of the key that leads it; the key itself is the teacher's alone. query : the parameters
        of the lesson, as in its link. language : of what the projector shows.
    at : the number of the slide, from 1; 0 in the lobby. phase : see LOBBY and what follows.
    round : of ROUNDS. told_to : the number of the last slide that was revealed; it is not opened again.
    since : when the open question was opened, in seconds since 1970; 0 before the first.
    version : counts the changes, so that one press of a key leads on once, whoever else presses it too.
    """

    lock: str
    query: Mapping[str, str]
    language: str = "en"
    at: int = 0
    phase: str = LOBBY
    round: int = 1
    told_to: int = 0
    since: float = 0.0
    version: int = 0

    @classmethod
    def made(cls, key: str, query: Mapping[str, str], language: str) -> Room:
        """A room that waits for its class. Raises ValueError for a lesson in which there is nothing to do."""
        lesson, problems = from_query(query)
        if problems or not lesson.parts:
            raise ValueError("query: expected the parameters of a lesson")
        return cls(_lock(key), dict(query), language)

    @cached_property
    def lesson(self) -> LessonLink:
        return from_query(self.query)[0]

    @cached_property
    def slides(self) -> tuple[Slide, ...]:
        return slides_of(self.lesson.parts)

    @property
    def slide(self) -> Slide | None:
        """What everybody looks at; None in the lobby and at the end."""
        return self.slides[self.at - 1] if 1 <= self.at <= len(self.slides) else None

    @property
    def asks(self) -> bool:
        """Whether the slide is a question."""
        return self.slide is not None and self.slide.kind == ITEM

    def opens_with(self, key: str) -> bool:
        """Whether this is the key that leads the room."""
        return compare_digest(_lock(key), self.lock)

    def after(self, action: str, version: int) -> Room:
        """The room after one press of the teacher's key.

        action : "on" closes an open question, then reveals it, then goes to the next slide; "back" goes to
            the slide before, as it was left; "again" asks once more, after neighbours have talked.
        version : of the room that the teacher saw; an earlier one changes nothing, as an unknown action does.
        """
        if version != self.version or action not in ACTIONS:
            return self
        step = {"on": self._on, "back": self._back, "again": self._again}[action]()
        return self if step is self else replace(step, version=self.version + 1)

    def told(self) -> dict[str, Any]:
        """What everybody in the room may know of it, for JSON."""
        kind = self.slide.kind if self.slide else ""
        return {
            "at": self.at,
            "of": len(self.slides),
            "phase": self.phase,
            "round": self.round,
            "version": self.version,
            "kind": kind,
        }

    def to_data(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Room:
        """What `to_data` gave. Raises KeyError for data that is none."""
        return cls(**{field.name: data[field.name] for field in fields(cls)})

    # -- steps ------------------------------------------------------------------------------

    def _on(self) -> Room:
        if self.phase == OPEN:
            return replace(self, phase=CLOSED)
        if self.phase == CLOSED:
            return replace(self, phase=SHOWN, told_to=max(self.told_to, self.at))
        if self.phase == END:
            return self
        return self._entered(self.at + 1)

    def _back(self) -> Room:
        if self.at == 0:
            return self
        return self._entered(self.at - 1)

    def _again(self) -> Room:
        """Once more, as long as the truth was not told, for then nobody would have to think."""
        if not self.asks or self.phase != CLOSED or self.round == ROUNDS[-1]:
            return self
        return replace(self, phase=OPEN, round=self.round + 1)

    def _entered(self, at: int) -> Room:
        there = replace(self, at=at, round=1)
        if at == 0:
            return replace(there, phase=LOBBY)
        if there.slide is None:
            return replace(there, phase=END)
        return replace(there, phase=OPEN if there.asks and at > self.told_to else SHOWN)


def new_code() -> str:
    """A code that nobody can guess from another one."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def is_code(text: str) -> bool:
    """Whether a text could be the code of a room."""
    return len(text) == LENGTH and set(text) <= set(LETTERS)


def new_key() -> str:
    """The key that leads a room: 128 bits."""
    return secrets.token_urlsafe(16)


def _lock(key: str) -> str:
    return sha256(key.encode()).hexdigest()

"""Where rooms are kept: code -> **store** -> room, members, answers; and who is told of a change.

One process keeps them in its own memory. Several share them by ROOMS, the address of a Redis or Valkey.
"""

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache
from time import monotonic

from lstm_core.rooms import Room
from lstm_core.rooms.room import LIFE

MOST_ROOMS = 200
MOST_MEMBERS = 600
"""Of one room."""

Changed = Callable[[str], Awaitable[None]]
"""Is told the code of a room in which something has changed."""


class Full(Exception):
    """There is no room for another room, or for another member."""


@dataclass
class _Kept:
    room: Room
    until: float
    members: set[str] = field(default_factory=set)
    answers: dict[str, dict[str, str]] = field(default_factory=dict)


class InProcess:
    """The rooms of this process, by code. A slot is one round of one slide, "3.1"."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._rooms: dict[str, _Kept] = {}
        self._clock = clock
        self._watchers: list[Changed] = []

    async def create(self, code: str, room: Room) -> bool:
        """Keeps a new room; False where the code is taken. Raises Full."""
        for old in [code for code, kept in self._rooms.items() if kept.until < self._clock()]:
            del self._rooms[old]
        if len(self._rooms) >= MOST_ROOMS:
            raise Full
        if code in self._rooms:
            return False
        self._rooms[code] = _Kept(room, self._clock() + LIFE)
        return True

    async def read(self, code: str) -> Room | None:
        """The room, or None where there is none any more."""
        kept = self._rooms.get(code)
        return kept.room if kept and kept.until >= self._clock() else None

    async def replace(self, code: str, room: Room, version: int) -> bool:
        """Puts another room in the place of the one of this version; False where that is gone."""
        kept = self._kept(code)
        if kept.room.version != version:
            return False
        kept.room, kept.until = room, self._clock() + LIFE
        await self._tell(code)
        return True

    async def visit(self, code: str) -> None:
        """The teacher is there: the room lasts another `LIFE`."""
        self._kept(code).until = self._clock() + LIFE

    async def join(self, code: str, member: str) -> None:
        """Counts a member once. Raises Full, and KeyError where the room is gone."""
        members = self._kept(code).members
        if member not in members and len(members) >= MOST_MEMBERS:
            raise Full
        members.add(member)
        await self._tell(code)

    async def members(self, code: str) -> int:
        return len(self._kept(code).members)

    async def answer(self, code: str, slot: str, member: str, answer: str) -> None:
        """Keeps a member's answer, in the place of an earlier one. Raises KeyError where the room is gone."""
        self._kept(code).answers.setdefault(slot, {})[member] = answer
        await self._tell(code)

    async def answers(self, code: str, slot: str) -> dict[str, str]:
        """Member -> answer. Nobody is told more of it than counts."""
        return dict(self._kept(code).answers.get(slot, {}))

    async def answer_of(self, code: str, slot: str, member: str) -> str | None:
        return self._kept(code).answers.get(slot, {}).get(member)

    def watch(self, changed: Changed) -> None:
        """Who is told of each change from now on, whichever process it was made in."""
        self._watchers.append(changed)

    def _kept(self, code: str) -> _Kept:
        kept = self._rooms[code]
        if kept.until < self._clock():
            raise KeyError(code)
        return kept

    async def _tell(self, code: str) -> None:
        for changed in self._watchers:
            await changed(code)


@cache
def store():
    """The store that ROOMS asks for, InProcess or InRedis. Raises ValueError for an address not of Redis."""
    address = os.environ.get("ROOMS", "")
    if not address:
        return InProcess()
    if not address.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError(f"ROOMS: expected redis://…, got {address!r:.40}")
    from .redis_store import InRedis  # The client is needed here alone.

    return InRedis(address)

"""Who is in a room, on this process: a change -> **hub** -> one short message to each of them.

What is told to all is written once. Counts of answers go to those who lead, a few times a second at most.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from lstm_core.rooms import OPEN, SHOWN, Room, tally
from lstm_core.rooms.room import ROUNDS

from .store import Store

COUNTS_EVERY = 0.25
"""Seconds between two counts."""


@dataclass(eq=False)
class Seat:
    """One phone or projector. send : text to it. leads : whether it has shown the room's key."""

    send: Callable[[str], Coroutine[Any, Any, None]]
    member: str = ""
    leads: bool = False


class Hub:
    """All seats of this process, by room."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._seats: defaultdict[str, set[Seat]] = defaultdict(set)
        self._versions: dict[str, int] = {}
        self._counting: dict[str, asyncio.Task] = {}
        store.watch(self._changed)

    def enter(self, code: str, seat: Seat) -> None:
        self._seats[code].add(seat)

    def leave(self, code: str, seat: Seat) -> None:
        self._seats[code].discard(seat)
        if not self._seats[code]:
            del self._seats[code]
            self._versions.pop(code, None)

    async def _changed(self, code: str) -> None:
        """Tells everybody here of another slide or phase, and those who lead of more answers."""
        if code not in self._seats:
            return
        room = await self.store.read(code)
        if room is None:
            return
        if self._versions.get(code) != room.version:
            self._versions[code] = room.version
            await self._to_all(self._seats[code], json.dumps({"room": room.told()}))
        if code not in self._counting:
            self._counting[code] = asyncio.get_running_loop().create_task(self._count(code))

    async def _count(self, code: str) -> None:
        await asyncio.sleep(COUNTS_EVERY)
        del self._counting[code]
        leading = {seat for seat in self._seats.get(code, ()) if seat.leads}
        room = await self.store.read(code) if leading else None
        if room:
            with suppress(KeyError):
                await self._to_all(leading, json.dumps({"counts": await counts(self.store, code, room)}))

    @staticmethod
    async def _to_all(seats: set[Seat], text: str) -> None:
        """Sends to all of them; one that is gone is found out by its own reading."""
        await asyncio.gather(*(seat.send(text) for seat in [*seats]), return_exceptions=True)


async def counts(store: Store, code: str, room: Room) -> dict[str, Any]:
    """How many are there and have answered; what they answered, once no more answers are taken.

    So nobody follows what most others say.
    """
    found: dict[str, Any] = {"members": await store.members(code), "version": room.version, "rounds": {}}
    if room.asks and room.slide:
        for number in ROUNDS:
            given = [json.loads(one) for one in await store.answers(code, f"{room.at}.{number}")]
            if number == room.round:
                found["answered"] = len(given)
            if given and room.phase != OPEN:
                found["rounds"][number] = tally(room.slide.question, given, told=room.phase == SHOWN)
    return found

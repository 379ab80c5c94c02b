"""Who is in a room, on this process: a change -> **hub** -> one short message to each of them.

What is told to all is written once. Counts of answers go to those who lead, a few times a second at most.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from time import time
from typing import Any

from lstm_core.rooms import OPEN, SHOWN, Room, tally, wrong_twice
from lstm_core.rooms.room import ROUNDS
from lstm_core.rooms.slides import ITEM

from .store import InProcess

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

    def __init__(self, store: InProcess) -> None:
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


async def counts(store: InProcess, code: str, room: Room) -> dict[str, Any]:
    """How many are there and have answered; what they answered, once no more answers are taken.

    So nobody follows what most others say. `stuck` is for the teacher's own window.
    """
    found: dict[str, Any] = {"members": await store.members(code), "version": room.version, "rounds": {}}
    if room.asks and room.slide:
        answers = {number: await _given(store, code, room.at, number) for number in ROUNDS}
        found["answered"] = len(answers[room.round])
        for number, given in answers.items():
            if given and room.phase != OPEN:
                told = room.phase == SHOWN
                found["rounds"][number] = tally(room.slide.question, given.values(), told=told)
        found["stuck"] = await _stuck(store, code, room, answers, found["members"])
    return found


async def _stuck(
    store: InProcess, code: str, room: Room, answers: dict[int, dict[str, Any]], members: int
) -> dict[str, int]:
    """How many need a hand, and of nobody who: counts, and the seconds that the question has been open.

    silent : have not answered. absent : have answered neither this question nor the one before.
    wrong_twice : were wrong before they talked and after, once the second round is closed.
    """
    found = {"silent": members - len(answers[room.round])}
    if room.phase == OPEN:
        found["open_for"] = max(0, round(time() - room.since))
    elif room.round == ROUNDS[-1] and room.slide:
        found["wrong_twice"] = wrong_twice(room.slide.question, answers[1], answers[2])
    before = next((at for at in range(room.at - 1, 0, -1) if room.slides[at - 1].kind == ITEM), 0)
    if before:
        earlier = [await _given(store, code, before, number) for number in ROUNDS]
        found["absent"] = members - len(set().union(*answers.values(), *earlier))
    return found


async def _given(store: InProcess, code: str, at: int, number: int) -> dict[str, Any]:
    return {one: json.loads(answer) for one, answer in (await store.answers(code, f"{at}.{number}")).items()}

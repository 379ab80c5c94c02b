"""The websocket of phones and projectors: message -> **line** -> room, answer, slide; and no page runs.

A message is one of `{make, language}`, `{join, member, key, language}`, `{answer, at, round}`,
`{do, version}` and `{slide, notes}`. Whatever else is sent changes nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from time import monotonic, time
from typing import Any
from uuid import uuid4

from starlette.websockets import WebSocket, WebSocketDisconnect

from lstm_core.rooms import OPEN, SHOWN, Room, checked_answer, new_code, new_key
from lstm_core.rooms.room import is_code
from lstm_core.rooms.slide import notes_html, slide_html
from lstm_core.words import Words, closest_language

from ..websocket import POLICY, messages, send
from .hub import Hub, Seat, counts
from .store import Full, store

LONGEST = 8_192
"""Letters of a message: a lesson with a run of the teacher's own is the longest."""

A_SECOND = 10
"""Messages of one seat, on average; a hand is not quicker."""

WRONG = 5
"""Codes that one seat may try in vain until it is sent away."""

WRONG_A_MINUTE = 300
"""Codes that all seats of this process together may try in vain; to find one of ten rooms takes a day."""


@cache
def hub() -> Hub:
    """The seats of this process; made where an event loop runs."""
    return Hub(store())


class Line:
    """What one seat has said so far."""

    def __init__(self, websocket: WebSocket) -> None:
        self.seat = Seat(websocket.send_text)
        self.code = ""
        self.words = Words("en")
        self.wrong = 0

    async def take(self, said: Mapping[str, Any]) -> dict[str, Any] | None:
        """What is answered to a message; None for one that says nothing."""
        if "language" in said:
            self.words = Words(closest_language(_text(said["language"])))
        if "make" in said:
            return await self._make(said["make"])
        if "join" in said:
            return await self._join(said)
        room = await hub().store.read(self.code) if self.code else None
        if room is None:
            return {"gone": True} if self.code else None
        if "answer" in said:
            return await self._answer(room, said)
        if "do" in said:
            return await self._lead(room, said)
        if "slide" in said:
            return {"slide": await self._slide(room, notes=said.get("notes") is True)}
        return None

    def leave(self) -> None:
        if self.code:
            hub().leave(self.code, self.seat)

    async def _make(self, query: object) -> dict[str, Any]:
        if not isinstance(query, dict) or not all(isinstance(one, str) for one in query.values()):
            return {"refused": "lesson"}
        key = new_key()
        try:
            room = Room.made(key, query, self.words.language)
            while not await hub().store.create(code := new_code(), room):
                pass
        except ValueError:
            return {"refused": "lesson"}
        except Full:
            return {"refused": "full"}
        return {"made": code, "key": key}

    async def _join(self, said: Mapping[str, Any]) -> dict[str, Any]:
        code, key = _text(said["join"]).strip().upper(), _text(said.get("key"))
        room = await hub().store.read(code) if is_code(code) and not _guesses.are_many() else None
        if room is None or (key and not room.opens_with(key)):
            self.wrong += 1
            _guesses.add()
            return {"refused": "key" if room else "code"}
        self.leave()
        leads = bool(key)
        member = _text(said.get("member")) if len(_text(said.get("member"))) == 32 else uuid4().hex
        try:
            await (hub().store.visit(code) if leads else hub().store.join(code, member))
        except (Full, KeyError) as error:
            return {"refused": "full" if isinstance(error, Full) else "code"}
        self.code, self.seat.leads, self.seat.member = code, leads, "" if leads else member
        hub().enter(code, self.seat)
        answer = {"room": room.told(), "member": self.seat.member, "kept": await self._kept(room)}
        return answer | ({"counts": await counts(hub().store, code, room)} if leads else {})

    async def _answer(self, room: Room, said: Mapping[str, Any]) -> dict[str, Any] | None:
        place = [said.get("at"), said.get("round")]
        if self.seat.leads or room.phase != OPEN or place != [room.at, room.round] or not room.slide:
            return {"late": place}
        try:
            answer = checked_answer(room.slide.question, said["answer"])
        except (ValueError, TypeError):
            return {"late": place}
        await hub().store.answer(self.code, _slot(room), self.seat.member, json.dumps(answer))
        return {"kept": place}

    async def _lead(self, room: Room, said: Mapping[str, Any]) -> dict[str, Any] | None:
        version = said.get("version")
        if not self.seat.leads or not isinstance(version, int):
            return None
        after = room.after(_text(said["do"]), version)
        if after is not room:
            if after.phase == OPEN:
                after = replace(after, since=time())
            await hub().store.replace(self.code, after, room.version)
        return None

    async def _slide(self, room: Room, notes: bool) -> dict[str, Any]:
        own = await self._own(room) if room.phase == SHOWN and not self.seat.leads else None
        slide = {"at": room.at, "phase": room.phase, "round": room.round}
        slide["html"] = slide_html(room, self.words.language, self.seat.leads, own)
        return slide | ({"notes": notes_html(room, self.words)} if notes and self.seat.leads else {})

    async def _kept(self, room: Room) -> list | None:
        """Where this seat has answered already, of the slide that is open."""
        return [room.at, room.round] if await self._own(room) is not None else None

    async def _own(self, room: Room) -> Any:
        """This seat's own answer to the question on screen, the last that it gave; None for none."""
        if not room.asks or not self.seat.member:
            return None
        for number in range(room.round, 0, -1):
            slot = f"{room.at}.{number}"
            if found := await hub().store.answer_of(self.code, slot, self.seat.member):
                return json.loads(found)
        return None


class _Guesses:
    """Codes that were tried in vain in the last minute."""

    def __init__(self) -> None:
        self._times: list[float] = []

    def add(self) -> None:
        self._times = [*self._times[-WRONG_A_MINUTE:], monotonic()]

    def are_many(self) -> bool:
        return sum(time > monotonic() - 60 for time in self._times) >= WRONG_A_MINUTE


_guesses = _Guesses()


async def answer(websocket: WebSocket) -> None:
    """Answers one seat until it leaves, or has guessed too often."""
    line = Line(websocket)
    try:
        async for said in messages(websocket, LONGEST, A_SECOND):
            if line.wrong >= WRONG:
                await websocket.close(POLICY)
                return
            answered = await line.take(said) if isinstance(said, dict) else None
            if answered is not None:
                await send(websocket, answered)
    except WebSocketDisconnect:  # who left before the answer was there
        return
    finally:
        line.leave()


def _slot(room: Room) -> str:
    return f"{room.at}.{room.round}"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

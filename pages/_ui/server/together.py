"""The answer to a hand that drags, sent at once: messages of Streamlit -> **together** -> browser.

Streamlit answers a move with some ten messages: a run begins, the server is busy, each element, the run
is finished, the server is no longer busy. A browser that gets them one after the other lays out the whole
page anew up to five times, 5 ms each, and the picture that the hand waits for comes with the last.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LONGEST = 0.04
"""Seconds for which messages wait for the end of their run. A run that takes longer is shown as it comes."""

_MOST_BYTES = 20_000
"""No message that says how far a run is comes near this size; a larger one is not looked into."""

Send = Callable[[dict], Awaitable[None]]


def together(send: Send) -> Send:
    """The ASGI function `send` of a websocket, which sends what a short run of a fragment says in one go.

    Of a run that ends within `LONGEST` the browser is not told that the server was busy meanwhile.
    """
    return _Together(send).send


class _Together:
    def __init__(self, send: Send):
        self._send = send
        self._waiting: list[tuple[bool, dict]] = []  # whether it says that the server is busy, message
        self._timer: asyncio.TimerHandle | None = None
        self._in_turn = asyncio.Lock()
        self._was_silent = False  # The browser was not told that the server is busy.

    async def send(self, message: dict) -> None:
        said = _unpacked(message)
        kind = said.WhichOneof("type")
        is_busy = said.session_status_changed.script_is_running
        if self._waiting or (kind == "new_session" and said.metadata.run.fragment_ids):
            self._waiting.append((is_busy, message))
            if kind == "script_finished":
                self._keep_silent()
                await self._send_all()
            elif self._timer is None:
                loop = asyncio.get_running_loop()
                self._timer = loop.call_later(LONGEST, lambda: loop.create_task(self._send_late()))
        elif kind == "session_status_changed" and self._was_silent and not is_busy:
            self._was_silent = False
        else:
            async with self._in_turn:
                await self._send(message)

    def _keep_silent(self) -> None:
        kept = [pair for pair in self._waiting if not pair[0]]
        self._was_silent |= len(kept) < len(self._waiting)
        self._waiting = kept

    async def _send_late(self) -> None:
        # Whoever left meanwhile is noticed by Streamlit with the next message.
        with suppress(OSError):
            await self._send_all()

    async def _send_all(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        async with self._in_turn:
            while self._waiting:
                _, message = self._waiting.pop(0)
                await self._send(message)


class Gathered:
    """A connection that sends in one piece what is written to it in one turn of the event loop."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop):
        self._transport = transport
        self._loop = loop
        self._pieces: list[bytes] = []

    def __getattr__(self, name: str):
        return getattr(self._transport, name)

    def write(self, piece: bytes) -> None:
        if not self._pieces:
            self._loop.call_soon(self._write_all)
        self._pieces.append(piece)

    def close(self) -> None:
        self._write_all()
        self._transport.close()

    def _write_all(self) -> None:
        if self._pieces:
            self._transport.write(b"".join(self._pieces))
            self._pieces.clear()


def _unpacked(message: dict) -> ForwardMsg:
    """What Streamlit says with it; empty where that does not matter here."""
    packed = message.get("bytes") or b""
    return ForwardMsg.FromString(packed if len(packed) < _MOST_BYTES else b"")

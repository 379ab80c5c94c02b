"""The line over a websocket: browser -> **websocket** -> line of a session -> browser, and no page runs."""

import json
from collections.abc import AsyncIterator
from contextlib import suppress
from time import monotonic

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from ..line import answer
from .first import base_path

PATH = "/line"
"""Beside the pages, of which none has this name."""

LONGEST = 16_384
"""Letters of a report. What a page sends is a tenth of that."""

A_SECOND = 60
"""Reports that a line may send in a second, on average over the last two; no more pictures are seen."""

POLICY, TOO_LONG = 1008, 1009
"""Codes that say why a websocket was closed."""


async def answer_reports(websocket: WebSocket) -> None:
    """Answers reports until the browser leaves."""
    with suppress(WebSocketDisconnect):  # who left before the answer was there
        async for report in messages(websocket, LONGEST, A_SECOND):
            if (answered := answer(report)) is not None:
                await send(websocket, answered)


async def messages(websocket: WebSocket, longest: int, a_second: int) -> AsyncIterator[object]:
    """What a browser sends as JSON until it leaves; None for what is none.

    longest : letters of a message. a_second : messages that it may send in a second, on average over the last
    two. Who sends more, or what is too long, is sent away.
    """
    await websocket.accept()
    left, before = 2.0 * a_second, monotonic()
    while True:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            return
        text = message.get("text")  # None where it is bytes
        now = monotonic()
        left, before = min(left + (now - before) * a_second, 2.0 * a_second) - 1, now
        is_long = text is not None and len(text) > longest
        if text is None or is_long or left < 0:
            await websocket.close(TOO_LONG if is_long else POLICY)
            return
        yield _read(text)


async def send(websocket: WebSocket, answered: dict) -> None:
    """Sends an answer as JSON."""
    await websocket.send_text(json.dumps(answered, ensure_ascii=False, separators=(",", ":")))


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


ROUTES = [WebSocketRoute(f"{base_path()}{PATH}", answer_reports)]

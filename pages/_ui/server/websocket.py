"""The line over a websocket: browser -> **websocket** -> line of a session -> browser, and no page runs."""

from __future__ import annotations

import json
from time import monotonic

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import config

from ..line import answer

PATH = "/line"
"""Beside the pages, of which none has this name."""

LONGEST = 16_384
"""Letters of a report. What a page sends is a tenth of that."""

A_SECOND = 60
"""Reports that a line may send in a second, on average over the last two; no more pictures are seen."""

POLICY, TOO_LONG = 1008, 1009
"""Codes that say why a websocket was closed."""


async def answer_reports(websocket: WebSocket) -> None:
    """Answers reports until the browser leaves; one that floods or sends what is too long is sent away."""
    await websocket.accept()
    left, before = 2.0 * A_SECOND, monotonic()
    try:
        while True:
            message = await websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            report = message.get("text")  # None where it is bytes
            now = monotonic()
            left, before = min(left + (now - before) * A_SECOND, 2.0 * A_SECOND) - 1, now
            is_long = report is not None and len(report) > LONGEST
            if report is None or is_long or left < 0:
                await websocket.close(TOO_LONG if is_long else POLICY)
                return
            answered = answer(_read(report))
            if answered is not None:
                await websocket.send_text(json.dumps(answered, ensure_ascii=False, separators=(",", ":")))
    except WebSocketDisconnect:  # who left before the answer was there
        return


def _read(report: str) -> object:
    try:
        return json.loads(report)
    except (ValueError, RecursionError):
        return None


_base = (config.get_option("server.baseUrlPath") or "").strip("/")
ROUTES = [WebSocketRoute(f"/{_base}{PATH}" if _base else PATH, answer_reports)]

"""Sessions whose reader has left: kept a while for a reader who comes back, then **ended**.

Streamlit's own storage forgets a session after a while but leaves it to Python's collector to end it.
Until that is due, each holds its uploads and three file descriptors: those of an event loop that
Streamlit gives to each session, and that nothing in this app runs in. It waits for a Streamlit that ends the
sessions that it forgets, and opens that loop only when something runs in it.
"""

import asyncio

from streamlit.runtime.session_manager import SessionInfo, SessionStorage

MOST = 128
"""Sessions that are kept at a time; of more, the one that left first is ended."""

_REST = 1.0
"""Seconds until a session whose reader has left is looked at: its last run may not have stopped yet."""


class Departed(SessionStorage):
    """Keeps a session for `seconds` after its reader has left."""

    def __init__(self, seconds: float):
        self._seconds = seconds
        self._kept: dict[str, SessionInfo] = {}
        self._ends: dict[str, asyncio.TimerHandle] = {}

    def save(self, session_info: SessionInfo) -> None:
        session_id = session_info.session.id
        self.delete(session_id)
        self._kept[session_id] = session_info
        loop = asyncio.get_running_loop()
        self._ends[session_id] = loop.call_later(self._seconds, self._end, session_id)
        loop.call_later(_REST, self._close_loop, session_info)
        while len(self._kept) > MOST:
            self._end(next(iter(self._kept)))

    def get(self, session_id: str) -> SessionInfo | None:
        """The session, for a reader who comes back, or None if it is not kept."""
        found = self._kept.get(session_id)
        if found and found.session._script_event_loop.is_closed():
            found.session._script_event_loop = asyncio.new_event_loop()
        return found

    def delete(self, session_id: str) -> None:
        if self._kept.pop(session_id, None):
            self._ends.pop(session_id).cancel()

    def list(self) -> list[SessionInfo]:
        return list(self._kept.values())

    def _end(self, session_id: str) -> None:
        session = self._kept[session_id].session
        self.delete(session_id)
        session.shutdown()
        if session._scriptrunner is None:
            # What it held, its figure too, is gone at once, and not when Python next looks for garbage.
            session.session_state.clear()

    def _close_loop(self, left: SessionInfo) -> None:
        session = left.session
        if self._kept.get(session.id) is not left:
            return
        if session._scriptrunner is None:
            session._script_event_loop.close()
        else:
            asyncio.get_running_loop().call_later(_REST, self._close_loop, left)

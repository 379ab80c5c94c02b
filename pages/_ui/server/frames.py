"""What a websocket may unpack to: browser -> **frames** -> messages to Streamlit and to the line.

A compressed frame of 1 kB can unpack to 1 MB. A piece that comes from the network holds up to 256 kB
and many frames, and uvicorn unpacks all of them before it hands on the first. So pieces are cut, and
who sends more than is handed on is cut off. It waits for a uvicorn that unpacks one frame at a time and
bounds what waits.
"""

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

MOST_MESSAGE_BYTES = 1_000_000
"""The longest message to the server. A page sends a hundredth of that; files come by another way."""

MOST_WAITING = 2 * MOST_MESSAGE_BYTES
"""Bytes of the messages of one connection that may wait for Streamlit."""

_PIECE = 4096


class BoundedWebSocket(WebSocketsSansIOProtocol):
    """uvicorn's websocket, which closes a connection whose messages wait in too large a number."""

    def data_received(self, data: bytes) -> None:
        for start in range(0, len(data), _PIECE):
            super().data_received(data[start : start + _PIECE])
            if self.transport.is_closing():
                return
            if self._waiting() > MOST_WAITING:
                self.transport.abort()
                return

    def _waiting(self) -> int:
        """Bytes of the messages in the queue, and of the parts of one that is not complete."""
        queued = sum(len(event.get("bytes") or event.get("text") or "") for event in self.queue._queue)
        return queued + sum(map(len, self.frames))

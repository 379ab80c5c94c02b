"""What a websocket may unpack to, and how well it packs: browser <-> **frames** <-> messages of Streamlit.

A compressed frame of 1 kB can unpack to 1 MB. A piece that comes from the network holds up to 256 kB
and many frames, and uvicorn unpacks all of them before it hands on the first. So pieces are cut, and
who sends more than is handed on is cut off.

While a slider is dragged each answer is much like the one before it. uvicorn's compression remembers the
last 4 kB that it sent, and an answer is 5 to 20 kB long: so it remembers more here.
"""

from __future__ import annotations

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from .together import Gathered

MOST_BYTES = 1_000_000
"""Of one message to the server. What a page sends is a hundredth of that; files come by another way."""

MOST_WAITING = 2 * MOST_BYTES
"""Of the messages of one connection that wait for Streamlit."""

WINDOW = 15
"""The compression remembers 2 ** WINDOW bytes, the most there is. It takes 128 kB of memory a reader.
With 14, which is a little less than some answers, a change would send 4 to 6 kB and not 1.
"""

_PIECE = 4096


class BoundedWebSocket(WebSocketsSansIOProtocol):
    """uvicorn's websocket, which closes a connection whose messages wait in too large a number."""

    def __init__(self, *options, **more) -> None:
        super().__init__(*options, **more)
        for compression in self.conn.available_extensions:
            compression.server_max_window_bits = WINDOW

    def connection_made(self, transport) -> None:
        super().connection_made(transport)
        self.transport = Gathered(transport, self.loop)

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

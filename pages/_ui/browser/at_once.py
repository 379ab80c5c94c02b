"""Small answers go out **at once**: menu -> the sockets of this process.

An answer to a slider is several small packets. Unless a socket is set to TCP_NODELAY the system holds
the second until the browser has confirmed the first, which takes browsers 40 ms. Servers set it, but
asyncio does so only where a socket names its protocol, and that of Streamlit (1.67) does not.
"""

from __future__ import annotations

import gc
import socket
from contextlib import suppress


def send_at_once() -> None:
    """Sets the listening socket, from which connections to come inherit it, and those that are there."""
    for found in gc.get_objects():
        if type(found) is socket.socket and found.type == socket.SOCK_STREAM:
            with suppress(OSError):  # closed meanwhile, or none of TCP
                found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

"""A page with one picture, which prints a line of JSON on the TCP sockets of its server."""

import gc
import json
import socket

from pages._ui.browser.at_once import send_at_once
from pages._ui.browser.picture import picture

send_at_once()
picture("<svg></svg>", key="picture")

found = [
    entry for entry in gc.get_objects()
    if type(entry) is socket.socket and entry.fileno() >= 0
    and entry.family in (socket.AF_INET, socket.AF_INET6) and entry.type == socket.SOCK_STREAM
]  # fmt: skip
at_once = [entry.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0 for entry in found]
listening = [entry.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) != 0 for entry in found]
print(json.dumps({"listening": listening, "at_once": at_once}), flush=True)

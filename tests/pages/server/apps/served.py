"""A page with one picture, served as the app is, which prints a line of JSON on its server's TCP sockets."""

import gc
import json
import socket

from pages._ui.server import is_running

if is_running():
    from pages._ui.browser.picture import picture

    picture("<svg></svg>", key="picture")
    gc.unfreeze()  # or the sockets that were there at the start would not be found
    found = [
        entry for entry in gc.get_objects()
        if type(entry) is socket.socket and entry.fileno() >= 0
        and entry.family in (socket.AF_INET, socket.AF_INET6) and entry.type == socket.SOCK_STREAM
    ]  # fmt: skip
    at_once = [entry.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0 for entry in found]
    listening = [entry.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) != 0 for entry in found]
    print(json.dumps({"listening": listening, "at_once": at_once}), flush=True)
else:
    from streamlit.starlette import App

    from pages._ui.server.start import MIDDLEWARE, started

    app = App(__file__, lifespan=started, middleware=MIDDLEWARE)

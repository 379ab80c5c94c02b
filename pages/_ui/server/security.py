"""What every request passes first: request -> **security** -> Streamlit.

Streamlit compares the origin of a foreign websocket with the public address of the machine, which it
asks another host for while all readers wait. So foreign origins are answered here.
"""

import os
import re

from streamlit import config

from lstm_core.workbench.process_memory import NoRoom

from .uploads import coming, in_time

_UPLOADS = "/_stcore/upload_file/"
_METRICS = "/_stcore/metrics"

_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9A-Fa-f:]+\](:\d+)?")


class SecurityMiddleware:
    """ASGI middleware, which `app.py` hands to Streamlit by `App(middleware=…)`."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        headers = dict(scope.get("headers", ()))
        host = headers.get(b"host", b"").decode("latin-1")
        if scope["type"] == "websocket":
            origin = headers.get(b"origin", b"").decode("latin-1")
            if not may_connect(origin, host):
                await send({"type": "websocket.close", "code": 1008})
                return
            scope = {**scope, "headers": _as_if_from(host, scope["headers"])}
        elif scope["type"] == "http":
            send = _with_headers(security_headers(host), send)
            if _METRICS in scope["path"]:  # of no use to a reader
                await _refuse(404, receive, send)
                return
            _, is_upload, place = scope["path"].partition(_UPLOADS)
            if is_upload and scope["method"] in ("PUT", "POST"):
                await self._upload(place.partition("/")[0], scope, headers, receive, send)
                return
        await self.app(scope, receive, send)

    async def _upload(self, session_id: str, scope, headers: dict[bytes, bytes], receive, send) -> None:
        """Hands an upload on once there is room for it, and while there is."""
        try:
            with coming(session_id, headers.get(b"content-length", b"")):
                await self.app(scope, in_time(receive), send)
        except NoRoom:
            await _refuse(413, receive, send)


def may_connect(origin: str, host: str) -> bool:
    """Whether a page of this origin may open a websocket: this server's own, or one that is named.

    The names are those of `server.corsAllowedOrigins`. A program that is no browser sends no origin.
    """
    if not origin or origin.partition("://")[2] == host:
        return True
    return origin in config.get_option("server.corsAllowedOrigins")


def security_headers(host: str) -> dict[str, str]:
    """What browsers are told with each answer. Who may show the app in a frame is named in FRAMES.

    FRAMES, a variable of the environment, holds origins with a space between; nobody else but this
    server may. Streamlit needs inline scripts and styles and loads components as blob: modules, but no
    eval; nothing comes from another host.
    """
    frames = " ".join(["'self'", *re.findall(r"https?://[\w.:*-]+", os.environ.get("FRAMES", ""))])
    sockets = f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
    policy = (
        "default-src 'self'; script-src 'self' 'unsafe-inline' blob:; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'{sockets} data: blob:; "
        "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
        f"frame-ancestors {frames}"
    )
    # X-Frame-Options knows no origins; who understands frame-ancestors needs none.
    frame_options = {"X-Frame-Options": "SAMEORIGIN"} if frames == "'self'" else {}
    return frame_options | {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",  # links hold what a reader does
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), clipboard-read=()",
    }


def _as_if_from(host: str, headers: list) -> list:
    """The headers with this server's own origin, so that Streamlit does not judge the origin again."""
    own = f"http://{host}".encode("latin-1")
    return [(name, own if name == b"origin" else value) for name, value in headers]


def _with_headers(more: dict[str, str], send):
    added = {name.lower().encode(): value.encode("latin-1") for name, value in more.items()}

    async def send_with(message):
        if message["type"] == "http.response.start":
            kept = [pair for pair in message.get("headers", ()) if pair[0].lower() not in added]
            message = {**message, "headers": [*kept, *added.items()]}
        await send(message)

    return send_with


async def _refuse(status: int, receive, send) -> None:
    """Answers with a status, once it has read what is sent and kept nothing of it: a browser listens after
    it has sent all."""
    while (await receive()).get("more_body", False):
        pass
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body"})

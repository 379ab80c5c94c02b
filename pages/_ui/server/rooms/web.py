"""The page that phones and projectors open: address -> **HTML** of a few kilobytes, and no run of Streamlit.

`/room/` asks for a code, `/room/new?lesson=…` makes a room, and `/room/ABCDE` is a room: a phone's, or with
the key behind its # the teacher's.
"""

import json
from functools import cache
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute

from lstm_core.lessons.lesson_link import from_query, split
from lstm_core.rooms.room import LENGTH, is_code
from lstm_core.rooms.slides import slides_of
from lstm_core.words import KNOWN, Words, closest_language

from ...browser.qr import for_phones, qr_svg
from ...site import ASSETS
from ..first import base_path, language_of
from .line import answer

_KINDS = {"js": "text/javascript", "css": "text/css", "woff2": "font/woff2"}

FILES = {
    path.name: path
    for folder, names in {
        "room": ("room.js", "reply.js", "lead.js", "new.js", "room.css", "sans.woff2"),
        "figure": ("patch.js", "socket.js", "theme.css"),
        "components/curve": ("curve.js", "curve.css"),
    }.items()
    for path in (ASSETS / folder / name for name in names)
}
"""What the page loads; nothing else of the app is served here."""

_SAID = (
    "answered", "here", "begin", "back", "close", "reveal", "next", "end", "ask_again", "notes", "kept",
    "sending", "again", "closed", "no_line", "refused_code", "refused_key", "refused_full", "refused_lesson",
    "silent_open", "silent_closed", "wrong_twice", "absent",
)  # fmt: skip
"""Texts that the scripts put on screen."""


async def enter(request: Request) -> Response:
    """Asks for the code."""
    code, words = request.query_params.get("code", "").strip().upper(), _words(request)
    if is_code(code):
        return RedirectResponse(f"{base_path()}/room/{code}")
    wrong = f"<p>{_text(words, 'refused_code')}</p>" if code else ""
    form = (
        f"<main><h1>{_text(words, 'enter')}</h1><form><label>{_text(words, 'code')}"
        f'<input name="code" maxlength="{LENGTH}" autocomplete="off" autocapitalize="characters" required>'
        f'</label><button class="main">{_text(words, "come_in")}</button></form>{wrong}</main>'
    )
    return _page(words, words("room.title"), form)


async def new(request: Request) -> Response:
    """Makes a room of the lesson in the address, once the teacher presses the button."""
    words, said = _words(request), split(dict(request.query_params))[1]
    lesson, problems = from_query(said)
    slides = slides_of(lesson.parts)
    if problems or not slides:
        return _page(words, words("room.title"), f"<main><p>{_text(words, 'refused_lesson')}</p></main>", 400)
    items = "".join(f"<li>{escape(words(slide.title_key))}</li>" for slide in slides)
    body = (
        f"<main><h1>{_text(words, 'title')}</h1><p>{_text(words, 'new_says')}</p>"
        f'<p><button id="make" class="main" type="button">{_text(words, "make")}</button></p>'
        f'<ol>{items}</ol></main><footer id="says" role="status"></footer>'
    )
    return _page(words, words("room.title"), body, script="new.js", more={"query": said})


async def room(request: Request) -> Response:
    """A room, for a phone and for a projector alike: which of them it is the server is told later."""
    words, code = _words(request), request.path_params["code"].upper()
    if not is_code(code):
        return RedirectResponse(f"{base_path()}/room/?code={code[:LENGTH]}")
    link, _ = for_phones(f"{request.url.scheme}://{request.url.netloc}{base_path()}/room/{code}")
    address = escape(link.rpartition("/")[0])
    hall = (
        f'<section id="hall" hidden><div><p>{_text(words, "at_address")} <b>{address}</b></p>'
        f'<p>{_text(words, "code")}</p><p class="huge">{code}</p></div>{qr_svg(link) or ""}</section>'
    )
    body = (
        f'<header><span class="code">{code}</span><span id="place"></span><span id="clock"></span>'
        f'<span id="count" role="status"></span></header><main>{hall}<div id="slide"></div>'
        '<ul id="stuck"></ul><div id="notes"></div></main>'
        '<footer><div id="lead"></div><p id="says" role="status"></p></footer>'
    )
    return _page(words, f"{code} · {words('room.title')}", body, script="room.js", code=code)


async def file(request: Request) -> Response:
    """One of FILES."""
    path = FILES.get(request.path_params["name"])
    if path is None:
        return PlainTextResponse("", status_code=404)
    headers = {"Cache-Control": "no-cache"}
    return Response(_content(path.name), media_type=_KINDS[path.suffix[1:]], headers=headers)


@cache
def _content(name: str) -> bytes:
    return FILES[name].read_bytes()


def _page(
    words: Words,
    title: str,
    body: str,
    status: int = 200,
    script: str = "",
    code: str = "",
    more: dict | None = None,
) -> Response:
    texts = {name: words(f"room.{name}") for name in _SAID} | (more or {})
    # A text in a script element ends at "</", which JSON can write otherwise.
    held = json.dumps(texts, ensure_ascii=False).replace("<", "\\u003c")
    html = (
        f'<!doctype html><html lang="{words.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<base href="{base_path()}/room/">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="files/theme.css">'
        f'<link rel="stylesheet" href="files/room.css"></head><body data-code="{code}">{body}'
        f'<script type="application/json" id="texts">{held}</script>'
        + (f'<script type="module" src="files/{script}"></script>' if script else "")
        + "</body></html>"
    )
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


def _words(request: Request) -> Words:
    asked = request.query_params.get("lang", "")
    return Words(closest_language(asked) if asked in KNOWN else language_of(request))


def _text(words: Words, name: str) -> str:
    return escape(words(f"room.{name}"))


def routes() -> list[Route | WebSocketRoute]:
    """Beside the pages, of which none is called room."""
    here = f"{base_path()}/room"
    return [
        WebSocketRoute(f"{here}/line", answer),
        Route(f"{here}/files/{{name}}", file, methods=["GET"]),
        Route(f"{here}/new", new, methods=["GET"]),
        Route(f"{here}/{{code}}", room, methods=["GET"]),
        Route(f"{here}/", enter, methods=["GET"]),
        Route(here, enter, methods=["GET"]),
    ]

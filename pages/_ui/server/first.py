"""The first picture of a first visit: address -> Streamlit's page with **what the app will show** drawn in.

Streamlit sends an empty page, and the browser draws when all scripts have come and the page has run: a second
or two on a quiet machine, many on a slow one. So the server draws the same into the page that it sends.
"""

from __future__ import annotations

import asyncio
import re
from functools import lru_cache
from hashlib import blake2b
from html import escape
from pathlib import Path
from urllib.parse import parse_qsl

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from streamlit import config

from lstm_core.words import closest_language

from ..site import PAGES
from .drawn import drawn

LONGEST = 4096
"""Letters of a query that is drawn; with a longer one the page comes empty, as Streamlit sends it."""

MOST_WAITING = 8
"""Pages that wait to be drawn; where more would, a page comes empty rather than late."""

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")

_LANGUAGE, _TITLE, _ROOT = '<html lang="en">', "<title>Streamlit</title>", '<div id="root"></div>'
_STREAMLITS_OWN = {"embed", "embed_options"}
"""Parameters by which Streamlit leaves out parts of its page, or takes another theme than the reader's."""


class First:
    """Answers a page, and draws one after the other, so that whoever drags meanwhile waits for one alone."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def answer(self, request: Request) -> Response:
        page = request.url.path.removeprefix(_BASE).strip("/")
        query = request.scope["query_string"].decode("latin-1")
        html = INDEX
        if len(query) <= LONGEST and self._waiting < MOST_WAITING:
            self._waiting += 1
            try:
                async with self._turn:
                    html = await run_in_threadpool(page_of, page, query, language_of(request))
            finally:
                self._waiting -= 1
        return _answer(request, html)


@lru_cache(32)  # a class opens one link in the same minute
def page_of(page: str, query: str, language: str) -> str:
    """Streamlit's page with the drawing of an address in it, its title and its language.

    page : "" for the address without a page. query : as it stands in the address. language : of a reader
        whose link names none.
    """
    try:
        said = dict(parse_qsl(query, keep_blank_values=True, encoding="utf-8", errors="replace"))
    except ValueError:
        return INDEX
    found = drawn(page, said, language)
    html = INDEX.replace(_LANGUAGE, f'<html lang="{found.language}">').replace(
        _TITLE, f"<title>{escape(found.title)}</title>"
    )
    return html if said.keys() & _STREAMLITS_OWN else html.replace(_ROOT, found.body + _ROOT)


def language_of(request: Request) -> str:
    """The language of a browser that has said nothing else: the first that it asks for."""
    wanted = request.headers.get("accept-language", "")
    return closest_language(re.split("[,;]", wanted, maxsplit=1)[0].strip())


def _answer(request: Request, html: str) -> Response:
    """The page, or 304 to a browser that has the same already."""
    content = html.encode()
    etag = f'"{blake2b(content, digest_size=16).hexdigest()}"'
    headers = {"Cache-Control": "no-cache", "ETag": etag, "Vary": "Accept-Language"}
    known = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return (
        Response(status_code=304, headers=headers)
        if etag in known
        else HTMLResponse(content, headers=headers)
    )


def _route(path: str, first: First) -> Route:
    route = Route(path, first.answer, methods=["GET"])
    if route.methods:
        route.methods.discard("HEAD")  # which Streamlit answers
    return route


_BASE = "/" + (config.get_option("server.baseUrlPath") or "").strip("/")
ROUTES = [_route(f"{_BASE.rstrip('/')}/{page}", first) for first in (First(),) for page in ("", *PAGES)]

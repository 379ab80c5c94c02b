"""The first picture of a first visit: address -> Streamlit's page with **what the app will show** drawn in.

Streamlit sends an empty page, and the browser draws when all scripts have come and the page has run: a second
or two on a quiet machine, many on a slow one. So the server draws the same into the page that it sends.
"""

import asyncio
import mimetypes
import re
from functools import cache, lru_cache
from hashlib import blake2b
from html import escape
from pathlib import Path

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route
from streamlit import config

from lstm_core.figure import gallery
from lstm_core.words import FIRST, KNOWN, closest_language

from ..site import ASSETS, PAGES
from .drawn import Drawn, drawn

LONGEST = 6000
"""Letters of a query that is drawn; with a longer one the page comes empty, as Streamlit sends it."""

MOST_WAITING = 8
"""Pages that wait to be drawn; where more would, a page comes empty rather than late."""

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")

PLACES = _LANGUAGE, _TITLE, _ROOT = '<html lang="en">', "<title>Streamlit</title>", '<div id="root"></div>'
"""What of Streamlit's page is filled."""

PICTURES = ASSETS / "images" / "pages"
"""A picture of each page in each language, which tests/fixtures/make_pictures.py takes."""

_STREAMLITS_OWN = {"embed", "embed_options"}
"""Parameters by which Streamlit leaves out parts of its page, or takes another theme than the reader's."""


class First:
    """Answers a page, and draws one after the other, so that whoever drags meanwhile waits for one alone."""

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self._waiting = 0

    async def answer(self, request: Request) -> Response:
        """The page, or 304 to a browser that has the same already."""
        content = (await self.html_of(request)).encode()
        etag = f'"{blake2b(content, digest_size=16).hexdigest()}"'
        headers = {"Cache-Control": "no-cache", "ETag": etag, "Vary": "Accept-Language"}
        known = request.headers.get("if-none-match", "").split(",")
        if etag in [one.strip().removeprefix("W/") for one in known]:
            return Response(status_code=304, headers=headers)
        return HTMLResponse(content, headers=headers)

    async def html_of(self, request: Request) -> str:
        """The page that was asked for."""
        page, query = request.scope["path"].removeprefix(base_path()).strip("/"), request.url.query
        if len(query) > LONGEST or self._waiting >= MOST_WAITING:
            return INDEX
        self._waiting += 1
        try:
            async with self.turn:
                at = f"{request.url.scheme}://{request.url.netloc}{base_path()}"
                return await run_in_threadpool(page_of, page, query, language_of(request), at)
        finally:
            self._waiting -= 1


@lru_cache(32)  # a class opens one link in the same minute
def page_of(page: str, query: str, language: str, at: str = "") -> str:
    """Streamlit's page with the drawing of an address in it, its title, its language, and what a chat shows.

    page : "" for the address without a page. query : as it stands in the address. language : of a reader
        whose link names none. at : the address of the app, as the reader's browser asked for it.
    """
    said = dict(QueryParams(query))
    found = drawn(page, said, language)
    html = INDEX.replace(_LANGUAGE, f'<html lang="{found.language}">')
    html = html.replace(_TITLE, f"<title>{escape(found.title)}</title>{_told(found, at)}")
    return html if said.keys() & _STREAMLITS_OWN else html.replace(_ROOT, found.body + _ROOT)


def _told(found: Drawn, at: str) -> str:
    """What a search or a chat shows of the page: title, description and picture."""
    pictures = [f"{found.page}.{code}.png" for code in (found.language, FIRST)]
    picture = next((name for name in pictures if (PICTURES / name).exists()), None)
    properties = {"og:type": "website", "og:title": found.title, "og:description": found.about}
    if picture:
        properties |= {"og:image": f"{at}/pictures/{picture}", "twitter:card": "summary_large_image"}
    return f'<meta name="description" content="{escape(found.about)}">' + "".join(
        f'<meta property="{name}" content="{escape(content)}">' for name, content in properties.items()
    )


async def _picture(request: Request) -> Response:
    """The picture of a page, as it is shown beside a link to it."""
    name = request.path_params["name"]
    known = {f"{page}.{code}.png" for page in PAGES for code in KNOWN}
    if name not in known or not (PICTURES / name).exists():
        return Response(status_code=404)
    return FileResponse(PICTURES / name, headers={"Cache-Control": "max-age=86400"})


_gallery = {name: cache(make) for name, make in gallery.files().items()}


async def _beside(request: Request) -> Response:
    """The gallery of what can be embedded, or one of the files that it shows."""
    name = request.url.path.rpartition("/")[2]
    content = await run_in_threadpool(_gallery[name])
    return Response(content, media_type=mimetypes.guess_type(name)[0])


def language_of(request: Request) -> str:
    """The language of a browser that has said nothing else: the first that it asks for."""
    wanted = request.headers.get("accept-language", "")
    return closest_language(re.split("[,;]", wanted, maxsplit=1)[0].strip())


def routes() -> list[Route]:
    """The pages, and the address without one. Whatever else is asked for, and how, Streamlit answers."""
    first = First()
    found = [Route(f"{base_path()}/{page}", first.answer, methods=["GET"]) for page in ("", *PAGES)]
    for route in found:
        (route.methods or set()).discard("HEAD")
    found += [Route(f"{base_path()}/{name}", _beside, methods=["GET"]) for name in _gallery]
    return [*found, Route(f"{base_path()}/pictures/{{name}}", _picture)]


def base_path() -> str:
    """What the addresses of all pages begin with, behind a proxy that parts several apps: "" or "/name"."""
    return f"/{path}" if (path := (config.get_option("server.baseUrlPath") or "").strip("/")) else ""

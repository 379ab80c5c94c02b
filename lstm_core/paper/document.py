"""One HTML file that needs nothing beside it: title, body -> **document** -> the text of the file."""

import re
from base64 import b64encode
from html import escape

from ..assets import ASSETS
from ..view.palette import INK, MUTED
from ..view.svg import typeset

PAPERS = {"A4": "A4", "letter": "Letter"}
"""The papers that a file can be made for: the name that style sheets use -> the name that people use."""

STYLES = ASSETS / "paper"

_FONT = "Source Sans 3"
"""The first font that the style sheets name."""

_FOR_HANDS = re.compile(r' (?:tabindex|role|aria-live)="(?:0|button|polite)"')
_CODE, _BOLD = re.compile(r"`([^`]+)`"), re.compile(r"\*\*([^*]+)\*\*")


def document(
    title: str,
    body: str,
    language: str,
    style: str,
    paper: str = "A4",
    wide: bool = False,
    script: str = "",
    font: bytes | None = None,
) -> str:
    """The whole file.

    title : plain text, which is escaped. body : HTML.
    style : name of a style sheet in assets/paper, without its ending. script : JavaScript, put in as it is.
    font : a font as woff2, put in so that the file looks alike everywhere; None for the fonts of the reader.
    paper : one of PAPERS. wide : whether the paper lies on its side.

    Raises ValueError for a paper that there is not.
    """
    if paper not in PAPERS:
        raise ValueError(f"paper: expected one of {tuple(PAPERS)}, got {paper!r:.40}")
    rules = "\n".join((STYLES / f"{name}.css").read_text("utf-8") for name in ("paper", style))
    page = f"@page {{ size: {paper} {'landscape' if wide else 'portrait'}; }}"
    own = _face(font) if font else ""
    colours = f":root {{ --ink: {INK}; --muted: {MUTED}; }}"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{own}\n{colours}\n{page}\n{rules}</style>\n</head>\n"
        f"<body>\n{body}\n{f'<script>{script}</script>' if script else ''}</body>\n</html>\n"
    )


def _face(font: bytes) -> str:
    """The rule that puts a font into the file."""
    data = f"data:font/woff2;base64,{b64encode(font).decode()}"
    return f"@font-face {{ font-family: '{_FONT}'; src: url({data}); font-weight: 200 900; }}"


def inline(text: str) -> str:
    """A line of the texts as HTML: escaped, then symbols such as $b_f$, `code` and **bold**."""
    marked = _CODE.sub(r"<code>\1</code>", typeset(escape(text, quote=False)))
    return _BOLD.sub(r"<b>\1</b>", marked)


def on_paper(picture: str) -> str:
    """A picture of the app without what is for keyboard and mouse."""
    return _FOR_HANDS.sub("", picture)

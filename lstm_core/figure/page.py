"""A figure as one file that can be walked anywhere: figure -> frames -> **HTML**.

The file needs no network and no Python. Without scripts it still shows the picture that it begins with.
"""

import json
import zlib
from base64 import b64encode
from functools import cache
from html import escape
from typing import Any

from .frames import MOST_FRAMES, frames
from .looking import Looking
from .scripts import FOLDER, script

STYLES = ("theme", "picture", "sliders", "frames")

HEIGHT = 900
"""Of the frame in a notebook, in pixels; what is higher can be scrolled to."""

IN_A_NOTEBOOK = 256
"""Frames at most: two units over 16 steps, so that a notebook with many of them stays small."""

_START = """
const place = document.querySelector("main");
modules["frames.js"].default(place, document.getElementById("frames").textContent);
"""


def page(figure: Looking, most: int = MOST_FRAMES) -> str:
    """The whole file. most : frames."""
    figure = figure.only_looked_at()
    held = frames(figure, most)
    # What goes with one picture stands together, because what packs it looks back over 32 kB alone.
    written = json.dumps(held, separators=(",", ":"), ensure_ascii=False)
    packed = b64encode(zlib.compress(written.encode(), 9)).decode()
    parts = [f'<div data-panel="{name}"></div>' for name in held["sliders"]]
    for name, markup in figure.looked(arrangement="wide").draw().items():
        parts.append(f'<div data-picture="{name}"><div class="picture">{markup}</div></div>')
    words = figure.words
    told = "".join(
        f"<p>{escape(text)}</p>" for text in (words("figure.hint"), _left_out(figure, held)) if text
    )
    return (
        f'<!doctype html><html lang="{figure.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(words('figure.title'))}</title><style>{styles(STYLES)}</style></head>"
        f"<body><main>{''.join(parts)}</main><footer>{told}</footer>"
        f'<script type="text/plain" id="frames">{packed}</script>'
        f'<script type="module">{script("frames.js")}{_START}</script></body></html>'
    )


def framed(figure: Looking) -> str:
    """The file in a frame, for a notebook's output: neither's style sheets and keys reach the other."""
    inside = (
        page(figure.looked(arrangement="wide"), IN_A_NOTEBOOK).replace("&", "&amp;").replace("'", "&#39;")
    )
    return (
        f'<iframe srcdoc=\'{inside}\' sandbox="allow-scripts" title="{escape(figure.words("figure.title"))}" '
        f'style="width: 100%; height: {HEIGHT}px; border: 0;"></iframe>'
    )


def _left_out(figure: Looking, held: dict[str, Any]) -> str:
    """Says which steps and units the file has, where it does not have all."""
    steps, units = held["steps"], held["units"]
    if (len(steps), len(units)) == (figure.T, figure.H):
        return ""
    return figure.words(
        "figure.left_out", steps=_span(steps), T=f"{figure.T:,}", units=_span(units), H=f"{figure.H:,}"
    )


def _span(numbers: list[int]) -> str:
    return f"{numbers[0]:,}–{numbers[-1]:,}" if len(numbers) > 1 else f"{numbers[0]:,}"


@cache
def styles(names: tuple[str, ...]) -> str:
    """These style sheets of assets/figure as one."""
    return "".join((FOLDER / f"{name}.css").read_text("utf-8") for name in names)

"""Things to embed, on one page of the site: language -> **page**, each with the lines to copy."""

from collections.abc import Callable
from functools import partial
from html import escape

from ..words import FIRST, KNOWN, Words
from ..workbench.focus import Focus
from ..workbench.presets import preset
from .embed import module, to_json
from .figure import Figure
from .pages import PICTURES

PAGES = tuple(name for name in PICTURES if name not in ("start", "trace"))
"""The pages whose figure stands alone under `view=embed`."""

CELLS = {"latch": 4, "leaky": 6}
"""Presets whose frames lie beside the page, and the step that each opens on."""

SITE = "SITE/"
"""What stands for the address of the site; the script of the page puts in where it lies."""

HIGH = {"why_forget": 640, "gradient": 480}
"""Pixels of a frame, where it is not 800."""

_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 860px; padding: 16px; font: 16px/1.6 system-ui, sans-serif; }
iframe, lstm-cell { display: block; width: 100%; border: 0; }
pre {
  white-space: pre-wrap; overflow-wrap: anywhere; padding: 12px; border-radius: 8px; font-size: 14px;
  border: 1px solid color-mix(in srgb, currentColor 30%, transparent);
}
button { font: inherit; padding: 4px 12px; }
"""

_SCRIPT = """
const home = new URL("./", location).href;
for (const code of document.querySelectorAll("pre"))
  code.textContent = code.textContent.replaceAll("SITE/", home);
addEventListener("click", ({ target }) => {
  if (target.matches("button")) navigator.clipboard.writeText(target.previousElementSibling.textContent);
});
"""


def files() -> dict[str, Callable[[], str]]:
    """Name -> what makes the content, of all beside the pages: the gallery, the module, and frames."""
    found: dict[str, Callable[[], str]] = {"lstm-cell.js": module}
    for language in KNOWN:
        found[page_name(language)] = partial(page, language)
        for name in CELLS:
            found[f"{name}.{language}.json"] = partial(_frames, name, language)
    return found


def _frames(name: str, language: str) -> str:
    return to_json(Figure(preset(name), Focus(t=CELLS[name]), language=language))


def page_name(language: str) -> str:
    """The name of the page in a language."""
    return "gallery.html" if language == FIRST else f"gallery.{language}.html"


def page(language: str) -> str:
    """The gallery in a language."""
    words = Words(language)
    others = " · ".join(
        f'<a href="{page_name(code)}" lang="{code}">{there.name}</a>'
        for code, there in KNOWN.items()
        if code != language
    )
    cells = "".join(_cell(words, name) for name in CELLS)
    pages = "".join(_page(words, name) for name in PAGES)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(words('gallery.title'))}</title><style>{_STYLE}</style>"
        f'<meta name="description" content="{escape(words("gallery.frames"))}">'
        '<link rel="icon" href="data:,"><script type="module" src="lstm-cell.js"></script></head><body><main>'
        f"<p>{others}</p><h1>{escape(words('gallery.title'))}</h1>"
        f"<p>{escape(words('gallery.frames'))}</p>{cells}<p>{escape(words('gallery.pages'))}</p>{pages}"
        f"</main><script>{_SCRIPT}</script></body></html>\n"
    )


def _cell(words: Words, name: str) -> str:
    source = f"{name}.{words.language}.json"
    snippet = (
        f'<script type="module" src="{SITE}lstm-cell.js"></script>\n'
        f'<lstm-cell src="{SITE}{source}"></lstm-cell>'
    )
    shown = f'<lstm-cell src="{source}"></lstm-cell>'
    return _section(words, words(f"preset.{name}.name"), shown, snippet)


def _page(words: Words, name: str) -> str:
    address = f"{name}?view=embed&lang={words.language}"
    title = escape(words(f"question.{name}"))
    high = HIGH.get(name, 800)

    def frame(site: str) -> str:
        return (
            f'<iframe src="{site}{escape(address)}" title="{title}" loading="lazy" '
            f'style="width: 100%; height: {high}px; border: 0"></iframe>'
        )

    return _section(words, words(f"question.{name}"), frame(""), frame(SITE))


def _section(words: Words, title: str, shown: str, snippet: str) -> str:
    copy = escape(words("gallery.copy"))
    return (
        f"<section><h2>{escape(title)}</h2>{shown}"
        f"<pre>{escape(snippet)}</pre><button type=button>{copy}</button></section>"
    )

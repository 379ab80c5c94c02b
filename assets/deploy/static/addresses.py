"""The pages of the site as files: what a page says, language, address -> **HTML** that can be read as it is.

Who finds a page by search, is shown its link in a chat or has no scripts sees its title, picture and text;
the browser's scripts then put the living page in the place of the text.
"""

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[2]
TEXT = ASSETS / "text"
FIRST = "en"
"""The language whose pages stand in no folder, and whose texts stand in for those that another lacks."""

ENOUGH = 50
"""See lstm_core/words.py, which this can't import: its package takes NumPy."""


def languages() -> dict[str, dict]:
    """What `language.toml` says of each language, by its code."""
    found = {path.parent.name: read(path) for path in sorted(TEXT.glob("*/language.toml"))}
    return {FIRST: found.pop(FIRST)} | {code: said for code, said in found.items() if said.get("translated")}


def texts(code: str, name: str) -> dict:
    """The texts of a file, with English ones where the language has none."""
    english, own = read(TEXT / FIRST / f"{name}.toml"), TEXT / code / f"{name}.toml"
    here = read(own) if own.exists() else {}
    return {table: found | here.get(table, {}) for table, found in english.items()}


def read(path: Path) -> dict:
    return tomllib.loads(path.read_text("utf-8"))


def of_the_host() -> dict:
    """What the site says before Python is there, by language; and those that a browser's own chooses."""
    closest = [code for code, said in languages().items() if said["translated"] >= ENOUGH]
    return {"texts": {code: texts(code, "site")["site"] for code in languages()}, "closest": closest}


@dataclass(frozen=True)
class Place:
    """Where the site will stand. base : its path. origin : what stands before that, "" where nobody said."""

    base: str
    origin: str

    def of(self, page: str, code: str) -> str:
        """The whole address of a page in a language."""
        return f"{self.origin}{self.path(code)}{page}"

    def path(self, code: str) -> str:
        """The folder of a language."""
        return self.base if code == FIRST else f"{self.base}{code}/"


def page_html(
    shell: str, said: dict, own: str, code: str, codes: list[str], version: str, place: Place
) -> Callable[[int], str]:
    """A page in a language, for a file that lies so many folders deep.

    own : the name of its address, "" for the address without one. codes : of all languages.
    """
    found, page = texts(code, "app"), said["page"] or "start"
    about = found["about"].get(page, found["question"].get(page, ""))
    pictures = [f"{page}.{one}.png" for one in (code, FIRST)]
    picture = next((name for name in pictures if (ASSETS / "images" / "pages" / name).exists()), None)
    head = [
        f'<meta name="description" content="{escape(about)}">',
        f'<link rel="canonical" href="{place.of(own, code)}">',
        *(f'<link rel="alternate" hreflang="{one}" href="{place.of(own, one)}">' for one in codes),
        f'<link rel="alternate" hreflang="x-default" href="{place.of(own, FIRST)}">',
        '<meta property="og:type" content="website">',
        f'<meta property="og:url" content="{place.of(own, code)}">',
        f'<meta property="og:title" content="{escape(said["title"])}">',
        f'<meta property="og:description" content="{escape(about)}">',
        f'<meta property="og:locale" content="{languages()[code]["locale"]}">',
        '<meta name="twitter:card" content="summary_large_image">',
        *[f'<meta property="og:image" content="{place.origin}{place.base}pictures/{picture}">']
        * bool(picture),
    ]

    def html(deep: int) -> str:
        up = "../" * deep
        home = up if code == FIRST else "../" * (deep - 1)
        filled = {
            "WRITTEN": said["body"].replace("@HOME@", home or "./"), "HEAD": "\n".join(head), "LANG": code,
            "TITLE": escape(said["title"]), "BASE": up, "VERSION": version,
            "NOSCRIPT": escape(texts(code, "site")["site"]["no_script"]),
        }  # fmt: skip
        return re.sub("@(" + "|".join(filled) + ")@", lambda found: filled[found[1]], shell)

    return html


def around(out: Path, pages: list[str], codes: list[str], version: str, place: Place) -> None:
    """What stands beside the pages: for unknown addresses, for search, and for the browser's list of apps."""
    title, home = texts(FIRST, "app")["app"]["title"], place.base
    lines = ""
    for code in codes:
        lost = texts(code, "site")["site"]["lost"]
        if code == FIRST or lost != texts(FIRST, "site")["site"]["lost"]:
            lines += f'<p lang="{code}"><a href="{place.path(code)}">{lost}</a></p>'
    head = (
        '<meta charset="utf-8"><meta name="robots" content="noindex">'
        f'<meta http-equiv="refresh" content="3; url={home}"><title>{title}</title>'
    )
    (out / "404.html").write_text(f'<!doctype html><html lang="{FIRST}">{head}{lines}', "utf-8")
    icons = [{"src": f"{version}/icon.png", "sizes": "any", "type": "image/png"}]
    manifest = {
        "name": title,
        "short_name": "LSTM gates",
        "start_url": "./",
        "display": "standalone",
        "icons": icons,
    }
    (out / "manifest.webmanifest").write_text(json.dumps(manifest), "utf-8")
    (out / ".nojekyll").write_text("")
    if not place.origin:  # a map of a site names whole addresses
        return
    found = [place.of("" if name == "start" else name, code) for name in pages for code in codes]
    entries = "".join(f"<url><loc>{escape(address)}</loc></url>" for address in found)
    head = (
        '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    )
    (out / "sitemap.xml").write_text(f"{head}{entries}</urlset>", "utf-8")
    (out / "robots.txt").write_text(
        f"User-agent: *\nAllow: /\nSitemap: {place.origin}{home}sitemap.xml\n", "utf-8"
    )

"""The reader's language: assets/text -> **words** -> every label on screen."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from .assets import ASSETS

TEXT = ASSETS / "text"
FOLDERS = {"preset": ASSETS / "presets", "item": ASSETS / "questions", "task": ASSETS / "tasks"}
"""First word of a key -> where each thing of that kind has a folder of its own, with its texts in it."""

LANGUAGE_NAMES = {"en": "English", "ko": "한국어"}
"""Each language by its own name, for the switch; the first is for readers whose own language is missing.

A language is one line here and one folder `assets/text/CODE`: labels in `*.toml`, prose in `PAGE.md`. In the
folder of a preset, a question or a task it is one file, `CODE.toml`; without that one it speaks English. So
does a page that has no prose, title and heading in the language.
"""

LANGUAGES = tuple(LANGUAGE_NAMES)


class Words:
    """Texts of one language: `words("gate.keep", f="0.92")` fills the placeholders of `str.format`."""

    def __init__(self, language: str):
        self.language = language
        self._texts = texts(language)

    def __call__(self, key: str, **values) -> str:
        """The text of a dotted key. Raises KeyError for a key that is missing."""
        text = self._texts[key]
        return text.format(**values) if values else text

    def prose(self, page: str) -> str:
        """The longer Markdown text of a page."""
        return _prose(self.language, page)

    def first_point(self, page: str) -> str:
        """The first point of the page's list of what to notice."""
        points = (line for line in self.prose(page).splitlines() if line.startswith("- "))
        return next(points).removeprefix("- ")


@cache
def texts(language: str) -> dict[str, str]:
    """Every text by its dotted key, from all TOML files of a language; in English where that has none.

    Raises ValueError for a language that is not in LANGUAGES, and for a key that is in two files.
    """
    # A browser may send any text as its language; one that named a folder would be looked for on the disk.
    if language not in LANGUAGES:
        raise ValueError(f"language: expected one of {LANGUAGES}, got {language!r:.40}")
    found: dict[str, str] = {}
    for prefix, path in files(language):
        with path.open("rb") as file:
            more = dict(_flat(tomllib.load(file), prefix))
        if twice := found.keys() & more.keys():
            raise ValueError(f"{path.name}: {', '.join(sorted(twice))} stand in another file already")
        found |= more
    return found if language == LANGUAGES[0] else texts(LANGUAGES[0]) | found


def files(language: str) -> list[tuple[str, Path]]:
    """The TOML files of a language, each with what stands before all its keys."""
    found = [("", path) for path in sorted((TEXT / language).glob("*.toml"))]
    for kind, folder in FOLDERS.items():
        for english in sorted(folder.glob(f"*/{LANGUAGES[0]}.toml")):
            own = english.with_name(f"{language}.toml")
            found.append((f"{kind}.{english.parent.name}.", own if own.exists() else english))
    return found


def closest_language(locale: str | None) -> str:
    """The language for a browser's locale, such as ko-KR; English where there is none."""
    code = (locale or "").split("-")[0].lower()
    return code if code in LANGUAGES else LANGUAGES[0]


def _flat(table: dict, prefix: str = ""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value


@cache
def _prose(language: str, page: str) -> str:
    own = TEXT / language / f"{page}.md"
    return (own if own.exists() else TEXT / LANGUAGES[0] / own.name).read_text(encoding="utf-8")

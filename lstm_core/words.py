"""The reader's language: assets/text -> **words** -> every label on screen."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

from .assets import ASSETS

TEXT = ASSETS / "text"
FOLDERS = {"preset": ASSETS / "presets", "item": ASSETS / "questions", "task": ASSETS / "tasks"}
"""First word of a key -> where each thing of that kind has a folder of its own, with its texts in it."""

FIRST = "en"
"""The language that the others are made of: its text stands where another language has none."""

SETTINGS, MADE_OF, PACKED = "language.toml", "made_of.txt", "texts.json"
"""Beside the texts of a language: what it is, and of which English texts it was made, see tests/languages.py.

In place of the texts a host that fetches a language only when it is asked for has all in one file.
"""

ENOUGH = 50
"""Per cent of the texts that a language has to have before a browser's locale chooses it."""


@dataclass(frozen=True)
class Language:
    """What `language.toml` says of a language.

    name : its own name, for the switch. locale : as those name it who show a link to a page.
    translated : how many per cent of the texts are in it, measured by the length of the English ones;
        as long as that is 0, the language is none yet.
    complete : whether tests hold that no text is missing.
    letters : the inside of a regular expression's [ ] for those of its script; "" where that is Latin.
    when_stale : "shown", or "english" where a text whose English has changed since is not shown any more.
    """

    name: str
    locale: str
    translated: int = 0
    complete: bool = False
    letters: str = ""
    when_stale: str = "shown"

    @property
    def label(self) -> str:
        """For the switch: the name, and how much is translated where that is not all."""
        return self.name if self.translated >= 100 else f"{self.name} · {self.translated} %"


def languages_in(folder: Path) -> dict[str, Language]:
    """The languages of a folder of texts by their codes, English first.

    A language is a folder with `language.toml`, labels in `*.toml` and prose in `PAGE.md`; in the folder of a
    preset, a question or a task it is one file, `CODE.toml`. It may lack any text: that one is in English.
    """
    found = sorted(
        folder.glob(f"*/{SETTINGS}"), key=lambda path: (path.parent.name != FIRST, path.parent.name)
    )
    read = {path.parent.name: Language(**tomllib.loads(path.read_text("utf-8"))) for path in found}
    return {code: language for code, language in read.items() if language.translated}


KNOWN = languages_in(TEXT)
"""Every language that there is."""

LANGUAGES = tuple(code for code, language in KNOWN.items() if language.complete)
"""Those in which each text is there: what is tried in every language is tried in these."""


_NAMES = re.compile(r"\{(\w+)")
_ONE_OR_MANY = re.compile(r"\{(\w+):\|([^|{}]*)\|([^|{}]*)\}")


class InEnglish(str):
    """A text that stands in for one that the language lacks; `language_of` tells."""

    __slots__ = ()


def language_of(text: str) -> str | None:
    """The language of a text for the attribute `lang`, where it is not that of the page around it."""
    return FIRST if isinstance(text, InEnglish) else None


@dataclass(frozen=True)
class Words:
    """Texts of one language: `words("gate.keep", f="0.92")` fills the placeholders of `str.format`.

    A text may choose between two words by a number: `{n} {n:|step|steps}` is "1 step" or "2 steps".
    """

    language: str

    def __post_init__(self):
        texts(self.language)  # which refuses a language that there is not

    def __call__(self, key: str, **values) -> str:
        """The text of a dotted key. Raises KeyError for a key that is missing."""
        text = texts(self.language)[key]
        if not values:
            return text
        chosen = _ONE_OR_MANY.sub(lambda found: found[2 if str(values[found[1]]) == "1" else 3], text)
        return type(text)(chosen.format(**values))

    def prose(self, page: str) -> str:
        """The longer Markdown text of a page."""
        return texts(self.language)[f"prose.{page}"]

    def first_point(self, page: str) -> str:
        """The first point of the page's list of what to notice."""
        prose = self.prose(page)
        points = (line for line in prose.splitlines() if line.startswith("- "))
        return type(prose)(next(points).removeprefix("- "))


@cache
def texts(language: str) -> dict[str, str]:
    """Every text by its dotted key, the prose of a page as `prose.PAGE`; in English where there is no other.

    Raises ValueError for a language that is not in KNOWN, and for a key that is in two files.
    """
    # A browser may send any text as its language; one that named a folder would be looked for on the disk.
    if language not in KNOWN:
        raise ValueError(f"language: expected one of {tuple(KNOWN)}, got {language!r:.40}")
    english = own_texts(FIRST)
    if language == FIRST:
        return english
    here = shown_texts(language)
    return {key: here[key] if key in here else InEnglish(text) for key, text in english.items()}


def shown_texts(language: str) -> dict[str, str]:
    """The texts that a language has itself and shows.

    None that asks for a value which English does not; where the language says so, none that has grown stale.
    """
    packed = TEXT / language / PACKED
    if packed.exists():
        return json.loads(packed.read_text("utf-8"))
    left_out = stale(language) if language in KNOWN and KNOWN[language].when_stale == "english" else set()
    english = own_texts(FIRST)
    return {
        key: text for key, text in own_texts(language).items()
        if key not in left_out and asked(text) <= asked(english.get(key, ""))
    }  # fmt: skip


def asked(text: str) -> set[str]:
    """The names of the values that a text asks for."""
    return set(_NAMES.findall(text))


@cache
def own_texts(language: str) -> dict[str, str]:
    """The texts that stand in the files of a language. Raises ValueError for a key that is in two of them."""
    found: dict[str, str] = {}
    for prefix, path in files(language):
        if path.suffix == ".md":
            more = {f"{prefix}{path.stem}": path.read_text("utf-8")}
        else:
            more = dict(_flat(tomllib.loads(path.read_text("utf-8")), prefix))
        if twice := found.keys() & more.keys():
            raise ValueError(f"{path.name}: {', '.join(sorted(twice))} stand in another file already")
        found |= more
    return found


def files(language: str) -> list[tuple[str, Path]]:
    """The files with texts of a language, each with what stands before all its keys."""
    found = [("", path) for path in sorted((TEXT / language).glob("*.toml")) if path.name != SETTINGS]
    for page in sorted((TEXT / FIRST).glob("*.md")):  # A language may have notes of its own beside them.
        found.append(("prose.", TEXT / language / page.name))
    for kind, folder in FOLDERS.items():
        for english in sorted(folder.glob(f"*/{FIRST}.toml")):
            found.append((f"{kind}.{english.parent.name}.", english.with_name(f"{language}.toml")))
    return [(prefix, path) for prefix, path in found if path.exists()]


def made_of(language: str) -> dict[str, tuple[str, str]]:
    """Key -> digests of the English text that a text was made of, and of the text itself as it was then."""
    path = TEXT / language / MADE_OF
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return {key: (english, own) for key, english, own in map(str.split, lines)}


def stale(language: str) -> set[str]:
    """The keys of the texts whose English has changed since they were made of it, and they have not."""
    english, own, then = own_texts(FIRST), own_texts(language), made_of(language)
    return {
        key for key in own.keys() & then.keys() & english.keys()
        if then[key][0] != digest(english[key]) and then[key][1] == digest(own[key])
    }  # fmt: skip


def digest(text: str) -> str:
    """Eight digits that another text hardly has."""
    return blake2b(text.encode(), digest_size=4).hexdigest()


def closest_language(locale: str | None) -> str:
    """The language for a browser's locale, such as ko-KR; English where there is none or little of it."""
    code = (locale or "").split("-")[0].lower()
    return code if code in KNOWN and KNOWN[code].translated >= ENOUGH else FIRST


def _flat(table: dict, prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value

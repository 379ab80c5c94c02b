"""How far each language is: its missing texts, those that have grown stale, and those that nobody reads.

python -m tests.languages [CODE …]           says it, with the keys where a language is named.
python -m tests.languages stamp CODE [KEY …] writes down of which English texts those of a language were made,
    and how much is translated. A text that has not changed since its English did stays stale, unless its key
    is named: then somebody has read both, and it still says the same.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection

from lstm_core import words


def missing(language: str) -> list[str]:
    shown = words.shown_texts(language)
    return [key for key in words.own_texts(words.FIRST) if key not in shown]


def unread(language: str) -> list[str]:
    """Texts under keys that English has not."""
    return [key for key in words.own_texts(language) if key not in words.own_texts(words.FIRST)]


def translated(language: str) -> int:
    """How many per cent of the texts are shown in the language, by the length of the English ones."""
    english, shown = words.own_texts(words.FIRST), words.shown_texts(language).keys()
    share = sum(len(text) for key, text in english.items() if key in shown) / sum(map(len, english.values()))
    return max(int(100 * share), 1 if shown else 0)


def stamp(language: str, still_right: Collection[str] = ()) -> None:
    """Writes `made_of.txt`, and `translated` in `language.toml`."""
    english, before, lines = words.own_texts(words.FIRST), words.made_of(language), []
    for key, text in sorted(words.own_texts(language).items()):
        if key not in english:
            continue
        now = words.digest(english[key]), words.digest(text)
        as_it_was = key in before and before[key][1] == now[1] and key not in still_right
        lines.append(" ".join((key, *(before[key] if as_it_was else now))))
    folder = words.TEXT / language
    (folder / words.MADE_OF).write_text("\n".join(lines) + "\n", "utf-8")
    if language != words.FIRST:
        settings = folder / words.SETTINGS
        kept = re.sub(r"^translated = .*\n", "", settings.read_text("utf-8"), flags=re.MULTILINE)
        settings.write_text(f"{kept.rstrip()}\ntranslated = {translated(language)}\n", "utf-8")


def main(asked: list[str]) -> None:
    if asked[:1] == ["stamp"]:
        stamp(asked[1], set(asked[2:]))
        return
    for code in asked or [code for code in words.KNOWN if code != words.FIRST]:
        print(f"{code}: {translated(code)} % translated")
        for name, keys in {
            "in English": missing(code), "stale": sorted(words.stale(code)), "never read": unread(code),
        }.items():  # fmt: skip
            print(f"  {len(keys):4} {name}" + "".join(f"\n       {key}" for key in keys if code in asked))


if __name__ == "__main__":
    main(sys.argv[1:])

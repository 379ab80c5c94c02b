"""The names of steps, such as the letters of a text: as typed -> **labels** -> pictures, sentences, CSV.

A label is data: a space stays a space and a line break a line break. `shown` makes of it what can be seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .words import Words

LONGEST = 24
"""The most characters of a label."""

IN_A_SENTENCE = 12
"""The most characters of a label that a sentence shows; the whole label stands in the strip and in files."""

_MOST_MARKS = 4
"""The most combining marks over one letter that are shown, because more would run into other lines."""

_LINE_BREAKS = re.compile("\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_JOINERS = "\u200c\u200d"  # part of the spelling of Persian, of Indian languages and of emoji
_SIGNS = {"\n": "⏎", "\t": "⇥"}
_CARRIER = "◌"
_APART, _ISOLATE, _END = "\u2060", "\u2068", "\u2069"


def clean(label: str) -> str:
    """A label without what can't be seen and steers how the rest is shown, with LONGEST characters at most.

    Controls, marks of direction, lone surrogates, letters for private use and unassigned ones are left out.
    Of what can't be seen, white space and the two joiners stay; every kind of line break becomes one "\\n".
    """
    return _cleaned(label[: 4 * LONGEST])


@lru_cache(2**12)
def _cleaned(label: str) -> str:
    kept = (c for c in _LINE_BREAKS.sub("\n", label) if c in "\n\t" or c in _JOINERS or _is_seen(c))
    return "".join(kept)[:LONGEST]


def _is_seen(c: str) -> bool:
    return c.isprintable() or unicodedata.category(c) == "Zs"


def checked_labels(labels: Iterable[str] | None, T: int) -> tuple[str, ...]:
    """The labels of T steps, each `clean`; () where no step has one.

    labels : a text for each step, "" for a step without a name, or one text whose letters are the labels;
        None or none at all for a run without labels. Raises ValueError for anything else.
    """
    given = () if labels is None else tuple(labels)
    if given and len(given) != T:
        raise ValueError(f"labels: expected one for each of the {T} steps, got {len(given)}")
    if not all(isinstance(label, str) for label in given):
        raise ValueError("labels: expected texts, one a step")
    found = tuple(map(clean, given))
    return found if any(found) else ()


def fitted(labels: Sequence[str], T: int) -> tuple[str, ...]:
    """The first T of these labels; where there are fewer, the last steps have none."""
    return tuple(labels[:T]) + ("",) * (T - len(labels)) if any(labels[:T]) else ()


def letters(text: str) -> list[str]:
    """The letters of a text as a reader counts them: what is written over or joined to one belongs to it."""
    found: list[str] = []
    for c in _LINE_BREAKS.sub("\n", text):
        joined = bool(found) and (found[-1].endswith("\u200d") or c in _JOINERS or _goes_with(c))
        if joined and len(found[-1]) < LONGEST:
            found[-1] += c
        else:
            found.append(c)
    return found


def _goes_with(c: str) -> bool:
    """Whether a character changes the one before it: accents, vowel signs, tones of skin."""
    return unicodedata.category(c) in ("Mn", "Mc", "Me") or "\U0001f3fb" <= c <= "\U0001f3ff"


@lru_cache(2**12)
def shown(label: str, most: int = LONGEST) -> str:
    """A label as it stands on screen, as plain text that is still to be escaped.

    White space that would not be seen gets a sign: ␣, ⏎, ⇥. A label in letters that run from right to left
    is isolated, so that it does not turn what stands beside it. Where it has more than `most` characters,
    dots stand for the rest.
    """
    whole = label if len(label) <= most else label[: most - 1] + "…"
    inner = whole.strip()
    start = whole.find(inner) if inner else len(whole)
    signs = [
        _SIGNS.get(c) or ("␣" if c.isspace() and not start <= k < start + len(inner) else c)
        for k, c in enumerate(whole)
    ]
    seen: list[str] = []
    marks = 0
    for c in signs:
        is_mark = unicodedata.category(c) in ("Mn", "Me")
        marks = marks + 1 if is_mark else 0
        if is_mark and not seen:
            seen.append(_CARRIER)
        if marks <= _MOST_MARKS:
            seen.append(c)
    text = "".join(seen).replace("**", f"*{_APART}*")  # in the texts two asterisks begin what is bold
    return f"{_ISOLATE}{text}{_END}" if is_from_right(text) else text


def is_from_right(label: str) -> bool:
    """Whether any letter of it is of a script that runs from right to left."""
    return any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in label)


def step_name(t: int, labels: Sequence[str], words: Words, before: int = 0) -> str:
    """Step t, from 1, for the place of {t} in a text: its number, and its label where it has one.

    before : the steps of a longer run that come before step 1 of these labels.
    """
    label = labels[t - 1] if 1 <= t <= len(labels) else ""
    if not label:
        return str(t + before)
    return words("steps.named", t=t + before, label=shown(label, IN_A_SENTENCE))

"""The labels of steps in a link: labels <-> **one text**, `H~e~l~l~o`, as long as it is short."""

import re
from collections.abc import Sequence

from ..labels import LONGEST, clean

MOST = 400
"""The most characters that the labels may take in an address: 40 letters of Korean, or 100 short words."""

_BETWEEN = "~"

NONE = _BETWEEN
"""What a link says of a run without labels whose preset has some."""

_ESCAPED = re.compile(r"[^\S ]|[~_&=]|(?:^ | $)")
_ESCAPE = re.compile(r"_([0-9a-f]{1,6})\.", re.ASCII)


def to_text(labels: Sequence[str]) -> str | None:
    """The labels as the value of a link's parameter; None where they are too long for a link.

    Labels stand one after the other with ~ between; empty ones at the end are left out. A sign that could
    be taken for another there is written as its number: & is `_26.`, a lone space `_20.`.
    """
    text = _BETWEEN.join(map(_escaped, labels)).rstrip(_BETWEEN)
    return text if _in_address(text) <= MOST else None


def from_text(text: str, T: int) -> tuple[str, ...] | None:
    """The labels of T steps that a parameter says; None for one that says none, or more than T."""
    if text == NONE:
        return ()
    if len(text) > MOST:
        return None
    said = text.split(_BETWEEN)
    if len(said) > T or not text:
        return None
    labels = [_ESCAPE.sub(_letter, label) for label in said]
    if any(len(label) > LONGEST or clean(label) != label for label in labels):
        return None
    return (*labels, *[""] * (T - len(labels)))


def _escaped(label: str) -> str:
    return _ESCAPED.sub(lambda sign: f"_{ord(sign[0]):x}.", label)


def _letter(escape: re.Match) -> str:
    number = int(escape[1], 16)
    return chr(number) if number < 0x110000 else escape[0]


def _in_address(text: str) -> int:
    """How many characters a text takes in an address, where every byte of other letters takes three."""
    return sum(1 if c.isascii() and (c.isalnum() or c in "-_.~") else 3 * len(c.encode()) for c in text)

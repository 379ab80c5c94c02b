"""A text in the colours of one unit: letters, numbers -> **read_text** -> HTML."""

from collections.abc import Sequence

import numpy as np

from ...labels import clean, shown
from .. import svg
from ..palette import COLOURS, NEGATIVE, POSITIVE, STRONGEST, faded

_MOST_BITS = 6
"""A letter with so many bits of surprise or more has the highest bar."""


def read_text(
    text: str, values: np.ndarray, key: str, surprise: np.ndarray, t: int, says: str,
    marked: np.ndarray | None = None, held_from: int = 0,
) -> str:  # fmt: skip
    """Each letter on the colour of its number, and under it a bar as high as it surprised; a click chooses
    one.

    text : what a reader may have typed; it is escaped. values : (T,), of which 1 has the full colour. key :
    "f", "i" or "o" for a gate, "C" or "h" for a number with a sign. surprise : (T,), in bits. t : the
    letter in focus, from 1. says : what is shown, for those who listen. marked : (T,), the letters that a
    reader marked. held_from : the letter before which a hand took hold of a unit; 0 for none.
    """
    is_gate = key in ("f", "i", "o")
    strengths = np.round(STRONGEST * np.minimum(np.abs(values), 1), 2).tolist()
    hues = (
        [COLOURS[key]] * len(text) if is_gate else [NEGATIVE if value < 0 else POSITIVE for value in values]
    )
    bars = np.ceil(np.minimum(surprise, _MOST_BITS) - 0.5).astype(int).tolist()
    pieces = []
    for k, letter in enumerate(text):
        paint = faded(hues[k], strengths[k])
        kinds = f"s{bars[k]}" + " here" * (k + 1 == t) + " held-from" * (k + 1 == held_from)
        kinds += " marked" * (marked is not None and bool(marked[k]))
        where = f'data-role="step" data-t="{k + 1}" class="{kinds}" style="background:{paint}"'
        seen = " " if letter == " " else svg.escaped(letter_name(letter))
        pieces.append(f"<b {where}>{seen}</b>" + "\n" * (letter == "\n"))
    spoken = svg.tag("p", svg.escaped(says), class_="spoken")
    letters = svg.tag("div", "".join(pieces), class_="letters", aria_hidden="true", dir="ltr")
    return svg.tag("div", spoken + letters, class_="read", data_key="read")


def letter_name(letter: str) -> str:
    """A letter as it stands in a table or in a sentence; what can't be seen is a sign."""
    return shown(clean(letter), 1) or "�"


def spans(where: Sequence[bool] | np.ndarray) -> list[tuple[int, int]]:
    """The first and last place, from 1, of each run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], np.asarray(where, bool), [False]]).astype(int)))
    return [(int(first) + 1, int(last)) for first, last in zip(edges[::2], edges[1::2], strict=True)]

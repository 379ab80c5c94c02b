"""The signs that the network reads: text -> **letters** -> one-hot inputs.

They are the printable letters of ASCII and the end of a line. Every other letter is read as one sign,
`OTHER`.
"""

from __future__ import annotations

import numpy as np

OTHER = "\N{REPLACEMENT CHARACTER}"
LETTERS = ("\n", *map(chr, range(32, 127)), OTHER)
"""The V signs, in the order of the network's inputs and outputs."""

CLOSING = ")]}"

_PLACE = {letter: place for place, letter in enumerate(LETTERS)}


def places(text: str) -> np.ndarray:
    """(T,) integers: the place in LETTERS of each letter of a text; a letter outside has that of OTHER."""
    other = _PLACE[OTHER]
    return np.array([_PLACE.get(letter, other) for letter in text], np.intp)


def one_hot(of: np.ndarray, dtype=np.float32) -> np.ndarray:
    """(T, V): 1 at the place of each sign, 0 elsewhere."""
    x = np.zeros((len(of), len(LETTERS)), dtype)
    x[np.arange(len(of)), of] = 1
    return x

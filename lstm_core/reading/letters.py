"""The signs that the network reads: text -> **letters** -> one-hot inputs.

They are the printable letters of ASCII and the end of a line. Every other letter is read as one sign,
`OTHER`.
"""

from functools import lru_cache

import numpy as np

OTHER = "\N{REPLACEMENT CHARACTER}"
LETTERS = ("\n", *map(chr, range(32, 127)), OTHER)
"""The V signs, in the order of the network's inputs and outputs."""

CLOSING = ")]}"


@lru_cache(maxsize=8)
def _place_of(letters: tuple[str, ...]) -> dict[str, int]:
    return {letter: place for place, letter in enumerate(letters)}


def places(text: str, letters: tuple[str, ...] = LETTERS) -> np.ndarray:
    """(T,) integers: the place of each letter of a text among the signs; a letter outside has that of OTHER,
    and −1 where that is none of the signs."""
    place = _place_of(letters)
    other = place.get(OTHER, -1)
    return np.array([place.get(letter, other) for letter in text], np.intp)


def one_hot(of: np.ndarray, V: int = len(LETTERS), dtype=np.float32) -> np.ndarray:
    """(T, V): 1 at the place of each sign, 0 elsewhere; 0 everywhere for a sign at −1."""
    x = np.zeros((len(of), V), dtype)
    x[np.flatnonzero(of >= 0), of[of >= 0]] = 1
    return x

"""Ids or a text as inputs, by an embedding that stands beside a layer or one-hot: text -> **rows** (T, D)."""

import re
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from .limits import IN_THE_APP, Limits
from .refusals import Refused
from .stored import BYTES, Stored

_LAST = ("weight", "embeddings", "embeddings:0", "0")
_WORDS = ("emb", "wte", "vocab")
_MOST, _MOST_BYTES = 4, 30_000_000
_MOST_TEXT = 60_000


@dataclass(frozen=True, eq=False)
class Embedding:
    """A table of vectors. name : as its author gave it. vectors : (V, D), row k is that of id k."""

    name: str
    vectors: np.ndarray

    def of(self, ids: np.ndarray, limits: Limits = IN_THE_APP) -> np.ndarray:
        """(T, D): the vectors of T ids, from 0. Raises Refused for one that is not there."""
        if limits.T is not None and len(ids) > limits.T:
            raise Refused("steps", got=len(ids), most=limits.T)
        wrong = (ids < 0) | (ids >= len(self.vectors))
        if wrong.any():
            raise Refused("id", got=int(ids[wrong][0]), most=len(self.vectors) - 1)
        return self.vectors[ids]


def ids_of(text: str, alphabet: str = "") -> tuple[np.ndarray, tuple[str, ...]]:
    """The ids that a text says, and names for the steps: whole numbers, or letters of an alphabet.

    alphabet : the letters in the order of their ids, from 0; "" for a text of numbers. Raises Refused.
    """
    if not text.strip():
        raise Refused("empty")
    if len(text) > _MOST_TEXT:
        raise Refused("steps", got=len(text), most=_MOST_TEXT)
    if alphabet:
        return _places(text, alphabet), tuple(text)
    said = re.split(r"[\s,;]+", text.strip(" \t\r\n,;"))
    for one in said:
        if not re.fullmatch(r"[0-9]{1,9}", one):
            raise Refused("no_id", got=repr(one))
    return np.array([int(one) for one in said]), tuple(said)


def one_hot(text: str, alphabet: str, D: int, limits: Limits = IN_THE_APP) -> np.ndarray:
    """A row a letter of the text, with 1 at the letter's place in the alphabet and 0 elsewhere.

    alphabet : the letters in the order of the inputs, D of them, each once; line breaks of the text are
        letters too. Raises Refused, also for a letter that the alphabet does not have.
    """
    if len(alphabet) != D or len(set(alphabet)) != D:
        raise Refused("alphabet", got=len(set(alphabet)), expected=D)
    if not text:
        raise Refused("empty")
    return Embedding("", np.eye(D, dtype=np.float32)).of(_places(text, alphabet), limits)


def _places(text: str, alphabet: str) -> np.ndarray:
    """(T,): the place of each letter of a text in an alphabet, from 0. Raises Refused."""
    places = {letter: place for place, letter in reversed(list(enumerate(alphabet)))}
    for number, letter in enumerate(text, start=1):
        if letter not in places:
            raise Refused("letter", letter=repr(letter), number=number)
    return np.array([places[letter] for letter in text])


def find_embeddings(arrays: dict[str, Stored], widths: Collection[int]) -> list[Embedding]:
    """Tables of vectors that a layer could read, by their names, at most _MOST of _MOST_BYTES together.

    widths : the numbers of inputs that layers have. A `weight` with a `bias` beside it is a Linear layer.
    """
    found: list[Embedding] = []
    for name, array in arrays.items():
        *places, last = re.split(r"[./]", name)
        if last not in _LAST or not any(word in place.lower() for place in places for word in _WORDS):
            continue
        if len(array.shape) != 2 or array.shape[1] not in widths or array.dtype not in BYTES:
            continue
        base = name[: -len(last)]
        size = 4 * array.shape[0] * array.shape[1] + sum(one.vectors.nbytes for one in found)
        is_linear = f"{base}bias" in arrays or f"{base}1" in arrays
        if is_linear or not array.shape[0] or size > _MOST_BYTES or len(found) == _MOST:
            continue
        try:
            vectors = array.read()
        except Refused:  # it takes more room than there is, and the layers are read without it
            continue
        if np.isfinite(vectors).all():
            found.append(Embedding(re.sub(r"[./]vars$", "", base[:-1]), vectors))
    return found

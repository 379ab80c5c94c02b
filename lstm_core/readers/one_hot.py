"""A text as inputs: text, alphabet -> **one-hot rows** (T, D)."""

from __future__ import annotations

import numpy as np

from .limits import IN_THE_APP, Limits
from .refusals import Refused


def one_hot(text: str, alphabet: str, D: int, limits: Limits = IN_THE_APP) -> np.ndarray:
    """A row a letter of the text, with 1 at the letter's place in the alphabet and 0 elsewhere.

    alphabet : the letters in the order of the inputs, D of them, each once; line breaks of the text are
        letters too. Raises Refused, also for a letter that the alphabet does not have.
    """
    if len(alphabet) != D or len(set(alphabet)) != D:
        raise Refused("alphabet", got=len(set(alphabet)), expected=D)
    if not text:
        raise Refused("empty")
    if limits.T is not None and len(text) > limits.T:
        raise Refused("steps", got=len(text), most=limits.T)
    places = {letter: place for place, letter in enumerate(alphabet)}
    for number, letter in enumerate(text, start=1):
        if letter not in places:
            raise Refused("letter", letter=repr(letter), number=number)
    x = np.zeros((len(text), D), np.float32)
    x[np.arange(len(text)), [places[letter] for letter in text]] = 1
    return x

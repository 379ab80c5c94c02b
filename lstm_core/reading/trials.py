"""Two things to try on a network that reads, by holding a unit: hold -> **trials** -> whether it does them.

Each is checked on lines that the reader was not shown, at every place inside brackets.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from .hold import Hold
from .letters import CLOSING, LETTERS
from .lines import inside, line
from .reader import Reader

LINES = 16
"""How many lines a hold is tried on."""

NEVER, EARLY = 0.1, 1.25
"""The factor that the odds of a closing bracket have to come down to where one comes next; and the one that
they have to reach where none does."""

TRIALS = {"never": NEVER, "early": EARLY}

_CLOSING = [LETTERS.index(letter) for letter in CLOSING]


class Tried(NamedTuple):
    """What a hold does to a trial: the median factor of the odds over so many places, and whether that is
    enough."""

    factor: float
    places: int
    done: bool


def tried(reader: Reader, hold: Hold) -> dict[str, Tried]:
    """What a hold does to each of TRIALS. A hold from a letter on counts as one of the whole line."""
    free, closes = _odds(reader, Hold())
    held, _ = _odds(reader, Hold(hold.unit, hold.of, 1, hold.at(reader.units)))
    factors = {"never": held[closes] / free[closes], "early": held[~closes] / free[~closes]}
    medians = {key: float(np.median(of)) for key, of in factors.items()}
    done = {"never": medians["never"] <= NEVER, "early": medians["early"] >= EARLY}
    return {key: Tried(medians[key], len(factors[key]), done[key]) for key in TRIALS}


@lru_cache(maxsize=8)
def _odds(reader: Reader, hold: Hold) -> tuple[np.ndarray, np.ndarray]:
    """p ∕ (1 − p) of any closing bracket at each place inside brackets of the lines, and whether one does
    come next there."""
    random = np.random.default_rng(LINES)
    odds, comes = [], []
    for _ in range(LINES):
        text = line(lambda low, high: int(random.integers(low, high + 1)))
        where = np.flatnonzero(inside(text)[:-1])
        p = reader.read(text, hold.asked(reader.units), hold.of).odds[where][:, _CLOSING].sum(1)
        odds.append(p / np.maximum(1 - p, 1e-12))
        comes.append(np.array([text[k + 1] in CLOSING for k in where.tolist()]))
    return np.concatenate(odds), np.concatenate(comes)

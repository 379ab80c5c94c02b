"""A line of text for a cell that follows brackets: text -> letters -> **two inputs a letter** -> experiment.

A letter becomes two numbers: 1 if it opens a bracket, and 1 if it closes one. All other letters are alike to
the cell, whatever script they are of.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ..labels import clean, letters
from .experiment import HAND_T, Experiment

PRESET = "brackets"
"""The preset whose cell knows whether it is inside brackets."""

OPENS, CLOSES = tuple("([{（［｛"), tuple(")]}）］｝")
"""The letters that open a bracket, and those that close one."""

MOST = HAND_T
"""The most letters of a line, which is the most steps that a link holds."""


def inputs(line: Sequence[str]) -> np.ndarray:
    """The two inputs of each letter: opens, closes. Returns an array of (letters, 2)."""
    found = [[letter in OPENS, letter in CLOSES] for letter in line]
    return np.array(found, float).reshape(-1, 2)


def split(text: str) -> tuple[str, ...]:
    """The letters of a text, MOST at most, without those that cannot be seen and steer what is shown."""
    # A letter with its marks has up to LONGEST characters; what is behind the most of them can't be needed.
    found = (clean(letter) for letter in letters(text[: 24 * MOST]))
    return tuple(letter for letter in found if letter)[:MOST]


def written(experiment: Experiment, line: Sequence[str]) -> Experiment:
    """The same weights, reading these letters, with no pin. Raises ValueError for no letter at all."""
    if not line:
        raise ValueError("line: expected at least one letter, got none")
    return replace(experiment, x=inputs(line), labels=tuple(line), pins={})


def first_pair(line: Sequence[str]) -> tuple[int, int] | None:
    """The steps, from 1, of the first bracket that opens and of the first after it that closes.

    Three letters at least stand between them, so that there is an inside to look at; None where no line has
    that.
    """
    x = inputs(line)
    for opens in np.flatnonzero(x[:, 0]):
        closes = np.flatnonzero(x[opens:, 1])
        if closes.size and closes[0] > 3:
            return int(opens) + 1, int(opens + closes[0]) + 1
    return None

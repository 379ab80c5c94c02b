"""A teacher's own experiment in a lesson: experiment -> **word** -> the run that questions are asked of.

The word says what the link of an experiment says, in letters that no page reads as such a link. So the
address of an open question holds its run, which a reload needs, and still nobody has that run on screen
by leaving out the rest of the address.
"""

import base64
import binascii
import re
from functools import lru_cache

from ..words import FIRST
from ..workbench.experiment import Experiment
from ..workbench.focus import Focus
from ..workbench.link import from_link, to_link

HERE = "here"
"""Stands for a word in a lesson that is still being made: the run that is on screen. No word is like it."""

MAX_WORD = 4000
"""Most characters of a word: about 250 numbers that differ from a preset. Longer links break on their way."""

_WORD = re.compile(rf"[A-Za-z0-9_-]{{1,{MAX_WORD}}}", re.ASCII)
_LOOKS = ("v", "t", "lang")  # of a link, what does not belong to the experiment


def word_of(experiment: Experiment) -> str | None:
    """The word of an experiment, the same for equal ones.

    None for one that no question is asked of: too large for a link, or with a pinned gate, which does
    not follow from its sum.
    """
    if not experiment.by_hand or experiment.pins:
        return None
    said = to_link(experiment, Focus(1), FIRST)
    text = "&".join(f"{name}={value}" for name, value in said.items() if name not in _LOOKS)
    word = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return word if len(word) <= MAX_WORD else None


@lru_cache(maxsize=64)  # a class is asked about one run again and again
def run_of(word: str) -> Experiment:
    """The experiment of a word. Raises ValueError for a text that `word_of` gives to no experiment."""
    if not _WORD.fullmatch(word):
        raise ValueError(f"run: expected a word of at most {MAX_WORD} letters, got {word!r:.40}")
    try:
        text = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)).decode()
        said = dict(pair.split("=", 1) for pair in text.split("&"))
    except (binascii.Error, ValueError):
        raise ValueError(f"run: expected the word of an experiment, got {word!r:.40}") from None
    experiment = from_link(said).experiment
    if word_of(experiment) != word:  # whatever else stood in it
        raise ValueError(f"run: expected the word of an experiment, got {word!r:.40}")
    return experiment

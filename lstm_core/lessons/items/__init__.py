"""All items by key, each about a misconception of learners: key and seed -> **question**."""

from functools import lru_cache

from ..case import Case
from ..own_run import run_of
from ..posing import places, question, question_of
from ..question import Item, Question
from . import (
    answers,
    backward,
    counts,
    disturbed,
    equations,
    gates,
    jobs,
    layer,
    long_runs,
    memory,
    plain_rnn,
    programs,
    reading_code,
    training,
)

_FILES = (
    gates, memory, layer, equations, counts, long_runs, training, plain_rnn, backward, jobs, answers,
    programs, disturbed, reading_code,
)  # fmt: skip

ITEMS: dict[str, Item] = {
    item.key: item
    for item in sorted((one for file in _FILES for one in file.ITEMS), key=lambda one: one.level)
}
"""Every item by key, from easy to hard."""

MISCONCEPTIONS = tuple(dict.fromkeys(item.misconception for item in ITEMS.values()))
"""What learners get wrong."""


@lru_cache(maxsize=512, typed=True)  # a class is asked the same few variants again and again
def make(key: str, seed: int, run: str = "") -> Question:
    """The variant of an item that a seed stands for.

    run : the word of a run (see `own_run.py`) that the item is asked of, at a step and unit that the seed
        draws; "" for the run that the seed draws.
    Raises KeyError for an item that is not there; ValueError for a seed that is not in `question.SEEDS`, a
    word that is none, and a run at no place of which the item has one clear right answer.
    """
    return question_of(ITEMS[key], seed, run, places_of(key, run)) if run else question(ITEMS[key], seed)


def suits(key: str, run: str) -> bool:
    """Whether an item can be asked of a run. Raises ValueError for a word that is none."""
    return bool(places_of(key, run))


@lru_cache(maxsize=128)
def places_of(key: str, run: str) -> tuple[Case, ...]:
    """Where in a run an item can be asked. Raises ValueError for a word that is none."""
    return places(ITEMS[key], run_of(run))


def items_of(page: str) -> list[Item]:
    """The items that are asked on a page, in the order in which they are asked."""
    return [item for item in ITEMS.values() if item.page == page]

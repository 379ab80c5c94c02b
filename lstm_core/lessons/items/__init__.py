"""All items by key, each about a misconception of learners: key and seed -> **question**."""

from __future__ import annotations

from functools import lru_cache

from ..question import Item, Question, question
from . import gates, layer, memory

MISCONCEPTIONS = (
    "f_1_forgets",
    "f_acts_on_input",
    "gates_are_switches",
    "lines_add",
    "C_for_h",
    "sigma_and_tanh",
    "units_steps_gates",
    "weights_each_step",
    "gradient_never_shrinks",
    "forget_gate_1997",
    "forget_bias",
    "framework_order",
    "four_gates",
)
"""What learners get wrong; each has at least one item."""

ITEMS: dict[str, Item] = {item.key: item for item in (*gates.ITEMS, *memory.ITEMS, *layer.ITEMS)}
"""Every item by key."""


@lru_cache(maxsize=512, typed=True)  # a class is asked the same few variants again and again
def make(key: str, seed: int) -> Question:
    """The variant of an item that a seed stands for.

    Raises KeyError for an item that is not there, ValueError for a seed that is not in `question.SEEDS`.
    """
    return question(ITEMS[key], seed)


def items_of(page: str) -> list[Item]:
    """The items that are asked on a page, in the order in which they are asked."""
    return [item for item in ITEMS.values() if item.page == page]

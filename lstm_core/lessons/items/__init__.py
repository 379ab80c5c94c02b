"""All items by key, each about a misconception of learners: key and seed -> **question**."""

from __future__ import annotations

from functools import lru_cache

from ..question import Item, Question, question
from . import counts, equations, gates, layer, long_runs, memory, training

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
    "equations",
    "gates_sum_to_one",
    "overwriting",
    "saturation",
    "h_feeds_back",
    "memory_grows",
    "gradient_through_h",
    "other_cells",
    "output_layer",
    "parameter_count",
    "batches",
    "update_direction",
)
"""What learners get wrong; each has at least one item."""

_FILES = (gates, memory, layer, equations, counts, long_runs, training)

ITEMS: dict[str, Item] = {
    item.key: item
    for item in sorted((one for file in _FILES for one in file.ITEMS), key=lambda one: one.level)
}
"""Every item by key, from easy to hard."""


@lru_cache(maxsize=512, typed=True)  # a class is asked the same few variants again and again
def make(key: str, seed: int) -> Question:
    """The variant of an item that a seed stands for.

    Raises KeyError for an item that is not there, ValueError for a seed that is not in `question.SEEDS`.
    """
    return question(ITEMS[key], seed)


def items_of(page: str) -> list[Item]:
    """The items that are asked on a page, in the order in which they are asked."""
    return [item for item in ITEMS.values() if item.page == page]

"""Which misconception a wrong idea shows: item, wrong idea -> **misconception**."""

from .question import Item

OTHER = "other"
"""The belief that stands for a wrong number which no known wrong idea leads to."""

SHOWS: dict[str, str | None] = {
    "erased": "f_1_forgets",
    "loses_all": "f_1_forgets",
    "one_too_few": None,
    "one_too_many": None,
    "of_input": "f_acts_on_input",
    "switch": "gates_are_switches",
    "halves": "gates_are_switches",
    "sigma": "sigma_and_tanh",
    "no_sign": "sigma_and_tanh",
    "memory": "C_for_h",
    "squeezed": "C_for_h",
    "gated": "forget_gate_1997",
    "levels_off": "forget_gate_1997",
    "no_erasing": "forget_gate_1997",
    "every_step": "weights_each_step",
    "every_box": "four_gates",
    "two_biases": "framework_order",
    "our_order": "framework_order",
    "as_lstm": "other_cells",
    "never_shrinks": "gradient_never_shrinks",
}
"""Wrong idea -> the misconception that it shows in every item that does not say otherwise.

None for a slip, such as one step too many. A wrong idea that is not here shows what its item is about.
"""


def misconception_of(item: Item, belief: str) -> str | None:
    """The misconception that a wrong answer shows.

    belief : the wrong idea, as in `Verdict`; OTHER and "" show none.
    """
    if belief in ("", OTHER):
        return None
    if belief in item.shows:
        return item.shows[belief]
    return SHOWS.get(belief, item.misconception)

"""The table of quantities, in every kind of cell: formulas are written with their parents, and are right.

That each value follows from its parents by its rule is seen in test_explain.py.
"""

import string

import numpy as np
import pytest
from hypothesis import given

from lstm_core.params import VARIANTS
from lstm_core.quantities import QUANTITIES, TRACE_KEYS, quantities_of
from lstm_core.view.palette import COLOURS
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.examples import experiments

THROUGH_TIME = {"h_prev": "h", "C_prev": "C"}
"""What one step hands to the next: the only links that run against the order of computation."""


def value(trace, key: str) -> np.ndarray:
    return getattr(trace if QUANTITIES[key].in_trace else trace.params, key)


@given(experiments(within=1e6))
def test_no_value_leaves_its_range(experiment):
    trace = experiment._replace(h0=np.tanh(experiment.h0)).run()
    for key in TRACE_KEYS:
        bounds, values = QUANTITIES[key].range, value(trace, key)
        assert bounds is None or (bounds[0] <= values.min() and values.max() <= bounds[1]), key


@pytest.mark.parametrize("variant", VARIANTS)
def test_in_every_cell_parents_come_first_and_stand_in_the_formula(variant):
    table, seen = quantities_of(preset("random").with_variant(variant).params), set()
    for key, quantity in table.items():
        assert set(quantity.parents) - seen == ({THROUGH_TIME[key]} if key in THROUGH_TIME else set())
        seen.add(key)
        for parent in quantity.parents if quantity.formula else ():
            assert table[parent].symbol in quantity.formula or table[parent].formula in quantity.formula
        assert quantity.key == key and quantity.colour in COLOURS


def by_hand(live: str, numbers: dict[str, float]) -> float:
    """What a formula for numbers comes to, calculated as it is written."""
    sum_as_written = live.format(**{key: f"({number!r})" for key, number in numbers.items()})
    for sign, operator in {"×": "*", "−": "-", "σ": "sigmoid", "tanh": "np.tanh"}.items():
        sum_as_written = sum_as_written.replace(sign, operator)
    return eval(sum_as_written, {"sigmoid": lambda z: 1 / (1 + np.exp(-z)), "np": np})


@collected("variant", VARIANTS)
def test_the_formula_for_numbers_is_right_about_its_parents(variant):
    trace = preset("random").with_variant(variant).trace()
    for key, quantity in quantities_of(trace.params).items():
        named = [name for _, name, _, _ in string.Formatter().parse(quantity.live) if name]
        assert not quantity.live or sorted(named) == sorted(quantity.parents)
        if quantity.live and key not in THROUGH_TIME:
            numbers = {parent: float(value(trace, parent)[4, 1]) for parent in quantity.parents}
            assert by_hand(quantity.live, numbers) == pytest.approx(value(trace, key)[4, 1])


CHANGED = {
    "1997": {"f": "1"},
    "coupled": {"i": "1-f_t"},
    "peephole": {
        "z_f": r"W_f \cdot [h_{t-1}, x_t] + p_f \odot C_{t-1} + b_f",
        "z_i": r"W_i \cdot [h_{t-1}, x_t] + p_i \odot C_{t-1} + b_i",
        "z_o": r"W_o \cdot [h_{t-1}, x_t] + p_o \odot C_t + b_o",
    },
}
"""What is computed in another way in another cell."""


@pytest.mark.parametrize("variant", VARIANTS)
def test_only_what_is_another_in_a_cell_is_another_in_its_table(variant):
    table = quantities_of(preset("random").with_variant(variant).params)
    without = set() if "peephole" in variant else {"p_f", "p_i", "p_o"}
    assert table.keys() == QUANTITIES.keys() - without
    expected = {key: says for part in variant.split("-") for key, says in CHANGED.get(part, {}).items()}
    assert {key: table[key].formula for key in table if table[key] != QUANTITIES[key]} == expected

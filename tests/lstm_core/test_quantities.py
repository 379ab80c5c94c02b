"""The table of quantities says what the cell does: each value follows from its parents by its formula."""

import inspect
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


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def affine(W, h_prev, x, b):
    return np.concatenate([h_prev, x], axis=-1) @ W.T + b


# Written down a second time, and on purpose apart from the core: argument names are the parents.
RULES = {
    "z_f": lambda W_f, h_prev, x, b_f: affine(W_f, h_prev, x, b_f),
    "f": lambda z_f: sigmoid(z_f),
    "z_i": lambda W_i, h_prev, x, b_i: affine(W_i, h_prev, x, b_i),
    "i": lambda z_i: sigmoid(z_i),
    "z_c": lambda W_c, h_prev, x, b_c: affine(W_c, h_prev, x, b_c),
    "C_tilde": lambda z_c: np.tanh(z_c),
    "z_o": lambda W_o, h_prev, x, b_o: affine(W_o, h_prev, x, b_o),
    "o": lambda z_o: sigmoid(z_o),
    "kept": lambda f, C_prev: f * C_prev,
    "erased": lambda f, C_prev: (1 - f) * C_prev,
    "written": lambda i, C_tilde: i * C_tilde,
    "C": lambda kept, written: kept + written,
    "tanh_C": lambda C: np.tanh(C),
    "h": lambda o, tanh_C: o * tanh_C,
}


def value(trace, key: str) -> np.ndarray:
    return getattr(trace if QUANTITIES[key].in_trace else trace.params, key)


def test_the_rules_above_cover_all_that_is_computed_within_a_step():
    assert set(RULES) == {key for key, quantity in QUANTITIES.items() if quantity.formula}


@collected("key", RULES)
def test_parents_are_what_the_rule_takes(key):
    assert QUANTITIES[key].parents == tuple(inspect.signature(RULES[key]).parameters)


def test_parents_exist_and_come_first_apart_from_the_link_through_time():
    seen = set()
    for key, quantity in QUANTITIES.items():
        assert QUANTITIES.keys() >= set(quantity.parents)
        backwards = set(quantity.parents) - seen
        assert backwards == ({THROUGH_TIME[key]} if key in THROUGH_TIME else set())
        seen.add(key)


@collected("key", RULES)
def test_the_formula_is_written_with_its_parents(key):
    formula = QUANTITIES[key].formula
    for parent in (QUANTITIES[parent] for parent in QUANTITIES[key].parents):
        assert parent.symbol in formula or parent.formula in formula


def by_hand(live: str, numbers: dict[str, float]) -> float:
    """What a formula for numbers comes to, calculated as it is written."""
    sum_as_written = live.format(**{key: f"({number!r})" for key, number in numbers.items()})
    for sign, operator in {"×": "*", "−": "-", "σ": "sigmoid", "tanh": "np.tanh"}.items():
        sum_as_written = sum_as_written.replace(sign, operator)
    return eval(sum_as_written, {"sigmoid": sigmoid, "np": np})


@collected("key", [key for key, quantity in QUANTITIES.items() if quantity.live])
def test_the_formula_for_numbers_is_right_about_its_parents(key):
    quantity, trace = QUANTITIES[key], preset("random").trace()
    named = [name for _, name, _, _ in string.Formatter().parse(quantity.live) if name]
    assert sorted(named) == sorted(quantity.parents)
    if key not in THROUGH_TIME:
        numbers = {parent: float(value(trace, parent)[4, 1]) for parent in quantity.parents}
        assert by_hand(quantity.live, numbers) == pytest.approx(value(trace, key)[4, 1])


@given(experiments(within=1e6))
def test_no_value_leaves_its_range(experiment):
    trace = experiment._replace(h0=np.tanh(experiment.h0)).run()
    for key in TRACE_KEYS:
        bounds, values = QUANTITIES[key].range, value(trace, key)
        assert bounds is None or (bounds[0] <= values.min() and values.max() <= bounds[1]), key


@collected("key, quantity", QUANTITIES.items())
def test_a_quantity_is_declared_in_full(key, quantity):
    assert quantity.key == key and key.isascii()
    assert quantity.symbol and quantity.letter and quantity.index
    assert quantity.verb in ("keep", "erase", "write", "show", "")
    assert quantity.colour in COLOURS
    assert isinstance(value(preset("random").with_variant("peephole").trace(), key), np.ndarray)
    assert bool(quantity.formula) == (key in RULES)


# -- the other cells ------------------------------------------------------------------------------

RULES_OF_OTHERS = {
    "1997": {"f": lambda: np.float64(1.0)},
    "coupled": {"i": lambda f: 1 - f},
    "peephole": {
        "z_f": lambda W_f, h_prev, x, p_f, C_prev, b_f: affine(W_f, h_prev, x, b_f) + p_f * C_prev,
        "z_i": lambda W_i, h_prev, x, p_i, C_prev, b_i: affine(W_i, h_prev, x, b_i) + p_i * C_prev,
        "z_o": lambda W_o, h_prev, x, p_o, C, b_o: affine(W_o, h_prev, x, b_o) + p_o * C,
    },
}


def rules_of(variant: str) -> dict:
    others = (RULES_OF_OTHERS.get(part, {}) for part in variant.split("-"))
    return RULES | {key: rule for rules in others for key, rule in rules.items()}


def table_of(variant: str):
    return quantities_of(preset("random").with_variant(variant).params)


@given(experiments(batch=False))
def test_every_value_follows_from_its_parents_in_every_cell(experiment):
    trace = experiment.run()
    table = quantities_of(experiment.params)
    for key, rule in rules_of(experiment.params.variant).items():
        assert table[key].parents == tuple(inspect.signature(rule).parameters)
        got = np.broadcast_to(rule(*(value(trace, parent) for parent in table[key].parents)), trace.h.shape)
        np.testing.assert_allclose(value(trace, key), got, atol=1e-9, err_msg=key)


@pytest.mark.parametrize("variant", VARIANTS)
def test_only_what_is_another_in_a_cell_is_another_in_its_table(variant):
    table = table_of(variant)
    without = set() if "peephole" in variant else {"p_f", "p_i", "p_o"}
    assert table.keys() == QUANTITIES.keys() - without
    changed = {key for key in table if table[key] != QUANTITIES[key]}
    assert changed == {key for part in variant.split("-") for key in RULES_OF_OTHERS.get(part, ())}
    for key in changed:  # what it is, is the same; only how it comes about is not
        for part in ("key", "symbol", "letter", "index", "range", "verb", "colour", "in_trace"):
            assert getattr(table[key], part) == getattr(QUANTITIES[key], part)
    with pytest.raises(TypeError):
        table["f"] = QUANTITIES["f"]


@pytest.mark.parametrize("variant", VARIANTS)
def test_in_every_cell_parents_come_first_and_stand_in_the_formula(variant):
    table, seen = table_of(variant), set()
    for key, quantity in table.items():
        assert set(quantity.parents) - seen == ({THROUGH_TIME[key]} if key in THROUGH_TIME else set())
        seen.add(key)
        for parent in quantity.parents if quantity.formula else ():
            assert table[parent].symbol in quantity.formula or table[parent].formula in quantity.formula


def test_the_formulas_of_the_other_cells():
    assert table_of("peephole")["z_f"].formula == r"W_f \cdot [h_{t-1}, x_t] + p_f \odot C_{t-1} + b_f"
    assert table_of("peephole")["z_o"].formula == r"W_o \cdot [h_{t-1}, x_t] + p_o \odot C_t + b_o"
    assert (table_of("coupled")["i"].formula, table_of("coupled")["i"].live) == ("1-f_t", "1 − {f}")
    assert (table_of("1997")["f"].formula, table_of("1997")["f"].live) == ("1", "1")
    assert by_hand(table_of("coupled")["i"].live, {"f": 0.25}) == 0.75

"""The table of quantities says what the cell does: each value follows from its parents by its formula."""

import inspect
import string

import numpy as np
import pytest
from hypothesis import given, settings

from lstm_core.params import GATES, LSTMParams
from lstm_core.presets import preset
from lstm_core.quantities import GATE_KEYS, QUANTITIES, TRACE_KEYS
from lstm_core.view.palette import COLOURS
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


@pytest.mark.parametrize("key", RULES)
def test_parents_are_what_the_rule_takes(key):
    assert QUANTITIES[key].parents == tuple(inspect.signature(RULES[key]).parameters)


@settings(max_examples=30)
@given(experiments(batch=False))
def test_every_value_follows_from_its_parents(experiment):
    experiment = experiment._replace(params=LSTMParams(experiment.params.W, experiment.params.b))
    trace = experiment.run()
    for key, rule in RULES.items():
        got = rule(*(value(trace, parent) for parent in QUANTITIES[key].parents))
        np.testing.assert_allclose(value(trace, key), got, atol=1e-9, err_msg=key)


@settings(max_examples=20)
@given(experiments(batch=False))
def test_what_a_step_hands_on_is_what_the_next_starts_from(experiment):
    trace = experiment.run()
    for key, parent in THROUGH_TIME.items():
        np.testing.assert_array_equal(value(trace, key)[1:], value(trace, parent)[:-1])


def test_parents_exist_and_come_first_apart_from_the_link_through_time():
    seen = set()
    for key, quantity in QUANTITIES.items():
        assert QUANTITIES.keys() >= set(quantity.parents)
        backwards = set(quantity.parents) - seen
        assert backwards == ({THROUGH_TIME[key]} if key in THROUGH_TIME else set())
        seen.add(key)


@pytest.mark.parametrize("key", RULES)
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


@pytest.mark.parametrize("key", [key for key, quantity in QUANTITIES.items() if quantity.live])
def test_the_formula_for_numbers_is_right_about_its_parents(key):
    quantity, trace = QUANTITIES[key], preset("random").trace()
    named = [name for _, name, _, _ in string.Formatter().parse(quantity.live) if name]
    assert sorted(named) == sorted(quantity.parents)
    if key not in THROUGH_TIME:
        numbers = {parent: float(value(trace, parent)[4, 1]) for parent in quantity.parents}
        assert by_hand(quantity.live, numbers) == pytest.approx(value(trace, key)[4, 1])


def test_every_formula_has_a_form_for_numbers_or_is_a_sum_of_terms():
    without = {key for key, quantity in QUANTITIES.items() if quantity.parents and not quantity.live}
    assert without == {"z_f", "z_i", "z_c", "z_o"}


@settings(max_examples=40)
@given(experiments(within=1e6))
def test_no_value_leaves_its_range(experiment):
    trace = experiment._replace(h0=np.tanh(experiment.h0)).run()
    for key in TRACE_KEYS:
        bounds, values = QUANTITIES[key].range, value(trace, key)
        assert bounds is None or (bounds[0] <= values.min() and values.max() <= bounds[1]), key


@pytest.mark.parametrize(("key", "quantity"), QUANTITIES.items())
def test_a_quantity_is_declared_in_full(key, quantity):
    assert quantity.key == key and key.isascii()
    assert quantity.symbol and quantity.letter and quantity.index
    assert quantity.verb in ("keep", "erase", "write", "show", "")
    assert quantity.colour in COLOURS
    assert isinstance(value(preset("random").trace(), key), np.ndarray)
    assert bool(quantity.formula) == (key in RULES)


def test_no_two_look_the_same():
    for looks in ("symbol", "key"):
        assert len({getattr(quantity, looks) for quantity in QUANTITIES.values()}) == len(QUANTITIES)
    in_drawings = {(quantity.letter, quantity.index) for quantity in QUANTITIES.values()}
    assert len(in_drawings) == len(QUANTITIES)


def test_the_trace_keys_are_all_but_the_weights_in_order():
    assert list(TRACE_KEYS) == [key for key in QUANTITIES if key[:2] not in ("W_", "b_")]


def test_each_block_makes_its_gate():
    assert tuple(GATE_KEYS) == GATES
    for block, key in GATE_KEYS.items():
        assert QUANTITIES[key].parents == (f"z_{block}",)
        for weight in (f"W_{block}", f"b_{block}", f"z_{block}"):
            assert QUANTITIES[weight].colour == QUANTITIES[key].colour == key

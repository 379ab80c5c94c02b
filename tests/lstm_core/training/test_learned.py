"""The table of what was learned: on runs known by hand, and against a plain loop over the equations."""

from dataclasses import replace

import numpy as np
import pytest

from lstm_core import LSTMParams, half_life
from lstm_core.training import PROBLEMS, learned
from lstm_core.training.example import batch_of
from lstm_core.training.learned import beside_control, held_for
from tests.collected import collected
from tests.lstm_core.training import plain
from tests.lstm_core.training.networks import COURSES, course, latch
from tests.nightly import sample

pytestmark = pytest.mark.filterwarnings("error")

TEST = PROBLEMS["recall"].test()


def with_params(network, W=None, b=None):
    """The network with other weights or biases, (block, unit, …) -> number."""
    params = network.params
    new = {"W": params.W.copy(), "b": params.b.copy()}
    for name, changes in (("W", W), ("b", b)):
        for place, value in (changes or {}).items():
            new[name][place] = value
    return replace(network, params=LSTMParams(new["W"], new["b"]))


def test_a_latch_holds_the_stored_value_and_a_silent_unit_nothing():
    one, two = learned(latch(), TEST, "stored")
    assert (one.unit, two.unit) == (1, 2)
    assert one.r["stored"] > 0.99 and one.follows == ("stored", one.r["stored"]) and one.is_clear
    assert abs(two.r["stored"]) < 0.5 and not two.is_clear
    f = 1 / (1 + np.exp(-10))
    for unit in (one, two):
        assert unit.holding.f == pytest.approx(f) == unit.at_store.f == unit.at_ask.f
        assert unit.half_life("stored") == pytest.approx(half_life(f), rel=1e-6)
        assert unit.control is unit.lesion is None
    assert one.holding.i < 1e-6 and one.at_store.i > 1 - 1e-6 and one.at_ask.i < 1e-6
    assert two.at_store.i < 1e-6
    stored = np.abs(TEST.variables["stored"][~np.isnan(TEST.variables["stored"])]).max()
    assert one.largest == pytest.approx(np.tanh(stored / 2), rel=1e-3) and two.largest < 1e-10


def test_a_leaky_latch_says_how_soon_it_forgets_and_one_that_is_exactly_shut_leaves_nothing():
    unit = learned(latch(0.0), TEST, "stored")[0]
    assert unit.holding.f == pytest.approx(0.5) and unit.half_life("stored") == pytest.approx(1)
    shut = learned(with_params(latch(), b={0: -1e4}), TEST, "stored")[0]
    assert shut.holding.f == 0 == shut.half_life("stored")


def test_the_cell_of_1997_forgets_nothing_and_the_plain_rnn_has_no_gates():
    network = latch()
    old = replace(network, params=network.params.with_variant("1997"))
    assert [unit.half_life("stored") for unit in learned(old, TEST, "stored")] == [np.inf, np.inf]
    for unit in learned(replace(network, plain=True), TEST, "stored"):
        assert unit.holding_of == unit.store_of == {} and unit.at_ask is None is unit.half_life("stored")
        assert abs(unit.r["stored"]) < 1


def test_a_value_is_held_as_long_as_from_store_to_ask():
    store, ask = TEST.x[..., 1].argmax(axis=0), TEST.x[..., 2].argmax(axis=0)
    between = ask - store - 1
    assert held_for(TEST, "stored") == pytest.approx(between[between > 0].mean())


@collected("name", sample(COURSES, 6))
def test_the_table_is_what_a_plain_loop_gives(name):
    network, first, problem = course(name).network(), course(name).network(0), course(name).problem
    batch, holds = batch_of(problem), problem.holds
    rows = beside_control(learned(network, batch, holds), learned(first, batch, holds))
    run, before = plain.run(network, batch.x), plain.run(first, batch.x)
    for of, numbers in [(row, run) for row in rows] + [(row.control, before) for row in rows]:
        memory = numbers["memory"][..., of.unit - 1][batch.lasts]
        assert (of.mean, of.largest) == pytest.approx((memory.mean(), abs(memory).max()))
        for variable in batch.variables:
            r = plain.correlation(numbers["memory"], batch, variable, of.unit)
            assert of.r[variable] == pytest.approx(r, abs=1e-9)
            told = of.holding_of.get(variable), of.store_of.get(variable), of.at_ask
            for gates, places, is_pace in zip(told, plain.moments(batch, variable), (1, 0, 0), strict=True):
                assert (gates is None) == (network.plain or not places)
                if gates is not None:
                    f = (plain.pace if is_pace else plain.mean)(numbers["f"], places, of.unit)
                    i, o = (plain.mean(numbers[gate], places, of.unit) for gate in "io")
                    assert (gates.f, gates.i, gates.o) == pytest.approx((f, i, o))

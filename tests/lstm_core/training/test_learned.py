"""The table of what was learned: on runs known by hand, and against a plain loop over the equations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lstm_core import LSTMParams, half_life
from lstm_core.training import PROBLEMS, Setup, learned, train
from lstm_core.training.example import batch_of
from lstm_core.training.learned import beside_control, held_and_stored, held_for
from lstm_core.training.shipped import shipped
from tests.collected import collected
from tests.lstm_core.training import plain
from tests.lstm_core.training.latches import latch

pytestmark = pytest.mark.filterwarnings("error")

TEST = PROBLEMS["recall"].test()


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


def test_a_leaky_latch_says_how_soon_it_forgets():
    unit = learned(latch(0.0), TEST, "stored")[0]
    assert unit.holding.f == pytest.approx(0.5) and unit.half_life("stored") == pytest.approx(1)


def test_a_gate_that_opens_and_shuts_is_told_by_the_pace_at_which_the_memory_shrinks():
    """f is 0.9 and 0.1 by turns: the arithmetic mean is 0.5, and over two steps 0.09 is left."""
    W, b = np.zeros((4, 1, 4)), np.zeros((4, 1))
    W[0, 0, 1] = 2 * np.log(9)
    b[0] = -np.log(9)
    batch = replace(TEST, x=TEST.x.copy())
    batch.x[..., 0] = np.arange(20)[:, None] % 2
    held, _ = held_and_stored(batch, "stored")
    rows = learned(type(latch())(LSTMParams(W, b), np.ones((1, 1)), np.zeros(1)), batch, "stored")
    f = np.where(batch.x[..., 0] == 1, 0.9, 0.1)[held]
    pace = np.exp(np.log(f).mean())
    assert rows[0].holding.f == pytest.approx(pace) and pace < f.mean() - 0.1


def test_where_something_new_comes_is_told_apart_from_where_it_is_held():
    """A cell that forgets at the store flag alone, on a stream that stores again and again."""
    problem, network = PROBLEMS["stream"], latch()
    W = network.params.W.copy()
    W[0, 0, 3] = -20
    one, two = learned(replace(network, params=LSTMParams(W, network.params.b)), problem.test(), "stored")
    assert one.holding.f > 0.999 and one.at_store.f < 0.001 and one.r["stored"] > 0.99
    assert two.at_store.f > 0.999


def test_a_gate_that_is_exactly_shut_leaves_nothing():
    network = latch()
    b = network.params.b.copy()
    b[0] = -1e4
    unit = learned(replace(network, params=LSTMParams(network.params.W, b)), TEST, "stored")[0]
    assert unit.holding.f == 0 == unit.half_life("stored")


def test_the_cell_of_1997_forgets_nothing_and_the_plain_rnn_has_no_gates():
    network = latch()
    old = replace(network, params=network.params.with_variant("1997"))
    assert [unit.half_life("stored") for unit in learned(old, TEST, "stored")] == [np.inf, np.inf]
    for unit in learned(replace(network, plain=True), TEST, "stored"):
        assert unit.holding_of == unit.store_of == {} and unit.at_ask is None is unit.half_life("stored")
        assert abs(unit.r["stored"]) < 1


@collected("key", PROBLEMS)
def test_the_moments_are_those_that_a_loop_over_steps_finds(key):
    batch = batch_of(PROBLEMS[key])
    for name in batch.variables:
        held, stored, _ = plain.moments(batch, name)
        ours = held_and_stored(batch, name)
        assert set(map(tuple, np.argwhere(ours[0]).tolist())) == set(held)
        assert set(map(tuple, np.argwhere(ours[1]).tolist())) == set(stored)


def test_a_value_is_held_as_long_as_from_store_to_ask():
    store, ask = TEST.x[..., 1].argmax(axis=0), TEST.x[..., 2].argmax(axis=0)
    between = ask - store - 1
    assert held_for(TEST, "stored") == pytest.approx(between[between > 0].mean())


@collected("name", [*PROBLEMS, "recall_gates", "stream_1997", "recall_rnn"])
def test_the_table_is_what_a_plain_loop_gives(name):
    course = shipped(name)
    network, batch, holds = course.network(), batch_of(course.problem), course.problem.holds
    run = plain.run(network, batch.x)
    rows = beside_control(learned(network, batch, holds), learned(course.network(0), batch, holds))
    before = plain.run(course.network(0), batch.x)
    for row in rows:
        for of, numbers in ((row, run), (row.control, before)):
            memory = numbers["memory"][..., of.unit - 1][batch.lasts]
            assert (of.mean, of.largest) == pytest.approx((memory.mean(), abs(memory).max()))
            for name in batch.variables:
                assert of.r[name] == pytest.approx(
                    plain.correlation(numbers["memory"], batch, name, of.unit), abs=1e-9
                )
                held, stored, asked = plain.moments(batch, name)
                told = [of.holding_of.get(name), of.store_of.get(name), of.at_ask]
                for gates, places, is_pace in zip(told, (held, stored, asked), (1, 0, 0), strict=True):
                    assert (gates is None) == (network.plain or not places)
                    if gates is not None:
                        f = (plain.pace if is_pace else plain.mean)(numbers["f"], places, of.unit)
                        i, o = (plain.mean(numbers[gate], places, of.unit) for gate in "io")
                        assert (gates.f, gates.i, gates.o) == pytest.approx((f, i, o))


def test_the_control_is_the_network_before_its_first_update():
    course = train(PROBLEMS["recall"], Setup(start="bias3", H=2), 7, 3)
    rows = learned(course.network(0), batch_of(course.problem), "stored")
    for row in rows:  # its forget gates start at σ(3), and whatever moves around that is small
        assert row.holding.f == pytest.approx(0.95, abs=0.02)

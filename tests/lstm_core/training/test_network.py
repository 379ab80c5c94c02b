"""The whole network: its gradient against finite differences, its losses, its starts, its weights."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lstm_core.training import PROBLEMS, Setup
from lstm_core.training.network import cross_entropy, square_loss, starting_network
from lstm_core.training.setup import CELLS, STARTS
from tests.collected import collected

pytestmark = pytest.mark.filterwarnings("error")


def network_for(problem, setup, seed=3):
    random = np.random.default_rng(seed)
    network = starting_network(setup, len(problem.inputs), len(problem.outputs), problem.T, random)
    weights = network.weights
    return network.with_weights(weights + random.normal(0, 0.3, weights.shape))


def slopes(function, at, step=1e-6):
    result = np.empty_like(at)
    for k in range(len(at)):
        moved = [at.copy(), at.copy()]
        moved[0][k] += step
        moved[1][k] -= step
        result[k] = (function(moved[0]) - function(moved[1])) / (2 * step)
    return result


@collected("cell", CELLS)
@collected("key", ["recall", "counting"])
def test_the_gradient_of_every_weight_equals_finite_differences(cell, key):
    problem = replace(PROBLEMS[key], T=5 if key == "counting" else 8)
    network = network_for(problem, Setup(cell=cell, H=2))
    batch = problem.draw(np.random.default_rng(0), 3)

    def loss(weights):
        moved = network.with_weights(weights)
        return problem.loss(moved.read_out(moved.run(batch.x).h), batch)[0]

    trace = network.run(batch.x)
    _, dy = problem.loss(network.read_out(trace.h), batch)
    ours = network.gradient(trace, dy)
    theirs = slopes(loss, network.weights)
    if cell == "rnn":
        assert np.count_nonzero(ours[: network.params.W.size]) <= network.params.W_c.size
    np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("loss, key", [(square_loss, "adding"), (cross_entropy, "reber")])
def test_a_loss_has_the_gradient_that_it_says(loss, key):
    problem = PROBLEMS[key]
    batch = problem.draw(np.random.default_rng(0), 2)
    y = np.random.default_rng(1).normal(0, 2, batch.target.shape)
    value, dy = loss(y, batch)
    theirs = slopes(lambda moved: loss(moved.reshape(y.shape), batch)[0], y.ravel())
    np.testing.assert_allclose(dy.ravel(), theirs, rtol=1e-6, atol=1e-9)
    assert (dy[~batch.counts] == 0).all() and value > 0


def test_cross_entropy_stays_finite_for_huge_outputs():
    batch = PROBLEMS["parity"].draw(np.random.default_rng(0), 2)
    loss, dy = cross_entropy(batch.target * -1e6, batch)
    assert loss == pytest.approx(1e6) and np.isfinite(dy).all()


@pytest.mark.parametrize("cell", CELLS)
def test_weights_as_one_vector_and_back(cell):
    problem = PROBLEMS["parity"]
    network = network_for(problem, Setup(cell=cell, H=3))
    again = network.with_weights(network.weights)
    assert again.params == network.params and again.plain == network.plain
    np.testing.assert_array_equal(again.W_y, network.W_y)
    np.testing.assert_array_equal(again.b_y, network.b_y)
    moved = network.with_weights(np.arange(len(network.weights), dtype=float))
    assert moved.params.W[0, 0, 0] == 0 and moved.b_y[-1] == len(network.weights) - 1
    assert network.params.variant == (cell if cell != "rnn" else "lstm")


def test_where_weights_start():
    H, D, K, T = 20, 3, 2, 50
    of = {
        start: starting_network(Setup(H=H, start=start), D, K, T, np.random.default_rng(1))
        for start in STARTS
    }
    for start, network in of.items():
        assert np.abs(network.params.W).max() <= 1 / np.sqrt(H) and network.params.W.std() > 0.1, start
        others = network.params.b[1:]
        assert (others == 0).all() == start.startswith("bias")
    for bias in (0, 1, 3):
        assert (of[f"bias{bias}"].params.b_f == bias).all()
    assert 0 < np.abs(of["uniform"].params.b).max() <= 1 / np.sqrt(H)
    chrono = of["chrono"].params
    assert (chrono.b_f >= 0).all() and (chrono.b_f <= np.log(T - 1)).all() and np.ptp(chrono.b_f) > 1
    np.testing.assert_array_equal(chrono.b_i, -chrono.b_f)


def test_the_plain_rnn_starts_without_gates():
    network = starting_network(Setup(cell="rnn"), 2, 1, 10, np.random.default_rng(1))
    assert network.plain and (network.params.W[[0, 1, 3]] == 0).all() and (network.params.b == 0).all()

"""The whole network: its gradient against finite differences, its losses, its starts; and clipping.

What the optimisers do over a whole training is held against PyTorch in test_against_pytorch.py.
"""

from dataclasses import replace

import numpy as np
import pytest

from lstm_core.training import PROBLEMS, Setup
from lstm_core.training.count import weight_count, with_equal_count
from lstm_core.training.network import cross_entropy, square_loss, starting_network
from lstm_core.training.optimiser import clipped
from lstm_core.training.plan import Plan
from lstm_core.training.setup import CELLS, STARTS
from tests.collected import collected

pytestmark = pytest.mark.filterwarnings("error")


def network_for(problem, setup):
    random = np.random.default_rng(3)
    network = starting_network(setup, len(problem.inputs), len(problem.outputs), problem.T, random)
    weights = network.weights
    return network.with_weights(weights + random.normal(0, 0.3, weights.shape))


def gradient_of(network, problem, batch):
    trace = network.run(batch.x)
    _, dy = problem.loss(network.read_out(trace.h), batch)
    return network.gradient(trace, dy)


def slopes(function, at, step=1e-6):
    result = np.empty_like(at)
    for k in range(len(at)):
        moved = [at.copy(), at.copy()]
        moved[0][k] += step
        moved[1][k] -= step
        result[k] = (function(moved[0]) - function(moved[1])) / (2 * step)
    return result


@collected("key, cell", [*(("recall", cell) for cell in CELLS), ("counting", "lstm"), ("counting", "rnn")])
def test_the_gradient_of_every_weight_equals_finite_differences(key, cell):
    problem, setup = replace(PROBLEMS[key], T=5 if key == "counting" else 8), Setup(cell=cell, H=2)
    network, batch = network_for(problem, setup), problem.draw(np.random.default_rng(0), 3)

    def loss(weights):
        moved = network.with_weights(weights)
        return problem.loss(moved.read_out(moved.run(batch.x).h), batch)[0]

    ours = gradient_of(network, problem, batch)
    np.testing.assert_allclose(ours, slopes(loss, network.weights), rtol=1e-5, atol=1e-7)


@collected("cell", CELLS)
def test_those_weights_are_counted_whose_gradient_can_be_other_than_0(cell):
    problem, setup = PROBLEMS["recall"], Setup(cell=cell, H=3)
    network, batch = network_for(problem, setup), problem.draw(np.random.default_rng(4), 20)
    assert np.count_nonzero(gradient_of(network, problem, batch)) == weight_count(setup, problem)


@collected("cell", CELLS)
@collected("H", [1, 4, 8])
def test_no_other_number_of_units_comes_nearer_to_the_same_count(cell, H):
    problem = PROBLEMS["recall"]
    plan = Plan(problem, Setup(H=H), 1, 100)
    equal = with_equal_count(plan, cell)
    assert equal.setup.cell == cell and (equal.seed, equal.updates) == (1, 100)
    off = [abs(weight_count(Setup(cell=cell, H=n), problem) - weight_count(plan.setup, problem))
           for n in range(1, 33)]  # fmt: skip
    assert off[equal.setup.H - 1] == min(off)


@collected("loss, key", [(square_loss, "adding"), (cross_entropy, "reber")])
def test_a_loss_has_the_gradient_that_it_says(loss, key):
    batch = PROBLEMS[key].draw(np.random.default_rng(0), 2)
    y = np.random.default_rng(1).normal(0, 2, batch.target.shape)
    value, dy = loss(y, batch)
    theirs = slopes(lambda moved: loss(moved.reshape(y.shape), batch)[0], y.ravel())
    np.testing.assert_allclose(dy.ravel(), theirs, rtol=1e-6, atol=1e-9)
    assert (dy[~batch.counts] == 0).all() and value > 0


def test_cross_entropy_stays_finite_for_huge_outputs():
    batch = PROBLEMS["parity"].draw(np.random.default_rng(0), 2)
    loss, dy = cross_entropy(batch.target * -1e6, batch)
    assert loss == pytest.approx(1e6) and np.isfinite(dy).all()


def test_where_weights_start():
    H, D, K, T, random = 20, 3, 2, 50, np.random.default_rng(1)
    of = {start: starting_network(Setup(H=H, start=start), D, K, T, random).params for start in STARTS}
    for start, params in of.items():
        assert np.abs(params.W).max() <= 1 / np.sqrt(H) and params.W.std() > 0.1, start
        assert (params.b[1:] == 0).all() == start.startswith("bias")
    for bias in (0, 1, 3):
        assert (of[f"bias{bias}"].b_f == bias).all()
    assert 0 < np.abs(of["uniform"].b).max() <= 1 / np.sqrt(H)
    b_f = of["chrono"].b_f
    assert (b_f >= 0).all() and (b_f <= np.log(T - 1)).all() and np.ptp(b_f) > 1
    np.testing.assert_array_equal(of["chrono"].b_i, -b_f)
    rnn = starting_network(Setup(cell="rnn"), 2, 1, 10, random)
    assert rnn.plain and (rnn.params.W[[0, 1, 3]] == 0).all() and (rnn.params.b == 0).all()


def test_clipping_shortens_and_keeps_the_direction():
    gradient = np.array([3.0, 4.0])
    short, norm = clipped(gradient, 1.0)
    assert norm == 5
    np.testing.assert_allclose(short, [0.6, 0.8], rtol=1e-6)
    for most in (0.0, 6.0):
        np.testing.assert_array_equal(clipped(gradient, most)[0], gradient)
    assert (clipped(np.zeros(2), 1.0)[0] == 0).all()

"""How many weights a network has, counted by which of them the loss can reach."""

import numpy as np

from lstm_core.training import PROBLEMS, Setup, problem_of
from lstm_core.training.count import weight_count, with_equal_count
from lstm_core.training.network import starting_network
from lstm_core.training.plan import Plan
from lstm_core.training.setup import CELLS
from tests.collected import collected


@collected("cell", CELLS)
@collected("key", ["recall", "parity"])
def test_those_are_counted_whose_gradient_can_be_other_than_0(cell, key):
    problem, random = problem_of(key, 12), np.random.default_rng(4)
    setup = Setup(cell=cell, H=3)
    network = starting_network(setup, len(problem.inputs), len(problem.outputs), 12, random)
    network = network.with_weights(random.normal(0, 0.5, len(network.weights)))
    batch = problem.draw(random, 20)
    trace = network.run(batch.x)
    _, dy = problem.loss(network.read_out(trace.h), batch)
    assert np.count_nonzero(network.gradient(trace, dy)) == weight_count(setup, problem)


def test_the_plain_rnn_has_a_quarter_of_the_cell_and_its_readout_besides():
    problem = PROBLEMS["recall"]
    readout = 4 + 1
    cell, plain = (weight_count(Setup(cell=cell), problem) for cell in ("lstm", "rnn"))
    assert cell - readout == 4 * (plain - readout) == 4 * (4 * 7 + 4)


@collected("cell", CELLS)
@collected("H", [1, 2, 4, 8])
def test_no_other_number_of_units_comes_nearer_to_the_same_count(cell, H):
    problem = PROBLEMS["recall"]
    plan = Plan(problem, Setup(H=H), 1, 100)
    equal = with_equal_count(plan, cell)
    goal = weight_count(plan.setup, problem)
    assert equal.setup.cell == cell and (equal.seed, equal.updates) == (1, 100)
    for other in range(1, 33):
        setup = Setup(cell=cell, H=other)
        assert abs(weight_count(setup, problem) - goal) >= abs(weight_count(equal.setup, problem) - goal)

"""The two optimisers and clipping; test_against_pytorch.py has their numbers over a whole training."""

import numpy as np
import pytest

from lstm_core.training.optimiser import adam, clipped, sgd


def test_adams_first_step_is_the_rate_whatever_the_gradients_size():
    weights, memory = adam(np.zeros(3), np.array([1e-3, -5.0, 0.0]), None, rate=0.1)
    np.testing.assert_allclose(weights, [-0.1, 0.1, 0], rtol=1e-4)
    assert memory[0] == 1


@pytest.mark.parametrize("optimiser, rate", [(adam, 0.1), (sgd, 0.1)])
def test_both_find_the_lowest_point_of_a_bowl(optimiser, rate):
    weights, memory, lowest = np.zeros(2), None, np.array([1.0, -2.0])
    for _ in range(500):
        weights, memory = optimiser(weights, 2 * (weights - lowest), memory, rate)
    np.testing.assert_allclose(weights, lowest, atol=1e-3)


def test_neither_changes_what_it_was_given():
    for optimiser in (adam, sgd):
        weights, gradient = np.ones(2), np.full(2, 3.0)
        optimiser(weights, gradient, None, 0.1)
        assert (weights == 1).all() and (gradient == 3).all()


def test_clipping_shortens_and_keeps_the_direction():
    gradient = np.array([3.0, 4.0])
    short, norm = clipped(gradient, 1.0)
    assert norm == 5
    np.testing.assert_allclose(short, [0.6, 0.8], rtol=1e-6)
    for most in (0.0, 6.0):
        np.testing.assert_array_equal(clipped(gradient, most)[0], gradient)
    assert (clipped(np.zeros(2), 1.0)[0] == 0).all()

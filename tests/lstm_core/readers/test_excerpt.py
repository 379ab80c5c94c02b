"""A part of a reader's own run on the other pages: the same numbers as in the whole run."""

import numpy as np
import pytest

from lstm_core import LSTMParams
from lstm_core.readers import Layer, run_layers
from lstm_core.readers.excerpt import experiment_around, fits
from tests.collected import collected


def run_of(H: int, D: int, T: int, direction: str = "forward", size: float = 1.0):
    random = np.random.default_rng(4)
    params = LSTMParams(size * random.normal(size=(4, H, H + D)), random.normal(size=(4, H)))
    layer = Layer("mine", params, direction, address="mine")
    return run_layers([layer], random.normal(size=(T, D)))[0]


@collected("direction", ["forward", "reverse"])
@collected("H, D, within", [(3, 2, 2e-3), (7, 5, 1e-12)])
@collected("t", [1, 40, 41, 97])
def test_a_window_in_the_middle_is_the_same_run(H, D, within, t, direction):
    run = run_of(H, D, 97, direction)
    experiment, here = experiment_around(run, t)
    assert experiment.T <= 40 and experiment.by_hand == (H <= 4)
    np.testing.assert_allclose(experiment.trace().C[here - 1], run.trace.C[t - 1], rtol=0, atol=within)


@collected("H, D, size", [(257, 2, 1.0), (2, 65, 1.0), (2, 2, 1e7)])
def test_what_the_other_pages_do_not_take_is_refused(H, D, size):
    run = run_of(H, D, 3, size=size)
    assert not fits(run)
    with pytest.raises(ValueError, match="256 units"):
        experiment_around(run, 1)

"""What follows from disturbing a network: on networks known by hand, and against a plain loop."""

from dataclasses import replace

import numpy as np
import pytest

from lstm_core.training import PROBLEMS, Setup, train
from lstm_core.training.effects import (
    TIMES,
    at_rest,
    clamped,
    effects,
    longer_test,
    score_of,
)
from lstm_core.training.example import batch_of
from lstm_core.training.setup import CELLS
from tests.collected import collected
from tests.lstm_core.training import plain
from tests.lstm_core.training.networks import COURSES, course, latch
from tests.nightly import sample

pytestmark = pytest.mark.filterwarnings("error")

RECALL = PROBLEMS["recall"]


def test_a_latch_needs_the_unit_that_stores_and_not_the_loop_and_not_the_silent_unit():
    network = latch()
    found = effects(replace(network, W_y=network.W_y * 1.1), replace(RECALL, tolerance=0.3))
    assert found.score == 1 and found.lesions[0] < 0.5 and found.lesions[1] == 1
    assert found.loop == 1 and found.longer == ((40, 1.0), (60, 1.0))


@collected("cell", CELLS)
@collected("value", [-0.4, 0.7])
def test_the_memory_of_a_unit_stays_where_it_is_held_and_all_else_runs_on(cell, value):
    network, x = train(RECALL, Setup(cell=cell, H=3), 2, 10).network(), batch_of(RECALL).x
    ours, theirs = clamped(network, x, 2, value), plain.run(network, x, (2, value))
    memory = ours.h if network.plain else ours.C
    np.testing.assert_allclose(memory[..., 1], value, atol=1e-15)
    np.testing.assert_allclose(ours.h, theirs["h"], atol=1e-12)
    np.testing.assert_allclose(memory, theirs["memory"], atol=1e-12)


def test_c_can_be_held_far_out_and_h_of_the_plain_rnn_within_1():
    x = batch_of(RECALL).x
    assert (clamped(latch(), x, 1, 50.0).C[..., 0] == 50).all()
    h = clamped(replace(latch(), plain=True), x, 1, 50.0).h[..., 0]
    assert (h > 0.999).all() and np.isfinite(h).all()


@collected("name", sample(["recall_rnn", "stream_1997", "text", "counting", *COURSES], 4))
def test_the_scores_are_those_of_a_plain_loop(name):
    network, problem = course(name).network(), course(name).problem
    found, batch = effects(network, problem), batch_of(problem)
    run = plain.run(network, batch.x)

    def near(share, h, batch=batch, T=None):
        assert share == pytest.approx(plain.score(problem, network, batch, h, T), abs=0.011)

    near(found.score, run["h"])
    for unit, lesion in enumerate(found.lesions, 1):
        mean = run["memory"][..., unit - 1][batch.lasts].mean()
        near(lesion, plain.run(network, batch.x, (unit, mean))["h"])
    if network.plain:
        assert found.loop is None and found.loop_r == ()
    else:
        cut = plain.run(network, batch.x, h_read=run["h"][batch.lasts].mean(axis=0))
        near(found.loop, cut["h"])
        for unit, r in enumerate(found.loop_r, 1):
            assert r == pytest.approx(plain.correlation(cut["memory"], batch, problem.holds, unit), abs=1e-6)
    for (T, share), times in zip(found.longer, TIMES, strict=True):
        harder, longer = longer_test(problem, times)
        assert T == harder.T == times * problem.T
        near(share, plain.run(network, longer.x)["h"], longer, T)


def test_the_undisturbed_network_is_measured_over_the_test():
    network, x = course("recall").network(), batch_of(RECALL).x
    rest, run = at_rest(network, RECALL), plain.run(network, x)
    C, h = run["C"].reshape(-1, 4), run["h"].reshape(-1, 4)
    ours = rest.mean, rest.low, rest.high, rest.mean_h
    np.testing.assert_allclose(ours, (C.mean(0), C.min(0), C.max(0), h.mean(0)))
    assert rest.score == course("recall").scores[-1] == score_of(network, RECALL, network.run(x))


# -- longer tests -----------------------------------------------------------------------------------


@collected("key", PROBLEMS)
@collected("times", TIMES)
def test_a_longer_test_is_the_same_at_each_call_and_longer_than_the_training(key, times):
    problem = PROBLEMS[key]
    (harder, one), (_, two) = longer_test(problem, times), longer_test(problem, times)
    assert times * problem.T == harder.T and np.array_equal(one.x, two.x) and one.x.shape[1] >= 10
    assert (one.lasts.sum(axis=0) > problem.T).all() and one.counts.any(axis=0).all()


def test_counting_is_tested_on_numbers_that_the_training_never_showed():
    problem = PROBLEMS["counting"]
    random = np.random.default_rng(1)
    shown = {int(n) for _ in range(40) for n in problem.draw(random, 32).x[:, :, 1].sum(axis=0)}
    assert shown == set(range(1, 9))
    for times, most in zip(TIMES, (16, 25), strict=True):
        _, batch = longer_test(problem, times)
        numbers = {int(n) for n in batch.x[:, :, 1].sum(axis=0)}
        assert min(numbers) == 9 and max(numbers) == most
        asked = batch.chances[batch.counts]
        assert ((asked > 0).sum(axis=-1) == 1).all()  # what must come is known for certain
        assert (batch.counts.sum(axis=0) >= batch.x[..., 2].sum(axis=0)).all()  # of each b and of the end

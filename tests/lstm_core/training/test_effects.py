"""What follows from disturbing a network: on networks known by hand, and against a plain loop."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lstm_core import LSTMParams
from lstm_core.training import PROBLEMS, Setup, train
from lstm_core.training.effects import (
    TIMES,
    at_rest,
    clamped,
    effects,
    longer_test,
    measuring,
    score_of,
    without_loop,
)
from lstm_core.training.example import batch_of
from lstm_core.training.setup import CELLS
from lstm_core.training.shipped import shipped
from tests.collected import collected
from tests.lstm_core.training import plain
from tests.lstm_core.training.latches import latch

pytestmark = pytest.mark.filterwarnings("error")

RECALL = PROBLEMS["recall"]


def test_a_latch_needs_the_unit_that_stores_and_not_the_loop_and_not_the_silent_unit():
    network = latch()
    found = effects(replace(network, W_y=network.W_y * 1.1), replace(RECALL, tolerance=0.3))
    assert found.score == 1 and found.lesions[0] < 0.5 and found.lesions[1] == 1
    assert found.loop == 1 and found.longer == ((40, 1.0), (60, 1.0))


def test_a_value_that_goes_round_through_h_is_lost_without_the_loop():
    """f is 0, and the candidate reads h: each step writes what the one before said."""
    W, b = np.zeros((4, 1, 4)), np.zeros((4, 1))
    b[0], b[1], b[3] = -40, 40, 40
    W[2, 0] = [2.0, 0, 3.0, 0]  # the store flag is what is written: a bit, which stays
    network = type(latch())(LSTMParams(W, b), np.ones((1, 1)), np.zeros(1))
    batch = batch_of(RECALL)
    kept = network.run(batch.x).h[-1]
    rest = at_rest(network, RECALL)
    cut = without_loop(network, rest.mean_h).run(batch.x).h[-1]
    assert (kept > 0.5).all() and np.ptp(cut) < 1e-12


@collected("cell", CELLS)
def test_the_memory_of_a_unit_stays_where_it_is_held_and_all_else_runs_on(cell):
    course = train(RECALL, Setup(cell=cell, H=3), 2, 30)
    network, x = course.network(), batch_of(RECALL).x
    for value in (-0.4, 0.0, 0.7):
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


@collected("name", [*PROBLEMS, "recall_gates", "recall_rnn", "stream_1997"])
def test_the_scores_are_those_of_a_plain_loop(name):
    course = shipped(name)
    network, problem = course.network(), course.problem
    found, batch = effects(network, problem), batch_of(problem)
    run = plain.run(network, batch.x)
    assert found.score == pytest.approx(plain.score(problem, network, batch, run["h"]))
    for unit, lesion in enumerate(found.lesions, 1):
        mean = run["memory"][..., unit - 1][batch.lasts].mean()
        h = plain.run(network, batch.x, (unit, mean))["h"]
        assert lesion == pytest.approx(plain.score(problem, network, batch, h), abs=0.011)
    if network.plain:
        assert found.loop is None and found.loop_r == ()
    else:
        cut = plain.run(network, batch.x, h_read=run["h"][batch.lasts].mean(axis=0))
        assert found.loop == pytest.approx(plain.score(problem, network, batch, cut["h"]), abs=0.011)
        for unit, r in enumerate(found.loop_r, 1):
            assert r == pytest.approx(plain.correlation(cut["memory"], batch, problem.holds, unit), abs=1e-6)
    for (T, share), times in zip(found.longer, TIMES, strict=True):
        harder, longer = longer_test(problem, times)
        h = plain.run(network, longer.x)["h"]
        assert T == harder.T == times * problem.T
        assert share == pytest.approx(plain.score(problem, network, longer, h, T), abs=0.011)


def test_every_step_of_measuring_is_one_run_at_most():
    """So that a reader who waits is served between them."""
    network = shipped("text").network()
    assert sum(1 for _ in measuring(network, PROBLEMS["text"])) == 1 + network.params.H + 1 + 2 * len(TIMES)


def test_the_undisturbed_network_is_measured_over_the_test():
    course = shipped("recall")
    rest, run = at_rest(course.network(), RECALL), plain.run(course.network(), batch_of(RECALL).x)
    C = run["C"].reshape(-1, 4)
    for ours, theirs in (
        (rest.mean, C.mean(0)), (rest.low, C.min(0)), (rest.high, C.max(0)),
        (rest.mean_h, run["h"].reshape(-1, 4).mean(0)),
    ):  # fmt: skip
        np.testing.assert_allclose(ours, theirs)
    assert (
        rest.score
        == course.scores[-1]
        == score_of(course.network(), RECALL, course.network().run(batch_of(RECALL).x))
    )


# -- longer tests -----------------------------------------------------------------------------------


@collected("key", PROBLEMS)
def test_a_longer_test_is_the_same_at_each_call_and_longer_than_the_training(key):
    problem = PROBLEMS[key]
    for times in TIMES:
        (harder, one), (_, two) = longer_test(problem, times), longer_test(problem, times)
        assert times * problem.T == harder.T and np.array_equal(one.x, two.x) and one.x.shape[1] >= 10
        length = one.lasts.sum(axis=0)
        assert (length > problem.T).all() and one.counts.any(axis=0).all()


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
        b_and_end = batch.x[..., 2].sum(axis=0)
        assert (batch.counts.sum(axis=0) >= b_and_end).all()

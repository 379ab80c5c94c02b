"""The training's own equations against those of the core, which are checked against PyTorch and Keras."""

import numpy as np

from lstm_core import backward, forward
from lstm_core.reading.letters import LETTERS, one_hot, places
from lstm_core.reading.model import Model, Run, lanes
from lstm_core.reading.train import Training, rate_at

TEXT = "def f(a, b=[1]):\n    return {a: 'x'}\n" * 3


def batch(T=9, B=3):
    signs = places(TEXT)[: (T + 1) * B].reshape(B, T + 1).T
    return signs[:-1], signs[1:]


def test_a_run_is_that_of_the_core_and_so_is_its_gradient():
    model, (signs, following) = Model.started(6, len(LETTERS), 1), batch()
    random = np.random.default_rng(0)
    h0, C0 = random.normal(size=(2, signs.shape[1], 6)).astype(np.float32)
    run = Run(model, signs, h0, C0)
    x = one_hot(signs.reshape(-1)).reshape(*signs.shape, -1)
    trace = forward(model.params, x, h0, C0)
    np.testing.assert_allclose(run.C[1:], trace.C, atol=1e-6)
    np.testing.assert_allclose(run.h[1:], trace.h, atol=1e-6)

    loss, gradient = run.gradient(following)
    assert loss == run.loss(following)
    odds = np.exp(run.logits.astype(np.float64))
    odds /= odds.sum(-1, keepdims=True)
    chosen = np.take_along_axis(odds, following[..., None], -1)
    np.testing.assert_allclose(loss, -np.log(chosen).mean(), rtol=1e-5)
    np.put_along_axis(odds, following[..., None], chosen - 1, -1)
    dy = odds / following.size
    core = backward(trace, (dy @ model.weights["W_y"].T).astype(np.float32))
    rows = np.concatenate([gradient["U"], gradient["V"]]).T.reshape(core.W.shape)
    np.testing.assert_allclose(rows, core.W, atol=2e-6)
    np.testing.assert_allclose(gradient["b"].reshape(4, 6), core.b, atol=2e-6)
    np.testing.assert_allclose(gradient["W_y"], np.einsum("tbh,tbv->hv", trace.h, dy), atol=2e-6)
    np.testing.assert_allclose(gradient["b_y"], dy.sum((0, 1)), atol=2e-6)


def test_a_held_unit_stays_where_it_is_held():
    model, (signs, _) = Model.started(6, len(LETTERS), 1), batch()
    zero = np.zeros((signs.shape[1], 6), np.float32)
    run = Run(model, signs, zero, zero, {2: -0.75})
    assert (run.C[1:, :, 2] == -0.75).all()
    assert (run.C[1:, :, 1] != -0.75).all()


def test_the_lanes_read_every_place_once_and_in_order():
    here, following = (
        np.concatenate(of) for of in zip(*((a, b) for a, b, _ in lanes(np.arange(101), 4, 5)), strict=True)
    )
    assert (here + 1 == following).all()
    assert here.T.tolist() == [list(range(lane * 25, lane * 25 + 25)) for lane in range(4)]


def test_a_training_learns_and_the_same_seed_learns_the_same():
    signs = places("ab" * 10_000)
    first, again = Training(signs, 4, 1), Training(signs, 4, 1)
    losses = [first.update(0.02) for _ in range(30)]
    assert losses[:3] == [again.update(0.02) for _ in range(3)]
    assert losses[-1] < losses[0] / 3


def test_the_rate_rises_and_then_falls_to_nothing():
    rates = [rate_at(update, 1000) for update in range(1001)]
    assert rates[0] < rates[99] > rates[500] > rates[900] > rates[999] > rates[1000] > -1e-12

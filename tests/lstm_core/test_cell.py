"""forward(): the equations, against PyTorch and Keras, and at the edge of the floats."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import LSTMParams, forward
from lstm_core.cell import step
from lstm_core.params import VARIANTS
from tests.collected import collected
from tests.lstm_core.examples import NOT_NUMBERS, RECORDED, absurd, experiments, not_numbers, recorded

pytestmark = pytest.mark.filterwarnings("error")

STATES = ("f", "i", "C_tilde", "o", "C", "h", "C_prev", "h_prev", "kept", "erased", "written", "tanh_C")
EVERYTHING = (*STATES, "z", "x")


@collected("name", RECORDED)
def test_equals_pytorch_and_keras(name):
    run = recorded(name)
    trace = forward(run.params, run.x, run.h0, run.C0)
    quantities = ["C", "h"] + (["z", "f", "i", "C_tilde", "o"] if name.startswith("torch") else [])
    for quantity in quantities:
        ours, theirs = getattr(trace, quantity), getattr(run, quantity)
        assert ours.shape == theirs.shape and ours.dtype == theirs.dtype, quantity
        np.testing.assert_allclose(ours, theirs, rtol=run.atol, atol=run.atol, err_msg=quantity)


@given(experiments(batch=False), st.sampled_from(sorted(VARIANTS)))
def test_every_step_is_that_of_the_equations_as_they_read(experiment, variant):
    experiment = experiment._replace(params=experiment.params.with_variant(variant))
    trace = experiment.run()
    for t in range(trace.T):
        h, C = step(trace.params, trace.x[t], trace.h_prev[t], trace.C_prev[t])
        np.testing.assert_allclose(h, trace.h[t], atol=1e-9, err_msg=f"h at step {t + 1}")
        np.testing.assert_allclose(C, trace.C[t], atol=1e-9, rtol=1e-9, err_msg=f"C at step {t + 1}")


@given(experiments(batch=True))
def test_a_batch_equals_its_sequences_one_by_one(experiment):
    params, x, h0, C0 = experiment
    batch = experiment.run()
    for row in range(x.shape[1]):
        alone = forward(params, x[:, row], h0[row], C0[row])
        for name in EVERYTHING:
            ours = getattr(batch, name)[:, row]
            np.testing.assert_allclose(ours, getattr(alone, name), rtol=0, atol=1e-9, err_msg=name)


@given(experiments(most_steps=6), st.integers(1, 5))
def test_going_on_from_a_state_is_the_same_run(experiment, cut):
    params, x, *_ = experiment
    whole = experiment.run()
    if cut < len(x):
        rest = forward(params, x[cut:], whole.h[cut - 1], whole.C[cut - 1])
        for name in EVERYTHING:
            later = getattr(whole, name)[cut:]
            np.testing.assert_allclose(getattr(rest, name), later, rtol=0, atol=1e-9, err_msg=name)


def test_states_may_be_a_number_or_one_row_for_the_whole_batch():
    run = recorded("torch_batch")
    B, H = run.h0.shape
    for state in (0.25, np.array([0.25, 0.5, -0.5]), [1, 0, 1]):
        spread = np.broadcast_to(np.asarray(state, float), (B, H))
        full = forward(run.params, run.x, h0=spread, C0=-spread)
        short = forward(run.params, run.x, h0=state, C0=-np.asarray(state))
        np.testing.assert_array_equal(short.C, full.C)
        np.testing.assert_array_equal(short.h_prev[0], spread)
        np.testing.assert_array_equal(short.C_prev[0], -spread)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_everything_is_in_the_precision_of_the_weights(dtype):
    run = recorded("torch_batch")
    trace = forward(LSTMParams(run.W.astype(dtype), run.b.astype(dtype)), run.x, run.h0, run.C0)
    assert {name: getattr(trace, name).dtype for name in EVERYTHING} == dict.fromkeys(EVERYTHING, dtype)


def test_what_the_caller_holds_is_neither_changed_nor_shared():
    run = recorded("torch_ordinary")
    x, h0, C0 = run.x.copy(), run.h0.copy(), run.C0.copy()
    trace = forward(run.params, x, h0, C0)
    np.testing.assert_array_equal(x, run.x)
    before = {name: getattr(trace, name).copy() for name in EVERYTHING}
    x[:], h0[:], C0[:] = 7, 7, 7
    for name in EVERYTHING:
        np.testing.assert_array_equal(getattr(trace, name), before[name], err_msg=name)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@given(data=st.data())
def test_every_number_is_finite_and_in_its_range_for_any_finite_input(dtype, data):
    experiment = data.draw(experiments(dtype=dtype, numbers=absurd(dtype)))
    trace = experiment.run()
    for name in EVERYTHING:
        assert np.isfinite(getattr(trace, name)).all(), name
    for gate in (trace.f, trace.i, trace.o):
        assert gate.min() >= 0 and gate.max() <= 1
    assert np.abs(trace.C_tilde).max() <= 1 and np.abs(trace.tanh_C).max() <= 1
    assert np.abs(trace.h).max() <= 1


@collected("size", [30.0, 1e4, 1e30, 1e300, 1.79e308])
@collected("by", ["bias", "input weight", "recurrent weight", "input"])
def test_gates_at_their_ends_for_pre_activations_of_any_size(size, by):
    W, b, x, h0 = np.zeros((4, 1, 2)), np.zeros((4, 1)), np.ones((1, 1)), 1.0
    if by == "bias":
        b[:] = size
    elif by == "recurrent weight":
        W[..., 0] = size
    else:
        W[..., 1] = size if by == "input weight" else 1
        x[:] = 1 if by == "input weight" else size
    for sign in (1, -1):
        trace = forward(LSTMParams(sign * W, sign * b), x, h0=h0, C0=0.5)
        np.testing.assert_allclose(trace.z, sign * size, rtol=1e-15)
        np.testing.assert_allclose(trace.gates[0, :, 0], [sign > 0, sign > 0, sign, sign > 0], atol=1e-12)


def test_pre_activations_beyond_the_largest_float_stop_there_with_their_sign():
    top = np.finfo(float).max
    W = np.zeros((4, 1, 3))
    W[:, 0, 1:] = [[top, top], [-top, -top], [top, -top], [1, 0]]
    trace = forward(LSTMParams(W, np.zeros((4, 1))), [[top, top]])
    np.testing.assert_allclose(trace.z.ravel(), [top, -top, 0, top], rtol=1e-15)


def test_a_huge_weight_leaves_other_products_alone():
    W = np.zeros((4, 1, 3))
    W[:, 0, 1:] = [[1e-300, 1e300], [1e300, 0], [-2e-300, 0], [0, 1e300]]
    trace = forward(LSTMParams(W, np.zeros((4, 1))), [[1e300, 0.0]])
    np.testing.assert_allclose(trace.z.ravel(), [1, np.finfo(float).max, -2, 0], rtol=1e-15)


RUN = recorded("torch_batch")
GOOD = {"x": RUN.x, "h0": RUN.h0, "C0": RUN.C0}


@collected("argument", GOOD)
@collected("kind", NOT_NUMBERS)
def test_refuses_what_is_no_finite_number(argument, kind):
    arguments = GOOD | {argument: not_numbers(GOOD[argument])[kind]}
    with pytest.raises(ValueError, match=rf"^{argument}: expected .*shape \(.* got .+"):
        forward(RUN.params, **arguments)


@collected("number", [np.nan, np.inf, -np.inf, 1j, True + 1j, "0", None, 10**400])
@collected("argument", ["h0", "C0"])
def test_refuses_a_state_that_is_no_finite_number(argument, number):
    with pytest.raises(ValueError, match=f"^{argument}: expected .* got .+"):
        forward(RUN.params, RUN.x, **{argument: number})


def test_refuses_what_float32_cannot_hold():
    params = LSTMParams(RUN.W.astype(np.float32), RUN.b.astype(np.float32))
    for argument, good in GOOD.items():
        with pytest.raises(ValueError, match=f"^{argument}: expected .*too large for float32"):
            forward(params, **GOOD | {argument: good + 1e39})


T, B, D, H = *RUN.x.shape, RUN.params.H


@collected("rows", [(), (B,)])
@collected(
    "argument, shape",
    [
        ("x", ()),
        ("x", (D,)),
        ("x", (T, D + 1)),
        ("x", (T, D - 1)),
        ("x", (D, T)),
        ("x", (0, D)),
        ("x", (T, 0)),
        ("x", (T, 0, D)),
        ("x", (0, B, D)),
        ("x", (T, B, D, 1)),
        ("h0", (H + 1,)),
        ("h0", (1,)),
        ("h0", (0,)),
        ("h0", (B + 1, H)),
        ("h0", (1, H)),
        ("h0", (H, B)),
        ("h0", (1, B, H)),  # as PyTorch has it, with an axis for the layers
        ("C0", (H + 1,)),
        ("C0", (1,)),
        ("C0", (B + 1, H)),
        ("C0", (1, B, H)),
    ],
)
def test_refuses_wrong_shapes(argument, shape, rows):
    arguments = {"x": np.zeros((T, *rows, D))} | {argument: np.zeros(shape)}
    with pytest.raises(ValueError, match=rf"^{argument}: expected .*shape \(") as refusal:
        forward(RUN.params, **arguments)
    assert f"got shape {shape}" in str(refusal.value)

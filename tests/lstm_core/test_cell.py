"""forward(): the equations, against PyTorch and Keras, with given gates, and at the edge of the floats."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import LSTMParams, forward
from lstm_core.cell import step
from tests.collected import collected
from tests.lstm_core.examples import RECORDED, absurd, experiments, pins_for, recorded

pytestmark = pytest.mark.filterwarnings("error")

EVERYTHING = ("z", "f", "i", "C_tilde", "o", "C", "h", "C_prev", "h_prev", "kept", "erased", "written",
              "tanh_C", "x")  # fmt: skip


@collected("name", RECORDED)
def test_equals_pytorch_and_keras(name):
    run = recorded(name)
    trace = forward(run.params, run.x, run.h0, run.C0)
    quantities = ["C", "h"] + (["z", "f", "i", "C_tilde", "o"] if name.startswith("torch") else [])
    for quantity in quantities:
        ours, theirs = getattr(trace, quantity), getattr(run, quantity)
        assert ours.shape == theirs.shape and ours.dtype == theirs.dtype, quantity
        np.testing.assert_allclose(ours, theirs, rtol=run.atol, atol=run.atol, err_msg=quantity)


@given(experiments(batch=False))
def test_every_step_is_that_of_the_equations_as_they_read(experiment):
    trace = experiment.run()
    for t in range(trace.T):
        h, C = step(trace.params, trace.x[t], trace.h_prev[t], trace.C_prev[t])
        np.testing.assert_allclose(h, trace.h[t], atol=1e-9, err_msg=f"h at step {t + 1}")
        np.testing.assert_allclose(C, trace.C[t], atol=1e-9, rtol=1e-9, err_msg=f"C at step {t + 1}")


@given(experiments(), st.data())
def test_what_is_given_stands_and_all_else_is_computed_from_the_run_as_it_is(experiment, data):
    """Also in the cell of 1997, which is that of 2000 with every forget gate given as 1."""
    params, pins = experiment.params, data.draw(pins_for(experiment))
    trace = forward(*experiment, pins)
    if not params.forget_gate:
        pins[..., 0, :] = 1
    given_ = ~np.isnan(pins)
    np.testing.assert_array_equal(trace.pinned, given_)
    gates = np.stack([trace.f, trace.i, trace.C_tilde, trace.o], axis=-2)
    np.testing.assert_array_equal(gates[given_], pins[given_])
    hx = np.concatenate([trace.h_prev, trace.x], axis=-1)
    z = np.einsum("khj,...j->...kh", params.W, hx) + params.b
    if params.peepholes is not None:
        seen = np.stack([trace.C_prev, trace.C_prev, trace.C], axis=-2)
        z[..., [0, 1, 3], :] += params.peepholes * seen
    np.testing.assert_allclose(trace.z, z, rtol=1e-9, atol=1e-9)  # what the weights say, given the run
    free = 1 / (1 + np.exp(-z))
    free[..., 2, :] = np.tanh(z[..., 2, :])
    if params.coupled:  # the i of a coupled cell follows an f that is given, too
        free[..., 1, :] = 1 - trace.f
    np.testing.assert_allclose(gates[~given_], free[~given_], rtol=0, atol=1e-9)
    np.testing.assert_array_equal(trace.C, trace.f * trace.C_prev + trace.i * trace.C_tilde)
    np.testing.assert_array_equal(trace.h, trace.o * np.tanh(trace.C))
    for before, first, after in (
        (trace.h_prev, experiment.h0, trace.h),
        (trace.C_prev, experiment.C0, trace.C),
    ):
        np.testing.assert_array_equal(before, np.concatenate([first[None], after[:-1]]))


@given(experiments(batch=True), st.data())
def test_a_batch_equals_its_sequences_one_by_one(experiment, data):
    params, x, h0, C0 = experiment
    pins = data.draw(pins_for(experiment))
    batch = forward(*experiment, pins)
    for row in range(x.shape[1]):
        alone = forward(params, x[:, row], h0[row], C0[row], pins[:, row])
        for name in (*EVERYTHING, "pinned"):
            ours = getattr(batch, name)[:, row]
            np.testing.assert_allclose(ours, getattr(alone, name), rtol=0, atol=1e-9, err_msg=name)


@pytest.mark.parametrize("state", [0.25, [1, 0, 1]])
def test_states_may_be_a_number_or_one_row_for_the_whole_batch(state):
    run = recorded("torch_batch")
    spread = np.broadcast_to(np.asarray(state, float), run.h0.shape)
    trace = forward(run.params, run.x, h0=state, C0=-np.asarray(state))
    np.testing.assert_array_equal(trace.h_prev[0], spread)
    np.testing.assert_array_equal(trace.C_prev[0], -spread)
    np.testing.assert_array_equal(trace.C, forward(run.params, run.x, spread, -spread).C)


def test_what_the_caller_holds_is_neither_changed_nor_shared():
    run = recorded("torch_ordinary")
    given_ = [run.x.copy(), run.h0.copy(), run.C0.copy()]
    trace = forward(run.params, *given_)
    before = {name: getattr(trace, name).copy() for name in EVERYTHING}
    for array, same in zip(given_, (run.x, run.h0, run.C0), strict=True):
        np.testing.assert_array_equal(array, same)
        array[:] = 7
    for name in EVERYTHING:
        np.testing.assert_array_equal(getattr(trace, name), before[name], err_msg=name)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@given(data=st.data())
def test_every_number_is_finite_in_its_range_and_in_the_precision_of_the_weights(dtype, data):
    """For any finite input, whatever its precision."""
    params, *given_ = data.draw(experiments(dtype=dtype, numbers=absurd(dtype)))
    trace = forward(params, *(array.astype(float) for array in given_))
    for name in EVERYTHING:
        assert np.isfinite(getattr(trace, name)).all() and getattr(trace, name).dtype == dtype, name
    for gate in (trace.f, trace.i, trace.o):
        assert gate.min() >= 0 and gate.max() <= 1
    for signed in (trace.C_tilde, trace.tanh_C, trace.h):
        assert np.abs(signed).max() <= 1


@collected("size", [30.0, 1e300, 1.79e308])
@collected("by", ["bias", "input weight", "recurrent weight", "input"])
def test_gates_at_their_ends_for_pre_activations_of_any_size(size, by):
    W, b, x = np.zeros((4, 1, 2)), np.zeros((4, 1)), np.ones((1, 1))
    if by == "bias":
        b[:] = size
    elif by == "recurrent weight":
        W[..., 0] = size
    elif by == "input weight":
        W[..., 1] = size
    else:
        W[..., 1], x[:] = 1, size
    for sign in (1, -1):
        trace = forward(LSTMParams(sign * W, sign * b), x, h0=1.0, C0=0.5)
        np.testing.assert_allclose(trace.z, sign * size, rtol=1e-15)
        np.testing.assert_allclose(trace.gates[0, :, 0], [sign > 0, sign > 0, sign, sign > 0], atol=1e-12)


TOP = np.finfo(float).max


@pytest.mark.parametrize(
    ("weights", "x", "z"),
    [
        ([[TOP, TOP], [-TOP, -TOP], [TOP, -TOP], [1, 0]], [TOP, TOP], [TOP, -TOP, 0, TOP]),
        ([[1e-300, 1e300], [1e300, 0], [-2e-300, 0], [0, 1e300]], [1e300, 0], [1, TOP, -2, 0]),
    ],
)
def test_pre_activations_beyond_the_largest_float_stop_there_and_leave_other_products_alone(weights, x, z):
    W = np.zeros((4, 1, 3))
    W[:, 0, 1:] = weights
    np.testing.assert_allclose(forward(LSTMParams(W, np.zeros((4, 1))), [x]).z.ravel(), z, rtol=1e-15)

"""The plain RNN: against PyTorch's, finite differences, and the candidate of the LSTM that it is made of."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import LSTMParams, forward, rnn_forward, state_jacobian
from lstm_core.rnn import with_recurrence
from tests.collected import collected
from tests.lstm_core.examples import NOT_NUMBERS, RECORDED_RNN, absurd, experiments, not_numbers, recorded
from tests.lstm_core.slopes import slopes

pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize("name", RECORDED_RNN)
def test_equals_pytorch(name):
    run = recorded(name)
    trace = rnn_forward(run.params, run.x, run.h0)
    assert trace.h.shape == run.h.shape and trace.h.dtype == run.h.dtype
    np.testing.assert_allclose(trace.h, run.h, rtol=0, atol=run.atol)
    if run.x.ndim == 2:
        jacobian = state_jacobian(trace)
        assert jacobian.shape == run.state_jacobian.shape and jacobian.dtype == run.h.dtype
        np.testing.assert_allclose(jacobian, run.state_jacobian, rtol=0, atol=run.atol)


@given(experiments())
def test_the_equation_step_by_step(experiment):
    params, x, h, _ = experiment
    trace = rnn_forward(params, x, h)
    np.testing.assert_array_equal(trace.x, x)
    np.testing.assert_array_equal(trace.h_prev, np.concatenate([h[None], trace.h[:-1]]))
    assert len(x) == trace.T
    for t in range(len(x)):
        h = np.tanh(h @ params.U_c.T + x[t] @ params.V_c.T + params.b_c)
        np.testing.assert_allclose(trace.h[t], h, rtol=0, atol=1e-9)


@given(experiments(batch=False))
def test_it_is_the_candidate_of_the_lstm_where_both_read_the_same(experiment):
    rnn = rnn_forward(experiment.params, experiment.x[:1], experiment.h0)
    np.testing.assert_allclose(rnn.h, experiment.run().C_tilde[:1], rtol=0, atol=1e-15)
    # and a cell that keeps nothing, writes all and shows all passes tanh of it on
    pins = np.full((1, 4, experiment.params.H), np.nan)
    pins[:, 0], pins[:, 1], pins[:, 3] = 0, 1, 1
    if experiment.params.forget_gate:
        cell = forward(experiment.params, experiment.x[:1], experiment.h0, experiment.C0, pins)
        np.testing.assert_allclose(cell.h, np.tanh(rnn.h), rtol=0, atol=1e-15)


@given(experiments(within=2.0, most_steps=5, batch=False))
def test_state_jacobian_equals_finite_differences(experiment):
    params, x, h0, _ = experiment
    trace = rnn_forward(params, x, h0)
    jacobian = state_jacobian(trace)
    np.testing.assert_array_equal(jacobian[-1], np.eye(params.H))
    for t in range(len(x)):
        theirs = slopes(lambda h, t=t: rnn_forward(params, x[t:], h).h[-1], trace.h_prev[t]).T
        np.testing.assert_allclose(jacobian[t], theirs, rtol=1e-5, atol=1e-6, err_msg=f"t = {t}")


@pytest.mark.parametrize("weight", [0.0, 0.5, 1.0, 1.5])
def test_a_recurrence_of_its_own_gives_the_rnn_and_the_gradient_of_a_loop_in_plain_python(weight):
    """The loop knows no matrices: each unit reads its own last output with one weight."""
    run = recorded("rnn_ordinary")
    own = with_recurrence(run.params, weight)
    np.testing.assert_array_equal(own.W[:, :, run.params.H :], run.params.W[:, :, run.params.H :])
    np.testing.assert_array_equal(own.b, run.params.b)
    trace = rnn_forward(own, run.x, run.h0)
    jacobian = state_jacobian(trace)
    for unit in range(run.params.H):
        V, b = run.params.V_c[unit].tolist(), float(run.params.b_c[unit])
        h, hs = float(run.h0[unit]), []
        for x in run.x.tolist():
            h = math.tanh(weight * h + sum(v * number for v, number in zip(V, x, strict=True)) + b)
            hs.append(h)
        assert trace.h[:, unit] == pytest.approx(hs, abs=1e-12)
        slope = 1.0
        for t in range(trace.T, -1, -1):
            expected = np.zeros(run.params.H)
            expected[unit] = slope
            np.testing.assert_allclose(jacobian[t, unit], expected, rtol=0, atol=1e-12)
            slope *= weight * (1 - hs[t - 1] ** 2)
    assert (jacobian[:-1] == 0).all() == (weight == 0)  # with U = 0 nothing comes back at all


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), "1", None, [1, 2]])
def test_a_recurrence_is_one_finite_number(weight):
    with pytest.raises(ValueError, match="^weight: expected "):
        with_recurrence(RUN.params, weight)


def test_a_gradient_beyond_the_largest_float_stops_there_with_its_sign():
    W = np.zeros((4, 2, 3))
    W[2, :, :2] = [[0, 1e200], [-1e200, 0]]
    trace = rnn_forward(LSTMParams(W, np.zeros((4, 2))), np.zeros((4, 1)))
    top = np.finfo(float).max
    np.testing.assert_array_equal(state_jacobian(trace)[2], [[-top, 0], [0, -top]])
    np.testing.assert_array_equal(state_jacobian(trace)[0], [[top, 0], [0, top]])


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@given(data=st.data())
def test_every_number_is_finite_for_any_finite_input(dtype, data):
    params, x, h0, _ = data.draw(experiments(dtype=dtype, numbers=absurd(dtype), batch=False))
    trace = rnn_forward(params, x, h0)
    for values in (trace.z, trace.h, state_jacobian(trace)):
        assert values.dtype == dtype and np.isfinite(values).all()
    assert np.abs(trace.h).max() <= 1


RUN = recorded("rnn_batch")


@collected("argument", ["x", "h0"])
@collected("kind", NOT_NUMBERS)
def test_refuses_what_is_no_finite_number(argument, kind):
    arguments = {"x": RUN.x, "h0": RUN.h0}
    arguments[argument] = not_numbers(arguments[argument])[kind]
    with pytest.raises(ValueError, match=rf"^{argument}: expected .*shape \(.* got .+"):
        rnn_forward(RUN.params, **arguments)


@pytest.mark.parametrize(
    "argument, shape", [("x", (5,)), ("x", (5, 4, 3)), ("x", (0, 2)), ("h0", (4,)), ("h0", (3, 3))]
)
def test_refuses_wrong_shapes(argument, shape):
    arguments = {"x": RUN.x, "h0": RUN.h0} | {argument: np.zeros(shape)}
    with pytest.raises(ValueError, match=rf"^{argument}: expected .*shape \("):
        rnn_forward(RUN.params, **arguments)


def test_refuses_other_params_a_batch_and_what_is_no_run_of_its_own():
    with pytest.raises(ValueError, match=r"^params: expected LSTMParams, got "):
        rnn_forward(RUN.W, RUN.x)
    with pytest.raises(ValueError, match=r"^trace: expected one sequence, got a batch"):
        state_jacobian(rnn_forward(RUN.params, RUN.x))
    for trace in (None, RUN.x, forward(RUN.params, RUN.x)):
        with pytest.raises(ValueError, match=r"^trace: expected an RNNTrace, got "):
            state_jacobian(trace)
    with pytest.raises(ValueError, match="^unit: expected a whole number from 1 to 3, got 4"):
        state_jacobian(rnn_forward(RUN.params, RUN.x[:, 0]), 4)

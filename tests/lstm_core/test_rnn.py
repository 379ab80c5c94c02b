"""The plain RNN: against PyTorch's, finite differences, and the candidate of the LSTM that it is made of."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import LSTMParams, rnn_forward, state_jacobian
from lstm_core.rnn import with_recurrence
from tests.lstm_core.examples import RECORDED_RNN, absurd, experiments, recorded
from tests.lstm_core.slopes import slopes

pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize("name", RECORDED_RNN)
def test_equals_pytorch(name):
    run = recorded(name)
    trace = rnn_forward(run.params, run.x, run.h0)
    found = [(trace.h, run.h)]
    if run.x.ndim == 2:
        found.append((state_jacobian(trace), run.state_jacobian))
    for ours, theirs in found:
        assert ours.shape == theirs.shape and ours.dtype == theirs.dtype
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=run.atol)


@given(experiments())
def test_the_equation_step_by_step_which_is_that_of_the_candidate(experiment):
    params, x, h, _ = experiment
    trace = rnn_forward(params, x, h)
    np.testing.assert_array_equal(trace.x, x)
    np.testing.assert_array_equal(trace.h_prev, np.concatenate([h[None], trace.h[:-1]]))
    np.testing.assert_allclose(trace.h[0], experiment.run().C_tilde[0], rtol=0, atol=1e-12)
    for t in range(trace.T):
        h = np.tanh(h @ params.U_c.T + x[t] @ params.V_c.T + params.b_c)
        np.testing.assert_allclose(trace.h[t], h, rtol=0, atol=1e-9)


@given(experiments(within=2.0, most_steps=5, batch=False))
def test_state_jacobian_equals_finite_differences(experiment):
    params, x, h0, _ = experiment
    trace = rnn_forward(params, x, h0)
    jacobian = state_jacobian(trace)
    np.testing.assert_array_equal(jacobian[-1], np.eye(params.H))
    for t in range(len(x)):
        theirs = slopes(lambda h, t=t: rnn_forward(params, x[t:], h).h[-1], trace.h_prev[t]).T
        np.testing.assert_allclose(jacobian[t], theirs, rtol=1e-5, atol=1e-6, err_msg=f"t = {t}")
    for unit in range(1, params.H + 1):
        np.testing.assert_allclose(state_jacobian(trace, unit), jacobian[:, unit - 1], rtol=1e-12)


@pytest.mark.parametrize("weight", [0.0, 0.5, 1.5])
def test_with_a_recurrence_of_its_own_each_unit_reads_its_last_output_with_that_weight_alone(weight):
    params = recorded("rnn_ordinary").params
    own = with_recurrence(params, weight)
    np.testing.assert_array_equal(own.U_c, weight * np.eye(params.H))
    W = own.W.copy()
    W[2, :, : params.H] = params.U_c
    assert replace(own, W=W) == params  # all else is as it was


@pytest.mark.parametrize("weight", [math.nan, math.inf, "1"])
def test_a_recurrence_is_one_finite_number(weight):
    with pytest.raises(ValueError, match="^weight: expected "):
        with_recurrence(recorded("rnn_ordinary").params, weight)


def test_a_gradient_beyond_the_largest_float_stops_there_with_its_sign():
    W = np.zeros((4, 2, 3))
    W[2, :, :2] = [[0, 1e200], [-1e200, 0]]
    trace = rnn_forward(LSTMParams(W, np.zeros((4, 2))), np.zeros((4, 1)))
    top = np.finfo(float).max
    np.testing.assert_array_equal(
        state_jacobian(trace)[[2, 0]], [[[-top, 0], [0, -top]], [[top, 0], [0, top]]]
    )


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@given(data=st.data())
def test_every_number_is_finite_for_any_finite_input(dtype, data):
    params, x, h0, _ = data.draw(experiments(dtype=dtype, numbers=absurd(dtype), batch=False))
    trace = rnn_forward(params, x, h0)
    for values in (trace.z, trace.h, state_jacobian(trace)):
        assert values.dtype == dtype and np.isfinite(values).all()
    assert np.abs(trace.h).max() <= 1

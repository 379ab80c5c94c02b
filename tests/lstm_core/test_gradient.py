"""backward() and cell_jacobian(): against autograd and finite differences, and at the edge of the floats."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lstm_core import LSTMParams, backward, cell_jacobian, forward
from tests.collected import collected
from tests.lstm_core.examples import NOT_NUMBERS, RECORDED, absurd, experiments, not_numbers, recorded
from tests.lstm_core.slopes import slopes

pytestmark = pytest.mark.filterwarnings("error")

GRADIENTS = ("W", "b", "x", "h", "C")


def trace_of(run):
    return forward(run.params, run.x, run.h0, run.C0)


@collected("name", RECORDED)
def test_equals_autograd_of_pytorch_and_keras(name):
    run = recorded(name)
    gradient = backward(trace_of(run), run.dh, run.dC)
    pairs = {
        "W": (gradient.W, run.grad_W),
        "b": (gradient.b, run.grad_b),
        "x": (gradient.x, run.grad_x),
        "h0": (gradient.h[0], run.grad_h0),
        "C0": (gradient.C[0], run.grad_C0),
    }
    if name == "keras_no_bias":
        del pairs["b"]
    if run.params.peepholes is None:
        assert gradient.peepholes is None
    else:
        pairs["peepholes"] = (gradient.peepholes, run.grad_peepholes)
    if name.startswith("torch"):
        pairs |= {"h": (gradient.h, run.grad_h), "C": (gradient.C, run.grad_C)}
    for quantity, (ours, theirs) in pairs.items():
        assert ours.shape == theirs.shape and ours.dtype == theirs.dtype, quantity
        atol = run.atol * max(1, np.abs(theirs).max())
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=atol, err_msg=quantity)


@collected("name", [name for name in RECORDED if name.startswith("torch") and "batch" not in name])
def test_cell_jacobian_equals_autograd(name):
    run = recorded(name)
    jacobian = cell_jacobian(trace_of(run))
    assert jacobian.shape == run.cell_jacobian.shape and jacobian.dtype == run.W.dtype
    atol = run.atol * max(1, np.abs(run.cell_jacobian).max())
    np.testing.assert_allclose(jacobian, run.cell_jacobian, rtol=0, atol=atol)


@given(experiments(within=2.0, most_steps=4), st.data())
def test_gradients_equal_finite_differences(experiment, data):
    params, x, h0, C0 = experiment
    weights_of_loss = st.floats(-2, 2)
    dh = data.draw(arrays(float, (len(x), *h0.shape), elements=weights_of_loss))
    dC = data.draw(arrays(float, C0.shape, elements=weights_of_loss))

    def loss(W=params.W, b=params.b, x=x, h0=h0, C0=C0, peepholes=params.peepholes):
        trace = forward(replace(params, W=W, b=b, peepholes=peepholes), x, h0, C0)
        return (dh * trace.h).sum() + (dC * trace.C[-1]).sum()

    gradient = backward(experiment.run(), dh, dC)
    for name, at, ours in [
        ("W", params.W, gradient.W),
        ("b", params.b, gradient.b),
        ("x", x, gradient.x),
        ("h0", h0, gradient.h[0]),
        ("C0", C0, gradient.C[0]),
        ("peepholes", params.peepholes, gradient.peepholes),
    ]:
        if at is None:
            continue
        theirs = slopes(lambda moved, name=name: loss(**{name: moved}), at).reshape(at.shape)
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6, err_msg=name)


@given(experiments(within=2.0, batch=True))
def test_a_batch_adds_the_gradients_of_its_sequences(experiment):
    params, x, h0, C0 = experiment
    trace = experiment.run()
    dh, dC = np.cos(trace.h * 9), np.sin(trace.C[-1] * 9)
    batch = backward(trace, dh, dC)
    alone = [backward(forward(params, x[:, k], h0[k], C0[k]), dh[:, k], dC[k]) for k in range(x.shape[1])]
    for name in ("W", "b"):
        total = sum(getattr(one, name) for one in alone)
        np.testing.assert_allclose(getattr(batch, name), total, rtol=1e-9, atol=1e-9, err_msg=name)
    for name in ("x", "h", "C"):
        stacked = np.stack([getattr(one, name) for one in alone], axis=1)
        np.testing.assert_allclose(getattr(batch, name), stacked, rtol=1e-9, atol=1e-9, err_msg=name)


def test_dC_may_be_a_number_and_is_zero_unless_told():
    for name in ("torch_ordinary", "torch_batch"):
        run = recorded(name)
        trace = trace_of(run)
        for short, full in [((), np.zeros_like(run.dC)), ((1,), np.ones_like(run.dC))]:
            ours, theirs = backward(trace, run.dh.tolist(), *short), backward(trace, run.dh, full)
            for quantity in GRADIENTS:
                np.testing.assert_array_equal(getattr(ours, quantity), getattr(theirs, quantity))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@given(data=st.data())
def test_gradients_are_finite_for_any_finite_input(dtype, data):
    trace = data.draw(experiments(dtype=dtype, numbers=absurd(dtype))).run()
    dh = data.draw(arrays(dtype, trace.h.shape, elements=absurd(dtype)))
    dC = data.draw(arrays(dtype, trace.h.shape[1:], elements=absurd(dtype)))
    gradient = backward(trace, dh, dC)
    for name in GRADIENTS:
        ours = getattr(gradient, name)
        assert ours.dtype == dtype and np.isfinite(ours).all(), name


def test_a_gradient_beyond_the_largest_float_stops_there_with_its_sign():
    top = np.finfo(float).max
    params = LSTMParams(np.zeros((4, 1, 2)), np.zeros((4, 1)))  # f = i = o = ½, C̃ = 0
    trace = forward(params, [[1.0]], C0=1e308)
    for sign in (1, -1):
        gradient = backward(trace, [[0.0]], dC=sign * 1e10)
        # ∂C_1/∂z_f = ¼·C0, and that times dC is past every float; ∂C_1/∂z_c = ½
        np.testing.assert_array_equal(gradient.b.ravel(), [sign * top, 0, sign * 5e9, 0])
        assert gradient.C[0, 0] == sign * 5e9


RUN = recorded("torch_batch")
TRACE = trace_of(RUN)
GOOD = {"dh": RUN.dh, "dC": RUN.dC}
T, B, H = TRACE.h.shape


@collected("argument", GOOD)
@collected("kind", NOT_NUMBERS)
def test_refuses_what_is_no_finite_number(argument, kind):
    arguments = GOOD | {argument: not_numbers(GOOD[argument])[kind]}
    with pytest.raises(ValueError, match=rf"^{argument}: expected .*shape \(.* got .+"):
        backward(TRACE, **arguments)


@collected(
    "argument, shape",
    [
        ("dh", ()), ("dh", (H,)), ("dh", (B, H)), ("dh", (T, H)), ("dh", (T + 1, B, H)),
        ("dh", (T, 1, H)), ("dh", (T, B, H, 1)), ("dC", (H,)), ("dC", (1, H)), ("dC", (B, 1)),
        ("dC", (H, B)), ("dC", (T, B, H)), ("dC", (0,)),
    ],
)  # fmt: skip
def test_refuses_wrong_shapes(argument, shape):
    with pytest.raises(ValueError, match=rf"^{argument}: expected .*shape \(") as refusal:
        backward(TRACE, **GOOD | {argument: np.zeros(shape)})
    assert f"got shape {shape}" in str(refusal.value)


@pytest.mark.parametrize("trace", [None, "trace", RUN.x])
def test_refuses_what_is_no_trace(trace):
    with pytest.raises(ValueError, match=r"^trace: expected .*LSTMTrace, got "):
        backward(trace, RUN.dh)
    with pytest.raises(ValueError, match=r"^trace: expected .*LSTMTrace, got "):
        cell_jacobian(trace)

"""backward() and cell_jacobian(): against autograd and finite differences, and at the edge of the floats."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lstm_core import LSTMParams, backward, cell_jacobian, forward
from tests.collected import collected
from tests.lstm_core.examples import RECORDED, absurd, experiments, pins_for, recorded
from tests.lstm_core.slopes import jacobian_equals_finite_differences, slopes

pytestmark = pytest.mark.filterwarnings("error")

GRADIENTS = ("W", "b", "x", "h", "C")


def trace_of(run):
    return forward(run.params, run.x, run.h0, run.C0)


def by_argument(gradient) -> dict[str, np.ndarray]:
    """What `forward` takes -> the gradient of it, as frameworks give it."""
    found = {name: getattr(gradient, name) for name in ("W", "b", "x", "peepholes")}
    found |= {"h0": gradient.h[0], "C0": gradient.C[0]}
    return {name: value for name, value in found.items() if value is not None}


@collected("name", RECORDED)
def test_equals_autograd_of_pytorch_and_keras(name):
    run = recorded(name)
    gradient = backward(trace_of(run), run.dh, run.dC)
    ours = by_argument(gradient)
    if name == "keras_no_bias":
        del ours["b"]
    if name.startswith("torch"):
        ours |= {"h": gradient.h, "C": gradient.C}
    if name.startswith("torch") and run.x.ndim == 2:
        assert run.cell_jacobian.ndim == 3
        ours |= {"cell_jacobian": cell_jacobian(trace_of(run))}
    for quantity, found in ours.items():
        theirs = getattr(run, quantity if quantity == "cell_jacobian" else f"grad_{quantity}")
        assert found.shape == theirs.shape and found.dtype == theirs.dtype, quantity
        atol = run.atol * max(1, np.abs(theirs).max())
        np.testing.assert_allclose(found, theirs, rtol=0, atol=atol, err_msg=quantity)


@given(experiments(within=2.0, most_steps=4), st.data())
def test_gradients_equal_finite_differences_whichever_gates_are_given(experiment, data):
    params, x, h0, C0 = experiment
    weights_of_loss, pins = st.floats(-2, 2), data.draw(pins_for(experiment))
    dh = data.draw(arrays(float, (len(x), *h0.shape), elements=weights_of_loss))
    dC = data.draw(arrays(float, C0.shape, elements=weights_of_loss))
    at = {"W": params.W, "b": params.b, "peepholes": params.peepholes, "x": x, "h0": h0, "C0": C0}

    def loss(name, moved):
        now = at | {name: moved}
        moved_params = replace(params, W=now["W"], b=now["b"], peepholes=now["peepholes"])
        trace = forward(moved_params, now["x"], now["h0"], now["C0"], pins)
        return (dh * trace.h).sum() + (dC * trace.C[-1]).sum()

    for name, ours in by_argument(backward(forward(*experiment, pins), dh, dC)).items():
        theirs = slopes(lambda moved, name=name: loss(name, moved), at[name]).reshape(at[name].shape)
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6, err_msg=name)


@given(experiments(within=2.0, most_steps=5, batch=False), st.data())
def test_cell_jacobian_equals_finite_differences_whichever_gates_are_given(experiment, data):
    jacobian_equals_finite_differences(experiment, data.draw(pins_for(experiment)))


@pytest.mark.parametrize("name", ["torch_ordinary", "torch_batch"])
def test_dC_may_be_a_number_and_is_zero_unless_told(name):
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
    for name in (*GRADIENTS, "peepholes"):
        ours = getattr(gradient, name)
        assert ours is None or ours.dtype == dtype and np.isfinite(ours).all(), name


@pytest.mark.parametrize("sign", [1, -1])
def test_a_gradient_beyond_the_largest_float_stops_there_with_its_sign(sign):
    top = np.finfo(float).max
    params = LSTMParams(np.zeros((4, 1, 2)), np.zeros((4, 1)))  # f = i = o = ½, C̃ = 0
    gradient = backward(forward(params, [[1.0]], C0=1e308), [[0.0]], dC=sign * 1e10)
    # ∂C_1/∂z_f = ¼·C0, and that times dC is past every float; ∂C_1/∂z_c = ½
    np.testing.assert_array_equal(gradient.b.ravel(), [sign * top, 0, sign * 5e9, 0])
    assert gradient.C[0, 0] == sign * 5e9
    # ∂C_1/∂z_f is about ¼·1e-200 where p·C is about 1: an infinity on the way would end at the largest float
    seeing = replace(params, peepholes=np.full((3, 1), 1e200))
    gradient = backward(forward(seeing, np.zeros((2, 1)), C0=1e-200), np.full((2, 1), sign * top), sign * top)
    np.testing.assert_array_equal(gradient.C[1:], sign * top)
    assert 1e107 < sign * gradient.b[0, 0] < 1e108

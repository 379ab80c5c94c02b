"""LSTMTrace: the ledger adds up, what was written can be followed, and memory has a half-life."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import LSTMParams, forward, half_life, provenance
from tests.collected import collected
from tests.lstm_core.examples import absurd, experiments, recorded

pytestmark = pytest.mark.filterwarnings("error")

STATES = ("f", "i", "C_tilde", "o", "C", "h", "C_prev", "h_prev", "kept", "erased", "written", "tanh_C")


@pytest.mark.parametrize("name", ["torch_ordinary", "torch_batch", "torch_one_step", "torch_one_unit"])
def test_shapes(name):
    run = recorded(name)
    trace = forward(run.params, run.x, run.h0, run.C0)
    T, *rows, D = run.x.shape
    H = run.params.H
    assert trace.T == T and trace.params is run.params
    for quantity in (*STATES, "z_f", "z_i", "z_c", "z_o"):
        assert getattr(trace, quantity).shape == (T, *rows, H), quantity
    assert trace.z.shape == (T, *rows, 4, H)
    assert trace.x.shape == (T, *rows, D)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@given(data=st.data())
def test_the_ledger_adds_up(dtype, data):
    numbers = data.draw(st.sampled_from([None, absurd(dtype)]))
    trace = data.draw(experiments(within=100.0, dtype=dtype, numbers=numbers)).run()
    np.testing.assert_array_equal(trace.kept, trace.f * trace.C_prev)
    np.testing.assert_array_equal(trace.written, trace.i * trace.C_tilde)
    np.testing.assert_array_equal(trace.kept + trace.written, trace.C)  # exactly, not nearly
    limits = np.finfo(dtype)
    np.testing.assert_allclose(
        trace.kept + trace.erased, trace.C_prev, rtol=2 * limits.eps, atol=float(limits.tiny)
    )


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@given(data=st.data())
def test_provenance_sums_to_the_memory(dtype, data):
    trace = data.draw(experiments(within=20.0, dtype=dtype)).run()
    parts = provenance(trace)
    assert parts.shape == (trace.T + 1, *trace.C.shape) and parts.dtype == dtype
    rounding = (trace.T + 1) * np.finfo(dtype).eps * np.abs(parts).sum(axis=0)
    assert (np.abs(parts.sum(axis=0) - trace.C) <= rounding + np.finfo(dtype).tiny).all()


@given(experiments())
def test_provenance_follows_each_part_from_its_step(experiment):
    trace = experiment.run()
    parts = provenance(trace)
    np.testing.assert_array_equal(parts[0, 0], trace.kept[0])
    for s in range(1, trace.T + 1):
        assert (parts[s, : s - 1] == 0).all()  # nothing before it was written
        np.testing.assert_array_equal(parts[s, s - 1], trace.written[s - 1])
        for t in range(s, trace.T):
            np.testing.assert_array_equal(parts[s, t], parts[s, t - 1] * trace.f[t])
            np.testing.assert_array_equal(parts[0, t], parts[0, t - 1] * trace.f[t])


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@given(data=st.data())
def test_provenance_is_finite_for_any_finite_input(dtype, data):
    trace = data.draw(experiments(dtype=dtype, numbers=absurd(dtype))).run()
    assert np.isfinite(provenance(trace)).all()


def test_provenance_of_a_batch_is_that_of_its_sequences():
    run = recorded("torch_batch")
    parts = provenance(forward(run.params, run.x, run.h0, run.C0))
    for row in range(run.x.shape[1]):
        alone = provenance(forward(run.params, run.x[:, row], run.h0[row], run.C0[row]))
        np.testing.assert_allclose(parts[:, :, row], alone, rtol=0, atol=1e-14)


@pytest.mark.parametrize("name", ["torch_ordinary", "torch_batch"])
def test_provenance_of_one_unit_is_its_column(name):
    run = recorded(name)
    trace = forward(run.params, run.x, run.h0, run.C0)
    for unit in (1, 2, 3, np.int64(3)):  # counted from 1, as everywhere on screen
        np.testing.assert_array_equal(provenance(trace, unit), provenance(trace)[..., unit - 1])


@collected("unit", [0, -1, 4, 10**30, 1.5, "1", True, [1], slice(1, 2), np.nan])
def test_provenance_refuses_a_unit_that_is_not_there(unit):
    run = recorded("torch_ordinary")
    with pytest.raises(ValueError, match="^unit: expected .*3.* got "):
        provenance(forward(run.params, run.x), unit)


def forget_gates_with_bias(b_f, T=1):
    """A run with f = σ(b_f) at every step and nothing written."""
    b = np.zeros((4, 1))
    b[0] = b_f
    return forward(LSTMParams(np.zeros((4, 1, 2)), b), np.zeros((T, 1)), C0=1.0)


@pytest.mark.parametrize("b_f, steps", [(0, "1.0"), (1, "2.2"), (2, "5.5"), (5, "103.2")])
def test_a_forget_bias_sets_how_long_memory_lasts(b_f, steps):
    assert f"{half_life(forget_gates_with_bias(b_f).f[0, 0]):.1f}" == steps


@given(st.floats(1e-300, 1 - 1e-12))
def test_half_life_is_the_solution_of_f_to_the_n_is_half(f):
    steps = half_life(f)
    assert isinstance(steps, float) and steps > 0
    assert f**steps == pytest.approx(0.5, rel=1e-9)


def test_half_life_at_the_ends_and_of_arrays():
    assert half_life(0) == 0.0 and half_life(1) == np.inf and half_life(-0.0) == 0.0
    steps = half_life(np.array([[0.0, 0.5], [0.25, 1.0]], np.float32))
    np.testing.assert_allclose(steps, [[0, 1], [0.5, np.inf]])
    np.testing.assert_array_equal(half_life([0.5, 0.5]), [1, 1])
    trace = forward(recorded("torch_batch").params, recorded("torch_batch").x)
    assert half_life(trace.f).shape == trace.f.shape


@collected(
    "f",
    [-0.1, 1.0000001, np.nan, np.inf, -np.inf, None, "0.5", b"0", 0.5j, {}, [0.5, None], [0.5, 2],
     [0.5, np.nan], [[0.5], [0.5, 0.5]], 10**400, object(), np.datetime64("2000-01-01")],
)  # fmt: skip
def test_half_life_refuses_what_is_no_gate(f):
    with pytest.raises(ValueError, match=r"^f: expected numbers within \[0, 1\], got "):
        half_life(f)

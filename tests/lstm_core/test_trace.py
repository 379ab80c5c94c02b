"""LSTMTrace: the ledger adds up, what was written can be followed, and memory has a half-life."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import half_life, provenance
from tests.collected import collected
from tests.lstm_core.examples import absurd, experiments

pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@given(data=st.data())
def test_the_ledger_adds_up(dtype, data):
    numbers = data.draw(st.sampled_from([None, absurd(dtype)]))
    trace = data.draw(experiments(within=100.0, dtype=dtype, numbers=numbers)).run()
    np.testing.assert_array_equal(trace.kept, trace.f * trace.C_prev)
    np.testing.assert_array_equal(trace.written, trace.i * trace.C_tilde)
    np.testing.assert_array_equal(trace.kept + trace.written, trace.C)  # exactly, not nearly
    limits = np.finfo(dtype)
    there = trace.kept + trace.erased
    np.testing.assert_allclose(there, trace.C_prev, rtol=2 * limits.eps, atol=float(limits.tiny))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@given(data=st.data())
def test_provenance_follows_each_part_from_its_step_and_sums_to_the_memory(dtype, data):
    trace = data.draw(experiments(within=20.0, dtype=dtype)).run()
    parts = provenance(trace)
    assert parts.shape == (trace.T + 1, *trace.C.shape) and parts.dtype == dtype
    rounding = (trace.T + 1) * np.finfo(dtype).eps * np.abs(parts).sum(axis=0)
    assert (np.abs(parts.sum(axis=0) - trace.C) <= rounding + np.finfo(dtype).tiny).all()
    starts = [trace.kept[0], *trace.written]
    for s in range(trace.T + 1):
        first = max(s, 1)  # the step at which the part is first seen; what was there before is kept in step 1
        assert (parts[s, : first - 1] == 0).all()
        np.testing.assert_array_equal(parts[s, first - 1], starts[s])
        for t in range(first, trace.T):
            np.testing.assert_array_equal(parts[s, t], parts[s, t - 1] * trace.f[t])
    for unit in range(1, trace.params.H + 1):  # counted from 1, as everywhere on screen
        np.testing.assert_array_equal(provenance(trace, unit), parts[..., unit - 1])


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@given(data=st.data())
def test_provenance_is_finite_for_any_finite_input(dtype, data):
    trace = data.draw(experiments(dtype=dtype, numbers=absurd(dtype))).run()
    assert np.isfinite(provenance(trace)).all()


@given(st.floats(1e-300, 1 - 1e-12))
def test_half_life_is_the_solution_of_f_to_the_n_is_half(f):
    steps = half_life(f)
    assert isinstance(steps, float) and steps > 0
    assert f**steps == pytest.approx(0.5, rel=1e-9)


def test_half_life_at_the_ends_and_of_arrays():
    assert half_life(0) == 0.0 and half_life(1) == np.inf and half_life(-0.0) == 0.0
    steps = half_life(np.array([[0.0, 0.5], [0.25, 1.0]], np.float32))
    np.testing.assert_allclose(steps, [[0, 1], [0.5, np.inf]])


@collected("f", [-0.1, 1.0000001, np.nan, np.inf, None, "0.5", 0.5j, [0.5, None], [0.5, 2], [[0.5], [1, 1]]])
def test_half_life_refuses_what_is_no_gate(f):
    with pytest.raises(ValueError, match=r"^f: expected numbers within \[0, 1\], got "):
        half_life(f)

"""What C_T depends on: the direct path, the Jacobian row by row, the inputs, and how large a Jacobian is."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lstm_core import (
    LSTMParams,
    backward,
    cell_jacobian,
    direct_path,
    forward,
    input_sensitivity,
    memory_paths,
    paths,
    provenance,
    rnn_forward,
    spectral_norm,
    state_jacobian,
)
from lstm_core.saturate import saturating_matmul
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.lstm_core.examples import absurd, experiments

pytestmark = pytest.mark.filterwarnings("error")


@given(experiments(batch=False))
def test_the_direct_path_is_the_product_of_the_later_forget_gates_and_all_where_no_gate_reads_h(experiment):
    W = experiment.params.W.copy()
    W[:, :, : experiment.params.H] = 0
    trace = experiment._replace(params=replace(experiment.params, W=W, peepholes=None)).run()
    path, jacobian = direct_path(trace), cell_jacobian(trace)
    for t in range(trace.T + 1):
        np.testing.assert_allclose(path[t], np.prod(trace.f[t:], axis=0), rtol=1e-12)
    np.testing.assert_allclose(np.diagonal(jacobian, axis1=1, axis2=2), path, rtol=1e-12, atol=1e-300)
    assert (jacobian[:, ~np.eye(trace.params.H, dtype=bool)] == 0).all()
    np.testing.assert_allclose(spectral_norm(jacobian), path.max(axis=1), rtol=1e-9, atol=1e-300)


@given(experiments(within=2.0, batch=False))
def test_each_is_backward_from_one_unit_at_a_time(experiment):
    trace = experiment.run()
    jacobian, sensitivity = cell_jacobian(trace), input_sensitivity(trace)
    for k, row in enumerate(np.eye(trace.params.H)):
        one = backward(trace, np.zeros_like(trace.h), row)
        for found, expected in (
            (cell_jacobian(trace, k + 1), one.C),
            (input_sensitivity(trace, k + 1), one.x),
            (jacobian[:, k], one.C),
            (sensitivity[:, k], one.x),
            (direct_path(trace, k + 1), direct_path(trace)[:, k]),
        ):
            np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@given(data=st.data())
def test_each_is_finite_for_any_finite_input(dtype, data):
    trace = data.draw(experiments(dtype=dtype, numbers=absurd(dtype), batch=False)).run()
    for function in (direct_path, cell_jacobian, input_sensitivity):
        result = function(trace)
        assert result.dtype == dtype and np.isfinite(result).all()


@pytest.mark.parametrize("path", [cell_jacobian, input_sensitivity])
def test_what_is_too_large_at_once_is_taken_unit_by_unit_and_comes_out_the_same(path, monkeypatch):
    """Of a layer of the precision of its file, which the slopes have too."""
    draw = np.random.default_rng(4).normal
    params = LSTMParams(draw(size=(4, 5, 8)).astype("float32"), draw(size=(4, 5)).astype("float32"))
    trace = forward(params, draw(size=(6, 3)).astype("float32"))
    whole = path(trace)
    for at_once in (1, 2 * 6 * 4 * 5):  # one unit at a time, and two
        monkeypatch.setattr("lstm_core.paths._AT_ONCE", at_once)
        pieces = path(trace)
        assert pieces.dtype == whole.dtype == np.float32 and pieces.shape == whole.shape
        np.testing.assert_allclose(pieces, whole, rtol=1e-5, atol=1e-7)


# -- the norm, and all that is drawn of one unit ----------------------------------------------------


@given(arrays(float, (3, 2, 2), elements=st.floats(-10, 10).map(lambda x: round(x, 6))), st.floats(0, 6.3))
def test_the_spectral_norm_is_the_most_that_a_change_of_length_one_does(jacobian, angle):
    norm, change = spectral_norm(jacobian), np.array([np.cos(angle), np.sin(angle)])
    assert norm.shape == (3,)
    assert (np.linalg.norm(jacobian @ change, axis=-1) <= norm * (1 + 1e-12) + 1e-12).all()
    np.testing.assert_allclose(norm, [np.linalg.norm(matrix, 2) for matrix in jacobian], atol=1e-12)


def test_the_spectral_norm_of_anything_finite_is_finite():
    top = np.finfo(float).max
    np.testing.assert_allclose(spectral_norm(np.array([[[top]], [[0.0]], [[5e-324]]])), [top, 0, 5e-324])
    assert spectral_norm(np.full((2, 2), top)) == top
    assert spectral_norm(np.eye(2, dtype=np.float32)[None]).dtype == np.float32


@pytest.mark.parametrize("unit", [1, 2])
def test_memory_paths_are_the_rows_of_one_unit(unit):
    trace = preset("random").edited("h0.2", 0.4).trace()
    found, k = memory_paths(trace, unit), unit - 1
    plain = rnn_forward(trace.params, trace.x, trace.h_prev[0])
    expected = {
        "direct": direct_path(trace)[1:, k],
        "full": cell_jacobian(trace)[1:, k, k],
        "norm": spectral_norm(cell_jacobian(trace)[1:]),
        "rnn": state_jacobian(plain)[1:, k, k],
        "matters": input_sensitivity(trace)[:, k],
        "written": provenance(trace)[1:, -1, k],
    }
    for name, values in expected.items():
        np.testing.assert_allclose(getattr(found, name), values, rtol=1e-12, err_msg=name)
    assert not found.is_covered


@pytest.mark.parametrize("H", [1, 2, paths.MOST_UNITS_OF_NORM, paths.MOST_UNITS_OF_NORM + 1])
def test_the_norm_is_there_where_it_says_more_and_costs_little(H):
    norm = memory_paths(preset("random").resized(H=H).trace(), 1).norm
    assert (norm is not None) == (1 < H <= paths.MOST_UNITS_OF_NORM)


@collected("key", PRESETS)
def test_only_where_a_gate_reads_h_is_there_more_than_the_direct_path(key):
    """As the page says of the presets without recurrent weights; with them the curves part."""
    assert memory_paths(preset(key).trace(), 1).only_direct == (key not in ("random", "toggle", "far"))


# -- beyond the largest float -----------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_gradient_that_overflows_takes_no_number_of_a_large_layer_apart(dtype, monkeypatch):
    """Each number of the matrix was taken apart at each step."""
    H, T = 64, 9
    W = np.random.default_rng(0).normal(0, 1, (4, H, H + 1)).astype(dtype)
    W[3] = 0
    W[2] *= dtype(1e30 if dtype == np.float32 else 1e59)
    trace = forward(LSTMParams(W, np.zeros((4, H), dtype)), np.zeros((T, 1), dtype))
    asked, apart = [], np.frexp

    def counted(numbers, *more):
        asked.append(np.size(numbers))
        return apart(numbers, *more)

    monkeypatch.setattr(np, "frexp", counted)
    found = memory_paths(trace, 1)
    assert np.abs(found.rnn).max() == np.finfo(dtype).max  # so it did overflow
    assert sum(asked) <= 4 * T * H


def exactly(v, M):
    """v @ M in whole numbers and fractions, as the nearest float or the largest one."""
    top = Fraction(float(np.finfo(M.dtype).max))
    sums = (
        sum(Fraction(float(a)) * Fraction(float(b)) for a, b in zip(v, column, strict=True)) for column in M.T
    )
    return np.array([float(min(max(found, -top), top)) for found in sums], M.dtype)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_product_beyond_the_largest_float_is_that_of_exact_numbers(dtype):
    top = np.finfo(dtype).max
    M = np.random.default_rng(1).normal(0, 3, (5, 7)).astype(dtype)
    M[:, 0] = 0
    M[:, 1] = [0, 0, 1, 0, 0]
    v = np.array([top, -top, 1e-30, 5, top / 3], dtype)
    found = saturating_matmul(v, M, np.empty(7, dtype))
    np.testing.assert_allclose(found, exactly(v, M), rtol=20 * np.finfo(dtype).eps, atol=0)

"""LSTMParams: the door. What is let in is kept as given, what is not is named."""

from __future__ import annotations

import json
import sys
import types

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lstm_core import LSTMParams
from tests.collected import collected
from tests.lstm_core.examples import NOT_NUMBERS, not_numbers

pytestmark = pytest.mark.filterwarnings("error")

H, D = 2, 3
W = np.arange(4.0 * H * (H + D)).reshape(4, H, H + D) / 10
b = np.arange(4.0 * H).reshape(4, H)


@st.composite
def any_params(draw):
    dtype = draw(st.sampled_from([np.float64, np.float32]))
    numbers = st.floats(allow_nan=False, allow_infinity=False, width=np.finfo(dtype).bits)
    units, inputs = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    weights = draw(arrays(dtype, (4, units, units + inputs), elements=numbers))
    return LSTMParams(weights, draw(arrays(dtype, (4, units), elements=numbers)), draw(st.booleans()))


def test_sizes_and_blocks_by_name():
    params = LSTMParams(W, b)
    assert (params.H, params.D, params.forget_gate) == (2, 3, True)
    for block, gate in enumerate("fico"):
        np.testing.assert_array_equal(getattr(params, f"W_{gate}"), W[block])
        np.testing.assert_array_equal(getattr(params, f"U_{gate}"), W[block][:, :H])
        np.testing.assert_array_equal(getattr(params, f"V_{gate}"), W[block][:, H:])
        np.testing.assert_array_equal(getattr(params, f"b_{gate}"), b[block])
        for kind, whole in zip("WUVb", (params.W, params.W, params.W, params.b), strict=True):
            assert np.shares_memory(getattr(params, f"{kind}_{gate}"), whole)


def test_arrays_are_copied_and_read_only():
    W_source, b_source = W.copy(), b.copy()
    params = LSTMParams(W_source, b_source)
    W_source[:], b_source[:] = 99, 99
    np.testing.assert_array_equal(params.W, W)
    np.testing.assert_array_equal(params.b, b)
    for array in (params.W, params.b, params.W_f, params.U_i, params.V_c, params.b_o):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    with pytest.raises(AttributeError):
        params.W = W


@pytest.mark.parametrize(
    "W_dtype, b_dtype, expected",
    [
        ("float64", "float64", "float64"), ("float32", "float32", "float32"),
        ("float32", "float64", "float64"), ("float64", "float32", "float64"),
        ("int64", "int8", "float64"), ("float16", "float16", "float64"),
        ("longdouble", "bool", "float64"), (">f8", ">f8", "float64"),
    ],
)  # fmt: skip
def test_precision_is_kept_as_given(W_dtype, b_dtype, expected):
    params = LSTMParams(W.astype(W_dtype), b.astype(b_dtype))
    assert params.W.dtype == params.b.dtype == params.dtype == np.dtype(expected)
    assert params.W.dtype.isnative
    np.testing.assert_array_equal(params.W, W.astype(W_dtype))


def test_lists_and_strided_arrays_are_welcome():
    assert LSTMParams(W.tolist(), b.tolist()) == LSTMParams(W, b)
    assert LSTMParams(np.asfortranarray(W), np.repeat(b, 2, axis=1)[:, ::2]) == LSTMParams(W, b)


def test_equal_means_the_same_numbers_precision_and_variant():
    params = LSTMParams(W, b)
    assert params == LSTMParams(W, b)
    assert params != LSTMParams(W + 1, b)
    assert params != LSTMParams(W, b + 1)
    assert params != LSTMParams(W, b, forget_gate=False)
    assert params != LSTMParams(b=np.ones((4, 2), np.float32), W=np.ones((4, 2, 5), np.float32))
    single, double = (LSTMParams(np.ones((4, 1, 2), t), np.ones((4, 1), t)) for t in ("f4", "f8"))
    assert single != double
    assert params != "params"


@collected("argument, good", [("W", W), ("b", b)])
@collected("kind", NOT_NUMBERS)
def test_refuses_what_is_no_finite_number(argument, good, kind):
    arguments = {"W": W, "b": b} | {argument: not_numbers(good)[kind]}
    with pytest.raises(ValueError, match=rf"^{argument}: expected .*shape \(4, .* got .+"):
        LSTMParams(**arguments)


@collected(
    "argument, shape",
    [
        ("W", ()),
        ("W", (4,)),
        ("W", (4, 2)),
        ("W", (8, 5)),  # the four blocks in one stack, as PyTorch has them
        ("W", (3, 2, 5)),
        ("W", (5, 2, 5)),
        ("W", (2, 4, 5)),
        ("W", (1, 4, 2, 5)),
        ("W", (4, 0, 3)),
        ("W", (4, 2, 0)),
        ("W", (0, 2, 5)),
        ("W", (4, 2, 2)),  # D = 0
        ("W", (4, 2, 1)),  # D < 0
        ("b", ()),
        ("b", (8,)),
        ("b", (2, 4)),
        ("b", (4, 1)),
        ("b", (4, 3)),
        ("b", (4, 0)),
        ("b", (4, 2, 1)),
    ],
)
def test_refuses_wrong_shapes(argument, shape):
    arguments = {"W": W, "b": b} | {argument: np.zeros(shape)}
    with pytest.raises(ValueError, match=rf"^{argument}: expected .*shape \(4, ") as refusal:
        LSTMParams(**arguments)
    assert str(shape) in str(refusal.value)


@collected("forget_gate", ["yes", None, 1, 0.0, "", [], [True], {}, np.array(True), np.nan])
def test_refuses_a_forget_gate_that_is_no_bool(forget_gate):
    with pytest.raises(ValueError, match=r"^forget_gate: expected True or False, got "):
        LSTMParams(W, b, forget_gate)


def test_numpy_bool_is_a_bool():
    assert LSTMParams(W, b, np.False_).forget_gate is False


@given(any_params())
def test_json_round_trip_is_bit_for_bit(params):
    text = params.to_json()
    again = LSTMParams.from_json(text)
    assert again == params
    assert (again.W.tobytes(), again.b.tobytes()) == (params.W.tobytes(), params.b.tobytes())  # -0.0 too
    assert again.to_json() == text
    assert text.isascii() and "NaN" not in text and "Infinity" not in text


def with_changes(**changes):
    data = json.loads(LSTMParams(W, b).to_json()) | changes
    return json.dumps({key: value for key, value in data.items() if value is not KeyError}, default=str)


@collected(
    "text, names",
    [
        (None, "JSON text"), (5, "JSON text"), ("", "JSON text"), ("{", "JSON text"),
        (b"\xff\xfe\xfd", "JSON text"), ("[" * 100_000, "JSON text"),
        ('{"W": ' + "9" * 5000 + "}", "JSON text"), ("[]", "JSON object"), ("null", "JSON object"),
        ("{}", "JSON object"), (with_changes(format="keras"), "JSON object"),
        (with_changes(version=2), "version"), (with_changes(version=None), "version"),
        (with_changes(gates=["i", "f", "g", "o"]), "gates"), (with_changes(gates=None), "gates"),
        (with_changes(dtype="float16"), "dtype"), (with_changes(dtype=["float64"]), "dtype"),
        (with_changes(dtype={}), "dtype"), (with_changes(forget_gate="yes"), "forget_gate"),
        (with_changes(forget_gate=None), "forget_gate"), (with_changes(W=None), "W: expected"),
        (with_changes(W=[[1], [2, 3]]), "W: expected"),
        (with_changes(W=(W + np.nan).tolist()), "W: expected"),
        (with_changes(W=np.full(W.shape, -np.inf).tolist()), "W: expected"),
        (with_changes(W=W.tolist()).replace("0.1,", "1e999,"), "W: expected"),
        (with_changes(W=(W + 1e39).tolist(), dtype="float32"), "W: expected"),
        (with_changes(W=W.astype(str).tolist()), "W: expected"),
        (with_changes(W=W[:3].tolist()), "W: expected"), (with_changes(b={"f": [0, 0]}), "b: expected"),
        (with_changes(b=b[:, :1].tolist()), "b: expected"), (with_changes(W=KeyError), '"W" and "b"'),
        (with_changes(b=KeyError), '"W" and "b"'),
    ],
)  # fmt: skip
def test_from_json_refuses_with_a_value_error_only(text, names):
    with pytest.raises(ValueError, match=names) as refusal:
        LSTMParams.from_json(text)
    assert "expected" in str(refusal.value) and len(str(refusal.value)) < 400


def test_weights_are_checked_while_another_thread_imports_the_masks_of_numpy(monkeypatch):
    """A module that is being imported is in `sys.modules` before its names are in it."""
    monkeypatch.setitem(sys.modules, "numpy.ma", types.ModuleType("numpy.ma"))
    assert LSTMParams(np.ones((4, 1, 2)), np.ones((4, 1))).H == 1

"""LSTMParams: what is let in is kept as given, every kind of cell has its name, and JSON gives it back."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import LSTMParams
from lstm_core.params import VARIANTS
from lstm_core.workbench.intake import read_params
from tests.collected import collected
from tests.lstm_core.examples import absurd, experiments

H, D = 2, 3
W = np.arange(4.0 * H * (H + D)).reshape(4, H, H + D) / 10
b = np.arange(4.0 * H).reshape(4, H)
P = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])


def test_sizes_and_blocks_by_name():
    params = LSTMParams(W, b, peepholes=P)
    assert (params.H, params.D, params.variant) == (H, D, "peephole")
    for block, gate in enumerate("fico"):
        whole = {"W": W[block], "U": W[block][:, :H], "V": W[block][:, H:], "b": b[block]}
        for kind, expected in whole.items():
            np.testing.assert_array_equal(getattr(params, f"{kind}_{gate}"), expected)
    for row, gate in enumerate("fio"):
        np.testing.assert_array_equal(getattr(params, f"p_{gate}"), P[row])
        assert getattr(LSTMParams(W, b), f"p_{gate}") is None


def test_arrays_are_copied_and_read_only():
    given_ = [W.copy(), b.copy(), P.copy()]
    params = LSTMParams(*given_[:2], peepholes=given_[2])
    for array in given_:
        array[:] = 99
    assert params == LSTMParams(W, b, peepholes=P)
    for array in (params.W, params.b, params.U_i, params.V_c, params.b_o, params.p_f):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    with pytest.raises(AttributeError):
        params.W = W


@pytest.mark.parametrize(
    "W_dtype, b_dtype, expected",
    [
        ("float64", "float64", "float64"), ("float32", "float32", "float32"),
        ("float32", "float64", "float64"), ("int64", "int8", "float64"), ("float16", "float16", "float64"),
        (">f8", ">f8", "float64"),
    ],
)  # fmt: skip
def test_precision_is_kept_as_given(W_dtype, b_dtype, expected):
    params = LSTMParams(W.astype(W_dtype), b.astype(b_dtype))
    assert params.W.dtype == params.b.dtype == params.dtype == np.dtype(expected)
    np.testing.assert_array_equal(params.W, W.astype(W_dtype))


def test_lists_and_strided_arrays_are_welcome():
    assert LSTMParams(W.tolist(), b.tolist()) == LSTMParams(W, b)
    assert LSTMParams(np.asfortranarray(W), np.repeat(b, 2, axis=1)[:, ::2]) == LSTMParams(W, b)


def test_equal_means_the_same_numbers_precision_and_cell():
    zeros = [np.zeros((4, 1, 2)), np.zeros((4, 1))]
    different = [
        *(LSTMParams(W, b).with_variant(name) for name in VARIANTS),
        LSTMParams(W + 1, b), LSTMParams(W, b + 1), LSTMParams(W, b, peepholes=P),
        LSTMParams(*zeros), LSTMParams(*(array.astype("f4") for array in zeros)), "params",
    ]  # fmt: skip
    for k, one in enumerate(different):
        assert [one == other for other in different] == [j == k for j in range(len(different))]


@pytest.mark.parametrize("name", VARIANTS)
def test_a_cell_has_its_name_and_keeps_its_weights(name):
    params = LSTMParams(W, b, peepholes=P).with_variant(name)
    assert params.variant == name
    assert (params.forget_gate, params.peepholes is not None, params.coupled) == VARIANTS[name]
    np.testing.assert_array_equal(params.W, W)
    np.testing.assert_array_equal(params.b, b)
    assert params.peepholes is None or (params.peepholes == P).all()
    single = LSTMParams(W.astype("f4"), b.astype("f4")).with_variant(name)
    assert single.dtype == np.float32 and (single.peepholes is None or not single.peepholes.any())


# -- JSON -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@given(data=st.data())
def test_json_round_trip_is_bit_for_bit(dtype, data):
    params = data.draw(experiments(dtype=dtype, numbers=absurd(dtype))).params
    text = params.to_json()
    again = LSTMParams.from_json(text)
    assert again == params and again.to_json() == text
    for name in ("W", "b", "peepholes"):  # -0.0 too
        before, after = getattr(params, name), getattr(again, name)
        assert before is None or before.tobytes() == after.tobytes()
    assert text.isascii() and "NaN" not in text and "Infinity" not in text


def changed(**changes) -> str:
    data = json.loads(LSTMParams(W, b, peepholes=P).to_json()) | changes
    return json.dumps({key: value for key, value in data.items() if value != "left out"})


def test_json_of_before_there_were_other_cells_is_still_read():
    text = changed(peepholes="left out", coupled="left out")
    assert LSTMParams.from_json(text) == read_params(text.encode()) == LSTMParams(W, b)


@collected(
    "text, names",
    [
        (None, "JSON text"), ("{", "JSON text"), (b"\xff\xfe\xfd", "JSON text"), ("[" * 100_000, "JSON text"),
        ('{"W": ' + "9" * 5000 + "}", "JSON text"), ("[]", "JSON object"), ("{}", "JSON object"),
        (changed(format="keras"), "JSON object"), (changed(version=2), "version"),
        (changed(gates=["i", "f", "g", "o"]), "gates"), (changed(dtype="float16"), "dtype"),
        (changed(dtype=["float64"]), "dtype"), (changed(forget_gate="yes"), "forget_gate"),
        (changed(coupled=1), "coupled: expected True or False"),
        (changed(coupled=True, forget_gate=False), "coupled: expected False"),
        (changed(W=(W + np.nan).tolist()), "W: expected"),
        (changed().replace("0.1,", "1e999,"), "W: expected"),
        (changed(W=(W + 1e39).tolist(), dtype="float32"), "W: expected"),
        (changed(W=W[:3].tolist()), "W: expected"), (changed(b={"f": [0, 0]}), "b: expected"),
        (changed(W="left out"), '"W" and "b"'), (changed(b="left out"), '"W" and "b"'),
        (changed(peepholes=P[:2].tolist()), "peepholes: expected"),
        (changed(peepholes=(P + 1e39).tolist(), dtype="float32"), "peepholes: expected"),
    ],
)  # fmt: skip
def test_from_json_refuses_with_a_value_error_only(text, names):
    with pytest.raises(ValueError, match=names) as refusal:
        LSTMParams.from_json(text)
    assert "expected" in str(refusal.value) and len(str(refusal.value)) < 400

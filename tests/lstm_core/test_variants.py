"""Peepholes, coupled gates and given gates: how the cells differ, and what stays as it is in all of them."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import LSTMParams, backward, cell_jacobian, forward
from lstm_core.params import VARIANTS
from lstm_core.workbench.intake import read_params
from lstm_core.workbench.refused import Refused
from tests.collected import collected
from tests.lstm_core.examples import NOT_NUMBERS, experiments, not_numbers, recorded

pytestmark = pytest.mark.filterwarnings("error")

H, D = 2, 3
W = np.arange(4.0 * H * (H + D)).reshape(4, H, H + D) / 10
b = np.arange(4.0 * H).reshape(4, H)
P = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])


# -- the door -------------------------------------------------------------------------------------


def test_peepholes_are_named_copied_and_read_only():
    source = P.copy()
    params = LSTMParams(W, b, peepholes=source)
    source[:] = 99
    np.testing.assert_array_equal(params.peepholes, P)
    for row, gate in enumerate("fio"):
        np.testing.assert_array_equal(getattr(params, f"p_{gate}"), P[row])
        assert np.shares_memory(getattr(params, f"p_{gate}"), params.peepholes)
        assert getattr(LSTMParams(W, b), f"p_{gate}") is None
        with pytest.raises(ValueError, match="read-only"):
            getattr(params, f"p_{gate}")[...] = 0
    assert not hasattr(params, "p_c") and not hasattr(params, "p_")


@collected("kind", [kind for kind in NOT_NUMBERS if kind != "None"])
def test_refuses_peepholes_that_are_no_finite_numbers(kind):
    with pytest.raises(ValueError, match=r"^peepholes: expected .*shape \(3, 2\), got .+"):
        LSTMParams(W, b, peepholes=not_numbers(P)[kind])


@collected("shape", [(), (3,), (2,), (6,), (3, 1), (3, 3), (2, 3), (4, 2), (3, 2, 2)])
def test_refuses_peepholes_of_another_shape(shape):
    with pytest.raises(ValueError, match=r"^peepholes: expected .*shape \(3, 2\)") as refusal:
        LSTMParams(W, b, peepholes=np.zeros(shape))
    assert f"got shape {shape}" in str(refusal.value)


@pytest.mark.parametrize("peepholes", [None, P])
def test_refuses_a_coupled_cell_without_a_forget_gate_and_says_why(peepholes):
    with pytest.raises(ValueError, match=r"^coupled: .*forget_gate is False.* i = 1 − f would be 0"):
        LSTMParams(W, b, False, peepholes, True)


def test_equal_means_the_same_cell_too():
    cells = [LSTMParams(W, b).with_variant(name) for name in VARIANTS]
    for k, params in enumerate(cells):
        assert [params == other for other in cells] == [j == k for j in range(len(cells))]
    assert LSTMParams(W, b, peepholes=P) == LSTMParams(W, b, peepholes=P.tolist())
    assert LSTMParams(W, b, peepholes=P) != LSTMParams(W, b, peepholes=-P)


@pytest.mark.parametrize("name", VARIANTS)
def test_a_cell_has_its_name_and_keeps_its_weights(name):
    params = LSTMParams(W, b, peepholes=P).with_variant(name)
    assert params.variant == name
    assert (params.forget_gate, params.peepholes is not None, params.coupled) == VARIANTS[name]
    np.testing.assert_array_equal(params.W, W)
    np.testing.assert_array_equal(params.b, b)
    if params.peepholes is not None:
        np.testing.assert_array_equal(params.peepholes, P)
    single = LSTMParams(W.astype("f4"), b.astype("f4")).with_variant(name)
    assert single.dtype == np.float32 and (single.peepholes is None or not single.peepholes.any())


# -- JSON -----------------------------------------------------------------------------------------


@given(experiments(), st.sampled_from([np.float64, np.float32]))
def test_json_round_trip_is_bit_for_bit(experiment, dtype):
    params = experiment.params
    peepholes = None if params.peepholes is None else params.peepholes.astype(dtype)
    params = replace(params, W=params.W.astype(dtype), b=params.b.astype(dtype), peepholes=peepholes)
    again = LSTMParams.from_json(params.to_json())
    assert again == params == read_params(params.to_json().encode()) and again.to_json() == params.to_json()
    assert peepholes is None or again.peepholes.tobytes() == peepholes.tobytes()


def changed(**changes) -> str:
    data = json.loads(LSTMParams(W, b, peepholes=P).to_json()) | changes
    return json.dumps({key: value for key, value in data.items() if value != "left out"})


def test_json_of_before_is_still_read():
    data = json.loads(LSTMParams(W, b, peepholes=P).to_json())
    assert data["version"] == 1 and data["peepholes"] == P.tolist() and data["coupled"] is False
    assert LSTMParams.from_json(changed(peepholes="left out", coupled="left out")) == LSTMParams(W, b)
    assert LSTMParams.from_json(changed(peepholes=None)) == LSTMParams(W, b)
    assert "peepholes" not in json.loads(LSTMParams(W, b).to_json())


@collected(
    "changes, names, reason",
    [
        ({"peepholes": []}, "peepholes: expected", "peepholes"),
        ({"peepholes": "0"}, "peepholes: expected", "peepholes"),
        ({"peepholes": {"f": [0, 0]}}, "peepholes: expected", "peepholes"),
        ({"peepholes": P[:2].tolist()}, "peepholes: expected", "peepholes"),
        ({"peepholes": P[:, :1].tolist()}, "peepholes: expected", "peepholes"),
        ({"peepholes": (P + np.nan).tolist()}, "peepholes: expected", "peepholes"),
        ({"peepholes": (P + 1e39).tolist(), "dtype": "float32"}, "peepholes: expected", "peepholes"),
        ({"peepholes": [[0, None]] * 3}, "peepholes: expected", "peepholes"),
        ({"coupled": None}, "coupled: expected True or False", "switch"),
        ({"coupled": "yes"}, "coupled: expected True or False", "switch"),
        ({"coupled": 1}, "coupled: expected True or False", "switch"),
        ({"coupled": True, "forget_gate": False}, "coupled: expected False", "coupled"),
    ],
)
def test_json_of_no_cell_is_refused(changes, names, reason):
    with pytest.raises(ValueError, match=names):
        LSTMParams.from_json(changed(**changes))
    with pytest.raises(Refused) as refusal:
        read_params(changed(**changes).encode())
    assert refusal.value.reason == reason


def test_an_upload_with_a_huge_peephole_is_refused():
    with pytest.raises(Refused) as refusal:
        read_params(changed(peepholes=(P * 1e6).tolist()).encode())
    assert refusal.value.reason == "too_big"


# -- the equations --------------------------------------------------------------------------------


@given(experiments())
def test_coupled_gates_add_up_to_one_and_the_input_block_has_no_effect(experiment):
    params = experiment.params.with_variant("coupled")
    trace = experiment._replace(params=params).run()
    np.testing.assert_array_equal(trace.i, 1 - trace.f)
    weights, biases = params.W.copy(), params.b.copy()
    weights[1], biases[1] = 7, -7
    other = experiment._replace(params=replace(params, W=weights, b=biases)).run()
    for name in ("f", "i", "C_tilde", "o", "C", "h"):
        np.testing.assert_allclose(getattr(other, name), getattr(trace, name), rtol=0, atol=1e-12)
    says = 7 * other.hx[:-1].sum(axis=-1, keepdims=True) - 7  # what the block says is recorded all the same
    np.testing.assert_allclose(other.z_i, np.broadcast_to(says, other.z_i.shape), atol=1e-9)
    gradient = backward(trace, np.ones_like(trace.h))
    assert not gradient.W[1].any() and not gradient.b[1].any()
    if np.abs(trace.C_prev[0]).max() <= 1:  # C is then an average, and never leaves [−1, 1]
        assert np.abs(trace.C).max() <= 1 + 1e-12


@given(experiments(batch=False))
def test_peepholes_of_zero_change_nothing(experiment):
    for plain, seeing in (("lstm", "peephole"), ("1997", "1997-peephole"), ("coupled", "peephole-coupled")):
        params = experiment.params.with_variant(plain)
        trace = experiment._replace(params=params).run()
        other = experiment._replace(params=params.with_variant(seeing)).run()
        for name in ("z", "gates", "cells", "hx"):
            np.testing.assert_array_equal(getattr(other, name), getattr(trace, name))
        np.testing.assert_array_equal(cell_jacobian(other), cell_jacobian(trace))


def test_a_unit_sees_no_cell_but_its_own():
    run = recorded("torch_peephole")
    C0 = run.C0.copy()
    before = forward(run.params, run.x[:1], run.h0, C0)
    C0[0] += 1
    after = forward(run.params, run.x[:1], run.h0, C0)
    assert (before.gates[..., 1:] == after.gates[..., 1:]).all()
    assert (before.gates[0, [0, 1, 3], 0] != after.gates[0, [0, 1, 3], 0]).all()
    assert before.C_tilde[0, 0] == after.C_tilde[0, 0]


@pytest.mark.parametrize("sign", [1, -1])
def test_what_peepholes_pass_back_stops_at_the_largest_float_with_its_sign(sign):
    top = np.finfo(float).max
    params = LSTMParams(np.zeros((4, 1, 2)), np.zeros((4, 1)), peepholes=np.full((3, 1), 1e200))
    trace = forward(params, np.zeros((2, 1)), C0=1e-200)  # p·C is about 1, so no gate is at its end
    gradient = backward(trace, np.full((2, 1), sign * top), sign * top)
    np.testing.assert_array_equal(gradient.C[1:], sign * top)
    for name in ("W", "b", "x", "h", "C", "peepholes"):
        assert np.isfinite(getattr(gradient, name)).all(), name
    # ∂C_1/∂z_f is about ¼·1e-200: an infinity on the way would have ended at the largest float
    assert 1e107 < sign * gradient.b[0, 0] < 1e108

"""What the library refuses, by the name of the argument: all but finite real numbers of the right shape."""

import sys
import types

import numpy as np
import pytest

from lstm_core import (
    LSTMParams,
    backward,
    cell_jacobian,
    direct_path,
    forward,
    input_sensitivity,
    provenance,
    rnn_forward,
    state_jacobian,
)
from lstm_core.backprop import backprop
from tests.collected import collected
from tests.lstm_core.examples import NOT_NUMBERS, not_numbers, recorded

RUN = recorded("torch_batch")
T, B, D, H = *RUN.x.shape, RUN.params.H
BATCH = forward(RUN.params, RUN.x, RUN.h0, RUN.C0)
TRACE = forward(RUN.params, RUN.x[:, 0])
PLAIN = rnn_forward(RUN.params, RUN.x[:, 0])

GOOD = {
    LSTMParams: {"W": RUN.W, "b": RUN.b, "peepholes": np.ones((3, H))},
    forward: {"params": RUN.params, "x": RUN.x, "h0": RUN.h0, "C0": RUN.C0, "pinned": np.ones((T, B, 4, H))},
    rnn_forward: {"params": RUN.params, "x": RUN.x, "h0": RUN.h0},
    backward: {"trace": BATCH, "dh": RUN.dh, "dC": RUN.dC},
}
ARRAYS = [(call, name) for call, good in GOOD.items() for name in good if name not in ("params", "trace")]

OF_A_STATE = [(H + 1,), (1,), (B + 1, H), (1, H), (1, B, H)]  # the last as PyTorch has it
OF_INPUTS = [(D,), (T, D + 1), (T, B, D - 1), (0, D), (T, B, 0), (T, B, D, 1)]
WRONG_SHAPES = [
    (LSTMParams, "W", [(4, H), (4 * H, H + D), (3, H, H + D), (4, 0, D), (4, H, H), (1, 4, H, H + D)]),
    (LSTMParams, "b", [(4 * H,), (4, 1), (4, H + 1), (3, H), (4, H, 1)]),
    (LSTMParams, "peepholes", [(3,), (3, 1), (4, H), (3, H, 1)]),
    (forward, "x", OF_INPUTS),
    (forward, "h0", OF_A_STATE),
    (forward, "C0", OF_A_STATE),
    (forward, "pinned", [(), (4, H), (T, 4, H), (T + 1, B, 4, H), (T, B, H, 4), (T, B, 3, H)]),
    (rnn_forward, "x", OF_INPUTS),
    (rnn_forward, "h0", OF_A_STATE),
    (backward, "dh", [(), (B, H), (T, H), (T + 1, B, H), (T, 1, H)]),
    (backward, "dC", [(H,), (1, H), (B, 1), (T, B, H)]),
]


def refusal(call, name, value) -> str:
    with pytest.raises(ValueError, match=f"^{name}: expected .* got .+") as refused:
        call(**GOOD[call] | {name: value})
    return str(refused.value)


@collected("call, name", ARRAYS)
@collected("kind", NOT_NUMBERS)
def test_what_is_no_finite_number_is_refused(call, name, kind):
    if (name, kind) != ("pinned", "NaN"):  # where it stands for a gate that is computed
        refusal(call, name, not_numbers(GOOD[call][name])[kind])


@collected("call, name, shapes", WRONG_SHAPES)
def test_another_shape_is_refused_and_named(call, name, shapes):
    for shape in shapes:
        assert f"got shape {shape}" in refusal(call, name, np.zeros(shape))


@collected("value", [1.1, np.nextafter(1, 2), -1.1, np.nextafter(-1, -2)])
@collected("block", range(4))
def test_a_gate_that_can_never_be_is_refused(value, block):
    pins = np.full((T, B, 4, H), np.nan)
    pins[1, 0, block, 1] = value
    assert "within [0, 1] and candidates within [-1, 1]" in refusal(forward, "pinned", pins)


def test_what_the_precision_of_the_weights_cannot_hold_is_refused():
    params = LSTMParams(RUN.W.astype(np.float32), RUN.b.astype(np.float32))
    with pytest.raises(ValueError, match="^x: expected .*too large for float32"):
        forward(params, RUN.x + 1e39)


@pytest.mark.parametrize("peepholes", [None, np.ones((3, H))])
def test_a_coupled_cell_without_a_forget_gate_is_refused_and_told_why(peepholes):
    with pytest.raises(ValueError, match=r"^coupled: .*forget_gate is False.* i = 1 − f would be 0"):
        LSTMParams(RUN.W, RUN.b, False, peepholes, True)


@collected("switch", ["forget_gate", "coupled"])
@collected("value", ["yes", None, 1, np.array(True)])
def test_a_switch_that_is_neither_on_nor_off_is_refused(switch, value):
    with pytest.raises(ValueError, match=f"^{switch}: expected True or False, got "):
        LSTMParams(RUN.W, RUN.b, **{switch: value})


OF_ONE_SEQUENCE = [
    (cell_jacobian, TRACE), (direct_path, TRACE), (input_sensitivity, TRACE), (state_jacobian, PLAIN),
    (provenance, TRACE),
]  # fmt: skip


@collected("call, trace", OF_ONE_SEQUENCE)
@collected("unit", [0, -1, H + 1, 10**30, 1.5, "1", True])
def test_a_unit_that_is_not_there_is_refused(call, trace, unit):
    with pytest.raises(ValueError, match=f"^unit: expected a whole number from 1 to {H}, got "):
        call(trace, unit)


@collected("call", [cell_jacobian, direct_path, input_sensitivity, state_jacobian, backprop])
def test_a_batch_is_refused_where_one_sequence_is_meant_and_so_is_the_run_of_another_network(call):
    plain = call is state_jacobian
    with pytest.raises(ValueError, match="^trace: expected one sequence, got a batch"):
        call(rnn_forward(RUN.params, RUN.x) if plain else BATCH)
    with pytest.raises(ValueError, match=f"^trace: expected an {'RNN' if plain else 'LSTM'}Trace, got "):
        call(TRACE if plain else PLAIN)


def test_weights_are_checked_while_another_thread_imports_the_masks_of_numpy(monkeypatch):
    """A module that is being imported is in `sys.modules` before its names are in it."""
    monkeypatch.setitem(sys.modules, "numpy.ma", types.ModuleType("numpy.ma"))
    assert LSTMParams(RUN.W, RUN.b).H == H


def test_an_array_with_a_mask_is_refused():
    refusal(forward, "x", np.ma.masked_less(RUN.x, 0))

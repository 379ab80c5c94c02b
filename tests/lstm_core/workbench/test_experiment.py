"""An experiment is edited one address at a time, never in place, and grows without disturbing itself."""

import json
import re
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.params import VARIANTS, LSTMParams
from lstm_core.quantities import GATE_KEYS
from lstm_core.workbench.experiment import HAND_D, HAND_H, HAND_T, LIMIT, Experiment
from lstm_core.workbench.intake import read_params, read_pins
from lstm_core.workbench.presets import preset
from lstm_core.workbench.refused import Refused
from tests.collected import collected

sizes = st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(1, 8))
variants = st.sampled_from(list(VARIANTS))


def drawn(H=2, D=3, T=5, seed=0, variant="lstm", dtype=np.float64) -> Experiment:
    """An experiment of which every number is another."""
    draw = np.random.default_rng(seed).normal
    W, b = draw(size=(4, H, H + D)).astype(dtype), draw(size=(4, H)).astype(dtype)
    params = LSTMParams(W, b).with_variant(variant)
    if params.peepholes is not None:
        params = replace(params, peepholes=draw(size=(3, H)).astype(dtype))
    return Experiment("latch", params, draw(size=(T, D)), draw(size=H), draw(size=H), seed)


def all_numbers(experiment) -> dict[str, float]:
    return {address: experiment.value(address) for address in experiment.addresses()}


# -- addresses ------------------------------------------------------------------------------


@given(sizes, variants)
def test_every_number_has_one_address(size, variant):
    experiment = drawn(*size, variant=variant)
    owned = [experiment.params.W, experiment.params.b, experiment.x, experiment.h0, experiment.C0]
    if experiment.params.peepholes is not None:
        owned.append(experiment.params.peepholes)
    numbers = np.concatenate([array.ravel() for array in owned])
    addresses = experiment.addresses()
    assert len(addresses) == len(set(addresses)) == len(numbers)
    assert sorted(all_numbers(experiment).values()) == sorted(numbers)
    assert list(all_numbers(experiment).values()) == experiment.numbers().tolist()


def test_addresses_mean_what_they_say():
    experiment = drawn(variant="peephole")
    params = experiment.params
    expected = {
        "U_f.1.2": params.W[0, 0, 1], "V_i.2.3": params.W[1, 1, 4], "b_c.2": params.b[2, 1],
        "V_o.1.1": params.W[3, 0, 2], "x.5.1": experiment.x[4, 0], "h0.1": experiment.h0[0],
        "C0.2": experiment.C0[1], "p_f.2": params.peepholes[0, 1], "p_i.1": params.peepholes[1, 0],
        "p_o.2": params.peepholes[2, 1],
    }  # fmt: skip
    assert {address: experiment.value(address) for address in expected} == expected
    of_gate = ["b_o.2", "U_o.2.1", "U_o.2.2", "V_o.2.1", "V_o.2.2", "V_o.2.3"]
    assert drawn().gate_addresses("o", 2) == of_gate
    assert experiment.gate_addresses("o", 2) == [*of_gate, "p_o.2"]
    assert not [address for address in experiment.gate_addresses("c", 1) if address.startswith("p")]
    assert experiment.input_addresses(4) == ["x.4.1", "x.4.2", "x.4.3"]
    assert experiment.state_addresses(1) == ["h0.1", "C0.1"]


def test_peepholes_are_kept_from_cell_to_cell():
    edited = drawn().with_variant("peephole").edited("p_i.1", 0.5)
    assert edited.with_variant("peephole-coupled").value("p_i.1") == 0.5
    assert edited.with_variant("lstm") == drawn()
    for name in ("", "LSTM", "1997-coupled", None):
        with pytest.raises(KeyError):
            drawn().with_variant(name)


@given(sizes, variants, st.data(), st.floats(-LIMIT, LIMIT))
def test_an_edit_is_read_back_and_changes_nothing_else(size, variant, data, number):
    experiment = drawn(*size, variant=variant)
    address = data.draw(st.sampled_from(experiment.addresses()))
    edited = experiment.edited(address, number)
    assert all_numbers(edited) == all_numbers(experiment) | {address: number}
    assert (edited.preset, edited.seed) == (experiment.preset, experiment.seed)
    assert (edited == experiment) == (number == experiment.value(address))
    assert edited.edited(address, experiment.value(address)) == experiment


def test_precision_and_variant_are_kept():
    experiment = drawn(variant="peephole", dtype=np.float32).edited("U_f.1.1", 0.1).resized(3, 4, 6)
    assert experiment.params.dtype == np.float32 and experiment.variant == "peephole"
    assert experiment.value("U_f.1.1") == float(np.float32(0.1))


BAD_ADDRESSES = [
    "", "b_f", "b_f.", "b_f.0", "b_f.3", "b_f.1.1", "b_f.-1", "b_f.+1", "b_f. 1", "b_f.1\n", "b_f.1\u0000",
    "b_f.1e0", "b_f.1_0", "b_f,1", "b_f.01", "b_F.1", "b_g.1", "b_f." + "9" * 10_000,
    "b_f.\u0661", "b_f.\uff11", "b_f.\u00b9", "x.\U0001d7cf.1",  # digits that are not ASCII
    "U_f.1", "U_f.1.3", "U_f.3.1", "V_f.1.0", "V_f.1.4", "W_f.1.1", "x.1", "x.0.1", "x.6.1", "x.1.4",
    "h0", "h0.3", "h0.1.1", "C0.0", "p_f.1", "p_c.1", "peepholes", "params", "T", "__class__",
]  # fmt: skip


@collected("address", BAD_ADDRESSES)
def test_addresses_that_are_none_are_refused(address):
    with pytest.raises(KeyError):
        drawn().value(address)
    with pytest.raises(KeyError):
        drawn().edited(address, 1.0)


@collected("address", ["b_f.1", "U_i.2.1", "V_c.1.3", "x.2.2", "h0.1", "C0.2"])
@collected("number", [np.nan, -np.inf, np.nextafter(LIMIT, np.inf), -2 * LIMIT, "one", None, 10**400])
def test_numbers_out_of_bounds_are_refused(address, number):
    with pytest.raises(ValueError, match=f"^{re.escape(address)}: expected a number within ±1000000, got "):
        drawn().edited(address, number)


# -- what it is -----------------------------------------------------------------------------


def test_an_experiment_never_changes():
    experiment, before = drawn(), all_numbers(drawn())
    for array in (experiment.x, experiment.h0, experiment.C0, experiment.params.W, experiment.params.b):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    with pytest.raises(FrozenInstanceError):
        experiment.x = np.zeros((1, 3))
    assert experiment.edited("x.1.1", 9) != experiment != experiment.resized(3, 1, 2)
    assert all_numbers(experiment) == before
    x, state = np.zeros((3, 1)), np.zeros(1)
    made = Experiment("latch", LSTMParams(np.zeros((4, 1, 2)), np.zeros((4, 1))), x, state, state)
    x[:], state[:] = 1, 1  # what it was made of may change
    assert not made.x.any() and not made.h0.any() and not made.C0.any()


def test_equal_means_the_rest_equal_too():
    experiment = drawn()
    assert replace(experiment, preset="leaky") != experiment and replace(experiment, seed=2) != experiment
    assert experiment.with_variant("1997") != experiment != experiment.resized(T=6)
    assert experiment != "latch" and experiment != experiment.params


@pytest.mark.parametrize("wrong", [{"x": [[1.0, 2.0]]}, {"x": np.zeros((0, 3))}, {"h0": [0.0]}, {"C0": 0.0}])
def test_parts_that_do_not_fit_are_refused(wrong):
    with pytest.raises(ValueError, match=f"^{next(iter(wrong))}: "):
        replace(drawn(), **wrong)


@pytest.mark.parametrize("excess", [(1, 0, 0), (0, 1, 0), (0, 0, 1)])
def test_by_hand_ends_at_the_stated_sizes(excess):
    largest = np.array([HAND_H, HAND_D, HAND_T])
    assert drawn(*largest).by_hand and not drawn(*(largest + excess)).by_hand


# -- its shape ------------------------------------------------------------------------------


@given(sizes, sizes, variants, st.integers(0, 99))
def test_growing_never_changes_earlier_units_and_steps(old, new, variant, seed):
    size = np.maximum(old, new)
    small = drawn(*old, seed=seed, variant=variant)
    before, after = small.trace(), small.resized(*size).trace()
    H, D, T = old
    assert after.h.shape == (size[2], size[0])
    for key in ("z", "gates", "cells", "kept", "written"):
        there = getattr(after, key)[: len(getattr(before, key)), ..., :H]
        assert there == pytest.approx(getattr(before, key), abs=1e-9)


@given(sizes, sizes, variants)
def test_what_is_left_keeps_its_numbers(old, new, variant):
    experiment = drawn(*old, variant=variant)
    resized = experiment.resized(*new)
    assert new == (resized.H, resized.D, resized.T)
    before, after = all_numbers(experiment), all_numbers(resized)
    assert all(after[address] == before[address] for address in before.keys() & after.keys())
    assert (resized.preset, resized.seed) == (experiment.preset, experiment.seed)
    assert experiment.resized(*np.maximum(old, new).tolist()).resized(*old) == experiment


def test_new_inputs_and_steps_are_zero_and_a_new_unit_copies_the_last():
    resized = drawn().resized(3, 4, 7)
    assert not resized.x[5:].any() and not resized.x[:, 3].any() and not resized.params.W[..., -1].any()
    assert not resized.params.W[:, :, 2].any()
    trace = resized.trace()
    assert trace.h[:, 2] == pytest.approx(trace.h[:, 1]) and trace.C[:, 2] == pytest.approx(trace.C[:, 1])


@collected("size", [0, -1, 1.5, "2", True])
@collected("name", ["H", "D", "T"])
def test_sizes_that_are_none_are_refused(name, size):
    with pytest.raises(ValueError, match=f"^{name}: expected a whole number of at least 1"):
        drawn().resized(**{name: size})


# -- gates that are given ---------------------------------------------------------------------------


@pytest.mark.parametrize(("gate", "value"), [("f", 0.25), ("i", 1.0), ("c", -0.75), ("o", 0.0)])
def test_a_gate_is_pinned_at_one_step_or_at_all(gate, value):
    experiment = preset("random")
    numbers = getattr(experiment.pinned(f"pin_{gate}.2.5", value).trace(), GATE_KEYS[gate])
    assert np.argwhere(numbers == value).tolist() == [[4, 1]]
    numbers = getattr(experiment.pinned(f"pin_{gate}.2", value).trace(), GATE_KEYS[gate])
    assert (numbers[:, 1] == value).all() and (numbers[:, 0] != value).all()


@pytest.mark.parametrize("order", [1, -1])
def test_a_pin_of_one_step_goes_over_that_of_all_steps(order):
    experiment = preset("random")
    for address, value in [("pin_f.1", 0.9), ("pin_f.1.3", 0.1)][::order]:
        experiment = experiment.pinned(address, value)
    assert experiment.trace().f[:, 0].tolist() == [0.9, 0.9, 0.1, *[0.9] * 9]
    assert experiment.unpinned("pin_f.1.3").trace().f[:, 0].tolist() == [0.9] * 12
    alone = experiment.unpinned("pin_f.1")
    assert alone.pins == {"pin_f.1.3": 0.1}
    assert alone.unpinned("pin_f.1.3") == experiment.unpinned() == preset("random")


def test_pins_are_part_of_what_an_experiment_is_and_never_change():
    pinned = preset("latch").pinned("pin_f.1.5", 0.5)
    assert pinned != preset("latch") and pinned != pinned.pinned("pin_f.1.5", 0.25)
    assert pinned.edited("b_f.1", 1).pins == pinned.with_variant("1997").pins == pinned.pins
    with pytest.raises(TypeError):
        pinned.pins["pin_f.1.5"] = 0.25


def test_taking_steps_and_units_away_takes_their_pins_away():
    pins = dict.fromkeys(("pin_f.1.12", "pin_o.2", "pin_c.2.3", "pin_i.1.3"), 0.5)
    experiment = preset("random").with_pins(pins)
    assert set(experiment.resized(T=5).pins) == {"pin_o.2", "pin_c.2.3", "pin_i.1.3"}
    assert set(experiment.resized(H=1).pins) == {"pin_f.1.12", "pin_i.1.3"}
    assert experiment.resized(H=4, D=4, T=40).pins == experiment.pins == pins


PINNED = preset("latch").pinned("pin_f.1.5", 0.25)


def test_an_experiment_gives_its_pins_along_with_its_parameters():
    content = PINNED.to_json().encode()
    assert read_params(content) == PINNED.params and read_pins(content) == {"pin_f.1.5": 0.25}
    free = preset("latch").to_json()
    assert free == preset("latch").params.to_json() and read_pins(free.encode()) == {}


@pytest.mark.parametrize("pins", [[], None, {"pin_f.1": None}, {"pin_f.1": [1]}, {"a": float("nan")}])
def test_pins_that_are_none_are_refused(pins):
    content = json.dumps(json.loads(PINNED.to_json()) | {"pins": pins}).encode()
    with pytest.raises(Refused) as caught:
        read_pins(content)
    assert caught.value.reason == "pin"


# -- labels of steps --------------------------------------------------------------------------------


def test_labels_belong_to_the_steps_and_go_where_the_inputs_go():
    named = replace(preset("replace"), labels="hello wörld!")
    assert named != preset("replace") and named.trace().labels == named.labels == tuple("hello wörld!")
    assert named.edited("b_f.1", 2.0).labels == named.pinned("pin_f.1", 0.5).labels == named.labels
    assert named.with_variant("1997").labels == named.resized(H=3, D=1).labels == named.labels
    assert named.resized(T=5).labels == tuple("hello") and named.resized(T=13).labels == (*named.labels, "")
    assert named.tiled(30).labels == (tuple("hello wörld!") * 3)[:30]
    assert replace(named, labels=()) == preset("replace") and preset("replace").tiled(30).labels == ()
    with pytest.raises(ValueError, match="^labels: "):
        replace(named, x=named.x[:5])

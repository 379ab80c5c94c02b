"""An experiment is edited one address at a time, never in place, and grows without disturbing itself."""

import json
import re
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.params import VARIANTS, LSTMParams
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
    experiment, params = drawn(), drawn().params
    assert experiment.value("U_f.1.2") == params.U_f[0, 1] == params.W[0, 0, 1]
    assert experiment.value("V_i.2.3") == params.V_i[1, 2] == params.W[1, 1, 4]
    assert experiment.value("b_c.2") == params.b_c[1]
    assert experiment.value("V_o.1.1") == params.V_o[0, 0]
    assert experiment.value("x.5.1") == experiment.x[4, 0]
    assert experiment.value("h0.1") == experiment.h0[0] and experiment.value("C0.2") == experiment.C0[1]


def test_peepholes_have_an_address_where_there_are_any():
    experiment = drawn(variant="peephole")
    assert experiment.value("p_f.2") == experiment.params.p_f[1] == experiment.params.peepholes[0, 1]
    assert experiment.value("p_i.1") == experiment.params.p_i[0]
    assert experiment.value("p_o.2") == experiment.params.p_o[1] == experiment.params.peepholes[2, 1]
    assert experiment.gate_addresses("o", 2)[-1] == "p_o.2"
    for address in ("p_c.1", "p_f.3", "p_f.0", "p_f", "p_f.1.1"):
        with pytest.raises(KeyError):
            experiment.value(address)
    assert not [address for address in experiment.gate_addresses("c", 1) if address.startswith("p")]


@pytest.mark.parametrize("name", ["", "LSTM", "gru", "coupled-1997", "1997-coupled", None, 1997])
def test_a_cell_that_is_none_is_refused(name):
    with pytest.raises(KeyError):
        drawn().with_variant(name)


def test_peepholes_start_at_zero_so_the_run_stays_as_it_was():
    experiment = drawn(seed=3)
    seeing = experiment.with_variant("peephole")
    assert not seeing.params.peepholes.any() and seeing != experiment
    for key in ("z", "gates", "cells", "hx"):
        np.testing.assert_array_equal(getattr(seeing.trace(), key), getattr(experiment.trace(), key))
    edited = seeing.edited("p_i.1", 0.5)
    assert edited.with_variant("peephole-coupled").value("p_i.1") == 0.5
    assert edited.with_variant("lstm") == experiment


def test_groups_of_addresses():
    experiment = drawn()
    of_gate = ["b_o.2", "U_o.2.1", "U_o.2.2", "V_o.2.1", "V_o.2.2", "V_o.2.3"]
    assert experiment.gate_addresses("o", 2) == of_gate
    assert experiment.input_addresses(4) == ["x.4.1", "x.4.2", "x.4.3"]
    assert experiment.state_addresses(1) == ["h0.1", "C0.1"]
    assert experiment.addresses()[0] == "b_f.1" and experiment.addresses()[-1] == "C0.2"


@given(sizes, variants, st.data(), st.floats(-LIMIT, LIMIT))
def test_an_edit_is_read_back_and_changes_nothing_else(size, variant, data, number):
    experiment = drawn(*size, variant=variant)
    address = data.draw(st.sampled_from(experiment.addresses()))
    edited = experiment.edited(address, number)
    assert all_numbers(edited) == all_numbers(experiment) | {address: number}
    assert (edited.preset, edited.seed) == (experiment.preset, experiment.seed)
    assert edited.edited(address, experiment.value(address)) == experiment


def test_an_edit_keeps_precision_and_variant():
    experiment = drawn(variant="peephole", dtype=np.float32).edited("U_f.1.1", 0.1)
    assert experiment.params.dtype == np.float32 and experiment.variant == "peephole"
    assert experiment.value("U_f.1.1") == float(np.float32(0.1))


BAD_ADDRESSES = [
    "", ".", "b_f", "b_f.", "b_f.0", "b_f.3", "b_f.1.1", "b_f.-1", "b_f.+1", "b_f.1.0", "b_f. 1", "b_f.1 ",
    "b_f.1\n", "b_f.1\u0000", "b_f.1e0", "b_f.0x1", "b_f.1_0", "b_f,1", "b_f.1;b_f.2",
    "b_f.01", "x.01.1", "b_F.1", "b_g.1", "B_f.1", "bf.1", "b_f.99999", "b_f." + "9" * 10_000,
    "b_f.\u0661", "b_f.\uff11", "b_f.\u00b9", "b_f.\u0967", "x.\U0001d7cf.1",  # digits that are not ASCII
    "U_f.1", "U_f.0.1", "U_f.1.0", "U_f.1.3", "U_f.3.1", "V_f.1", "V_f.1.0", "V_f.1.4", "V_f.3.1", "W_f.1.1",
    "x.1", "x.0.1", "x.1.0", "x.6.1", "x.1.4", "x_1.1",
    "h0", "h0.0", "h0.3", "h0.1.1", "C0.0", "C0.3", "c0.1", "H0.1",
    "p_f.1", "p_o.2", "p_c.1", "peepholes", "preset", "params", "T", "__class__", "../../etc/passwd",
]  # fmt: skip


@collected("address", BAD_ADDRESSES)
def test_addresses_that_are_none_are_refused(address):
    with pytest.raises(KeyError):
        drawn().value(address)
    with pytest.raises(KeyError):
        drawn().edited(address, 1.0)


@given(st.text(max_size=12))
def test_text_is_an_address_or_a_key_error(text):
    experiment = drawn()
    try:
        experiment.value(text)
    except KeyError:
        assert text not in experiment.addresses()


@collected("address", ["b_f.1", "U_i.2.1", "V_c.1.3", "x.2.2", "h0.1", "C0.2"])
@collected(
    "number",
    [np.nan, np.inf, -np.inf, np.nextafter(LIMIT, np.inf), -2 * LIMIT, 1e300, "nan", "one", None, 10**400],
)
def test_numbers_out_of_bounds_are_refused(address, number):
    with pytest.raises(ValueError, match=f"^{re.escape(address)}: expected a number within"):
        drawn().edited(address, number)


@pytest.mark.parametrize("number", [LIMIT, -LIMIT, 0, -0.0, 5e-324, np.float32(0.5), 3])
def test_numbers_at_the_bounds_are_accepted(number):
    assert drawn().edited("b_f.1", number).value("b_f.1") == number


def test_the_refusal_names_the_address_and_the_number():
    with pytest.raises(ValueError, match=r"^V_c\.1\.3: .*±1000000, got 2000000"):
        drawn().edited("V_c.1.3", 2_000_000)


# -- what it is -----------------------------------------------------------------------------


def test_an_experiment_never_changes():
    experiment, before = drawn(), all_numbers(drawn())
    for array in (experiment.x, experiment.h0, experiment.C0, experiment.params.W, experiment.params.b):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    with pytest.raises(FrozenInstanceError):
        experiment.x = np.zeros((1, 3))
    experiment.trace()
    edited, resized = experiment.edited("x.1.1", 9), experiment.resized(3, 1, 2)
    for changed in (edited, resized, experiment.with_variant("1997")):
        assert changed != experiment
    assert all_numbers(experiment) == before


def test_the_arrays_that_it_was_made_from_may_change():
    x, state = np.zeros((3, 1)), np.zeros(1)
    experiment = Experiment("latch", LSTMParams(np.zeros((4, 1, 2)), np.zeros((4, 1))), x, state, state)
    x[:], state[:] = 1, 1
    assert not experiment.x.any() and not experiment.h0.any() and not experiment.C0.any()


@given(sizes, variants)
def test_equal_means_every_number_equal(size, variant):
    experiment = drawn(*size, variant=variant)
    assert experiment == drawn(*size, variant=variant)
    for address in experiment.addresses():
        assert experiment.edited(address, experiment.value(address) + 1) != experiment


def test_equal_means_the_rest_equal_too():
    experiment = drawn()
    assert replace(experiment, preset="leaky") != experiment and replace(experiment, seed=2) != experiment
    assert experiment.with_variant("1997") != experiment != experiment.resized(T=6)
    assert experiment.with_variant("1997").with_variant("lstm") == experiment
    assert experiment != "latch" and experiment != experiment.params


@pytest.mark.parametrize(
    "wrong",
    [{"x": [[1.0, 2.0]]}, {"x": [1.0, 2.0, 3.0]}, {"x": np.zeros((0, 3))}, {"h0": [0.0]}, {"C0": 0.0}],
)
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
    for key in ("f", "i", "C_tilde", "o", "C", "h", "kept", "written", "erased"):
        assert getattr(after, key)[:T, :H] == pytest.approx(getattr(before, key), abs=1e-9)


@given(sizes, sizes, variants)
def test_what_is_left_keeps_its_numbers(old, new, variant):
    experiment = drawn(*old, variant=variant)
    resized = experiment.resized(*new)
    assert new == (resized.H, resized.D, resized.T)
    before, after = all_numbers(experiment), all_numbers(resized)
    assert all(after[address] == before[address] for address in before.keys() & after.keys())
    assert (resized.preset, resized.seed) == (experiment.preset, experiment.seed)


def test_new_inputs_and_steps_are_zero_and_a_new_unit_copies_the_last():
    resized = drawn().resized(3, 4, 7)
    assert not resized.x[5:].any() and not resized.x[:, 3].any() and not resized.params.W[..., -1].any()
    assert not resized.params.W[:, :, 2].any()
    trace = resized.trace()
    assert trace.h[:, 2] == pytest.approx(trace.h[:, 1]) and trace.C[:, 2] == pytest.approx(trace.C[:, 1])


def test_resized_to_its_own_size_is_the_same():
    assert drawn().resized() == drawn().resized(2, 3, 5) == drawn()
    assert drawn().resized(4, 4, 9).resized(2, 3, 5) == drawn()


def test_resized_keeps_precision_and_variant():
    resized = drawn(variant="peephole", dtype=np.float32).resized(3, 4, 6)
    assert resized.params.dtype == np.float32 and resized.variant == "peephole"


@collected("size", [0, -1, 1.5, "2", True, np.float64(2)])
@collected("name", ["H", "D", "T"])
def test_sizes_that_are_none_are_refused(name, size):
    with pytest.raises(ValueError, match=f"^{name}: expected a whole number of at least 1"):
        drawn().resized(**{name: size})


PINNED = preset("latch").pinned("pin_f.1.5", 0.25)


def test_an_experiment_gives_its_pins_along_with_its_parameters():
    content = PINNED.to_json().encode()
    assert read_params(content) == PINNED.params and read_pins(content) == {"pin_f.1.5": 0.25}
    free = preset("latch").to_json()
    assert free == preset("latch").params.to_json() and read_pins(free.encode()) == {}


@pytest.mark.parametrize(
    "pins", [[], None, 1, "pin_f.1", {"pin_f.1": None}, {"pin_f.1": [1]}, {"a": float("nan")}]
)
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

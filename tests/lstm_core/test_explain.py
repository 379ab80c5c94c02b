"""Where a number comes from: its parents make it, and following them ends at what was given."""

from math import exp, tanh

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import LSTMParams, LSTMTrace, forward
from lstm_core.explain import Place, explain, is_pinned, value_at
from lstm_core.params import GATES
from lstm_core.quantities import GATE_KEYS, QUANTITIES, TRACE_KEYS, quantities_of
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.lstm_core.examples import experiments

ORDER = list(QUANTITIES)
SQUASH = {"f": lambda z: 1 / (1 + exp(-z)), "C_tilde": tanh}
SQUASH |= {"i": SQUASH["f"], "o": SQUASH["f"]}


def traces() -> dict[str, LSTMTrace]:
    """Every preset with both cells, and runs with a gate pinned at one step, at all, and everywhere."""
    found = {key: preset(key).trace() for key in PRESETS}
    found |= {f"{key} of 1997": preset(key).with_variant("1997").trace() for key in PRESETS}
    pinned = preset("random").resized(H=3, D=3).edited("C0.2", -1.5).edited("h0.3", 0.25)
    found["pinned at a step"] = pinned.pinned("pin_f.2.4", 0.25).trace()
    found["pinned at all steps"] = pinned.pinned("pin_c.1", -1).pinned("pin_o.3", 0).trace()
    all_of_it = {f"pin_{gate}.{unit}": 0.5 for gate in GATES for unit in (1, 2, 3)}
    for address, value in all_of_it.items():
        pinned = pinned.pinned(address, value)
    found["all pinned"] = pinned.trace()
    return found


TRACES = traces()


def places(trace) -> list[Place]:
    """Every number of the run, and the state before it."""
    H, D = trace.params.H, trace.params.D
    units = {key: D if key == "x" else H for key in TRACE_KEYS}
    inside = [
        Place(key, t, unit)
        for key in TRACE_KEYS
        for t in range(1, trace.T + 1)
        for unit in range(1, units[key] + 1)
    ]
    return inside + [Place(key, 0, unit) for key in ("h", "C") for unit in range(1, H + 1)]


def in_trace(trace, place: Place) -> float:
    """The number as the arrays of the trace have it."""
    if place.t == 0:
        return {"h": trace.h_prev, "C": trace.C_prev}[place.key][0, place.unit - 1]
    return getattr(trace, place.key)[place.t - 1, place.unit - 1]


def was_given(trace, place: Place) -> bool:
    """What nothing is computed for: inputs, the state before step 1, pinned gates."""
    return place.key == "x" or place.t == 0 or is_pinned(trace, place)


def check_every_number(trace):
    for place in places(trace):
        explained = explain(trace, place)
        assert explained.place == place
        assert type(explained.value) is float and explained.value == in_trace(trace, place)
        assert value_at(trace, place) == explained.value
        assert (explained.parents == ()) == was_given(trace, place)
        if explained.parents:
            made = remade(trace, place, [in_trace(trace, parent) for parent in explained.parents])
            assert made == pytest.approx(explained.value, rel=1e-9, abs=1e-12)


def remade(trace, place: Place, values: list[float]) -> float:
    """The number again, from the true values of its parents."""
    if place.key in ("h_prev", "C_prev"):
        return values[0]
    if place.key.startswith("z_"):
        block = GATES.index(place.key[2:])
        row, bias = trace.params.W[block, place.unit - 1], trace.params.b[block, place.unit - 1]
        if trace.params.peepholes is not None and place.key != "z_c":
            row = [*row, trace.params.peepholes["fio".index(place.key[2:]), place.unit - 1]]
        return float(np.dot(row, values) + bias)
    return float(quantities_of(trace.params)[place.key].rule(*values))


@collected("name", TRACES)
def test_every_number_is_that_of_the_trace_and_made_of_its_parents(name):
    check_every_number(TRACES[name])


@given(experiments(batch=False, most_steps=4), st.data())
def test_so_is_every_number_of_random_experiments_pinned_anywhere(experiment, data):
    params, x, h0, C0 = experiment
    draw = np.random.default_rng(data.draw(st.integers(0, 999), label="seed"))
    pins = draw.uniform(0, 1, (len(x), 4, params.H))
    pins[draw.uniform(size=pins.shape) < data.draw(st.sampled_from([0.0, 0.5, 0.9, 1.0]))] = np.nan
    check_every_number(forward(params, x, h0, C0, pins))


def test_parents_stand_in_the_order_of_the_formula():
    trace = preset("random").resized(H=2, D=3).trace()
    parents = {key: explain(trace, Place(key, 5, 2)).parents for key in TRACE_KEYS if key != "x"}
    assert parents["kept"] == (Place("f", 5, 2), Place("C_prev", 5, 2))
    assert parents["written"] == (Place("i", 5, 2), Place("C_tilde", 5, 2))
    assert parents["C"] == (Place("kept", 5, 2), Place("written", 5, 2))
    assert parents["h"] == (Place("o", 5, 2), Place("tanh_C", 5, 2))
    assert parents["h_prev"] == (Place("h", 4, 2),) and parents["C_prev"] == (Place("C", 4, 2),)
    reads = (*(Place("h_prev", 5, j) for j in (1, 2)), *(Place("x", 5, d) for d in (1, 2, 3)))
    assert parents["z_f"] == parents["z_i"] == parents["z_c"] == parents["z_o"] == reads


@collected("name", TRACES)
def test_following_the_parents_always_ends_at_what_was_given(name):
    trace = TRACES[name]
    for place in places(trace):
        for parent in explain(trace, place).parents:
            earlier = parent.t < place.t or (
                parent.t == place.t and ORDER.index(parent.key) < ORDER.index(place.key)
            )
            assert earlier, f"{place} comes from {parent}"  # so no way leads back, and each has an end
    to_follow, seen = [Place("h", trace.T, unit) for unit in range(1, trace.params.H + 1)], set()
    while to_follow:
        place = to_follow.pop()
        if place not in seen:
            seen.add(place)
            to_follow += explain(trace, place).parents
    ends = {place for place in seen if not explain(trace, place).parents}
    assert ends and all(was_given(trace, place) for place in ends)
    if trace.pinned is None:
        everything = {Place("x", t + 1, d + 1) for t, d in np.ndindex(trace.x.shape)}
        assert everything <= ends and Place("C", 0, 1) in ends


@collected("name", TRACES)
def test_a_pinned_gate_has_no_parents_and_says_what_it_would_have_been(name):
    trace = TRACES[name]
    pinned = 0
    for place in places(trace):
        explained = explain(trace, place)
        block = next((gate for gate, key in GATE_KEYS.items() if key == place.key), None)
        mask = None if block is None or trace.pinned is None else trace.pinned
        if mask is None or not mask[place.t - 1, GATES.index(block), place.unit - 1]:
            assert explained.given is None and not is_pinned(trace, place)
            continue
        pinned += 1
        z = getattr(trace, f"z_{block}")[place.t - 1, place.unit - 1]
        assert is_pinned(trace, place) and explained.parents == ()
        assert explained.given == pytest.approx(SQUASH[place.key](z), abs=1e-12)
    T, H = trace.T, trace.params.H
    expected = {"pinned at a step": 1, "pinned at all steps": 2 * T, "all pinned": 4 * T * H}
    assert pinned == expected.get(name, 0 if trace.params.forget_gate else T * H)


def test_the_cell_of_1997_has_a_forget_gate_that_was_given():
    explained = explain(preset("runaway").trace(), Place("f", 3, 1))
    assert explained.value == 1.0 and explained.parents == () and 0 < explained.given < 1


NOWHERE = [
    Place("nope", 1, 1), Place("", 1, 1), Place("W_f", 1, 1), Place("b_f", 1, 1), Place("params", 1, 1),
    Place("__class__", 1, 1), Place("f", 0, 1), Place("x", 0, 1), Place("z_f", 0, 1), Place("h_prev", 0, 1),
    Place("C_prev", 0, 1), Place("f", 13, 1), Place("h", 13, 1), Place("f", -1, 1), Place("h", -1, 1),
    Place("f", 1, 0), Place("f", 1, 3), Place("f", 1, -1), Place("x", 1, 4), Place("x", 1, 0),
    Place("h", 0, 3), Place("C", 0, 0),
]  # fmt: skip


@collected("place", NOWHERE)
def test_a_place_that_is_not_there_is_a_key_error(place):
    trace = preset("random").resized(D=3).trace()
    assert (trace.T, trace.params.H, trace.params.D) == (12, 2, 3)
    for ask in (value_at, explain):
        with pytest.raises(KeyError):
            ask(trace, place)


def test_numbers_are_plain_floats_also_of_a_float32_layer():
    params = preset("random").params
    small = LSTMParams(params.W.astype(np.float32), params.b.astype(np.float32))
    pins = np.full((12, 4, 2), np.nan)
    pins[3, 0, 0] = 0.1
    trace = forward(small, preset("random").x, pinned=pins)
    explained = explain(trace, Place("f", 4, 1))
    assert type(explained.value) is type(explained.given) is float
    assert explained.value == float(np.float32(0.1))

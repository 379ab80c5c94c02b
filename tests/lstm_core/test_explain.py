"""Where a number comes from: its parents make it, and following them ends at what was given."""

from math import exp, tanh

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import LSTMParams, forward
from lstm_core.explain import Place, explain, is_pinned, pre_activation_terms, value_at
from lstm_core.params import GATES
from lstm_core.quantities import GATE_KEYS, TRACE_KEYS, quantities_of
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.examples import experiments, pins_for


def places(trace) -> list[Place]:
    """Every number of the run, and the state before it."""
    H, D = trace.params.H, trace.params.D
    inside = [
        Place(key, t, unit)
        for key in TRACE_KEYS
        for t in range(1, trace.T + 1)
        for unit in range(1, (D if key == "x" else H) + 1)
    ]
    return inside + [Place(key, 0, unit) for key in ("h", "C") for unit in range(1, H + 1)]


def in_trace(trace, place: Place) -> float:
    """The number as the arrays of the trace have it."""
    if place.t == 0:
        return getattr(trace, f"{place.key}_prev")[0, place.unit - 1]
    return getattr(trace, place.key)[place.t - 1, place.unit - 1]


def remade(trace, place: Place, values: list[float]) -> float:
    """The number again, from the true values of its parents."""
    if place.key in ("h_prev", "C_prev"):
        return values[0]
    if place.key.startswith("z_"):
        block, unit = GATES.index(place.key[2:]), place.unit - 1
        row = [*trace.params.W[block, unit]]
        if trace.params.peepholes is not None and place.key != "z_c":
            row.append(trace.params.peepholes["fio".index(place.key[2:]), unit])
        return float(np.dot(row, values) + trace.params.b[block, unit])
    return float(quantities_of(trace.params)[place.key].rule(*values))


@given(experiments(batch=False, most_steps=4), st.data())
def test_every_number_is_that_of_the_trace_and_made_of_its_parents_down_to_what_was_given(experiment, data):
    trace = forward(*experiment, data.draw(pins_for(experiment)))
    order, mask = list(quantities_of(trace.params)), trace.pinned
    gates = {key: k for k, key in enumerate(GATE_KEYS.values())}
    for place in places(trace):
        explained = explain(trace, place)
        assert explained.place == place and type(explained.value) is float
        assert explained.value == value_at(trace, place) == in_trace(trace, place)
        pinned = place.key in gates and bool(mask[place.t - 1, gates[place.key], place.unit - 1])
        assert is_pinned(trace, place) == pinned == (explained.given is not None)
        if pinned and place.key == "i" and trace.params.coupled:
            assert explained.given == 1 - trace.f[place.t - 1, place.unit - 1]
        elif pinned:  # what it would have been
            z = trace.z[place.t - 1, gates[place.key], place.unit - 1]
            free = tanh(z) if place.key == "C_tilde" else 1 / (1 + exp(-z))
            assert explained.given == pytest.approx(free, abs=1e-12)
        assert (explained.parents == ()) == (place.key == "x" or place.t == 0 or pinned)
        for parent in explained.parents:  # so no way leads back, and each ends at what was given
            assert (parent.t, order.index(parent.key)) < (place.t, order.index(place.key))
        if explained.parents:
            made = remade(trace, place, [in_trace(trace, parent) for parent in explained.parents])
            assert made == pytest.approx(explained.value, rel=1e-9, abs=1e-12)


def test_parents_stand_in_the_order_of_the_formula():
    trace = preset("random").resized(H=2, D=3).trace()
    parents = {key: explain(trace, Place(key, 5, 2)).parents for key in TRACE_KEYS if key != "x"}
    for key, of in {"kept": ("f", "C_prev"), "written": ("i", "C_tilde"), "C": ("kept", "written"),
                    "h": ("o", "tanh_C")}.items():  # fmt: skip
        assert parents[key] == tuple(Place(parent, 5, 2) for parent in of)
    assert parents["h_prev"] == (Place("h", 4, 2),) and parents["C_prev"] == (Place("C", 4, 2),)
    reads = (*(Place("h_prev", 5, j) for j in (1, 2)), *(Place("x", 5, d) for d in (1, 2, 3)))
    assert parents["z_f"] == parents["z_i"] == parents["z_c"] == parents["z_o"] == reads


@collected(
    "place",
    [
        Place("nope", 1, 1), Place("W_f", 1, 1), Place("params", 1, 1), Place("f", 0, 1), Place("x", 0, 1),
        Place("h_prev", 0, 1), Place("f", 13, 1), Place("h", -1, 1), Place("f", 1, 0), Place("f", 1, 3),
        Place("x", 1, 4), Place("h", 0, 3), Place("C", 0, 0),
    ],
)  # fmt: skip
def test_a_place_that_is_not_there_is_a_key_error(place):
    trace = preset("random").resized(D=3).trace()
    for ask in (value_at, explain):
        with pytest.raises(KeyError):
            ask(trace, place)


def test_numbers_are_plain_floats_also_of_a_float32_layer():
    params = preset("random").params
    small = LSTMParams(params.W.astype(np.float32), params.b.astype(np.float32))
    pins = np.full((12, 4, 2), np.nan)
    pins[3, 0, 0] = 0.1
    explained = explain(forward(small, preset("random").x, pinned=pins), Place("f", 4, 1))
    assert type(explained.value) is type(explained.given) is float
    assert explained.value == float(np.float32(0.1))


# -- a pre-activation taken apart -------------------------------------------------------------------


@collected("gate", GATES)
@collected("variant", ["lstm", "peephole"])
@collected("t", [1, 4])
def test_a_term_is_a_weight_of_the_experiment_times_what_the_gate_reads(t, variant, gate):
    experiment = preset("random").with_variant(variant).resized(H=3, D=4)
    edits = {"U_f.2.3": 0.5, "h0.3": -0.25, "C0.2": 0.75}
    edits |= {"p_f.2": 0.5, "p_i.2": 1.5, "p_o.2": 2.5} if variant == "peephole" else {}
    for address, value in edits.items():
        experiment = experiment.edited(address, value)
    trace = experiment.trace()
    terms = pre_activation_terms(trace, t, 2, gate)
    peephole = ["P"] * (variant == "peephole" and gate != "c")
    seen = "C" if gate == "o" else "C_prev"
    assert [term.kind for term in terms] == [*"UUUVVVV", *peephole, "b"]
    assert [term.index for term in terms] == [1, 2, 3, 1, 2, 3, 4, *[2] * len(peephole), 0]
    assert [term.weight for term in terms] == [experiment.value(term.address) for term in terms]
    seen_here = [getattr(trace, seen)[t - 1, 1]] * len(peephole)
    assert [term.factor for term in terms] == [*trace.h_prev[t - 1], *trace.x[t - 1], *seen_here, 1.0]
    assert [term.source for term in terms] == ["h_prev"] * 3 + ["x"] * 4 + [seen] * len(peephole) + [""]
    assert {term.address for term in terms} == set(experiment.gate_addresses(gate, 2))
    z = getattr(trace, f"z_{gate}")[t - 1, 1]
    assert sum(term.product for term in terms) == pytest.approx(z, abs=1e-9)

"""A pre-activation taken apart: its terms add up to it, and each says where its weight can be edited."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.explain import Term, pre_activation_terms
from lstm_core.params import GATES
from lstm_core.workbench.presets import PRESETS, preset
from tests.collected import collected
from tests.lstm_core.examples import experiments


@given(experiments(batch=False), st.data())
def test_terms_add_up_to_the_pre_activation(experiment, data):
    trace = experiment.run()
    t = data.draw(st.integers(1, trace.T))
    unit = data.draw(st.integers(1, experiment.params.H))
    for gate in GATES:
        terms = pre_activation_terms(trace, t, unit, gate)
        z = getattr(trace, f"z_{gate}")[t - 1, unit - 1]
        assert sum(term.product for term in terms) == pytest.approx(z, abs=1e-9)


@pytest.mark.parametrize("gate", GATES)
def test_a_peephole_is_a_term_before_the_bias(gate):
    experiment = preset("random").with_variant("peephole")
    for number, address in enumerate(("p_f.2", "p_i.2", "p_o.2")):
        experiment = experiment.edited(address, 0.5 + number)
    trace, t = experiment.trace(), 4
    terms = pre_activation_terms(trace, t, 2, gate)
    assert {term.address for term in terms} == set(experiment.gate_addresses(gate, 2))
    sources = {"U": "h_prev", "V": "x", "b": ""}
    assert all(term.source == sources[term.kind] for term in terms if term.kind != "P")
    if gate == "c":
        assert [term.kind for term in terms] == ["U", "U", "V", "V", "b"]
        return
    assert [term.kind for term in terms] == ["U", "U", "V", "V", "P", "b"]
    seen = "C" if gate == "o" else "C_prev"
    weight = {"f": 0.5, "i": 1.5, "o": 2.5}[gate]
    factor = float(getattr(trace, seen)[t - 1, 1])
    assert terms[-2] == Term("P", 2, f"p_{gate}.2", weight, factor, weight * factor)
    assert terms[-2].source == seen


@collected("key", PRESETS)
@collected("gate", GATES)
def test_a_term_is_a_weight_of_the_experiment_times_what_the_gate_reads(key, gate):
    experiment = preset(key).resized(H=3, D=4)
    experiment = experiment.edited("U_f.2.3", 0.5).edited("h0.3", -0.25)
    trace = experiment.trace()
    for t in (1, experiment.T):
        terms = pre_activation_terms(trace, t, 2, gate)
        assert [term.kind for term in terms] == ["U"] * 3 + ["V"] * 4 + ["b"]
        assert [term.index for term in terms] == [1, 2, 3, 1, 2, 3, 4, 0]
        assert [term.weight for term in terms] == [experiment.value(term.address) for term in terms]
        read = [*trace.h_prev[t - 1], *trace.x[t - 1], 1.0]
        assert [term.factor for term in terms] == read
        assert {term.address for term in terms} == set(experiment.gate_addresses(gate, 2))


def test_one_unit_that_reads_one_input_has_three_terms():
    leaky = preset("leaky").edited("U_f.1.1", 0.5).edited("h0.1", -1)
    assert pre_activation_terms(leaky.trace(), 1, 1, "c") == [
        Term("U", 1, "U_c.1.1", 0.0, -1.0, 0.0),
        Term("V", 1, "V_c.1.1", 2.0, 0.0, 0.0),
        Term("b", 0, "b_c.1", 0.0, 1.0, 0.0),
    ]
    assert pre_activation_terms(leaky.trace(), 1, 1, "f")[0].product == -0.5


@pytest.mark.parametrize("gate", ["", "C_tilde", "x", "F"])
def test_a_gate_that_is_none_is_refused(gate):
    with pytest.raises(ValueError):
        pre_activation_terms(preset("latch").trace(), 1, 1, gate)

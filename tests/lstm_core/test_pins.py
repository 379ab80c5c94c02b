"""A gate that is given and not computed: the run after it is the counterfactual, and its gradient says so."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lstm_core import LSTMParams, backward, forward
from lstm_core.params import GATES
from lstm_core.quantities import GATE_KEYS
from lstm_core.words import LANGUAGES
from lstm_core.workbench.experiment import PIN_RANGES
from lstm_core.workbench.focus import ALL, PHASES, Focus
from lstm_core.workbench.link import from_link, to_link
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.examples import NOT_NUMBERS, experiments, not_numbers
from tests.lstm_core.slopes import jacobian_equals_finite_differences, slopes

pytestmark = pytest.mark.filterwarnings("error")

ARRAYS = ("z", "f", "i", "C_tilde", "o", "kept", "erased", "written", "C", "tanh_C", "h")


@st.composite
def pins_for(draw, experiment):
    """Pins (T, …, 4, H) for a run, some of them NaN; a seed keeps the drawing quick."""
    random = np.random.default_rng(draw(st.integers(0, 9999), label="seed of the pins"))
    pins = random.uniform([[0], [0], [-1], [0]], 1, (*experiment.x.shape[:-1], 4, experiment.params.H))
    pins[random.uniform(size=pins.shape) < draw(st.sampled_from([0.0, 0.3, 0.7]))] = np.nan
    return pins


def with_gate(experiment, value=True):
    return experiment._replace(params=replace(experiment.params, forget_gate=value))


def same(a, b) -> bool:
    return all(np.array_equal(getattr(a, name), getattr(b, name)) for name in ARRAYS)


@given(experiments(), st.data())
def test_what_is_given_stands_and_all_else_is_computed_from_the_run_as_it_is(experiment, data):
    experiment = with_gate(experiment)
    pins = data.draw(pins_for(experiment))
    trace = forward(*experiment, pins)
    params, given_ = experiment.params, ~np.isnan(pins)
    np.testing.assert_array_equal(trace.pinned, given_)
    gates = np.stack([trace.f, trace.i, trace.C_tilde, trace.o], axis=-2)
    np.testing.assert_array_equal(gates[given_], pins[given_])
    hx = np.concatenate([trace.h_prev, trace.x], axis=-1)
    z = np.einsum("khj,...j->...kh", params.W, hx) + params.b
    if params.peepholes is not None:
        seen = np.stack([trace.C_prev, trace.C_prev, trace.C], axis=-2)
        z[..., [0, 1, 3], :] += params.peepholes * seen
    np.testing.assert_allclose(trace.z, z, rtol=1e-9, atol=1e-9)  # what the weights say, given the run
    free = 1 / (1 + np.exp(-z))
    free[..., 2, :] = np.tanh(z[..., 2, :])
    if params.coupled:  # the i of a coupled cell follows an f that is given, too
        free[..., 1, :] = 1 - trace.f
    np.testing.assert_allclose(gates[~given_], free[~given_], rtol=0, atol=1e-9)
    np.testing.assert_array_equal(trace.C, trace.f * trace.C_prev + trace.i * trace.C_tilde)
    np.testing.assert_array_equal(trace.h, trace.o * np.tanh(trace.C))
    np.testing.assert_array_equal(trace.h_prev[1:], trace.h[:-1])


@given(experiments(most_steps=5), st.data())
def test_the_run_before_a_pin_is_the_run_without_it(experiment, data):
    experiment = with_gate(experiment)
    t = data.draw(st.integers(0, len(experiment.x) - 1))
    pins = np.full((*experiment.x.shape[:-1], 4, experiment.params.H), np.nan)
    pins[t, ..., 0] = 0.5
    pinned, free = forward(*experiment, pins), experiment.run()
    for name in ARRAYS:
        np.testing.assert_array_equal(getattr(pinned, name)[:t], getattr(free, name)[:t])
    before_C = slice(None) if experiment.params.peepholes is None else slice(3)  # p_o sees what the pin did
    np.testing.assert_array_equal(pinned.z[t][..., before_C, :], free.z[t][..., before_C, :])


def test_the_run_after_a_pin_is_another():
    latch = preset("latch")
    pinned, free = latch.pinned("pin_f.1.5", 0).trace(), latch.trace()
    assert np.array_equal(pinned.C[:4], free.C[:4]) and pinned.f[4, 0] == 0 and free.f[4, 0] > 0.9
    assert pinned.C[4, 0] == pinned.written[4, 0] and abs(pinned.C[9, 0]) < 0.1 < abs(free.C[9, 0])


@given(experiments())
def test_all_free_is_no_pins_at_all(experiment):
    free = np.full((*experiment.x.shape[:-1], 4, experiment.params.H), np.nan)
    assert same(forward(*experiment, free), experiment.run())


@given(experiments(batch=False, most_steps=4))
def test_all_given_needs_no_weights(experiment):
    params, x, h0, C0 = with_gate(experiment)
    pins = np.broadcast_to([[0.5], [0.25], [-1.0], [1.0]], (len(x), 4, params.H))
    trace = forward(params, x, h0, C0, pins)
    C = C0
    for t in range(len(x)):
        C = 0.5 * C - 0.25
        np.testing.assert_array_equal(trace.C[t], C)
        np.testing.assert_array_equal(trace.h[t], np.tanh(C))


@given(experiments())
def test_the_cell_of_1997_is_that_of_2000_with_every_forget_gate_pinned_to_1(experiment):
    pins = np.full((*experiment.x.shape[:-1], 4, experiment.params.H), np.nan)
    pins[..., 0, :] = 1
    experiment = experiment._replace(params=replace(experiment.params, coupled=False))
    assert same(forward(*with_gate(experiment, False)), forward(*with_gate(experiment), pins))


@given(experiments(batch=True), st.data())
def test_each_sequence_of_a_batch_has_pins_of_its_own(experiment, data):
    params, x, h0, C0 = experiment
    pins = data.draw(pins_for(experiment))
    batch = forward(params, x, h0, C0, pins)
    for b in range(x.shape[1]):
        alone = forward(params, x[:, b], h0[b], C0[b], pins[:, b])
        for name in ARRAYS:
            np.testing.assert_allclose(getattr(batch, name)[:, b], getattr(alone, name), rtol=0, atol=1e-12)
        np.testing.assert_array_equal(batch.pinned[:, b], alone.pinned)


# -- refusals -------------------------------------------------------------------------------------

PARAMS, X = LSTMParams(np.zeros((4, 2, 5)), np.zeros((4, 2))), np.zeros((3, 3))


def refused(pinned, x=X):
    with pytest.raises(ValueError, match="^pinned: ") as refusal:
        forward(PARAMS, x, pinned=pinned)
    return str(refusal.value)


@pytest.mark.parametrize(
    "shape", [(), (4, 2), (3, 2, 4), (3, 4, 3), (2, 4, 2), (4, 4, 2), (3, 3, 2), (3, 1, 4, 2)]
)
def test_pins_of_another_shape_are_refused(shape):
    refused(np.full(shape, 0.5))


@collected("name", [name for name in NOT_NUMBERS if "NaN" not in name and name != "None"])
def test_pins_that_are_no_numbers_are_refused(name):
    refused(not_numbers(np.full((3, 4, 2), 0.5))[name])


@collected("block", range(4))
@collected("value", [1.1, np.nextafter(1, 2), -1.1, np.nextafter(-1, -2), -1e300])
def test_pins_that_a_gate_can_never_have_are_refused(block, value):
    pins = np.full((3, 4, 2), np.nan)
    pins[1, block, 1] = value
    assert "[0, 1]" in refused(pins) and "[-1, 1]" in refused(pins)


# -- gradients ------------------------------------------------------------------------------------


@given(experiments(within=2.0, most_steps=4), st.data())
def test_gradients_equal_finite_differences(experiment, data):
    params, x, h0, C0 = experiment
    pins = data.draw(pins_for(experiment))
    dh = data.draw(arrays(float, (len(x), *h0.shape), elements=st.floats(-2, 2)))
    dC = data.draw(arrays(float, C0.shape, elements=st.floats(-2, 2)))

    def loss(W=params.W, b=params.b, x=x, h0=h0, C0=C0, peepholes=params.peepholes):
        trace = forward(replace(params, W=W, b=b, peepholes=peepholes), x, h0, C0, pins)
        return (dh * trace.h).sum() + (dC * trace.C[-1]).sum()

    gradient = backward(forward(*experiment, pins), dh, dC)
    of = {"W": gradient.W, "b": gradient.b, "x": gradient.x, "h0": gradient.h[0], "C0": gradient.C[0]}
    at = {"W": params.W, "b": params.b, "x": x, "h0": h0, "C0": C0}
    if params.peepholes is not None:
        of["peepholes"], at["peepholes"] = gradient.peepholes, params.peepholes
    for name, ours in of.items():
        theirs = slopes(lambda moved, name=name: loss(**{name: moved}), at[name]).reshape(at[name].shape)
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6, err_msg=name)


@given(experiments(within=2.0, most_steps=5, batch=False), st.data())
def test_cell_jacobian_equals_finite_differences(experiment, data):
    jacobian_equals_finite_differences(experiment, data.draw(pins_for(experiment)))


@pytest.mark.parametrize("gate", range(4))
def test_a_gate_that_is_pinned_throughout_has_nothing_to_learn(gate):
    random = np.random.default_rng(gate).normal
    params = LSTMParams(random(size=(4, 2, 5)), random(size=(4, 2)))
    pins = np.full((6, 4, 2), np.nan)
    pins[:, gate] = 0.5
    gradient = backward(forward(params, random(size=(6, 3)), 0.1, 0.5, pins), random(size=(6, 2)), 1.0)
    others = [block for block in range(4) if block != gate]
    assert not gradient.W[gate].any() and not gradient.b[gate].any()
    assert gradient.W[others].all() and gradient.b[others].all()


# -- the experiment -------------------------------------------------------------------------------

ADDRESS = {"f": 0.25, "i": 1.0, "c": -0.75, "o": 0.0}


@pytest.mark.parametrize("gate", GATES)
def test_an_experiment_is_pinned_at_one_step_or_at_all(gate):
    experiment, value = preset("random"), ADDRESS[gate]
    numbers = getattr(experiment.pinned(f"pin_{gate}.2.5", value).trace(), GATE_KEYS[gate])
    assert np.argwhere(numbers == value).tolist() == [[4, 1]]
    numbers = getattr(experiment.pinned(f"pin_{gate}.2", value).trace(), GATE_KEYS[gate])
    assert (numbers[:, 1] == value).all() and (numbers[:, 0] != value).all()
    assert "pin" not in "".join(experiment.pins) and experiment == preset("random")


@pytest.mark.parametrize("order", [1, -1])
def test_a_pin_of_one_step_goes_over_that_of_all_steps(order):
    experiment = preset("random")
    for address, value in [("pin_f.1", 0.9), ("pin_f.1.3", 0.1)][::order]:
        experiment = experiment.pinned(address, value)
    assert experiment.trace().f[:, 0].tolist() == [0.9, 0.9, 0.1, *[0.9] * 9]
    assert experiment.unpinned("pin_f.1.3").trace().f[:, 0].tolist() == [0.9] * 12
    alone = experiment.unpinned("pin_f.1")
    assert alone.pins == {"pin_f.1.3": 0.1} and alone.unpinned("pin_f.1.3") == preset("random")
    assert experiment.unpinned() == preset("random") and same(
        experiment.unpinned().trace(), preset("random").trace()
    )


def test_pins_are_part_of_what_an_experiment_is_and_never_change():
    pinned = preset("latch").pinned("pin_f.1.5", 0.5)
    assert pinned != preset("latch") and pinned != pinned.pinned("pin_f.1.5", 0.25)
    assert pinned.edited("b_f.1", 1).pins == pinned.with_variant("1997").pins == pinned.pins
    with pytest.raises(TypeError):
        pinned.pins["pin_f.1.5"] = 0.25


def test_taking_steps_and_units_away_takes_their_pins_away():
    experiment = preset("random")
    for address in ("pin_f.1.12", "pin_o.2", "pin_c.2.3", "pin_i.1.3"):
        experiment = experiment.pinned(address, 0.5)
    assert set(experiment.resized(T=5).pins) == {"pin_o.2", "pin_c.2.3", "pin_i.1.3"}
    assert set(experiment.resized(H=1).pins) == {"pin_f.1.12", "pin_i.1.3"}
    assert experiment.resized(H=4, D=4, T=40).pins == experiment.pins


# -- the link -------------------------------------------------------------------------------------


@given(
    st.dictionaries(st.tuples(st.sampled_from(GATES), st.sampled_from("12"), st.none() | st.integers(1, 12)),
                    st.floats(0, 1), min_size=1, max_size=5),
    st.sampled_from([None, ALL, *PHASES]),
    st.booleans(),
    st.sampled_from(list(LANGUAGES)),
)  # fmt: skip
def test_pins_phase_and_presenting_come_back_from_the_link(pins, phase, present, language):
    experiment = preset("random")
    for (gate, unit, t), value in pins.items():
        low = PIN_RANGES[gate][0]
        address = f"pin_{gate}.{unit}" + (f".{t}" if t else "")
        experiment = experiment.pinned(address, low + (1 - low) * value)
    told = from_link(to_link(experiment, Focus(7, 2, phase, present), language))
    assert told.problems == () and told.language == language
    assert told.focus == Focus(7, 2, phase, present)
    assert told.experiment == experiment and same(told.experiment.trace(), experiment.trace())

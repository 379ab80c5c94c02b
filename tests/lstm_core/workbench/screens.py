"""Random screens: an experiment as a reader may have edited it, and what is looked at in it."""

from hypothesis import strategies as st

from lstm_core.backprop import LOSSES, WAYS
from lstm_core.params import GATES, VARIANTS
from lstm_core.words import LANGUAGES
from lstm_core.workbench.experiment import HAND_D, HAND_H, HAND_T, LIMIT
from lstm_core.workbench.focus import ALL, BACK_PHASES, PHASES, RNN_WEIGHTS, Focus
from lstm_core.workbench.presets import PRESETS, SEEDS, preset


@st.composite
def on_screen(draw):
    """An experiment as a reader may have edited it, what is looked at, and the language."""
    experiment = preset(draw(st.sampled_from(list(PRESETS))), draw(st.sampled_from([0, 1, 42, SEEDS[-1]])))
    if draw(st.booleans()):
        experiment = experiment.resized(
            H=draw(st.integers(1, HAND_H)), D=draw(st.integers(1, HAND_D)), T=draw(st.integers(1, HAND_T))
        )
    experiment = experiment.with_variant(draw(st.sampled_from(list(VARIANTS))))
    addresses = st.sampled_from(experiment.addresses())
    for address, value in draw(st.dictionaries(addresses, numbers, max_size=12)).items():
        experiment = experiment.edited(address, value)
    for gate, of_all_steps in draw(st.sets(st.tuples(st.sampled_from(GATES), st.booleans()), max_size=3)):
        unit, t = draw(st.integers(1, experiment.H)), draw(st.integers(1, experiment.T))
        address = f"pin_{gate}.{unit}" + ("" if of_all_steps else f".{t}")
        experiment = experiment.pinned(address, draw(st.floats(0, 1) | st.just(-0.0)))
    focus = Focus(
        draw(st.integers(1, experiment.T)),
        draw(st.integers(1, experiment.H)),
        draw(st.sampled_from([None, ALL, *PHASES])),
        draw(st.booleans()),
        rnn=draw(st.sampled_from(list(RNN_WEIGHTS))),
        back=draw(st.none() | st.sampled_from(BACK_PHASES)),
        loss=draw(st.sampled_from(LOSSES)),
        ways=draw(st.sampled_from(WAYS)),
        last=draw(st.integers(0, experiment.T)),
    )
    return experiment, focus, draw(st.sampled_from(LANGUAGES))


def bits(experiment) -> tuple:
    """Every number of an experiment as it lies in memory; unlike ==, tells −0 from 0."""
    params = experiment.params
    arrays = [params.W, params.b, experiment.x, experiment.h0, experiment.C0]
    arrays += [] if params.peepholes is None else [params.peepholes]
    pins = {address: value.hex() for address, value in experiment.pins.items()}
    return params.variant, pins, *((array.dtype, array.shape, array.tobytes()) for array in arrays)


numbers = st.one_of(
    st.floats(-LIMIT, LIMIT),
    st.floats(-12, 12).map(lambda value: round(value, 2)),
    st.sampled_from([0.0, -0.0, 5e-324, -5e-324, 2.2250738585072014e-308, 1e-5, 0.1 + 0.2, LIMIT, -LIMIT]),
)

"""What the tests of the pictures share: the runs they draw, and stand-in texts."""

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import strategies as st

from lstm_core import LSTMParams, LSTMTrace, forward
from lstm_core.workbench.presets import PRESETS, preset
from tests.nightly import by_night


def words(key: str, **values) -> str:
    """Stands in for the texts: the key and what would be filled in."""
    return " ".join([key, *(f"{name}={value}" for name, value in values.items())])


def drawn(H=1, D=1, T=5, seed=0, scale=1.0, forget_gate=True, large=1.0) -> LSTMTrace:
    """A run of random numbers; inputs and C_0 are `large` times as large as the others."""
    draw = np.random.default_rng(seed).normal
    params = LSTMParams(scale * draw(size=(4, H, H + D)), scale * draw(size=(4, H)), forget_gate)
    return forward(params, large * draw(size=(T, D)), np.tanh(draw(size=H)), large * draw(size=H))


RUNS = st.builds(
    drawn,
    T=st.just(3),
    seed=st.integers(0, 10_000),
    H=st.integers(1, 4),
    D=st.integers(1, 4),
    scale=st.sampled_from([0.0, 0.5, 2.0, 20.0]),
    forget_gate=st.booleans(),
    large=st.sampled_from([0.0, 1.0, 300.0]),
)


def traces() -> dict[str, LSTMTrace]:
    """Every preset, with and without forget gate, and every size that is edited by hand, and larger ones.

    None has names of its steps, which would be a row of their own.
    """
    plain = {key: replace(preset(key), labels=()) for key in PRESETS}
    found = {key: experiment.trace() for key, experiment in plain.items()}
    found |= {f"{key} of 1997": one.with_variant("1997").trace() for key, one in plain.items()}
    found |= {f"H={H} D={D}": drawn(H, D, 3, seed=H) for H, D in product((1, 2, 3, 4), repeat=2)}
    found |= {f"T={T}": drawn(2, 2, T) for T in (1, 40, 60, 61, 200, 500)}
    found["all zero"] = forward(LSTMParams(np.zeros((4, 1, 2)), np.zeros((4, 1))), np.zeros((3, 1)))
    found["saturated"] = drawn(2, 2, 8, scale=1e4)
    found["many inputs"] = drawn(2, 64, 4)
    pins = {"pin_f.1.5": 0.5, "pin_c.1": -1.0}
    found["pinned"] = replace(preset("latch"), pins=pins).trace()
    found["large memory"] = preset("runaway").edited("C0.1", -1e6).trace()
    return found


TRACES = traces()

SOME = list(TRACES) if by_night() else [
    "latch", "random", "runaway", "replace of 1997", "H=1 D=1", "H=4 D=3", "T=1", "T=60", "T=61", "T=500",
    "all zero", "saturated", "many inputs", "pinned", "large memory",
]  # fmt: skip
"""The names of those that a change is tried on."""

"""What the tests of the pictures share: the runs they draw, stand-in texts, and a look for plain data."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np

from lstm_core import LSTMParams, LSTMTrace, forward
from lstm_core.workbench.presets import PRESETS, preset
from tests.nightly import sample


def words(key: str, **values) -> str:
    """Stands in for the texts: the key and what would be filled in."""
    return " ".join([key, *(f"{name}={value}" for name, value in values.items())])


def drawn(H=1, D=1, T=5, seed=0, scale=1.0) -> LSTMTrace:
    """A run of random numbers."""
    draw = np.random.default_rng(seed).normal
    params = LSTMParams(scale * draw(size=(4, H, H + D)), scale * draw(size=(4, H)))
    return forward(params, draw(size=(T, D)), np.tanh(draw(size=H)), draw(size=H))


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

SOME = sample(TRACES, 24)
"""The names of those that a change is tried on; by night all."""


def is_plain(data) -> bool:
    """Only what JSON holds, so that nothing has to be converted on its way to the browser."""
    if isinstance(data, dict):
        return all(type(key) is str and is_plain(value) for key, value in data.items())
    if isinstance(data, (list, tuple)):
        return all(map(is_plain, data))
    return data is None or type(data) in (str, int, float, bool)

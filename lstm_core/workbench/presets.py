"""Named experiments: **presets** -> experiment -> trace; tests/lstm_core/test_presets.py proves their claims.

The teaching presets have one unit and round numbers, because readers see every one of them on a
slider and in the formulas. Only `toggle` and `far` have a weight on h_prev.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..params import GATES, LSTMParams
from .experiment import Experiment

SEEDS = range(10_000)
"""The seeds of the random preset."""


def overwrite() -> Experiment:
    """A new value in the place of the old one at each flag, so that keeping, erasing and writing all show.

    x = value, flag.
    """
    values = (0.4, 0.8, -0.5, 0.3, -0.9, 0.9, 0.2, -0.6, 0.5, -0.6, 0.3, 0.4)
    x = [(value, int(t in (2, 6, 10))) for t, value in enumerate(values, 1)]
    return _one_unit("replace", x, f=(4, [0, -4.5]), i=(-4, [0, 5.5]), c=(0, [1.5, 0]), o=(0.5, [0, 0]))


def latch() -> Experiment:
    """Stores the value when the store flag is 1, holds it, drops it. x = value, store flag, reset flag."""
    x = [
        (0.4, 0, 0), (0.8, 1, 0), (-0.5, 0, 0), (0.3, 0, 0), (-0.9, 0, 0), (0.6, 0, 0),
        (0.9, 0, 0), (-0.2, 0, 0), (-0.7, 0, 0), (0.5, 0, 0), (-0.4, 0, 0), (0.7, 0, 0),
        (0.2, 0, 1), (0.6, 0, 0), (-0.8, 1, 0), (0.3, 0, 0),
    ]  # fmt: skip
    return _one_unit("latch", x, f=(5, [0, 0, -9]), i=(-4, [0, 8, 0]), c=(0, [1.5, 0, 0]), o=(2, [0, 0, 0]))


def leaky() -> Experiment:
    """One write, then forgetting under a constant forget gate of σ(2). x = value."""
    x = [[0], [1]] + [[0]] * 14
    return _one_unit("leaky", x, f=(2, [0]), i=(2, [0]), c=(0, [2]), o=(2, [0]))


def counter() -> Experiment:
    """Adds ½ to C at every 1. x = pulse."""
    x = [[pulse] for pulse in (0, 1, 0, 1, 1, 0, 0, 1, 1, 1, 0, 1, 0, 0)]
    return _one_unit("counter", x, f=(12, [0]), i=(-2.6, [5.2]), c=(0, [0.6]), o=(1, [0]))


def toggle() -> Experiment:
    """Turns C over at every 1. The candidate reads h, or it could not know which way. x = pulse."""
    x = [[pulse] for pulse in (0, 1, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0)]
    return _one_unit("toggle", x, U_c=-6, f=(6, [-12]), i=(-6, [12]), c=(1, [0]), o=(3, [0]))


def silent() -> Experiment:
    """Knows something and says nothing until it is asked. x = value, ask flag."""
    x = [(0, 0), (0.9, 0)] + [(0, 0)] * 8 + [(0, 1), (0, 0), (0, 0), (0, 1), (0, 0), (0, 0)]
    return _one_unit("silent", x, f=(6, [0, 0]), i=(2, [0, 0]), c=(0, [1.5, 0]), o=(-4, [0, 7]))


def noise() -> Experiment:
    """One flagged value, then ten steps where value and flag are both noisy. x = value, store flag."""
    x = [
        (-0.6, 0.1), (0.9, -0.2), (-0.3, 0.2), (0.7, 1.0),
        (-0.8, 0.2), (0.5, -0.1), (0.9, 0.1), (-0.4, -0.3), (-1.0, 0.1),
        (0.2, 0.3), (0.8, -0.2), (-0.7, 0.1), (0.6, 0.2), (-0.5, -0.1),
    ]  # fmt: skip
    return _one_unit("noise", x, f=(6, [0, 0]), i=(-6, [0, 10]), c=(0, [2, 0]), o=(2, [0, 0]))


def runaway() -> Experiment:
    """The cell of 1997: C climbs by ½ a step, and does not come back in time. x = value."""
    x = [[1]] * 14 + [[-1]] * 6
    return _one_unit("runaway", x, f=(1, [0]), i=(2.6, [0]), c=(0, [0.6]), o=(1, [0]), forget_gate=False)


def far() -> Experiment:
    """One early write whose gradient arrives after 22 steps. x = pulse."""
    x = [[int(t == 2)] for t in range(1, 25)]
    return _one_unit("far", x, U_c=0.8, f=(4, [0]), i=(-3, [5]), c=(0, [1.5]), o=(0, [0]))


def random(seed: int = 1) -> Experiment:
    """Two untrained units: weights, biases and inputs drawn between −1 and 1. x = 1st input, 2nd input."""
    if seed not in SEEDS:
        raise ValueError(f"seed: expected a whole number from {SEEDS[0]} to {SEEDS[-1]}, got {seed!r:.40}")
    H, D, T = 2, 2, 12
    draw = np.random.default_rng(int(seed)).uniform
    # + 0.0, because a number that rounds to -0.0 would be read as −0.00
    W, b, x = (np.round(draw(-1, 1, shape), 2) + 0.0 for shape in [(4, H, H + D), (4, H), (T, D)])
    return Experiment("random", LSTMParams(W, b), x, np.zeros(H), np.zeros(H), int(seed))


def _one_unit(key: str, x, *, U_c: float = 0.0, forget_gate: bool = True, **gates) -> Experiment:
    """One unit whose gates f, i, c, o are given as (bias, weights of the inputs).

    U_c : the weight with which the candidate reads h_prev; the three gates do not read it.
    """
    biases, weights = zip(*(gates[gate] for gate in GATES), strict=True)
    U = {"c": U_c}
    W = np.array([[[U.get(gate, 0.0), *of_inputs]] for gate, of_inputs in zip(GATES, weights, strict=True)])
    b = np.array([[float(bias)] for bias in biases])
    return Experiment(key, LSTMParams(W, b, forget_gate), np.array(x, float), np.zeros(1), np.zeros(1))


PRESETS = {
    "replace": overwrite, "latch": latch, "leaky": leaky, "counter": counter, "toggle": toggle,
    "silent": silent, "noise": noise, "runaway": runaway, "far": far, "random": random,
}  # fmt: skip
"""Key, which stands in links -> what makes the experiment."""

DEFAULT = "latch"
"""The preset of a link that changes something and names none. What an empty link opens, `opening.py` says."""


# Called several times for each change. An Experiment can't be changed, so one can serve all readers.
@lru_cache(maxsize=64)
def preset(key: str, seed: int = 1) -> Experiment:
    """The experiment that a preset starts as; only `random` looks at the seed.

    Raises KeyError for an unknown key, ValueError for a seed that is not in SEEDS.
    """
    return random(seed) if key == "random" else PRESETS[key]()

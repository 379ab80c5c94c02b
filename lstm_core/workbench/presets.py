"""Named experiments: assets/presets -> **presets** -> experiment -> trace; tests prove their claims.

Each has a folder: `preset.toml` says what it is, `en.toml` and the like what it is called and what to notice,
`claims.py` proves that. The teaching presets have one unit and round numbers, because readers see every one
of them on a slider and in the formulas.
"""

import tomllib
from functools import lru_cache
from pathlib import Path

import numpy as np

from ..params import GATES, LSTMParams
from ..words import FOLDERS
from . import brackets
from .experiment import Experiment

SEEDS = range(10_000)
"""The seeds of the random preset."""

DEFAULT = "latch"
"""The preset of a link that changes something and names none. What an empty link opens, `opening.py` says."""


def random(seed: int = 1) -> Experiment:
    """Two untrained units: weights, biases and inputs drawn between −1 and 1. x = 1st input, 2nd input."""
    if seed not in SEEDS:
        raise ValueError(f"seed: expected a whole number from {SEEDS[0]} to {SEEDS[-1]}, got {seed!r:.40}")
    H, D, T = 2, 2, 12
    draw = np.random.default_rng(int(seed)).uniform
    # + 0.0, because a number that rounds to -0.0 would be read as −0.00
    W, b, x = (np.round(draw(-1, 1, shape), 2) + 0.0 for shape in [(4, H, H + D), (4, H), (T, D)])
    return Experiment("random", LSTMParams(W, b), x, np.zeros(H), np.zeros(H), int(seed))


def _read(folder: Path) -> tuple[float, Experiment]:
    """The place of a preset in the select box, and its experiment: one unit, or the random one.

    `preset.toml` holds x, a row a step, or a line of text for a cell that follows brackets, and for each gate
    f, i, c, o its bias b and its weights V of the inputs; U is the weight with which it reads h, 0 where it
    is not there.
    """
    told = tomllib.loads((folder / "preset.toml").read_text("utf-8"))
    if told.get("drawn"):
        return told["order"], random()
    gates = [told[gate] for gate in GATES]
    W = np.array([[[gate.get("U", 0.0), *gate["V"]]] for gate in gates], float)
    b = np.array([[gate["b"]] for gate in gates], float)
    params, line = LSTMParams(W, b, told.get("forget_gate", True)), tuple(told.get("line", ""))
    x = brackets.inputs(line) if line else np.array(told["x"], float)
    return told["order"], Experiment(folder.name, params, x, np.zeros(1), np.zeros(1), labels=line)


PRESETS: dict[str, Experiment] = {
    experiment.preset: experiment
    for _, experiment in sorted(
        (_read(path.parent) for path in FOLDERS["preset"].glob("*/preset.toml")), key=lambda one: one[0]
    )
}
"""Key, which stands in links and is the name of the folder -> experiment, in the order of the select box."""


# Called several times for each change. An Experiment can't be changed, so one can serve all readers.
@lru_cache(maxsize=64)
def preset(key: str, seed: int = 1) -> Experiment:
    """The experiment that a preset starts as; only `random` looks at the seed.

    Raises KeyError for an unknown key, ValueError for a seed that is not in SEEDS.
    """
    return random(seed) if key == "random" else PRESETS[key]

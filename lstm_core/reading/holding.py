"""What a unit does, found by holding it: network, places -> **how the odds of a closing bracket change**."""

from dataclasses import dataclass

import numpy as np

from .following import HeldOut
from .letters import CLOSING, LETTERS
from .model import Model, Run

PLACES, BEFORE = 400, 200
"""How many places inside brackets are tried, and how many letters are read before each."""


@dataclass(frozen=True)
class Held:
    """By which factor the odds of a closing bracket change at the PLACES while C of one unit is held.

    factor : the median. same : the share of places at which they change in the direction of the median.
    """

    factor: float
    same: float


def inside_brackets(told_on: HeldOut, seed: int) -> np.ndarray:
    """(BEFORE, PLACES) signs that end at places inside brackets, drawn by a seed."""
    inside = told_on.features["brackets"] & told_on.there
    inside[: BEFORE - 1] = False
    found = np.argwhere(inside)
    drawn = np.random.default_rng(seed).choice(len(found), PLACES, replace=False)
    return np.stack([told_on.signs[t - BEFORE + 1 : t + 1, b] for t, b in found[drawn]], axis=1)


def odds_of_closing(model: Model, signs: np.ndarray, held: dict[int, float] | None = None) -> np.ndarray:
    """(B,): p ∕ (1 − p) of any closing bracket after the last of signs (T, B), with units (from 0) held
    from the first."""
    h, C = np.zeros((2, signs.shape[1], model.H), np.float32)
    for unit, value in (held or {}).items():
        C[:, unit] = value
    logits = Run(model, signs, h, C, held).logits[-1].astype(np.float64)
    powers = np.exp(logits - logits.max(1, keepdims=True))
    of = [LETTERS.index(letter) for letter in CLOSING]
    closing = powers[:, of].sum(1)
    return closing / np.maximum(powers.sum(1) - closing, 1e-300)


def effect(model: Model, signs: np.ndarray, unit: int, value: float) -> Held:
    """What holding a unit (from 0) at a value does at all places."""
    change = np.log(odds_of_closing(model, signs, {unit: value}) / odds_of_closing(model, signs))
    median = float(np.median(change))
    return Held(float(np.exp(median)), float((np.sign(change) == np.sign(median)).mean()))

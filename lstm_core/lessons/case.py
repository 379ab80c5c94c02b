"""One variant of an item: random numbers -> **case**, a run and a place in it -> question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from ..params import GATES, LSTMParams
from ..trace import LSTMTrace
from ..workbench.experiment import Experiment

OPEN, SHUT = 9, -9
"""Biases that open and shut a gate."""


@dataclass(frozen=True)
class Case:
    """One variant of an item: a run, and the step and unit, both from 1, that the question is about.

    given : further numbers and words that the texts of the item mention.
    """

    experiment: Experiment
    t: int
    unit: int = 1
    given: dict[str, Any] = field(default_factory=dict)

    H = property(lambda self: self.experiment.H)
    D = property(lambda self: self.experiment.D)
    T = property(lambda self: self.experiment.T)

    @cached_property
    def trace(self) -> LSTMTrace:
        return self.experiment.trace()

    def whole(self, name: str) -> int:
        """A whole number that the texts mention."""
        return int(self.given[name])

    def at(self, key: str, by: int = 0, unit: int | None = None) -> float:
        """The value of a quantity, `by` steps after the step of the question; `x` is the first input."""
        column = 0 if key == "x" else (unit or self.unit) - 1
        return float(getattr(self.trace, key)[self.t - 1 + by, column])

    def exact(self, name: str) -> float | None:
        """A number of the texts as it is computed; None for a word, and for what is no number of the step."""
        if name in self.given:
            value = self.given[name]
            return None if isinstance(value, str) else float(value)
        if name.startswith("x_"):
            return float(self.trace.x[self.t - 1, int(name[2:]) - 1])
        return self.at(name)

    def told(self, **more: Any) -> Case:
        """The same place of the same run, with further numbers and words for the texts."""
        return replace(self, given=self.given | more)

    def moved(self, t: int, unit: int) -> Case:
        """Another step and unit of the same run, which is not run again."""
        there = replace(self, t=t, unit=unit)
        there.__dict__["trace"] = self.trace  # where `cached_property` looks for it
        return there


class Draw:
    """Random numbers that an item and a seed determine. They have few decimals, to calculate with."""

    def __init__(self, key: str, seed: int):
        self._random = np.random.default_rng([seed, *key.encode()])

    def number(self, low: float, high: float, decimals: int = 1) -> float:
        return round(float(self._random.uniform(low, high)), decimals) + 0.0  # + 0.0 turns −0.0 into 0.0

    def signed(self, low: float, high: float, decimals: int = 1) -> float:
        """A number of either sign whose magnitude lies between the two."""
        return self.number(low, high, decimals) * self.pick(-1, 1)

    def numbers(self, count: int, low: float, high: float, decimals: int = 2) -> list[float]:
        drawn = np.round(self._random.uniform(low, high, count), decimals) + 0.0
        return drawn.tolist()

    def whole(self, low: int, high: int) -> int:
        return int(self._random.integers(low, high + 1))

    def pick(self, *choices):
        return choices[self.whole(0, len(choices) - 1)]


def one_unit(preset: str, x, U=(0, 0, 0, 0), C0=0.0, h0=0.0, forget_gate=True, **gates) -> Experiment:
    """An experiment of one unit.

    preset : whose names the inputs have. U : the weights of h for f, i, c, o.
    gates : f, i, c and o, each as (bias, weight of x_1, weight of x_2, …).
    """
    W = [[[u, *gates[gate][1:]]] for u, gate in zip(U, GATES, strict=True)]
    b = [[gates[gate][0]] for gate in GATES]
    params = LSTMParams(np.array(W, float), np.array(b, float), forget_gate)
    return Experiment(preset, params, x, np.array([h0]), np.array([C0]))


def ordinary(draw: Draw, t: int | None = None, **changes) -> Case:
    """One unit with one input, half-open gates and a memory from the start.

    At each step something is kept, erased, written and shown.
    t : the step that is asked about; drawn where it is None. changes : gates instead of the drawn ones.
    """
    gates = {gate: (draw.number(-1.5, 1.5), draw.signed(0.3, 1.5)) for gate in GATES}
    U = [draw.signed(0.2, 1) for _ in GATES]
    x = [[value] for value in draw.numbers(6, -1, 1)]
    experiment = one_unit("leaky", x, U, C0=draw.signed(0.5, 2), **(gates | changes))
    return Case(experiment, t or draw.whole(2, 4))


def ordinary_if(suits: Callable[[Case], bool]) -> Callable[[Draw], Case | None]:
    """What draws an `ordinary` case, or None where it does not suit, for which another one is drawn."""

    def drawn(draw: Draw) -> Case | None:
        case = ordinary(draw)
        return case if suits(case) else None

    return drawn


def clearly(number: float, above: float, below: float) -> bool | None:
    """True above the one and False below the other; None between them, where nobody could say."""
    return True if number > above else False if number < below else None


def of_two(
    told: Callable[[Case], tuple[bool | None, bool | None]], **claims: tuple[bool, bool]
) -> dict[str, Callable[[Case], bool]]:
    """Claims on two things. told : whether each is so. claims : name -> what it says of the two."""

    def claim(wanted: tuple[bool, bool]) -> Callable[[Case], bool]:
        return lambda case: told(case) == wanted

    return {name: claim(wanted) for name, wanted in claims.items()}

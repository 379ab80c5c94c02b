"""One variant of a lesson's item: numbers drawn -> **case**, a run and a place in it -> question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from ..params import GATES, LSTMParams
from ..trace import LSTMTrace
from ..workbench.experiment import Experiment


@dataclass(frozen=True)
class Case:
    """One variant of an item: a run, and the step and unit, both from 1, that are asked about.

    given : further numbers and words that the texts name.
    """

    experiment: Experiment
    t: int
    unit: int = 1
    given: Mapping[str, float | str] = field(default_factory=dict)

    @cached_property
    def trace(self) -> LSTMTrace:
        return self.experiment.trace()

    def at(self, key: str, by: int = 0, unit: int | None = None) -> float:
        """A quantity of the run, `by` steps after the one that is asked about; `x` is the first input."""
        column = 0 if key == "x" else (unit or self.unit) - 1
        return float(getattr(self.trace, key)[self.t - 1 + by, column])


class Draw:
    """Random numbers of an item and seed, in round decimals, because readers calculate with them."""

    def __init__(self, key: str, seed: int):
        self._random = np.random.default_rng([seed, *key.encode()])

    def number(self, low: float, high: float, decimals: int = 1) -> float:
        return round(float(self._random.uniform(low, high)), decimals) + 0.0

    def signed(self, low: float, high: float, decimals: int = 1) -> float:
        """A number whose magnitude lies between the two, of either sign."""
        return self.number(low, high, decimals) * self.pick(-1, 1)

    def numbers(self, count: int, low: float, high: float, decimals: int = 2) -> list[float]:
        return [self.number(low, high, decimals) for _ in range(count)]

    def whole(self, low: int, high: int) -> int:
        return int(self._random.integers(low, high + 1))

    def pick(self, *choices):
        return choices[self.whole(0, len(choices) - 1)]


def one_unit(preset: str, x, U=(0, 0, 0, 0), C0=0.0, h0=0.0, forget_gate: bool = True, **gates) -> Experiment:
    """One unit whose gates f, i, c, o are given as (bias, weight of x_1, …); U are their weights of h.

    The preset lends its names of the inputs.
    """
    W = [[[u, *gates[gate][1:]]] for u, gate in zip(U, GATES, strict=True)]
    b = [[gates[gate][0]] for gate in GATES]
    return Experiment(preset, LSTMParams(W, b, forget_gate), x, [h0], [C0])


def ordinary(draw: Draw, t: int | None = None, **changes) -> Case:
    """Half-open gates, one input, memory from the start: a step at which everything happens a little."""
    gates = {gate: (draw.number(-1.5, 1.5), draw.signed(0.3, 1.5)) for gate in GATES}
    U = [draw.signed(0.2, 1) for _ in GATES]
    x = [[value] for value in draw.numbers(6, -1, 1)]
    experiment = one_unit("leaky", x, U, C0=draw.signed(0.5, 2), **(gates | changes))
    return Case(experiment, t or draw.whole(2, 4))

"""The walk through a step, forward and back: the phases in the order in which the equations are evaluated."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..backprop import LOSSES, WAYS
from .experiment import Experiment

ALL = "all"
"""Stands for the whole cell, where no single phase is looked at."""

PHASES = ("concatenate", "forget", "erase", "candidate", "write", "output", "show")


def step_on(phase: str, t: int, T: int, by: int) -> tuple[str, int]:
    """The phase and step that come `by` (1 or −1) phases after (phase, t).

    After the last phase comes the first one of the next step, and the other way round; the walk
    ends at both ends of the run. From ALL it starts at the first phase, or going back at the last,
    of the same step.
    """
    if phase == ALL:
        return (PHASES[0] if by > 0 else PHASES[-1]), t
    where = (t - 1) * len(PHASES) + PHASES.index(phase) + by
    where = min(max(where, 0), T * len(PHASES) - 1)
    return PHASES[where % len(PHASES)], where // len(PHASES) + 1


BACK_PHASES = ("arrive", "split", "gates", "sums", "hand_on")
"""The phases of a step on the walk back: δh; δo, δC; δf, δi, δC̃; δz; δC_{t−1}, δh_{t−1}."""


def back_on(phase: str, t: int, first: int, T: int, by: int) -> tuple[str, int]:
    """The phase and step that come `by` (1 or −1) phases after (phase, t) on the walk back.

    After the last phase comes the first one of the step before. The walk goes from step T to `first`.
    """
    n = len(BACK_PHASES)
    where = (T - t) * n + BACK_PHASES.index(phase) + by
    where = min(max(where, 0), (T - first + 1) * n - 1)
    return BACK_PHASES[where % n], T - where // n


RNN_WEIGHTS: dict[str, float | None] = {"0.5": 0.5, "1": 1.0, "1.5": 1.5, "candidate": None}
"""Name in the link -> the recurrent weight of the plain RNN beside the cell; None for the candidate's U."""

MIN_LENGTH, MAX_LENGTH = 10, 200
"""How few and how many steps a repeated input can have, in the link and on the slider."""


@dataclass(frozen=True)
class Focus:
    """What is looked at: step and unit, both from 1, and the phase of the step.

    phase : one of PHASES, ALL, or None for the one that the page opens on.
    present : presenter mode, large and without controls.
    length : how many steps the repeated input has where a long run is shown.
    rnn : a key of RNN_WEIGHTS.
    back : the phase of the walk back, one of BACK_PHASES; None where nobody walks back.
    loss, ways, last : what is walked back; see `backprop.backprop`.
    """

    t: int = 1
    unit: int = 1
    phase: str | None = None
    present: bool = False
    length: int = 100
    rnn: str = "1"
    back: str | None = None
    loss: str = LOSSES[0]
    ways: str = WAYS[0]
    last: int = 0

    @property
    def recurrence(self) -> float | None:
        """The recurrent weight of the plain RNN; None for the candidate's."""
        return RNN_WEIGHTS[self.rnn]

    def within(self, experiment: Experiment) -> Focus:
        """This focus, with step and unit moved to the nearest ones that the experiment has."""
        return replace(self, t=min(max(self.t, 1), experiment.T), unit=min(max(self.unit, 1), experiment.H))

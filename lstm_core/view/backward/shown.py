"""The numbers of a walk back as they are shown, rounded so that sums add up: backprop -> **shown**."""

from dataclasses import dataclass

import numpy as np

from ...backprop import Backprop
from ...params import GATES
from ...quantities import GATE_KEYS
from ...rounding import parts_of_sum, rounded, text

DECIMALS = 3


def gradient_text(value: float) -> str:
    """A gradient, or a number that it is computed from, as it stands on screen."""
    return text(value, decimals=DECIMALS)


@dataclass(frozen=True)
class Sum:
    """Parts and what they come to, rounded so that the parts shown add up to the total shown.

    parts : name of each part -> its number.
    """

    parts: dict[str, float]
    total: float


def _sum(parts: dict[str, float], total: float) -> Sum:
    numbers, whole = parts_of_sum(list(parts.values()), total, DECIMALS)
    return Sum(dict(zip(parts, numbers, strict=True)), whole)


@dataclass(frozen=True, eq=False)
class ShownWalk:
    """A walk back, seen at one step of one unit, both from 1.

    Every number is shown with DECIMALS. What one step hands back reads the same at the step that gets it.
    """

    walk: Backprop
    t: int
    unit: int

    def at(self, values: np.ndarray, t: int = 0) -> float:
        """The number of the unit at a step; 0 for the one that is seen."""
        return float(values[(t or self.t) - 1, self.unit - 1])

    def number(self, key: str) -> float:
        """∂L/∂ of h, C, f, i, C_tilde or o, or with "z_f" … "z_o" of a weighted sum."""
        if key.startswith("z_"):
            return float(self.walk.z[self.t - 1, GATES.index(key[2]), self.unit - 1])
        return self.at(getattr(self.walk, key))

    def of_run(self, key: str) -> float:
        """A number of the run itself at this step and unit, such as tanh_C."""
        return self.at(getattr(self.walk.trace, key))

    @property
    def is_walked(self) -> bool:
        """Whether the walk comes as far back as this step."""
        return self.t >= self.walk.first

    # -- what arrives -----------------------------------------------------------------------

    def h(self, t: int = 0) -> Sum:
        """What arrives at h_t: from the loss, and from the gates of the step after."""
        walk = self.walk
        return _sum(self._outer(walk.h_loss, walk.h_later, t or self.t), self.at(walk.h, t))

    def C(self, t: int = 0) -> Sum:
        """What arrives at C_t: from the loss, from h_t, through a peephole, and from the step after."""
        walk = self.walk
        parts = self._outer(walk.C_loss, walk.C_later, t or self.t)
        parts["tanh"] = self.at(walk.through_tanh, t)
        if walk.trace.params.peepholes is not None:
            parts["peephole"] = self.at(walk.through_peephole, t)
        return _sum(parts, self.at(walk.C, t))

    def _outer(self, loss: np.ndarray, later: np.ndarray, t: int) -> dict[str, float]:
        """The parts that come from outside of step t: none of the loss where it does not read this number."""
        of_loss = self.at(loss, t)
        parts = {"loss": of_loss} if of_loss else {}
        return parts if t == self.walk.trace.T else {**parts, "later": self.at(later, t + 1)}

    def f(self) -> Sum:
        """What f gets: by what it keeps, and in a coupled cell less what i gets, because i = 1 − f."""
        parts = {"kept": self.number("C") * self.of_run("C_prev")}
        if self.is_coupled:
            parts["i"] = -self.number("i")
        return _sum(parts, self.number("f"))

    @property
    def is_coupled(self) -> bool:
        """Whether i is 1 − f here."""
        run = self.walk.trace
        return run.params.coupled and not self.is_pinned("i")

    def is_pinned(self, gate: str) -> bool:
        """Whether a gate ("f", "i", "c", "o") is given here and not computed; f of the cell of 1997 is."""
        pinned = self.walk.trace.pinned
        return pinned is not None and bool(pinned[self.t - 1, GATES.index(gate), self.unit - 1])

    # -- what goes on -----------------------------------------------------------------------

    @property
    def goes_on(self) -> bool:
        """Whether the step before gets anything; not at the end of a truncated walk."""
        return self.t > self.walk.first or self.walk.first == 1

    @property
    def C_before(self) -> float:
        """What is handed back to C_{t−1}, as it reads there."""
        if self.t > self.walk.first:
            return self.C(self.t - 1).parts["later"]
        return rounded(self.at(self.walk.C_later), DECIMALS)

    @property
    def h_before(self) -> float:
        """What is handed back to h_{t−1}, as it reads there; what would be where that way is cut."""
        if self.t > self.walk.first and self.walk.through_h:
            return self.h(self.t - 1).parts["later"]
        return rounded(float(self.walk.through_gates(self.t)[:, self.unit - 1].sum()), DECIMALS)

    def handed_to_C(self) -> Sum:
        """The parts of `C_before`: along C, and in a cell with peepholes through the gates that see C."""
        parts = {"along": self.of_run("f") * self.number("C")}
        peepholes = self.walk.trace.params.peepholes
        if peepholes is not None:
            for row, gate in enumerate("fi"):
                parts[f"p_{gate}"] = float(peepholes[row, self.unit - 1]) * self.number(f"z_{gate}")
        return _sum(parts, self.C_before)

    def handed_to_h(self) -> Sum:
        """The parts of `h_before`, by the gate that read h_{t−1}, over all its units."""
        through = self.walk.through_gates(self.t)[:, self.unit - 1].tolist()
        return _sum(dict(zip(GATE_KEYS, through, strict=True)), self.h_before)

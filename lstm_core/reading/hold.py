"""What a hand holds of a network that reads: **hold** -> at which number, how far it goes, and as a text."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .reader import Unit

HELD = ("C", "f", "i", "C_tilde", "o")
"""What of a unit can be held at a number: its memory, or one of its gates, in the order of the gates."""

_DEFAULTS = {"f": 1.0, "i": 0.0, "C_tilde": 0.0, "o": 0.0}
_TEXT = re.compile(
    r"([1-9][0-9]{0,3})~(-?[0-9]{1,4}(?:\.[0-9]{1,4})?)(?:~(f|i|C_tilde|o))?(?:~([1-9][0-9]{0,3}))?", re.ASCII
)


@dataclass(frozen=True)
class Hold:
    """unit : the one that is held, from 1; None where the network reads freely. of : one of HELD. start : the
    letter from which on, from 1. value : the number at which; None for the one that is offered first."""

    unit: int | None = None
    of: str = HELD[0]
    start: int = 1
    value: float | None = None

    def at(self, units: Sequence[Unit]) -> float:
        """The number at which it is held, within its bounds; 0 where nothing is."""
        if self.unit is None:
            return 0.0
        low, high = bounds(units[self.unit - 1], self.of)
        return min(max(self.first(units), low) if self.value is None else max(self.value, low), high)

    def first(self, units: Sequence[Unit]) -> float:
        """The number that is offered first: C as it is where what the unit follows is not so, a forget gate
        that keeps all, any other gate that is shut."""
        return round(units[(self.unit or 1) - 1].outside, 2) if self.of == "C" else _DEFAULTS[self.of]

    def asked(self, units: Sequence[Unit]) -> dict[int, float]:
        """As `Reader.read` takes it."""
        return {} if self.unit is None else {self.unit: self.at(units)}

    def within(self, H: int, T: int) -> Hold:
        """The same for a network of H units that reads T letters; nothing, where there is no such unit."""
        return Hold() if (self.unit or 1) > H else replace(self, start=min(self.start, T))

    def __str__(self) -> str:
        """`37~-0.5`: C of unit 37 at −0.5; `37~1~f~12`: its forget gate at 1, from letter 12 on."""
        value = f"{self.value or 0:.4f}".rstrip("0").rstrip(".")
        parts = [str(self.unit), "0" if value == "-0" else value]
        parts += [self.of] * (self.of != "C") + [str(self.start)] * (self.start > 1)
        return "~".join(parts)

    @classmethod
    def of_text(cls, text: str) -> Hold | None:
        """The hold that `str` wrote; None for any other text."""
        match = _TEXT.fullmatch(text)
        if match is None:
            return None
        unit, value, of, start = match.groups()
        return cls(int(unit), of or "C", int(start or 1), float(value))


def bounds(unit: Unit, of: str) -> tuple[float, float]:
    """How far something of a unit can be moved: a gate as far as it goes, C as far as it went in code that
    was not read."""
    if of != "C":
        return (-1.0 if of == "C_tilde" else 0.0), 1.0
    return min(-1.0, float(math.floor(unit.low))), max(1.0, float(math.ceil(unit.high)))

"""The numbers of a run as a picture shows them: trace -> **shown numbers**, each ledger rounded once."""

from __future__ import annotations

from .. import rounding
from ..trace import LSTMTrace

LEDGER = ("C_prev", "kept", "erased", "written", "C")


class ShownNumbers:
    """Rounded numbers of one sequence, for as long as one picture is drawn."""

    def __init__(self, trace: LSTMTrace):
        self.trace = trace
        self._ledgers: dict[tuple[int, int], rounding.ShownLedger] = {}

    def ledger(self, t: int, unit: int) -> rounding.ShownLedger:
        """The ledger at step t of a unit, both from 1, rounded so that it adds up as shown."""
        if (t, unit) not in self._ledgers:
            self._ledgers[t, unit] = rounding.shown_ledger(self.trace, t, unit)
        return self._ledgers[t, unit]

    def at(self, key: str, t: int, place: int) -> float:
        """A number as shown, at step t of a unit, or of an input where the key is "x"; all from 1."""
        if key in LEDGER:
            return getattr(self.ledger(t, place), key)
        return rounding.rounded(getattr(self.trace, key)[t - 1, place - 1])

"""Numbers as the screen shows them, so rounded that sums still add up: trace -> **rounding** -> figures."""

import math
from dataclasses import dataclass

import numpy as np

from .trace import LSTMTrace

DECIMALS = 2

LARGE = 1e7
"""From here on a number is shown as 1.2e+07. Experiments made by hand stay far below it."""

EXACT = 1e13
"""Up to here a float is precise enough to have two decimals."""

UNKNOWN = "?"
"""Shown for a number that an open question covers; it is NaN in the trace (`lessons/cover.py`)."""


def rounded(value: float, decimals: int = DECIMALS) -> float:
    """`value` with so many decimals; with -1 it is rounded to tens, with -2 to hundreds. Never -0.0."""
    value = float(value)
    try:
        return round(value, decimals) + 0.0
    except OverflowError:  # next to the largest float
        return value - math.fmod(value, 10.0**-decimals)


def text(value: float, sign: bool = False, decimals: int = DECIMALS, in_full: bool = False) -> str:
    """A number as it stands on screen: 0.46, −0.16, with `sign` also +0.31; large ones as 1.2e+07.

    in_full : up to EXACT, not only up to LARGE, with its decimals, so that the parts of a sum add up.
    """
    number = rounded(value, decimals)
    if math.isnan(number):
        return UNKNOWN
    if abs(number) >= (EXACT if in_full else LARGE):
        return with_minus(f"{number:{'+' if sign else ''}.1e}")
    return with_minus(f"{number:{'+' if sign and number else ''}.{decimals}f}")


def with_minus(written: str) -> str:
    """A number as Python writes it, with the minus sign of the screen: −1e−05 for -1e-05."""
    return written.replace("-", "−")


def slope_text(value: float) -> str:
    """A derivative with three decimals; "±0.000…" for one that is not 0 and would read as 0."""
    return "±0.000…" if 0 < abs(value) < 0.0005 else text(value, decimals=3)


def exact(value: float) -> str:
    """A number at full precision."""
    return UNKNOWN if math.isnan(value) else repr(float(value))


def parts_of_sum(parts, total: float, decimals: int = DECIMALS) -> tuple[list[float], float]:
    """`parts`, whose sum is `total`, and the total, rounded so that the parts add up to the total.

    This is the method of the largest remainder: each part is rounded down, then the parts that lost
    most are raised by one unit of the last place, so each is off by less than one such unit.
    If a number is too large to have decimals as a float, that unit is the second digit of the
    largest number. If a number is covered, each is rounded by itself. Show them with
    `text(…, in_full=True)`.
    """
    largest = float(np.nanmax(np.abs([*parts, total]), initial=0.0))
    decimals = decimals if largest < EXACT else _two_digits(largest)
    rounded_total = rounded(total, decimals)
    if not len(parts):
        return [], rounded_total
    if np.isnan([total, *parts]).any():
        return [rounded(part, decimals) for part in parts], rounded_total
    exact = [_scaled(float(part), decimals) for part in parts]
    whole = [math.floor(e) for e in exact]
    missing = round(_scaled(rounded_total, decimals)) - sum(whole)
    order = sorted(range(len(exact)), key=lambda k: whole[k] - exact[k])
    for k in range(abs(missing)):  # only float error can make a part change by more than one unit
        whole[order[k % len(order)]] += 1 if missing > 0 else -1
    return [rounded(_scaled(w, -decimals), decimals) for w in whole], rounded_total


def _scaled(number: float, decimals: int) -> float:
    """`number` times ten to the power of `decimals`, exact where a float can be."""
    return number * 10.0**decimals if decimals >= 0 else number / 10.0**-decimals


def _two_digits(largest: float) -> int:
    """The (negative) number of decimals that leaves the largest number two digits."""
    return 1 - math.floor(math.log10(largest))


LEDGER = ("C_prev", "kept", "erased", "written", "C")
"""The numbers that `shown_ledger` rounds together."""


@dataclass(frozen=True)
class ShownLedger:
    """The ledger of one unit and step as shown: `kept + erased == C_prev`, `kept + written == C`."""

    C_prev: float
    kept: float
    erased: float
    written: float
    C: float


def shown_ledger(trace: LSTMTrace, t: int, unit: int) -> ShownLedger:
    """The ledger at step t of a unit (both from 1), of one sequence, rounded to add up as shown.

    C_{t-1} and C_t are rounded as usual, so C_t reads the same as C_{t-1} of the next step. kept is
    rounded up or down, whichever leaves erased and written closer to their true values; none of the
    three is off by more than 0.01. If |C| of the unit passes LARGE in the run, all five are rounded
    to the second digit of its largest value instead. A covered number stays covered, and does not
    change how the others are rounded.
    """
    row = (t - 1, unit - 1)
    C_prev, kept, erased, written, C = (float(getattr(trace, key)[row]) for key in LEDGER)
    largest = float(np.nanmax(np.abs(trace.cells[:, unit - 1]), initial=0.0))
    decimals = DECIMALS if largest < LARGE else _two_digits(largest)
    whole_before, whole = rounded(C_prev, decimals), rounded(C, decimals)

    def beside(kept_shown, whole, part):
        rest = whole - kept_shown
        return rounded(part if math.isnan(rest) else rest, decimals)

    def ledger(kept_shown):
        return ShownLedger(
            whole_before,
            kept_shown,
            beside(kept_shown, whole_before, erased),
            beside(kept_shown, whole, written),
            whole,
        )

    def error(candidate):
        off = (candidate.kept - kept, candidate.erased - erased, candidate.written - written)
        return max(abs(difference) for difference in off if not math.isnan(difference))

    if math.isnan(kept):
        return ledger(kept)
    low = math.floor(_scaled(kept, decimals))
    return min((ledger(rounded(_scaled(k, -decimals), decimals)) for k in (low, low + 1)), key=error)


class ShownNumbers:
    """The numbers of one sequence as they are shown; each ledger is rounded once."""

    def __init__(self, trace: LSTMTrace):
        self.trace = trace
        self._ledgers: dict[tuple[int, int], ShownLedger] = {}

    def ledger(self, t: int, unit: int) -> ShownLedger:
        """The ledger at step t of a unit, both from 1, rounded so that it adds up as shown."""
        if (t, unit) not in self._ledgers:
            self._ledgers[t, unit] = shown_ledger(self.trace, t, unit)
        return self._ledgers[t, unit]

    def at(self, key: str, t: int, place: int) -> float:
        """A number as shown, at step t of a unit, or of an input where the key is "x"; all from 1."""
        if key in LEDGER:
            return getattr(self.ledger(t, place), key)
        return rounded(getattr(self.trace, key)[t - 1, place - 1])


def equals(result: float, shown_result: float) -> str:
    """ "=" where an expression of shown numbers gives the shown result, "≈" where it only does unrounded.

    "=" also where one of the two is covered.
    """
    return "≈" if abs(result - shown_result) >= 0.5 * 10**-DECIMALS + 1e-12 else "="


def nice_limit(values: np.ndarray, least: float = 1.0) -> float:
    """A round number (1, 1.5, 2, 3, 5 times a power of ten) that no |value| passes, at least `least`.

    Axes end there, so that they stay as they are while a value changes a little. Covered values are
    left out.
    """
    largest = max(float(np.nanmax(np.abs(values), initial=0.0)), least)
    power = 10.0 ** math.floor(math.log10(largest))
    return next(step * power for step in (1, 1.5, 2, 3, 5, 10) if step * power >= largest * (1 - 1e-12))

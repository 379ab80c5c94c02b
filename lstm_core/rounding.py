"""Numbers as they are shown, which add up as shown: trace -> **rounding** -> figures."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .trace import LSTMTrace

DECIMALS = 2

UNKNOWN = "?"
"""Stands for a number that is covered, which is NaN (`cover.py`)."""


def shown(value: float, decimals: int = DECIMALS) -> float:
    """`value` to the shown number of decimals; never a negative zero."""
    return round(float(value), decimals) + 0.0


def text(value: float, sign: bool = False, decimals: int = DECIMALS) -> str:
    """A number as it stands on screen: 0.46, −0.16, with `sign` also +0.31; large ones as 1.2e+06."""
    number = shown(value, decimals)
    if math.isnan(number):
        return UNKNOWN
    if abs(number) >= 1e5:
        return f"{number:{'+' if sign else ''}.1e}".replace("-", "−", 1 if number < 0 else 0)
    return f"{number:{'+' if sign and number else ''}.{decimals}f}".replace("-", "−")


def exact(value: float) -> str:
    """A number at full precision."""
    return UNKNOWN if math.isnan(value) else repr(float(value))


def parts_of_sum(parts, total: float, decimals: int = DECIMALS) -> list[float]:
    """`parts`, whose sum is `total`, rounded so that they add up to the rounded total.

    The method of the largest remainder: each part is rounded down, then the parts that lost
    most are raised by one unit of the last place, so each is off by less than one such unit. Where
    one of the numbers is covered, each is rounded by itself.
    """
    if not len(parts):
        return []
    # no room for decimals, or no sum
    if not max(abs(float(number)) for number in (total, *parts)) < 1e9 or np.isnan([total, *parts]).any():
        return [shown(p, decimals) for p in parts]
    scale = 10**decimals
    exact = [float(p) * scale for p in parts]
    whole = [math.floor(e) for e in exact]
    missing = round(shown(total, decimals) * scale) - sum(whole)
    order = sorted(range(len(exact)), key=lambda k: whole[k] - exact[k])
    for k in range(abs(missing)):  # more than once round only where float error added up
        whole[order[k % len(order)]] += 1 if missing > 0 else -1
    return [w / scale for w in whole]


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

    C_{t-1} and C_t are rounded, so they read the same at the next step; of the two ways to round
    kept the one is taken that leaves erased and written closest to the truth. None of the
    three is off by more than 0.01. What is covered stays so, and has no say in how the rest is rounded.
    """
    row = (t - 1, unit - 1)
    C_prev, kept, erased, written, C = (
        float(getattr(trace, key)[row]) for key in ("C_prev", "kept", "erased", "written", "C")
    )
    whole_before, whole = shown(C_prev), shown(C)

    def beside(kept_shown, whole, part):
        rest = whole - kept_shown
        return shown(part if math.isnan(rest) else rest)

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
    scale = 10**DECIMALS
    low = math.floor(kept * scale)
    return min((ledger(shown(k / scale)) for k in (low, low + 1)), key=error)


def shown_at(trace: LSTMTrace, key: str, t: int, unit: int) -> float:
    """A number of the trace as shown: those of the ledger add up as shown, all others are rounded."""
    if key in ("C_prev", "kept", "erased", "written", "C"):
        return getattr(shown_ledger(trace, t, unit), key)
    return shown(getattr(trace, key)[t - 1, unit - 1])


def equals(result: float, shown_result: float) -> str:
    """ "=" where an expression of shown numbers gives the shown result, "≈" where it only does unrounded.

    Where either is covered there is nothing to doubt.
    """
    return "≈" if abs(result - shown_result) >= 0.5 * 10**-DECIMALS + 1e-12 else "="


def nice_limit(values: np.ndarray, least: float = 1.0) -> float:
    """A round number (1, 1.5, 2, 3, 5 times a power of ten) that no |value| passes, at least `least`.

    Axes use it so that they stand still while a value moves within them. Covered values have no say.
    """
    largest = max(float(np.nanmax(np.abs(values), initial=0.0)), least)
    power = 10.0 ** math.floor(math.log10(largest))
    return next(step * power for step in (1, 1.5, 2, 3, 5, 10) if step * power >= largest * (1 - 1e-12))

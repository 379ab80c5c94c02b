"""Numbers as they are shown, which add up as shown: trace -> **rounding** -> figures."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .trace import LSTMTrace

DECIMALS = 2


def shown(value: float, decimals: int = DECIMALS) -> float:
    """`value` to the shown number of decimals; never a negative zero."""
    return round(float(value), decimals) + 0.0


def text(value: float, sign: bool = False, decimals: int = DECIMALS) -> str:
    """A number as it stands on screen: 0.46, −0.16, with `sign` also +0.31; large ones as 1.2e+06."""
    number = shown(value, decimals)
    if abs(number) >= 1e5:
        return f"{number:{'+' if sign else ''}.1e}".replace("-", "−", 1 if number < 0 else 0)
    return f"{number:{'+' if sign and number else ''}.{decimals}f}".replace("-", "−")


def parts_of_sum(parts, total: float, decimals: int = DECIMALS) -> list[float]:
    """`parts`, whose sum is `total`, rounded so that they add up to the rounded total.

    The method of the largest remainder: each part is rounded down, then the parts that lost
    most are raised by one unit of the last place, so each is off by less than one such unit.
    """
    if not len(parts):
        return []
    if max(abs(float(total)), *(abs(float(p)) for p in parts)) >= 1e9:  # no room for decimals
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
    three is off by more than 0.01.
    """
    row = (t - 1, unit - 1)
    C_prev, C = shown(trace.C_prev[row]), shown(trace.C[row])
    kept, written = float(trace.kept[row]), float(trace.written[row])
    erased = float(trace.erased[row])
    scale = 10**DECIMALS

    def ledger(kept_shown):
        return ShownLedger(C_prev, kept_shown, shown(C_prev - kept_shown), shown(C - kept_shown), C)

    def error(candidate):
        return max(
            abs(candidate.kept - kept), abs(candidate.erased - erased), abs(candidate.written - written)
        )

    low = math.floor(kept * scale)
    return min((ledger(shown(k / scale)) for k in (low, low + 1)), key=error)


def shown_at(trace: LSTMTrace, key: str, t: int, unit: int) -> float:
    """A number of the trace as shown: those of the ledger add up as shown, all others are rounded."""
    if key in ("C_prev", "kept", "erased", "written", "C"):
        return getattr(shown_ledger(trace, t, unit), key)
    return shown(getattr(trace, key)[t - 1, unit - 1])


def equals(result: float, shown_result: float) -> str:
    """ "=" where an expression of shown numbers gives the shown result, "≈" where it only does unrounded."""
    return "=" if abs(result - shown_result) < 0.5 * 10**-DECIMALS + 1e-12 else "≈"


def nice_limit(values: np.ndarray, least: float = 1.0) -> float:
    """A round number (1, 1.5, 2, 3, 5 times a power of ten) that no |value| passes, at least `least`.

    Axes use it so that they stand still while a value moves within them.
    """
    largest = max(float(np.abs(values).max(initial=0.0)), least)
    power = 10.0 ** math.floor(math.log10(largest))
    return next(step * power for step in (1, 1.5, 2, 3, 5, 10) if step * power >= largest * (1 - 1e-12))

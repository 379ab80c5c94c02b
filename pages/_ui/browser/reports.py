"""What a component sent, which may be anything: report -> **reports** -> numbers to believe."""

from __future__ import annotations

import math


def whole(value: object) -> int:
    """A count from 0 that a browser holds exactly; 0 for anything else."""
    return value if type(value) is int and 0 <= value < 2**53 else 0


def finite(value: object) -> bool:
    """Whether it is a number that a float holds."""
    # An integer of thousands of digits is finite and yet no float.
    return type(value) in (int, float) and abs(value) < 1e300 and math.isfinite(value)

"""What a component sent, which may be anything: report -> **check** -> numbers that are safe to use."""

from __future__ import annotations

import math


def whole(value: object) -> int:
    """The value if it is a whole number from 0 that a browser can hold exactly, else 0."""
    return value if type(value) is int and 0 <= value < 2**53 else 0


def finite(value: object) -> bool:
    """Whether the value is a number that a float can hold."""
    # Python's integers can be too large for a float, and `math.isfinite` would raise an error for them.
    return type(value) in (int, float) and abs(value) < 1e300 and math.isfinite(value)

"""The rows that the tests of the time strip draw, and the strip drawn with them and read back."""

from __future__ import annotations

import re

from lstm_core.view.strip.time_strip import Row, time_strip
from tests.lstm_core.view.pictures import words
from tests.lstm_core.view.strips import Strip

ROWS = [
    Row("inputs"),
    Row("lines", 90, ("f", "i", "o")),
    Row("lines", 70, ("C_tilde",)),
    Row("lines", 70, ("tanh_C", "h")),
    Row("ledger", 110),
    Row("provenance", 110),
]


LINES = {"f": 1, "i": 1, "o": 1, "C_tilde": 2, "tanh_C": 3, "h": 3, "C": 4}
"""Quantity -> the row of ROWS that it is drawn in."""


NO_NUMBER = re.compile(r"\b(nan|inf)")


def strip(trace, unit=1, t=1, rows=ROWS, **more) -> Strip:
    return Strip(time_strip(trace, unit, t, rows, words, **more))

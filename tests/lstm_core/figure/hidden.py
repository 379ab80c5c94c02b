"""A figure of what a question covers, and the numbers that nothing may tell."""

from __future__ import annotations

import json
import re

from lstm_core.figure import Figure
from lstm_core.figure.draw import PICTURES
from lstm_core.figure.handles import GROUPS
from lstm_core.lessons.items import make
from lstm_core.rounding import text
from lstm_core.view.strip import Row
from tests.lstm_core.view.secrets import numbers, texts_to_be_seen

ROWS = (Row("inputs"), Row("lines", 60, ("f", "i", "o")), Row("lines", 60, ("C_tilde", "h")),
        Row("ledger", 90), Row("provenance", 80))  # fmt: skip


def of_question(key: str) -> Figure:
    """All that a figure can show, of the run that an item asks about."""
    asked = make(key, 1)
    figure = Figure(asked.case.experiment, pictures=tuple(PICTURES), rows=ROWS, covers=(asked,),
                    panels=("t", "length", *GROUPS), arrangement="wide", goes_back=True)  # fmt: skip
    return figure.looked(t=asked.case.t, unit=asked.case.unit)


def exact_of(*sent) -> set[float]:
    """Every number of full precision in what is sent."""
    found = re.findall(r"-?\d+\.\d{3,}(?:e-?\d+)?", json.dumps(sent))
    return {abs(float(number)) for number in found}


def secrets(figure: Figure) -> tuple[set[str], set[float]]:
    """The covered numbers that nothing may show, as they are read and in full."""
    [question] = figure.covers
    hidden, seen = ([*numbers(question, covered=is_covered)] for is_covered in (True, False))
    # Numbers of few digits stand in a picture for another reason.
    full = {abs(number) for number in hidden if len(repr(abs(number))) > 7} - {abs(number) for number in seen}
    return {text(number).lstrip("−") for number in hidden} - texts_to_be_seen(question), full

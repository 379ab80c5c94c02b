"""What an open question covers: the numbers that no page may show, and those that a page shows."""

import re

from lstm_core.quantities import QUANTITIES
from lstm_core.rounding import exact
from tests.pages.apps import texts


def covered_numbers(question) -> set[str]:
    """The covered numbers of the run as hover texts tell them: exact, and in a long run with six digits.

    Left out are those that are also the value of something that is not covered, and short ones such
    as 0.5, which may stand on the page for another reason.
    """
    numbers = {True: set(), False: set()}
    for name in (name for name, quantity in QUANTITIES.items() if quantity.in_trace and name != "x"):
        for t, values in enumerate(getattr(question.case.trace, name), start=1):
            numbers[question.covers(name, t)] |= {*map(exact, values), *(f"{value:.6g}" for value in values)}
    return {number for number in numbers[True] - numbers[False] if len(number) > 6}


def numbers_on(at) -> set[str]:
    """Every number on the page, in its tables too."""
    tables = [table.value.select_dtypes("number").to_numpy().ravel() for table in at.dataframe]
    in_tables = {exact(number) for numbers in tables for number in numbers}
    return in_tables | set(re.findall(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?", texts(at)))

"""What a question covers, and what can be read of a picture: question, picture -> **numbers**."""

import re
from html import unescape
from itertools import product

from lstm_core.explain import pre_activation_terms
from lstm_core.memory import STUCK
from lstm_core.params import GATES
from lstm_core.quantities import TRACE_KEYS
from lstm_core.rounding import text

SATURATED = text(STUCK)
"""Stands in a sentence of the texts."""


def numbers(question, covered: bool):
    """Every number of the run that is covered, or every one that is not."""
    whole = question.case.trace
    for name in TRACE_KEYS:
        for t in range(1, whole.T + 1):
            if question.covers(name, t) == covered:
                yield from map(float, getattr(whole, name)[t - 1])
    for gate, letter in product(GATES, "Wb"):
        if question.covers(f"{letter}_{gate}", 1) == covered:
            yield from map(float, getattr(whole.params, f"{letter}_{gate}").flat)


def texts_to_be_seen(question):
    """All that may be read, without its sign: what is not covered, and the terms of sums that are not."""
    whole, seen = question.case.trace, list(numbers(question, covered=False))
    for t, unit, gate in product(range(1, whole.T + 1), range(1, whole.params.H + 1), GATES):
        if not question.covers(f"z_{gate}", t):
            terms = pre_activation_terms(whole, t, unit, gate)[:-1]
            seen += [term.weight for term in terms]
            sides = [sum(term.product for term in terms if term.kind == kind) for kind in "UV"]
            seen += [term.product for term in terms] + [*sides, sum(sides)]
    off = (-0.01, -0.005, 0, 0.005, 0.01)  # rounded to add up
    return {text(number + by).lstrip("−") for number in seen for by in off} | {"0.00", "1.00", SATURATED}


def told(picture: str) -> set[str]:
    """The numbers of two decimals in what is read or read out of a picture, without their sign."""
    read_out = re.findall(r'(?:aria-label|title)="([^"]*)"', picture)
    read = re.sub(r"<style>.*?</style>|<[^>]*>", " ", picture)
    return set(re.findall(r"(?<![\d.])\d+\.\d\d(?!\d)", unescape(" ".join([read, *read_out]))))

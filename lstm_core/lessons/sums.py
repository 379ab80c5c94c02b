"""The arithmetic that texts of items spell out, such as f × C_{t−1} = kept: values as shown -> **sum**."""

import math
from operator import mul, truediv

from ..formula import sigma
from .question import TRUTH, Sum


def of_sigma(term: str, result: str = TRUTH) -> Sum:
    """σ of a number."""
    return Sum(result, (term,), sigma)


def of_tanh(term: str) -> Sum:
    """tanh of a number."""
    return Sum(TRUTH, (term,), math.tanh)


def times(*terms: str, result: str = TRUTH) -> Sum:
    """Two numbers multiplied."""
    return Sum(result, terms, mul)


def ratio(*terms: str) -> Sum:
    """The first number divided by the second."""
    return Sum(TRUTH, terms, truediv)


def power(base: str, exponent: str, result: str = TRUTH) -> Sum:
    """A number multiplied by itself so many times."""
    return Sum(result, (base, exponent), pow)


def total(*terms: str) -> Sum:
    """Numbers added up."""
    return Sum(TRUTH, terms, lambda *numbers: sum(numbers))


KEPT = times("f", "C_prev", result="kept")
WRITTEN = times("i", "C_tilde", result="written")

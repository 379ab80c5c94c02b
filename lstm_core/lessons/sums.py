"""The arithmetic that texts of items spell out, such as f × C_{t−1} = kept: values as shown -> **sum**."""

from __future__ import annotations

import math
from operator import mul, truediv

from ..formula import sigma
from .question import TRUTH, Sum


def of_sigma(term: str, result: str = TRUTH) -> Sum:
    """σ of a number."""
    return Sum(result, (term,), sigma)


def of_tanh(term: str, result: str = TRUTH) -> Sum:
    """tanh of a number."""
    return Sum(result, (term,), math.tanh)


def times(*terms: str, result: str = TRUTH) -> Sum:
    """Two numbers multiplied."""
    return Sum(result, terms, mul)


def ratio(*terms: str, result: str = TRUTH) -> Sum:
    """The first number divided by the second."""
    return Sum(result, terms, truediv)


def power(base: str, exponent: str, result: str = TRUTH) -> Sum:
    """A number multiplied by itself so many times."""
    return Sum(result, (base, exponent), pow)


def total(*terms: str, result: str = TRUTH) -> Sum:
    """Numbers added up."""
    return Sum(result, terms, lambda *numbers: sum(numbers))


KEPT = times("f", "C_prev", result="kept")
WRITTEN = times("i", "C_tilde", result="written")

"""A rule as a formula: rule, names of its parents -> **written** in LaTeX, with numbers, for a spreadsheet.

A rule is an ordinary function, such as `lambda f, C_prev: f * C_prev`. Called with numbers or arrays it
computes; called with terms it writes itself down. So what a quantity is computed by stands in one place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import signature
from typing import Any

import numpy as np

Rule = Callable[..., Any]


@dataclass(frozen=True)
class Style:
    """How operators and functions are written. sigma, tanh : text with {} in the place of the argument."""

    times: str
    minus: str
    sigma: str
    tanh: str


LATEX = Style(r" \odot ", "-", r"\sigma({})", r"\tanh({})")
WITH_NUMBERS = Style(" × ", " − ", "σ({})", "tanh({})")
SPREADSHEET = Style("*", "-", "0.5*TANH(0.5*{})+0.5", "TANH({})")


@dataclass(frozen=True)
class Term:
    """A piece of a formula. is_sum : whether it needs brackets as a factor."""

    text: str
    style: Style
    is_sum: bool = False

    def __mul__(self, other: Term) -> Term:
        return Term(f"{self._factor}{self.style.times}{other._factor}", self.style)

    def __add__(self, other: Term) -> Term:
        return Term(f"{self.text} + {other.text}", self.style, True)

    def __rsub__(self, other: int) -> Term:
        return Term(f"{other}{self.style.minus}{self._factor}", self.style, True)

    @property
    def _factor(self) -> str:
        return f"({self.text})" if self.is_sum else self.text


def sigma(z):
    """σ(z) = ½·tanh(½·z) + ½, the form that overflows for no z; of a term, as it is written."""
    return (
        Term(z.style.sigma.format(z.text), z.style) if isinstance(z, Term) else 0.5 * np.tanh(0.5 * z) + 0.5
    )


def tanh(z):
    """tanh(z); of a term, as it is written."""
    return Term(z.style.tanh.format(z.text), z.style) if isinstance(z, Term) else np.tanh(z)


def parents_of(rule: Rule) -> tuple[str, ...]:
    """What a rule takes: the keys of the quantities that it is computed from."""
    return tuple(signature(rule).parameters)


def written(rule: Rule, names: Mapping[str, str], style: Style) -> str:
    """The rule as a formula. names : key -> how the quantity is written."""
    made = rule(*(Term(names[key], style) for key in parents_of(rule)))
    return made.text if isinstance(made, Term) else str(made)

"""Lines of code to try a network on, drawn by a seed: dice -> **line** -> text."""

from collections.abc import Callable

import numpy as np

from .letters import CLOSING

OPENING = "([{"

_NAMES = ("a", "b", "x", "items", "name", "size", "total", "line", "key", "values")
_CALLS = ("len", "max", "print", "sorted", "str", "sum", "self.add", "open", "list")


def line(dice: Callable[[int, int], int]) -> str:
    """A line of code with brackets in brackets. dice : draws a whole number from one to another."""

    def one(of: tuple[str, ...]) -> str:
        return of[dice(0, len(of) - 1)]

    def value(depth: int) -> str:
        kind = dice(0, 4) if depth else dice(0, 1)
        if kind < 2:
            return one(_NAMES) if kind else str(dice(0, 99))
        inner = ", ".join(value(depth - 1) for _ in range(dice(1, 2)))
        return f"{one(_CALLS)}({inner})" if kind < 4 else f"[{inner}]"

    start = "return " if dice(0, 1) else f"{one(_NAMES)} = "
    return f"{start}{one(_CALLS)}({value(1)}, {value(2)})"


def inside(text: str) -> np.ndarray:
    """(T,): after which letters of a text without strings a bracket is open."""
    opens = [(letter in OPENING) - (letter in CLOSING) for letter in text]
    return np.cumsum(opens) > 0

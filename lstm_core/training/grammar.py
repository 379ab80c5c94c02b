"""Problems whose answer is the next symbol: random generator -> **grammar** -> batch.

A grammar is a table of places. At each place some symbols are possible, each with its chance, and each
leads to another place. Reading one symbol, the network shall say which ones can come next.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from .batch import Batch


@dataclass(frozen=True, eq=False)
class Grammar:
    """Places 0 … N−1, of which 0 is the start; the symbol that leads away from it is the first input.

    symbols : one character each, K of them.
    chances : (N, K), how probable each symbol is at a place. A row of zeros is the end.
    leads_to : (N, K), the place that a symbol leads to.
    variables : what a place stands for, by name, (N,) each.
    """

    symbols: str
    chances: np.ndarray
    leads_to: np.ndarray
    variables: dict[str, np.ndarray]

    def draw(self, random: np.random.Generator, T: int, B: int) -> Batch:
        """B walks from the start, cut after T steps where they have not come to their end."""
        K, place = len(self.symbols), np.zeros(B, int)
        spelled, places = np.empty((2, T + 1, B), int)
        dice = random.random((T + 1, B, 1))
        for t in range(T + 1):
            spelled[t] = (dice[t] >= self._limits[place]).sum(axis=-1)  # K at the end: no symbol
            places[t] = place = self._goals[place, spelled[t]]
        one_hot = np.eye(K + 1)[spelled][..., :K]
        after = places[:T]  # where step t has led: what can come next depends on it
        counts = spelled[1:] < K
        return Batch(
            x=one_hot[:T],
            target=one_hot[1:],
            counts=counts,
            lasts=spelled[:T] < K,
            variables={name: np.where(counts, of[after], np.nan) for name, of in self.variables.items()},
            chances=self.chances[after],
        )

    def encode(self, text: str) -> np.ndarray:
        """(T, K): the symbols of a text as inputs. A character that is none of them is read as a letter."""
        letters = [k for k, symbol in enumerate(self.symbols) if symbol.isalpha()]
        known = {symbol: k for k, symbol in enumerate(self.symbols)}
        rows = [known.get(character, letters[ord(character) % len(letters)]) for character in text]
        return np.eye(len(self.symbols))[rows]

    @cached_property
    def _limits(self) -> np.ndarray:
        """(N, K): a number from 0 to 1 stands for the symbol whose limit is the first above it."""
        limits = np.cumsum(self.chances, axis=1)
        return limits / np.maximum(limits[:, -1:], 1e-300)  # sums of thirds fall a little short of 1

    @cached_property
    def _goals(self) -> np.ndarray:
        """(N, K+1): `leads_to`, with a last column for the end of a walk, which stays where it is."""
        return np.concatenate([self.leads_to, np.arange(len(self.chances))[:, None]], axis=1)


def grammar_of(symbols: str, edges: dict, **variables) -> Grammar:
    """A grammar from edges {place: {symbol: (next place, weight)}}; the first place is the start.

    variables : functions of a place that give a number.
    """
    number = {place: n for n, place in enumerate(edges)}
    chances, leads_to = np.zeros((len(edges), len(symbols))), np.zeros((len(edges), len(symbols)), int)
    for place, ways in edges.items():
        for symbol, (goal, weight) in ways.items():
            chances[number[place], symbols.index(symbol)] = weight
            leads_to[number[place], symbols.index(symbol)] = number[goal]
    chances /= np.maximum(chances.sum(axis=1, keepdims=True), 1e-300)
    known = {name: np.array([of(place) for place in edges], float) for name, of in variables.items()}
    return Grammar(symbols, chances, leads_to, known)


REBER = {  # place: {symbol: next place}; Reber, "Implicit learning of artificial grammars" (1967)
    0: {"B": 1},
    1: {"T": 2, "P": 3},
    2: {"S": 2, "X": 4},
    3: {"T": 3, "V": 5},
    4: {"X": 3, "S": 6},
    5: {"P": 4, "V": 6},
    6: {"E": 7},
}


@lru_cache
def reber() -> Grammar:
    """The embedded Reber grammar (Hochreiter & Schmidhuber 1997, section 5.1).

    The second symbol, T or P, comes back as the last but one, after a whole Reber string: `branch` is
    what must be held meanwhile.
    """
    edges: dict[Any, dict] = {
        "start": {"B": ("choice", 1)},
        "choice": {"T": (("T", 0), 1), "P": (("P", 0), 1)},
    }
    for branch in "TP":
        for place, ways in REBER.items():
            edges[branch, place] = {symbol: ((branch, goal), 1) for symbol, goal in ways.items()}
        edges[branch, 7] = {branch: ("last", 1)}
    edges["last"] = {"E": ("end", 1)}
    edges["end"] = {}
    return grammar_of("BTPSXVE", edges, branch=lambda place: {"T": 1, "P": -1}.get(place[0], np.nan))


@lru_cache
def a_then_b(T: int) -> Grammar:
    """S, n times a, n times b, E, with n from 1 to (T−1)/2, all equally probable (Gers & Schmidhuber 2001).

    `open` is the number of a that no b has answered yet.
    """
    most = (T - 1) // 2
    edges: dict[Any, dict] = {"start": {"S": (("a", 0), 1)}}
    for n in range(most + 1):
        edges["a", n] = {"a": (("a", n + 1), most - n)} if n < most else {}
        if n > 0:
            edges["a", n]["b"] = (("b", n - 1), 1)
        edges["b", n] = {"b": (("b", n - 1), 1)} if n > 0 else {"E": ("end", 1)}
    edges["end"] = {}
    return grammar_of("SabE", edges, open=lambda place: place[1] if place[0] in ("a", "b") else 0)


@lru_cache
def brackets_and_quotes(deepest: int = 2) -> Grammar:
    """Text with brackets up to `deepest` within each other, and quotes in which no bracket stands.

    `depth` is the number of open brackets and `quoted` is 1 inside quotes. A line starts with `>` and
    ends with a full stop, which cannot come while anything is open.
    """
    letters = "abc"
    edges: dict[Any, dict] = {"start": {">": ((0, 0), 1)}}
    for depth in range(deepest + 1):
        outside: dict[str, tuple] = dict.fromkeys(letters, ((depth, 0), 1))
        outside |= {'"': ((depth, 1), 2)}
        if depth < deepest:
            outside["("] = ((depth + 1, 0), 2)
        outside |= {")": ((depth - 1, 0), 2)} if depth > 0 else {".": ("end", 1)}
        edges[depth, 0] = outside
        edges[depth, 1] = dict.fromkeys(letters, ((depth, 1), 1)) | {'"': ((depth, 0), 2)}
    edges["end"] = {}
    return grammar_of(
        '>abc()".',
        edges,
        depth=lambda place: np.nan if isinstance(place, str) else place[0],
        quoted=lambda place: np.nan if isinstance(place, str) else place[1],
    )

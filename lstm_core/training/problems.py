"""The classical problems that LSTM was made for, each with settings that learn it: **problems** -> batches.

The settings were tried with ten seeds each; `tests/benchmark/training.py --seeds 10` tries them again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from .batch import Batch
from .grammar import Grammar, a_then_b, brackets_and_quotes, reber
from .network import cross_entropy, square_loss
from .sequences import draw_adding, draw_parity, draw_recall, draw_stream
from .setup import Setup, whole_number

TEST_SEQUENCES = 100


@dataclass(frozen=True)
class Problem:
    """A problem at one difficulty.

    key : its name. T : steps of a sequence, one of `lengths`; the longer, the harder.
    inputs, outputs : the names of the D inputs and the K outputs.
    holds : the variable of the batch that a perfect cell would keep in C.
    setup, updates, score : settings that reach this share of right test sequences after so many updates,
        for at least nine of ten seeds.
    tolerance : how near a number has to come to be right; None where the answer is a symbol.
    make : draws the sequences of numbers; grammar_for : gives the grammar that draws those of symbols, at T.
    continues : True where no sequence ends: an update goes on where the last one stopped, and so do C and
        h, which nobody resets.
    """

    key: str
    T: int
    lengths: range
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    holds: str
    setup: Setup
    updates: int
    score: float = 0.99
    tolerance: float | None = None
    make: Callable[..., Batch] | None = None
    grammar_for: Callable[[int], Grammar] | None = None
    continues: bool = False

    @property
    def grammar(self) -> Grammar | None:
        """What draws the sequences of symbols, and reads a text as inputs; None where numbers are drawn."""
        return self.grammar_for and self.grammar_for(self.T)

    def draw(self, random: np.random.Generator, B: int, after: np.ndarray | None = None) -> Batch:
        """B sequences. `after` (B,), of the last batch, is where those of an endless problem go on."""
        if self.grammar is not None:
            return self.grammar.draw(random, self.T, B)
        assert self.make is not None, "a problem without a grammar makes its batches itself"
        return self.make(random, self.T, B, after) if self.continues else self.make(random, self.T, B)

    def test(self) -> Batch:
        """The sequences that every network is tested on: always the same, by a seed of their own.

        Those of an endless problem are ten streams of ten times T steps. Where there are few different
        sequences, as in counting, a training has met them all.
        """
        random = np.random.default_rng([0, 0])
        if self.continues:
            return replace(self, T=10 * self.T).draw(random, TEST_SEQUENCES // 10)
        return self.draw(random, TEST_SEQUENCES)

    def loss(self, y: np.ndarray, batch: Batch) -> tuple[float, np.ndarray]:
        """The loss of outputs y (T, B, K), and its gradient on them."""
        return cross_entropy(y, batch) if self.tolerance is None else square_loss(y, batch)

    def right(self, y: np.ndarray, batch: Batch) -> np.ndarray:
        """(T, B): where the answer is right; steps that do not count are.

        A number has to be within `tolerance`. Where k symbols can come next, the k largest outputs have to
        be theirs.
        """
        if self.tolerance is not None:
            right = (np.abs(y - batch.target) <= self.tolerance).all(axis=-1)
        else:
            assert batch.chances is not None, "a batch of symbols says which ones can come next"
            possible = batch.chances > 0
            lowest = np.where(possible, y, np.inf).min(axis=-1)
            right = lowest > np.where(possible, -np.inf, y).max(axis=-1)
        return right | ~batch.counts

    def score_of(self, y: np.ndarray, batch: Batch) -> float:
        """The share of sequences that are right at every step; of an endless problem, of stretches of T."""
        return float(self.right(y, batch).reshape(-1, self.T, y.shape[1]).all(axis=1).mean())


def _of_grammar(
    key: str, T: int, lengths: range, grammar_for, holds: str, setup: Setup, updates: int
) -> Problem:
    symbols = tuple(grammar_for(T).symbols)
    return Problem(key, T, lengths, symbols, symbols, holds, setup, updates, grammar_for=grammar_for)


# fmt: off
_ALL = (
    Problem(
        "recall", 20, range(8, 61), ("value", "store", "ask"), ("value",), "stored",
        Setup(H=4), updates=700, tolerance=0.1, make=draw_recall,
    ),
    Problem(
        "adding", 20, range(8, 61), ("value", "mark"), ("sum",), "sum",
        Setup(H=4), updates=1000, tolerance=0.16, make=draw_adding,  # a 4th of it is the 0.04 of 1997
    ),
    Problem(
        "stream", 20, range(8, 41), ("value", "store", "ask"), ("value",), "stored",
        Setup(H=4), updates=1500, tolerance=0.2, make=draw_stream, continues=True,
    ),
    Problem(
        "parity", 12, range(4, 41), ("bit",), ("even", "odd"), "odd",
        Setup(H=4), updates=300, make=draw_parity,
    ),
    _of_grammar("counting", 17, range(5, 42), a_then_b, "open", Setup(H=4), 400),
    _of_grammar("reber", 20, range(12, 41), lambda T: reber(), "branch", Setup(H=8), 1200),
    _of_grammar("text", 30, range(12, 61), lambda T: brackets_and_quotes(), "quoted", Setup(H=8), 800),
)
# fmt: on

PROBLEMS = {problem.key: problem for problem in _ALL}
"""Every problem by its key, at the difficulty where it is first met."""


def problem_of(key: str, T: int | None = None) -> Problem:
    """The problem of that name, with sequences of T steps. Raises ValueError for what is not there."""
    if not isinstance(key, str) or key not in PROBLEMS:
        raise ValueError(f"problem: expected one of {', '.join(PROBLEMS)}, got {key!r:.40}")
    problem = PROBLEMS[key]
    if T is None:
        return problem
    return replace(problem, T=whole_number("T", T, problem.lengths[0], problem.lengths[-1]))

"""A training, update by update: problem, setup, seed -> **run** -> course."""

from typing import Any

import numpy as np

from ..rnn import RNNTrace
from .course import MAX_UPDATES, Course, is_kept
from .network import starting_network
from .optimiser import OPTIMISERS, clipped
from .problems import Problem
from .setup import MAX_SEED, Setup, whole_number

TEST_EVERY = 10
"""Updates from one test to the next."""

BLOWN_UP = 100.0
"""A loss that is this many times what it was at first will not come down again."""


def train(problem: Problem, setup: Setup, seed: int, updates: int) -> Course:
    """The course of a training from its start through so many updates, or to where it broke off."""
    training = Training(problem, setup, seed)
    training.step(updates)
    return training.course


class Training:
    """A training that can stop after any update and go on: the same numbers, however it is cut.

    problem, setup : as they are. seed : 0 to MAX_SEED; it draws the weights at the start and all
    sequences, and the same seed gives the same course, bit for bit, on the same NumPy and processor.
    Raises ValueError for anything else.

    network : as it is now. updates : how many there were. ended : why no more can follow, or "":
    `finished` after MAX_UPDATES, `not_finite` where loss or gradient is no number any more, `blew_up`
    where the loss is more than BLOWN_UP times the first one. The weights are then those from before.
    """

    def __init__(self, problem: Problem, setup: Setup, seed: int):
        for name, value, kind in (("problem", problem, Problem), ("setup", setup, Setup)):
            if not isinstance(value, kind):
                raise ValueError(f"{name}: expected a {kind.__name__}, got {value!r:.40}")
        self.problem, self.setup = problem, setup
        self.seed = whole_number("seed", seed, 0, MAX_SEED)
        D, K = len(problem.inputs), len(problem.outputs)
        self.network = starting_network(setup, D, K, problem.T, self._random(0))
        self.updates, self.ended = 0, ""
        self._memory: Any = None
        self._after: np.ndarray | None = None
        self._state: tuple[Any, Any] = (0.0, 0.0)
        self._test, self._optimiser = problem.test(), OPTIMISERS[setup.optimiser]
        self._losses: list[float] = []
        self._norms: list[float] = []
        self._scores = [self._score()]
        self._kept = [(0, self.network.weights)]

    def step(self, updates: int = 1) -> bool:
        """So many more updates. True where more can follow."""
        with np.errstate(over="ignore", under="ignore", invalid="ignore"):
            for _ in range(updates):
                if self.ended:
                    break
                self._update()
        return not self.ended

    def _update(self) -> None:
        batch = self.problem.draw(self._random(self.updates + 1), self.setup.batch, self._after)
        trace = self.network.run(batch.x, *self._state)
        loss, dy = self.problem.loss(self.network.read_out(trace.h), batch)
        gradient, norm = clipped(self.network.gradient(trace, dy), self.setup.clip)
        weights, memory = self._optimiser(self.network.weights, gradient, self._memory, self.setup.rate)
        self.ended = self._reason_to_end(loss, norm, weights)
        if not self.ended:
            self.network, self._memory = self.network.with_weights(weights), memory
            self._record(loss, norm)
            if self.problem.continues:
                self._after = batch.after
                self._state = (trace.h[-1], 0.0 if isinstance(trace, RNNTrace) else trace.C[-1])

    def _reason_to_end(self, loss: float, norm: float, weights: np.ndarray) -> str:
        if not (np.isfinite(loss) and np.isfinite(norm) and np.isfinite(weights).all()):
            return "not_finite"
        return "blew_up" if self._losses and loss > BLOWN_UP * self._losses[0] else ""

    def _record(self, loss: float, norm: float) -> None:
        self.updates += 1
        self._losses.append(loss)
        self._norms.append(norm)
        if self.updates % TEST_EVERY == 0:
            self._scores.append(self._score())
        if is_kept(self.updates):
            self._kept.append((self.updates, self.network.weights))
        if self.updates == MAX_UPDATES:
            self.ended = "finished"

    def _score(self) -> float:
        y = self.network.read_out(self.network.run(self._test.x).h)
        return self.problem.score_of(y, self._test)

    def _random(self, update: int) -> np.random.Generator:
        """A generator of its own for each update, so that none depends on what was drawn before."""
        return np.random.default_rng([1 + self.seed, update])

    def bytes(self) -> int:
        """Room that it takes, besides the courses that it gave."""
        return sum(weights.nbytes for _, weights in self._kept) + 64 * len(self._losses)

    @property
    def course(self) -> Course:
        """The course up to now; the training can go on, and the course stays what it is."""
        last_is_kept = self._kept[-1][0] == self.updates
        kept = self._kept if last_is_kept else [*self._kept, (self.updates, self.network.weights)]
        at, snapshots = zip(*kept, strict=True)
        return Course(
            self.problem,
            self.setup,
            self.seed,
            self.ended,
            losses=np.array(self._losses),
            norms=np.array(self._norms),
            scored_at=TEST_EVERY * np.arange(len(self._scores)),
            scores=np.array(self._scores),
            snapshot_at=np.array(at),
            snapshots=np.array(snapshots),
        )

"""What a training leaves behind: run -> **course** -> file, curves, what was learned."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .network import Network, starting_network
from .problems import Problem
from .setup import Setup

MAX_UPDATES = 20_000
MAX_SNAPSHOTS = 80

ENDINGS = ("", "finished", "not_finite", "blew_up")
"""Why no more updates can follow: there is no reason, there were MAX_UPDATES, the loss or the gradient is no
finite number any more, the loss is many times what it was at first."""


def _log_spaced(most: int) -> frozenset[int]:
    """0, 1, 2, 3, … and then further and further apart, up to MAX_UPDATES: no more than `most` in all."""
    spaced = most
    while len(points := {0, *np.geomspace(1, MAX_UPDATES, spaced).round().astype(int).tolist()}) < most:
        spaced += 1
    return frozenset(points)


_KEPT = _log_spaced(MAX_SNAPSHOTS - 1)


def is_kept(update: int) -> bool:
    """Whether the weights after this update are kept as a snapshot; the last ones of a course always are."""
    return update in _KEPT


@dataclass(frozen=True, eq=False)
class Course:
    """A training from its start to its last update.

    problem, setup, seed : what was trained. ended : one of ENDINGS.
    losses, norms : (N,), of the updates 1 … N: the loss on the batch, and the norm of the gradient before
        clipping.
    scored_at, scores : (S,), after which updates the network was tested, and the share of test sequences
        that it got right.
    snapshot_at : (P,), after which updates all weights were kept, 0 first and N last, and further apart
        the later. snapshots : (P, number of weights).
    """

    problem: Problem
    setup: Setup
    seed: int
    ended: str
    losses: np.ndarray
    norms: np.ndarray
    scored_at: np.ndarray
    scores: np.ndarray
    snapshot_at: np.ndarray
    snapshots: np.ndarray

    @property
    def updates(self) -> int:
        """How many updates there were."""
        return len(self.losses)

    def network(self, update: int | None = None) -> Network:
        """The network of the last snapshot that is not later than `update`; the last one of all for None."""
        row = len(self.snapshots) if update is None else np.searchsorted(self.snapshot_at, update, "right")
        return blank_network(self.problem, self.setup).with_weights(self.snapshots[max(row, 1) - 1])

    def reached(self, score: float | None = None) -> int | None:
        """After which update a test first gave that score, or the problem's own; None where none did."""
        there = self.scores >= (self.problem.score if score is None else score)
        return int(self.scored_at[there.argmax()]) if there.any() else None

    def thinned(self, most: int) -> Course:
        """The same course with no more than `most` snapshots, the first and the last among them."""
        rows = np.unique(np.linspace(0, len(self.snapshots) - 1, most).round().astype(int))
        return replace(self, snapshot_at=self.snapshot_at[rows], snapshots=self.snapshots[rows])

    def rows(self) -> tuple[list[str], list[list]]:
        """A table of the curves, one row an update from 1 on: its header, and its rows. Untested is empty."""
        scores = dict(zip(self.scored_at.tolist(), self.scores.tolist(), strict=True))
        curves = zip(self.losses.tolist(), self.norms.tolist(), strict=True)
        rows = [[n, loss, norm, scores.get(n, "")] for n, (loss, norm) in enumerate(curves, 1)]
        return ["update", "loss", "gradient_norm", "score"], rows

    def to_csv(self) -> str:
        """The same table as CSV, its numbers at full precision."""
        header, rows = self.rows()
        lines = [header, *([repr(cell) if cell != "" else "" for cell in row] for row in rows)]
        return "".join(",".join(line) + "\n" for line in lines)


def blank_network(problem: Problem, setup: Setup) -> Network:
    """A network of the right kind and size, whose weights do not matter."""
    random = np.random.default_rng(0)
    return starting_network(setup, len(problem.inputs), len(problem.outputs), problem.T, random)

"""What a network is trained on: a problem draws a **batch** -> network -> loss."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Batch:
    """B sequences of T steps with the answers that are asked for.

    x : (T, B, D), the inputs. After the end of a sequence they are 0.
    target : (T, B, K), the numbers to be hit, or the next symbol as a one among zeros.
    counts : (T, B), True at the steps whose answer enters the loss and the score.
    lasts : (T, B), True until the sequence ends.
    variables : what the problem knows about each step, by name, (T, B) each, once the step is read: a
        perfect cell would hold some of it. NaN where it has no meaning.
    chances : (T, B, K), how probable each next symbol is for one who knows the whole past; None where
        the answer is a number.
    after : (B,), where sequences without an end go on in the next batch; None for all others.
    """

    x: np.ndarray
    target: np.ndarray
    counts: np.ndarray
    lasts: np.ndarray
    variables: dict[str, np.ndarray]
    chances: np.ndarray | None = None
    after: np.ndarray | None = None

    @property
    def best_loss(self) -> float:
        """The smallest loss that can be expected: 0, or the mean entropy of what comes next, in nats."""
        if self.chances is None:
            return 0.0
        chances = self.chances[self.counts]
        return float((chances * -np.log(np.where(chances > 0, chances, 1))).sum(axis=-1).mean())

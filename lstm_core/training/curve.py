"""How a course went, snapshot by snapshot: course -> **curve** -> chart, time machine."""

import numpy as np

from .course import Course

SMOOTHED = 10
"""Updates over which the loss is averaged, so that the curve shows the course and not the luck of a batch."""


def loss_along(course: Course) -> np.ndarray:
    """(P,): the mean loss of the SMOOTHED updates that lead to each snapshot, of the next one for the first.

    NaN where there was no update at all.
    """
    losses = course.losses
    if not len(losses):
        return np.full(len(course.snapshot_at), np.nan)
    return np.array(
        [losses[max(at - SMOOTHED, 0) : at].mean() if at else losses[0] for at in course.snapshot_at.tolist()]
    )


def score_along(course: Course) -> np.ndarray:
    """(P,): the score of the last test before each snapshot, or of that at it."""
    return course.scores[np.searchsorted(course.scored_at, course.snapshot_at, "right") - 1]


def smoothed(course: Course) -> np.ndarray:
    """(N,): the loss of each update, averaged with those before it, at most SMOOTHED in all."""
    N = course.updates
    if not N:
        return course.losses
    sums = np.convolve(course.losses, np.ones(SMOOTHED))[:N]
    return sums / np.minimum(np.arange(1, N + 1), SMOOTHED)


def snapshot_index(course: Course, update: int | None) -> int:
    """Which snapshot, from 0, is the last one that is not later than an update; the last of all for None."""
    if update is None:
        return len(course.snapshot_at) - 1
    return max(int(np.searchsorted(course.snapshot_at, update, "right")) - 1, 0)

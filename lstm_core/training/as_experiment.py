"""A snapshot of a course as an experiment, to be opened on all other pages: course -> **experiment**."""

import numpy as np

from ..params import LSTMParams
from ..workbench.experiment import LIMIT, Experiment
from .course import Course
from .example import example

DECIMALS = 4
"""Of the weights in the experiment, so that they fit into a link."""


def experiment_of(course: Course, update: int | None = None) -> Experiment:
    """The layer after an update, None for the last, on the test sequence that the course is shown on.

    Its weights have DECIMALS decimals. Raises ValueError for the plain RNN, which is no LSTM cell.
    """
    network = course.network(update)
    if network.plain:
        raise ValueError("course: expected one of an LSTM cell, got one of the plain RNN")
    params, shown = network.params, example(course.problem)
    peepholes = None if params.peepholes is None else _short(params.peepholes)
    rounded = LSTMParams(
        _short(params.W), _short(params.b), params.forget_gate, peepholes=peepholes, coupled=params.coupled
    )
    zeros = np.zeros(params.H)
    return Experiment("random", rounded, _short(shown.x), zeros, zeros, labels=shown.labels)


def _short(numbers: np.ndarray) -> np.ndarray:
    """With DECIMALS decimals, and no larger than an experiment takes; + 0.0 turns −0.0 into 0.0."""
    return np.round(np.clip(numbers, -LIMIT, LIMIT), DECIMALS) + 0.0

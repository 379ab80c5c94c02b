"""The networks that the tests look into: set by hand, shipped, and trained, by night from many seeds."""

from dataclasses import replace
from functools import cache

import numpy as np

from lstm_core import LSTMParams
from lstm_core.training import PROBLEMS, events, train
from lstm_core.training.course import Course
from lstm_core.training.events import Event
from lstm_core.training.network import Network
from lstm_core.training.shipped import shipped
from tests import nightly


def latch(b_f=10.0):
    """Recall: unit 1 stores the flagged value and keeps it by σ(b_f); unit 2 never writes anything."""
    W, b = np.zeros((4, 2, 5)), np.zeros((4, 2))
    b[0], b[1], b[3] = b_f, -30, 3
    W[1, 0, 3] = 60  # the store flag opens the input gate
    W[2, :, 2] = 0.5
    return Network(LSTMParams(W, b), np.array([[2.0, 0]]), np.zeros(1))


SHIPPED = (*PROBLEMS, "recall_gates", "recall_rnn", "stream_1997")

TRAINED = {
    "flat": ("recall", 60, {"start": "bias0"}),
    "short": ("recall", 5, {"start": "bias1"}),
    "one unit": ("recall", 900, {"start": "bias3", "H": 1}),
    "uniform": ("recall", 400, {"start": "uniform"}),
    "peephole": ("recall", 400, {"cell": "peephole", "H": 2, "start": "bias3"}),
    "parity": ("parity", 400, {}),
    "text": ("text", 250, {"H": 4}),
}
"""Name -> problem, updates, and what is changed of its settings."""

COURSES = [*SHIPPED, "flat", "short"]
if nightly.by_night():
    COURSES += [f"{name} {seed}" for name in TRAINED for seed in range(1, 11)]


@cache
def course(name: str) -> Course:
    """One of COURSES; behind the name of a trained one stands its seed."""
    if name in SHIPPED:
        return shipped(name)
    kind, _, seed = name.rpartition(" ") if name[-1].isdigit() else (name, "", "3")
    key, updates, changes = TRAINED[kind]
    return train(PROBLEMS[key], replace(PROBLEMS[key].setup, **changes), int(seed), updates)


@cache
def events_of(name: str) -> list[Event]:
    return events(course(name))

"""Networks whose weights were set by hand, so that what they do is known."""

import numpy as np

from lstm_core import LSTMParams
from lstm_core.training.network import Network


def latch(b_f=10.0):
    """Recall: unit 1 stores the flagged value and keeps it by σ(b_f); unit 2 never writes anything."""
    W, b = np.zeros((4, 2, 5)), np.zeros((4, 2))
    b[0], b[1], b[3] = b_f, -30, 3
    W[1, 0, 3] = 60  # the store flag opens the input gate
    W[2, :, 2] = 0.5
    return Network(LSTMParams(W, b), np.array([[2.0, 0]]), np.zeros(1))

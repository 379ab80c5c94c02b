"""An LSTM cell that records every number on the way; imports NumPy alone."""

from .cell import forward
from .gradient import LSTMGradient, backward, cell_jacobian
from .params import LSTMParams
from .trace import LSTMTrace, half_life, provenance

__all__ = [
    "LSTMGradient",
    "LSTMParams",
    "LSTMTrace",
    "backward",
    "cell_jacobian",
    "forward",
    "half_life",
    "provenance",
]

"""An LSTM cell that records every number on the way; imports NumPy alone."""

from .cell import forward
from .gradient import LSTMGradient, backward
from .params import LSTMParams
from .paths import MemoryPaths, cell_jacobian, direct_path, input_sensitivity, memory_paths, spectral_norm
from .rnn import RNNTrace, rnn_forward, state_jacobian
from .trace import LSTMTrace, half_life, provenance

__all__ = [
    "LSTMGradient",
    "LSTMParams",
    "LSTMTrace",
    "MemoryPaths",
    "RNNTrace",
    "backward",
    "cell_jacobian",
    "direct_path",
    "forward",
    "half_life",
    "input_sensitivity",
    "memory_paths",
    "provenance",
    "rnn_forward",
    "spectral_norm",
    "state_jacobian",
]

"""What a hook saw of a layer: the arrays that went in and came out, and no gate."""

from dataclasses import dataclass

import numpy as np

from ..readers.layer import Layer
from ..readers.stored import Stored


@dataclass
class Seen:
    """One call of a layer, or of a stack of layers and directions that its framework runs as one.

    name : of the module in its model. layers : in the order in which the framework runs them.
    x : (T, B, D), in the order of the sequence. lengths : (B,), how many steps of each sequence are its own;
        the others are padding at its end.
    h0, C0 : a state (B, H) before the first step for each layer, or None for zeros.
    h : (T, B, …), what came out at each step: H numbers, of a pair of directions 2H; None where the layer
        hands on the last one alone.
    h_last : (B, H) of each layer after its last step, or None where the framework does not tell.
    """

    name: str
    layers: list[Layer]
    x: np.ndarray
    lengths: np.ndarray
    h0: list[np.ndarray | None]
    C0: list[np.ndarray | None]
    h: np.ndarray | None
    h_last: list[np.ndarray | None]


def in_memory(name: str, array: np.ndarray) -> Stored:
    """An array of a live model as the readers take those of a file."""
    return Stored(name, array.shape, array.dtype.name, lambda: array)


class NotCaptured(ValueError):
    """A model or a call of it that can't be captured; its text is one sentence."""

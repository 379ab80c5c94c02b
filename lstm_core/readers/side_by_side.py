"""All layers of a file side by side: layers, what they read -> **how long the units of each remember**."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from .layer import Layer

_SUMMED = ("sum", "mul", "ave")


@dataclass(frozen=True, eq=False)
class Lives:
    """How long the units of one layer remember.

    half_lives : (H,), as in a `Ranking`.
    """

    layer: Layer
    half_lives: np.ndarray

    def quartiles(self) -> tuple[float, float, float]:
        """A quarter, half and three quarters of the units remember at most so many steps."""
        # Of infinite numbers NumPy's other methods would make NaN.
        low, middle, high = np.quantile(self.half_lives, (0.25, 0.5, 0.75), method="nearest").tolist()
        return low, middle, high


def read_on(layers: Sequence[Layer], running: Layer | None) -> str:
    """What the layers of a file read, side by side; `running` is the first that runs a reader's own sequence.

    "captured": each what it read in the model. "row": the first the sequence or noise, and each other one
    what comes before it. "alone": those that run the sequence, and all others noise.
    """
    if any(layer.seen is not None for layer in layers):
        return "captured"
    return "row" if running in (None, layers[0]) and in_a_row(layers) else "alone"


def in_a_row(layers: Sequence[Layer]) -> bool:
    """Whether each layer, or pair of directions, takes as many inputs as what comes before it gives."""
    before = None
    for _, group in groupby(layers, key=lambda layer: (layer.name, layer.level)):
        pair = list(group)
        if len(pair) > 2 or any(before not in (None, layer.D) for layer in pair):
            return False
        if len(pair) == 2 and pair[0].merge == "none":
            return False
        before = pair[0].H if pair[0].merge in _SUMMED else sum(layer.H for layer in pair)
    return True

"""What is trained and how: **setup** -> network, optimiser."""

from dataclasses import dataclass

from ..params import VARIANTS
from .optimiser import OPTIMISERS

CELLS = (*VARIANTS, "rnn")
"""Every cell that can be trained: the variants of the LSTM, and the plain tanh RNN."""

STARTS = ("uniform", "bias0", "bias1", "bias3", "chrono")
"""Where weights start; `starting_network` says what each is."""

MAX_H, MAX_BATCH, MAX_RATE, MAX_CLIP = 32, 64, 100.0, 1000.0
MAX_SEED = 9999


@dataclass(frozen=True)
class Setup:
    """Everything that is chosen before a training but the problem and the seed.

    cell : one of CELLS. H : units, 1 to MAX_H. start : one of STARTS.
    optimiser : `adam` or `sgd`. rate : the learning rate.
    clip : the largest norm of the gradient, what is longer is shortened; 0 for none.
    batch : sequences an update.

    Raises ValueError for anything else.
    """

    cell: str = "lstm"
    H: int = 4
    start: str = "bias1"
    optimiser: str = "adam"
    rate: float = 0.02
    clip: float = 1.0
    batch: int = 32

    def __post_init__(self):
        for name, known in (("cell", CELLS), ("start", STARTS), ("optimiser", tuple(OPTIMISERS))):
            if not isinstance(getattr(self, name), str) or getattr(self, name) not in known:
                raise ValueError(
                    f"{name}: expected one of {', '.join(known)}, got {getattr(self, name)!r:.40}"
                )
        whole_number("H", self.H, 1, MAX_H)
        whole_number("batch", self.batch, 1, MAX_BATCH)
        for name, least, most in (("rate", 1e-6, MAX_RATE), ("clip", 0.0, MAX_CLIP)):
            value = getattr(self, name)
            if type(value) not in (int, float) or not least <= value <= most:
                raise ValueError(f"{name}: expected a number from {least} to {most}, got {value!r:.40}")
            object.__setattr__(self, name, float(value))


def whole_number(name: str, value, least: int, most: int) -> int:
    """`value`, or a ValueError that names it where it is no whole number from `least` to `most`."""
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"{name}: expected a whole number from {least} to {most}, got {value!r:.40}")
    return value

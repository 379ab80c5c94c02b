"""Trains the network that reads code: `python -m lstm_core.reading.train --seed 1 --minutes 25`.

The same seed and the same number of updates give the same weights on one machine. Mini-batches along 64
lanes, truncated backpropagation over 64 steps with the state carried, Adam, a rate that falls as a cosine.
"""

import argparse
import time
from pathlib import Path
from typing import Any

import numpy as np

from ..training.optimiser import adam
from .corpus import files, text_of
from .letters import LETTERS, places
from .model import Model, Run, lanes

LANES = STEPS = 64
RATE, WARM_UP = 5e-3, 100
MOST_NORM = 1.0
RESTART = 1 / 16
"""How often a lane forgets all at the start of a batch, so that the network also learns to begin anywhere."""

_TOLD_AT = 256
_MEASURED = 20  # updates that tell how many fit into the minutes


def signs_of(half: str, seed: int | None = None) -> np.ndarray:
    """All files of a half as one row of signs, in the order of their names or in one that a seed draws."""
    paths = files(half)
    if seed is not None:
        np.random.default_rng(seed).shuffle(paths)
    return places("\n".join(text_of(path) for path in paths))


class Training:
    """A training that goes on update by update."""

    def __init__(self, signs: np.ndarray, H: int, seed: int):
        self.signs, self.model = signs, Model.started(H, len(LETTERS), seed)
        self.random = np.random.default_rng([seed, 1])
        self._memory: dict[str, Any] = dict.fromkeys(self.model.weights)
        self._batches = lanes(signs, LANES, STEPS)
        self._h, self._C = np.zeros((2, LANES, H), np.float32)

    def update(self, rate: float) -> float:
        """One mini-batch; returns its loss in bits a letter."""
        batch = next(self._batches, None)
        if batch is None:  # the text is read; the next pass begins elsewhere
            self.signs = np.roll(self.signs, int(self.random.integers(len(self.signs))))
            self._batches = lanes(self.signs, LANES, STEPS)
            batch = next(self._batches)
        here, following, first = batch
        go_on = (self.random.random((LANES, 1)) >= RESTART) & (not first)
        run = Run(self.model, here, self._h * go_on, self._C * go_on)
        self._h, self._C = run.h[-1], run.C[-1]
        loss, gradient = run.gradient(following)
        norm = float(np.sqrt(sum(float(np.vdot(of, of)) for of in gradient.values())))
        shorter, weights = min(1.0, MOST_NORM / (norm + 1e-6)), self.model.weights
        for name, of in gradient.items():
            weights[name], self._memory[name] = adam(weights[name], shorter * of, self._memory[name], rate)
        return loss / float(np.log(2))


def rate_at(update: int, updates: int) -> float:
    """The rate of an update: it rises over the first ones, then falls to 0 as a cosine."""
    return RATE * min(1.0, (update + 1) / WARM_UP) * 0.5 * (1 + float(np.cos(np.pi * update / updates)))


def bits_a_letter(model: Model, signs: np.ndarray) -> float:
    """Bits a letter over a text that is read at many places at once."""
    h, C = np.zeros((2, _TOLD_AT, model.H), np.float32)
    losses = []
    for here, following, _ in lanes(signs, _TOLD_AT, STEPS):
        run = Run(model, here, h, C)
        h, C = run.h[-1], run.C[-1]
        losses.append(run.loss(following))
    return float(np.mean(losses) / np.log(2))


def main(args: list[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m lstm_core.reading.train", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--units", type=int, default=128)
    parser.add_argument("--minutes", type=float, default=25, help="of the processor, about")
    parser.add_argument("--updates", type=int, help="how many, in place of --minutes")
    parser.add_argument("--out", type=Path, default=Path("reading.npz"))
    given = parser.parse_args(args)
    training = Training(signs_of("read", given.seed), given.units, given.seed)
    updates, held_out = given.updates, signs_of("chosen on")
    if updates is None:
        began = time.process_time()
        trial = Training(training.signs, given.units, given.seed)
        for _ in range(_MEASURED):
            trial.update(0.0)
        updates = int(given.minutes * 60 * _MEASURED / (time.process_time() - began))
    print(f"{len(training.signs):,} letters to read, {updates} updates", flush=True)
    lately = []
    for update in range(updates):
        lately.append(training.update(rate_at(update, updates)))
        if (update + 1) % 250 == 0 or update + 1 == updates:
            bits = np.mean(lately[-250:])
            print(f"{update + 1}: {bits:.3f} bits; {time.process_time():.0f} s of processor", flush=True)
            saved: dict[str, Any] = {"seed": given.seed, "updates": update + 1}
            np.savez(given.out, **(saved | training.model.weights))
    print(f"held-out: {bits_a_letter(training.model, held_out):.3f} bits a letter", flush=True)


if __name__ == "__main__":
    main()

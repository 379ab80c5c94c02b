"""How fast a layer is trained, beside PyTorch; and whether the stated settings learn what they should.

    OMP_NUM_THREADS=1 python tests/benchmark/training.py [--rounds 15]
    OMP_NUM_THREADS=1 python tests/benchmark/training.py --seeds 10
    OMP_NUM_THREADS=1 python tests/benchmark/training.py --contrasts 10

The first prints one Markdown table, in updates per second of the processor's time: float64, one thread,
an update being forward, square loss at every step, backward, clipping and Adam on one batch. Both columns
take turns, round by round, and the best round counts; their losses are compared before. Without PyTorch
its column is empty. PyTorch changes how the C library of Linux gives memory back, so that NumPy's larger
arrays take up to twice as long in the same process. To see ours as it is without it, keep the memory:

    OMP_NUM_THREADS=1 MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=4294967296 \\
    MALLOC_TOP_PAD_=268435456 python tests/benchmark/training.py

The second trains every problem of `PROBLEMS` as stated, and prints after how many updates each seed first
reached the stated score, and the scores of all seeds after the last update. The third does so for settings
that learn more rarely, and says how: the gates of the unit that follows most closely, and what is right
without the loop through h.
"""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path
from time import process_time

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before NumPy is loaded

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from lstm_core import LSTMParams
from lstm_core.training import PROBLEMS, learned, train
from lstm_core.training.batch import Batch
from lstm_core.training.effects import effects
from lstm_core.training.network import Network, square_loss
from lstm_core.training.optimiser import adam, clipped
from tests.benchmark.core import torch_layer

try:
    import torch
except ImportError:
    torch = None

SIZES = [(20, 32, 2, 3), (20, 32, 4, 3), (30, 32, 16, 4), (60, 32, 64, 32)]  # T, B, H, D
RATE, CLIP = 0.01, 1.0


class Ours:
    """A network of lstm_core.training, updated as `Training` does it."""

    def __init__(self, network, batch):
        self.network, self.batch, self.memory = network, batch, None

    def update(self) -> float:
        trace = self.network.run(self.batch.x)
        loss, dy = square_loss(self.network.read_out(trace.h), self.batch)
        gradient, _ = clipped(self.network.gradient(trace, dy), CLIP)
        weights, self.memory = adam(self.network.weights, gradient, self.memory, RATE)
        self.network = self.network.with_weights(weights)
        return loss


class Theirs:
    """The same in PyTorch, from the same weights."""

    def __init__(self, network, batch):
        self.layer = torch_layer(network.params)
        self.readout = torch.nn.Linear(network.params.H, len(network.b_y), dtype=torch.float64)
        self.layer.bias_hh_l0.requires_grad = False  # one bias is enough
        self.readout.weight.data.copy_(torch.from_numpy(network.W_y))
        self.readout.bias.data.copy_(torch.from_numpy(network.b_y))
        self.weights = [w for w in [*self.layer.parameters(), *self.readout.parameters()] if w.requires_grad]
        self.follow = torch.optim.Adam(self.weights, lr=RATE)
        self.x, self.target = torch.from_numpy(batch.x), torch.from_numpy(batch.target)

    def update(self) -> float:
        self.follow.zero_grad()
        loss = torch.nn.functional.mse_loss(self.readout(self.layer(self.x)[0]), self.target)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.weights, CLIP)
        self.follow.step()
        return loss.item()


def measure(T, B, H, D, rounds):
    """Updates a second of both, the best of all rounds; None where PyTorch is missing."""
    random = np.random.default_rng(0)
    most = 1 / np.sqrt(H)
    params = LSTMParams(random.uniform(-most, most, (4, H, H + D)), random.uniform(-most, most, (4, H)))
    network = Network(params, random.uniform(-most, most, (1, H)), np.zeros(1))
    x, everywhere = random.uniform(-1, 1, (T, B, D)), np.ones((T, B), bool)
    batch = Batch(x, np.cumsum(x[..., :1], axis=0) / 4, everywhere, everywhere, {})
    ways = [Ours(network, batch)] + ([] if torch is None else [Theirs(network, batch)])
    for losses in zip(*([way.update() for _ in range(5)] for way in ways), strict=True):
        np.testing.assert_allclose(losses, losses[0], rtol=1e-9)
    repeats, best = max(3, 2000 // T // max(1, H // 8)), [0.0] * len(ways)
    for _ in range(rounds):
        for k, way in enumerate(ways):
            start = process_time()
            for _ in range(repeats):
                way.update()
            best[k] = max(best[k], repeats / (process_time() - start))
    return [*best, None][:2]


def speed(rounds):
    version = "not installed" if torch is None else torch.__version__
    print(f"NumPy {np.__version__}, PyTorch {version}, one thread, float64\n")
    print("| T | B | H | D | updates/s | PyTorch | times |\n|--:|--:|--:|--:|--:|--:|--:|")
    for size in SIZES:
        ours, theirs = measure(*size, rounds)
        beside = "| |" if theirs is None else f"| {theirs:.0f} | {ours / theirs:.2f} |"
        print("| " + " | ".join(map(str, size)) + f" | {ours:.0f} " + beside, flush=True)


def seeds(how_many):
    print("| problem | T | H | rate | updates | score | seeds | reached after | at the end | s a run |")
    print("|---|--:|--:|--:|--:|--:|--:|---|---|--:|")
    for problem in PROBLEMS.values():
        start = process_time()
        courses = [train(problem, problem.setup, seed, problem.updates) for seed in range(1, how_many + 1)]
        took = (process_time() - start) / how_many
        reached = sorted(update for course in courses if (update := course.reached()) is not None)
        ends = sorted(float(course.scores[-1]) for course in courses)
        cells = [
            problem.key, problem.T, problem.setup.H, problem.setup.rate, problem.updates, problem.score,
            f"{len(reached)} of {how_many}", ", ".join(map(str, reached)),
            ", ".join(f"{score:.2f}" for score in ends), f"{took:.1f}",
        ]  # fmt: skip
        print(f"| {' | '.join(map(str, cells))} |", flush=True)


CONTRASTS = (
    ("recall", {}, 700),
    ("recall", {"start": "bias3", "H": 1}, 1000),
    ("recall", {"start": "bias3", "H": 2}, 700),
    ("recall", {"start": "uniform"}, 700),
    ("recall", {"start": "bias0"}, 700),
    ("recall", {"cell": "rnn"}, 700),
    ("stream", {"cell": "1997"}, 5000),
)


def contrasts(how_many):
    print("| problem | other settings | updates | reached after | at the end | f held | i held | i at store "
          "| largest C | without the loop |\n|---|---|--:|---|---|---|---|---|---|---|")  # fmt: skip
    for key, changes, updates in CONTRASTS:
        problem, cells = PROBLEMS[key], []
        for seed in range(1, how_many + 1):
            course = train(problem, replace(problem.setup, **changes), seed, updates)
            network, rows = course.network(), learned(course.network(), problem.test(), problem.holds)
            row = max(rows, key=lambda one: abs(one.r[problem.holds]))
            gates = row.holding, row.at_store
            loop = effects(network, problem).loop
            cells.append((
                "–" if course.reached() is None else f"{course.reached()}", f"{course.scores[-1]:.2f}",
                *("–" if of is None else f"{getattr(of, gate):.2f}" for of, gate in zip(
                    (gates[0], *gates), "fii", strict=True)),
                f"{max(one.largest for one in rows):.1f}", "–" if loop is None else f"{loop:.2f}",
            ))  # fmt: skip
        settings = ", ".join(f"{name} {value}" for name, value in changes.items()) or "none"
        columns = [", ".join(column) for column in zip(*cells, strict=True)]
        print(f"| {' | '.join([key, settings, str(updates), *columns])} |", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rounds", type=int, default=15, help="rounds; the best one counts")
    options.add_argument("--seeds", type=int, default=0, help="train every problem with so many instead")
    options.add_argument("--contrasts", type=int, default=0, help="train settings that learn more rarely")
    chosen = options.parse_args()
    if torch is not None:
        torch.set_num_threads(1)
    if chosen.seeds:
        seeds(chosen.seeds)
    elif chosen.contrasts:
        contrasts(chosen.contrasts)
    else:
        speed(chosen.rounds)


if __name__ == "__main__":
    main()

"""A training, update by update, beside the same one by PyTorch; make_training.py names what is recorded."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from lstm_core import LSTMParams
from lstm_core.training import PROBLEMS, Setup, Training
from lstm_core.training.batch import Batch
from lstm_core.training.network import Network

FOLDER = Path(__file__).parents[2] / "fixtures" / "training"
NAMES = sorted(path.stem for path in FOLDER.glob("*.npz"))


def recorded(name: str) -> SimpleNamespace:
    with np.load(FOLDER / f"{name}.npz") as arrays:
        return SimpleNamespace(**arrays)


def training_on(name: str, run: SimpleNamespace) -> Training:
    """A training that starts from the recorded weights and is handed the recorded batches, one by one."""
    everywhere = np.ones_like(run.counts[0])
    batches = [
        Batch(x, target, counts, everywhere, {}, target)
        for x, target, counts in zip(run.x, run.target, run.counts, strict=True)
    ]
    handed_out = iter([batches[0], *batches])  # the first one serves as the test, too
    _, T, _, D = run.x.shape
    K, H = run.W_y.shape
    problem = replace(
        PROBLEMS["recall"], T=T, inputs=("x",) * D, outputs=("y",) * K, make=lambda *_: next(handed_out),
        tolerance=0.1 if "square" in name or "sgd" in name else None,
    )  # fmt: skip
    plain = name.startswith("rnn")
    setup = Setup(
        cell="rnn" if plain else "lstm", H=H, rate=float(run.rate), clip=float(run.clip),
        optimiser="sgd" if "sgd" in name else "adam",
    )  # fmt: skip
    training = Training(problem, setup, seed=1)
    training.network = Network(LSTMParams(run.W, run.b), run.W_y, run.b_y, plain)
    return training


@pytest.mark.parametrize("name", NAMES)
def test_a_training_equals_that_of_pytorch_update_by_update(name):
    run = recorded(name)
    training = training_on(name, run)
    for update, weights in enumerate(run.weights, 1):
        assert training.step()
        np.testing.assert_allclose(
            training.network.weights, weights, rtol=0, atol=1e-9, err_msg=f"after update {update}"
        )
    np.testing.assert_allclose(training.course.losses, run.losses, rtol=0, atol=1e-9)
    np.testing.assert_allclose(training.course.norms, run.norms, rtol=0, atol=1e-9)

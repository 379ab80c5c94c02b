"""What the tests of the readers run on: files of PyTorch, Keras and ONNX tools, with their own outputs."""

import io
import json
from pathlib import Path

import numpy as np

from lstm_core.readers import LayerFile, merged, read_file, run_layers
from lstm_core.readers.gru import GRUParams

FOLDER = Path(__file__).parents[2] / "fixtures" / "layer_files"

BESIDE = {"external.data": FOLDER / "external.data"}

ANSWERED = sorted(path.name.removesuffix(".npz") for path in FOLDER.glob("*.npz"))
"""The files whose framework's outputs stand beside them."""


def read(name: str, **options) -> LayerFile:
    """A file of the fixtures."""
    return read_file(FOLDER / name, beside=BESIDE, **options)


TEXTS = ("a (b c) d", "(x)", "no more (than this) here")
"""The labels of the sequences that `captured_run` holds."""


def captured_run(layers=("first", "second"), H: int = 3, D: int = 2) -> bytes:
    """A file as `lstm_core.capture` writes it: layers with what each of them read, in a batch of TEXTS."""
    rng = np.random.default_rng(5)
    lengths = np.array([len(text) for text in TEXTS])
    T, B = int(lengths.max()), len(TEXTS)
    names = [[*text, *[""] * (T - len(text))] for text in TEXTS]
    arrays = {}
    for k, name in enumerate(layers):
        b = rng.normal(size=(4, H))
        b[0] += 3 * k  # each layer remembers longer than the one before
        own = {"W": rng.normal(size=(4, H, H + D)) / 2, "b": b, "forget_gate": np.True_, "coupled": np.False_}
        own |= {"x": rng.normal(size=(T, B, D)), "h0": rng.normal(size=(B, H)), "C0": rng.normal(size=(B, H))}
        own |= {"lengths": lengths, "reverse": np.False_}
        own["labels"] = np.frombuffer(json.dumps(names).encode(), np.uint8)
        arrays |= {f"{name}/{key}": value for key, value in own.items()}
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def gru(H: int = 3, D: int = 2, reset_after: bool = True) -> GRUParams:
    """Some parameters of a GRU."""
    rng = np.random.default_rng(0)
    b_h = rng.normal(size=H) if reset_after else np.zeros(H)
    return GRUParams(rng.normal(size=(3, H, H + D)), rng.normal(size=(3, H)), b_h, reset_after)


def answer(name: str) -> tuple[np.ndarray, np.ndarray]:
    """x (T, B, D), and what the framework gave for it, (T, B, H)."""
    with np.load(FOLDER / f"{name}.npz") as arrays:
        return arrays["x"], arrays["h"]


def last_output(layers, x) -> np.ndarray:
    """What the last layer, or pair, of a stack gives."""
    runs = run_layers(layers, x)
    place = (runs[-1].layer.name, runs[-1].layer.level)
    return merged([run for run in runs if (run.layer.name, run.layer.level) == place])

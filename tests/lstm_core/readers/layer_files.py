"""What the tests of the readers run on: files of PyTorch, Keras and ONNX tools, with their own outputs."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from lstm_core.readers import LayerFile, merged, read_file, run_layers

FOLDER = Path(__file__).parents[2] / "fixtures" / "layer_files"

BESIDE = {"external.data": FOLDER / "external.data"}

ANSWERED = sorted(path.name.removesuffix(".npz") for path in FOLDER.glob("*.npz"))
"""The files whose framework's outputs stand beside them."""


def read(name: str, **options) -> LayerFile:
    """A file of the fixtures."""
    return read_file(FOLDER / name, beside=BESIDE, **options)


def answer(name: str) -> tuple[np.ndarray, np.ndarray]:
    """x (T, B, D), and what the framework gave for it, (T, B, H)."""
    with np.load(FOLDER / f"{name}.npz") as arrays:
        return arrays["x"], arrays["h"]


def last_output(layers, x) -> np.ndarray:
    """What the last layer, or pair, of a stack gives."""
    runs = run_layers(layers, x)
    place = (runs[-1].layer.name, runs[-1].layer.level)
    return merged([run for run in runs if (run.layer.name, run.layer.level) == place])

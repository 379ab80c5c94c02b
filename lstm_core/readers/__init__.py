"""Layers out of the files of PyTorch, Keras, ONNX and NumPy: file -> **readers** -> params -> forward."""

from .formats import read_file, read_layers
from .layer import Layer, LayerFile
from .limits import ANY_SIZE, IN_THE_APP, Limits
from .proof import Difference, compare
from .refusals import Refused
from .run import LayerRun, merged, run_layers

__all__ = [
    "ANY_SIZE",
    "IN_THE_APP",
    "Difference",
    "Layer",
    "LayerFile",
    "LayerRun",
    "Limits",
    "Refused",
    "compare",
    "merged",
    "read_file",
    "read_layers",
    "run_layers",
]

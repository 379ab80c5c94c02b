"""What each framework's own library finds in a file: bytes -> arrays by name, in a process that may break."""

import io
import json
import multiprocessing
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from types import ModuleType
from unittest.mock import patch

import numpy as np

PATIENCE = 20
"""Seconds that a library may take for a file. Some never end on broken ones, and then nothing is compared."""


def _safetensors(content: bytes) -> dict[str, np.ndarray]:
    from safetensors import deserialize

    types = {"F16": "f2", "F32": "f4", "F64": "f8"}
    return {
        name: np.frombuffer(one["data"], types[one["dtype"]]).reshape(one["shape"])
        for name, one in deserialize(content)
        if one["dtype"] in types
    }


def _npz(content: bytes) -> dict[str, np.ndarray]:
    found = {}
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        for name in arrays.files:
            with suppress(Exception):  # an array that NumPy can't read is compared with nothing
                found[name] = arrays[name]
    return {name: array for name, array in found.items() if isinstance(array, np.ndarray)}


def _walked(data: dict, between: str, place: str = ""):
    """Every value within dicts, with its place."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _walked(value, between, f"{place}{key}{between}")
        else:
            yield f"{place}{key}", value


def _json(content: bytes) -> dict[str, np.ndarray]:
    found = {}
    for name, value in _walked(json.loads(content), "."):
        with suppress(TypeError, ValueError, OverflowError):
            if isinstance(value, list):
                found[name] = np.array(value, np.float64)
    return found


def _torch(content: bytes) -> dict[str, np.ndarray]:
    import torch

    loaded = torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
    return {
        name: value.detach().to(torch.float64).numpy()
        for name, value in _walked(loaded, "/")
        if isinstance(value, torch.Tensor) and value.is_floating_point()
    }


def _onnx(content: bytes) -> dict[str, np.ndarray]:
    import onnx

    model = onnx.ModelProto.FromString(content)
    found = {}
    for tensor in model.graph.initializer:
        if tensor.data_type in (1, 10, 11, 16) and tensor.data_location == 0:
            found.pop(tensor.name, None)  # of two of one name the last counts
            with suppress(Exception):  # a tensor that the library can't read is compared with nothing
                found[tensor.name] = onnx.numpy_helper.to_array(tensor)
    return found


def _hdf5(content: bytes) -> dict[str, np.ndarray]:
    import h5py

    found = {}

    def collect(name, item) -> None:
        if isinstance(item, h5py.Dataset) and item.dtype.kind == "f":
            found[name] = item[()]

    with h5py.File(io.BytesIO(content), "r") as file:
        file.visititems(collect)
    return found


def _keras(content: bytes) -> dict[str, np.ndarray]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return _hdf5(archive.read("model.weights.h5"))


ASK: dict[str, tuple[str, Callable[[bytes], dict[str, np.ndarray]]]] = {
    "safetensors": ("safetensors", _safetensors),
    "npz": ("numpy", _npz),
    "json": ("json", _json),
    "torch": ("torch", _torch),
    "onnx": ("onnx", _onnx),
    "hdf5": ("h5py", _hdf5),
    "keras": ("h5py", _keras),
}
"""Kind of file -> the library that reads it, and how that is asked."""


def missing(kind: str) -> str:
    """The library that reads files of a kind, where it is not installed; else ""."""
    library, _ = ASK[kind]
    return "" if find_spec(library) else library


def _answer(pipe) -> None:
    """Answers what comes through the pipe, one file after the other."""
    while True:
        kind, content = pipe.recv()
        try:
            with np.errstate(all="ignore"):
                arrays = ASK[kind][1](content)
        except BaseException as error:  # whatever a library raises, it does not read the file
            pipe.send((None, f"{type(error).__name__}: {error}"[:300]))
        else:
            pipe.send((arrays, ""))


class Oracle:
    """The libraries in a process of their own, which is started anew when one breaks it or does not end."""

    def __init__(self):
        self._process = None

    def ask(self, kind: str, content: bytes) -> tuple[dict[str, np.ndarray] | None, str]:
        """The arrays in a file, or None and why its library does not read it; "" where it does not answer."""
        if self._process is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_answer, args=(theirs,), daemon=True)
            # A process that is started runs the main script of this one anew: after AppTest that is a page.
            with patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):
                self._process.start()
            theirs.close()  # so that the end of the process is noticed
        try:
            self._pipe.send((kind, content))
            if self._pipe.poll(PATIENCE if self._warm(kind) else 120):
                return self._pipe.recv()
        except (EOFError, OSError):
            pass
        self.close()
        return None, ""

    _asked: frozenset[str] = frozenset()

    def _warm(self, kind: str) -> bool:
        """Whether the library is loaded already, which takes some of them a while."""
        is_warm = kind in self._asked
        self._asked |= {kind}
        return is_warm

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process, self._asked = None, frozenset()

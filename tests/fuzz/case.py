"""One file: what the readers make of it, and whether that is right: bytes -> nothing, or a **Wrong**."""

import io
from collections.abc import Callable

import numpy as np

from lstm_core.readers import (
    IN_THE_APP,
    Refused,
    json_file,
    numpy_file,
    read_file,
    run_layers,
    safetensors_file,
    torch_file,
)
from lstm_core.readers.hdf5 import Hdf5
from lstm_core.readers.limits import Budget
from lstm_core.readers.names import LONGEST_NAME
from lstm_core.readers.onnx_tensor import tensor_of
from lstm_core.readers.protobuf import Message
from lstm_core.readers.snippets import snippet
from lstm_core.readers.stored import BYTES, Stored
from lstm_core.readers.zipped import Archive

from .oracles import Oracle


class Wrong(AssertionError):
    """A file is read wrongly, though nothing was raised."""


def check(content: bytes) -> None:
    """Read a file and run its layers: nothing but a Refused may be raised, and names can be written down."""
    try:
        file = read_file(content, beside={"beside.bin": bytes(100)})
    except Refused as refused:
        _checked_sentence(refused)
        return
    for refused in file.left_out:
        if not isinstance(refused, Refused):
            raise Wrong(f"left out by {type(refused).__name__}")
        _checked_sentence(refused)
    if len({layer.address for layer in file.layers}) != len(file.layers):
        raise Wrong("two layers of one address")
    for layer in file.layers[:4]:
        for text in (layer.name, layer.address, layer.place, *layer.keys):
            text.encode()
            if len(text) > 8 * LONGEST_NAME:
                raise Wrong(f"a name of {len(text)} letters")
        snippet(layer, [one for one in file.layers if one.name == layer.name], "file")
        try:
            [run] = run_layers([layer], np.zeros((2, layer.D), np.float32))
        except Refused as refused:
            _checked_sentence(refused)
        else:
            if not (np.isfinite(run.trace.h).all() and np.isfinite(run.trace.C).all()):
                raise Wrong("a run that is not finite")


def _checked_sentence(refused: Refused) -> None:
    said = str(refused)
    if not (said.isprintable() and 10 < len(said) < 700):
        raise Wrong(f"a sentence that can't be shown: {said!r:.100}")


def compare(kind: str, content: bytes, oracle: Oracle) -> None:
    """Hold each array that the readers read against the one that the framework's own library reads."""
    try:
        ours = READ[kind](content)
    except Refused:
        return
    theirs, why = oracle.ask(kind, content)
    if theirs is None:
        if kind == "safetensors" and why and ours:
            raise Wrong(f"read, and refused by its own library: {why}")
        return
    for name, stored in ours.items():
        if name not in theirs or stored.dtype not in BYTES or np.prod(stored.shape) > 1e6:
            continue
        try:
            got = stored.read().astype(np.float64)
        except Refused:
            continue
        wanted = theirs[name]
        if got.shape != wanted.shape:
            raise Wrong(f"{name!r:.60} has shape {got.shape}, and its own library says {wanted.shape}")
        with np.errstate(all="ignore"):
            wanted = wanted.astype(np.float64)
        if not np.array_equal(got, wanted, equal_nan=True):
            raise Wrong(f"{name!r:.60} holds other numbers than its own library says")


def _archive(content: bytes) -> Archive:
    return Archive(io.BytesIO(content), Budget(IN_THE_APP))


def _torch(content: bytes) -> dict[str, Stored]:
    if content[:2] == b"PK":
        places = torch_file.read_zip(_archive(content))
    else:
        places = torch_file.read_legacy(io.BytesIO(content), len(content), Budget(IN_THE_APP))
    return {
        f"{place}/{name}" if place else name: stored
        for place, arrays in places.items()
        for name, stored in arrays.items()
    }


def _onnx(content: bytes) -> dict[str, Stored]:
    graph = None
    for number, value in Message(memoryview(content)).fields():
        if number == 7 and isinstance(value, memoryview):
            graph = Message(value)
    found: dict[str, Stored] = {}
    for number, value in graph.fields() if graph is not None else ():
        if number == 5 and isinstance(value, memoryview):
            tensor = tensor_of(Message(value))
            if tensor.dtype in BYTES and not tensor.is_outside:
                found[tensor.name] = tensor.stored(Budget(IN_THE_APP), lambda *_: b"")
    return found


def _keras(content: bytes) -> dict[str, Stored]:
    weights = _archive(content).read("model.weights.h5", 40_000_000)
    return Hdf5(io.BytesIO(weights), Budget(IN_THE_APP)).arrays


READ: dict[str, Callable[[bytes], dict[str, Stored]]] = {
    "safetensors": lambda content: safetensors_file.read_arrays(
        io.BytesIO(content), len(content), Budget(IN_THE_APP)
    ),
    "npz": lambda content: numpy_file.read_arrays(_archive(content)),
    "json": lambda content: json_file.read_arrays(json_file.read_object(content)),
    "torch": _torch,
    "onnx": _onnx,
    "hdf5": lambda content: Hdf5(io.BytesIO(content), Budget(IN_THE_APP)).arrays,
    "keras": _keras,
}
"""The arrays that the readers find, by the kind of the file."""

"""Which format a file has, by its content: file -> **format** -> its layers."""

import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from ..params import LSTMParams
from . import json_file, numpy_file, safetensors_file, torch_file
from .blocks import check_numbers, checked_order
from .hdf5_bytes import SIGNATURE
from .keras_file import read_archive, read_hdf5
from .layer import Layer, LayerFile, with_addresses
from .limits import IN_THE_APP, Budget, Limits, check_bytes, check_size
from .named import FoundLayers, find_layers
from .onnx_file import read_model
from .refusals import Phrase, Refused
from .zipped import Archive


def read_layers(path_or_file, **options) -> list[Layer]:
    """The LSTM layers in a file of PyTorch, safetensors, Keras, ONNX, NumPy or JSON.

    As `read_file`, which says too what could not be read. Raises Refused, a ValueError of one sentence.
    """
    return list(read_file(path_or_file, **options).layers)


def read_file(
    path_or_file,
    *,
    limits: Limits = IN_THE_APP,
    beside: dict | None = None,
    order: str | None = None,
) -> LayerFile:
    """What is in a file: its LSTM layers, in the order of the model where it has one, and what is left out.

    path_or_file : a path, bytes, or a binary file. Nothing of it is run, and no other file is opened.
    limits : bounds on the file and its layers; ANY_SIZE has none.
    beside : files that an ONNX model keeps its numbers in, by the names that the model uses.
    order : of the gates in arrays that have names alone, as in "ifco".

    Raises Refused, a ValueError whose text is one sentence, where nothing can be read.
    """
    if order is not None:
        checked_order(order)
    with opened(path_or_file) as file:
        size = file.seek(0, os.SEEK_END)
        check_bytes(limits, size)
        file.seek(0)
        found = FoundLayers("", limits, order)
        _read(found, file, size, beside or {})
    if found.layers:
        embeddings = tuple({one.name: one for one in found.embeddings}.values())
        layers, left_out = tuple(with_addresses(found.layers)), tuple(found.left_out)
        return LayerFile(found.kind, layers, left_out, embeddings, tuple(found.outputs))
    if found.left_out:
        first = found.left_out[0]
        raise first if len(found.left_out) == 1 else Refused("no_layer_known", first=first)
    raise Refused("no_layer", names=", ".join(found.names[:4]) or Phrase("none"))


@contextmanager
def opened(path_or_file) -> Iterator[BinaryIO]:
    """A binary file to seek in, of a path, bytes or a file. Raises Refused for what is no ordinary file."""
    if isinstance(path_or_file, (bytes, bytearray, memoryview)):
        yield io.BytesIO(path_or_file)
    elif isinstance(path_or_file, (str, os.PathLike)):
        try:
            is_ordinary = stat.S_ISREG(os.stat(path_or_file).st_mode)
        except (OSError, ValueError):
            is_ordinary = False
        if not is_ordinary:
            raise Refused("no_file", name=os.fspath(path_or_file))
        with open(path_or_file, "rb") as file:
            yield file
    else:
        yield path_or_file


def _read(found: FoundLayers, file: BinaryIO, size: int, beside: dict) -> None:
    """Adds the layers of the file, and says of which kind it is."""
    budget = Budget(found.limits)
    start = file.read(64)
    file.seek(0)
    if not start:
        raise Refused("empty")
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _zip(found, Archive(file, budget))
    elif start.startswith(SIGNATURE):
        found.kind = "Keras"
        read_hdf5(found, file, budget)
    elif start.startswith(b"\x93NUMPY"):
        raise Refused("one_array")
    elif len(start) > 8 and start[8:9] == b"{" and int.from_bytes(start[:8], "little") <= size:
        _arrays(found, "safetensors", {"": safetensors_file.read_arrays(file, size, budget)})
    elif start[:1] == b"\x80" and start[1:2] in (b"\0", b"\1", b"\2", b"\3", b"\4", b"\5"):
        _arrays(found, "PyTorch", torch_file.read_legacy(file, size, budget))
    elif start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        _json(found, file.read())
    else:
        found.kind = "ONNX"
        try:
            read_model(found, file.read(), budget, _beside(beside))
        except Refused as refusal:
            # Almost any bytes begin as a message could; an ONNX model begins with the number of its format.
            raise refusal if start[:1] == b"\x08" else Refused("unknown") from None


def _zip(found: FoundLayers, archive: Archive) -> None:
    names = archive.members
    if any(name.rpartition("/")[2] == "data.pkl" for name in names):
        _arrays(found, "PyTorch", torch_file.read_zip(archive))
    elif "model.weights.h5" in names:
        found.kind = "Keras"
        read_archive(found, archive)
    elif any(name.endswith(".npy") for name in names):
        _arrays(found, "NumPy", {"": numpy_file.read_arrays(archive)})
    else:
        raise Refused("unknown")


def _arrays(found: FoundLayers, kind: str, places: dict) -> None:
    """The layers among named arrays, by the place of their dict in the file."""
    found.kind = kind
    for place, arrays in places.items():
        find_layers(found, arrays, place)
        found.add_beside(arrays)


def _json(found: FoundLayers, content: bytes) -> None:
    data = json_file.read_object(content)
    if data.get("format") != "lstm-params":
        _arrays(found, "JSON", {"": json_file.read_arrays(data)})
        return
    found.kind, dtype = "JSON", "float32" if data.get("dtype") == "float32" else "float64"
    with found.one_layer():
        params = _own(json_file.own_parameters(data), found.limits)
        found.add("", params, dtype=dtype, keys=("W", "b"))


def _own(data: dict, limits: Limits) -> LSTMParams:
    arrays = json_file.read_arrays(data)
    for name, axes in (("W", 3), ("b", 2)):
        if name not in arrays or len(arrays[name].shape) != axes:
            raise Refused("incomplete", layer="lstm", array=name)
    shape = arrays["W"].shape
    check_size(limits, "lstm", shape[1], shape[2] - shape[1])
    numbers = {name: arrays[name].load() for name in ("W", "b", "peepholes") if name in arrays}
    try:
        params = LSTMParams.from_data(data | numbers)
    except ValueError as error:
        field = str(error).partition(":")[0]
        field = "version, gates, dtype, W, b" if field == "parameters" else field
        raise Refused("not_json", what=Phrase("own_field", names=field)) from None
    check_numbers("lstm", params.W, params.b, *([] if params.peepholes is None else [params.peepholes]))
    return params


def _beside(files: dict):
    """Gives bytes of a file that came along, by the name that the model has for it."""

    def read(name: str, array: str, offset: int, count: int) -> bytes:
        if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/"):
            raise Refused("path", name=name)
        if name not in files:
            raise Refused("external", array=array, name=repr(name))
        with opened(files[name]) as file:
            if file.seek(0, os.SEEK_END) < offset + count:
                raise Refused("storage", array=array)
            file.seek(offset)
            return file.read(count)

    return read

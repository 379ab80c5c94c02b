"""A tensor of an ONNX model: message -> shape and type at once, numbers when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import prod

import numpy as np

from .limits import Budget
from .phrases import Phrase
from .protobuf import Message, text, varint
from .refusals import Refused, broken
from .stored import BYTES, Stored, decode

_DTYPES = {1: "float32", 10: "float16", 11: "float64", 16: "bfloat16", 6: "int32", 7: "int64"}
_DTYPES |= {2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 9: "bool"}


@dataclass
class Tensor:
    """TensorProto. `raw` in the order of its numbers; or `halves`, 16 bits in a varint each; or `outside`."""

    name: str = ""
    shape: tuple[int, ...] = ()
    dtype: str = "unknown"
    raw: memoryview | None = None
    halves: list[memoryview] = field(default_factory=list)
    pieces: list[memoryview] = field(default_factory=list)
    singles: list[int] = field(default_factory=list)
    outside: dict[str, str] = field(default_factory=dict)
    is_outside: bool = False
    longs: list[memoryview] = field(default_factory=list)


def tensor_of(message: Message, name: str = "") -> Tensor:
    """The tensor of a TensorProto. Raises Refused for shapes that are none."""
    tensor = Tensor(name)
    dims: list[int] = []
    for number, value in message.fields():
        if isinstance(value, int):
            if number == 1:
                dims.append(value)
            elif number == 2:
                tensor.dtype = _DTYPES.get(value, f"number {value} of ONNX")
            elif number in (4, 10):
                tensor.singles.append(value)
            elif number == 14:
                tensor.is_outside = value == 1
        elif number == 1:
            dims += _varints(value)
        elif number in (4, 10):
            tensor.pieces.append(value)
        elif number == 5:
            tensor.halves.append(value)
        elif number == 7:
            tensor.longs.append(value)
        elif number == 8 and not name:
            tensor.name = text(value)
        elif number == 9:
            tensor.raw = value
        elif number == 13:
            entry = message.inner(value)
            key, said = entry.first(1, memoryview), entry.first(2, memoryview)
            if key is not None and said is not None:
                tensor.outside[text(key)] = text(said)
        if len(dims) > 8:
            raise broken("onnx", "many_axes")
    if not all(0 <= n < 2**48 for n in dims):
        raise broken("onnx", "no_length")
    tensor.shape = tuple(dims)
    return tensor


def part(tensor: Tensor, first: int, shape: tuple[int, ...], budget: Budget, beside: Callable) -> Stored:
    """The numbers from `first` on that fill `shape`, as an array that is still in its file.

    beside : gives (file name, offset, bytes) of a file that came along. A part is always within
    the tensor's own shape.
    """

    def load():
        if first + prod(shape) > prod(tensor.shape):
            raise Refused("storage", array=tensor.name)
        budget.spend(prod(shape) * BYTES[tensor.dtype])
        return _numbers(tensor, first, prod(shape), beside)

    return Stored(tensor.name, shape, tensor.dtype, load)


def _numbers(tensor: Tensor, first: int, count: int, beside: Callable) -> np.ndarray:
    size = BYTES[tensor.dtype]
    if tensor.is_outside:
        begin, length = (_whole(tensor.outside.get(key, "0")) for key in ("offset", "length"))
        if length and length != prod(tensor.shape) * size:
            raise Refused("storage", array=tensor.name)
        raw = beside(tensor.outside.get("location", ""), tensor.name, begin + first * size, count * size)
        return decode(raw, tensor.dtype)
    if tensor.raw is not None:
        whole = tensor.raw
    elif tensor.halves:
        bits = [bit for packed in tensor.halves for bit in _varints(packed)]
        whole = memoryview(np.array(bits, np.uint64).astype("<u2").tobytes())
    elif tensor.singles:
        whole = memoryview(np.array(tensor.singles, np.uint64).astype(f"<u{size}").tobytes())
    else:
        whole = memoryview(b"".join(tensor.pieces))
    if len(whole) != prod(tensor.shape) * size:
        raise Refused("storage", array=tensor.name)
    return decode(bytes(whole[first * size : (first + count) * size]), tensor.dtype)


def _whole(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 16):
        raise broken("onnx", "no_place")
    return int(said)


def _varints(packed: memoryview) -> list[int]:
    if len(packed) > 3_000_000:
        raise Refused("too_many", most=3_000_000, what=Phrase("bytes_of_numbers"))
    found, at = [], 0
    while at < len(packed):
        value, at = varint(packed, at)
        found.append(value)
    return found

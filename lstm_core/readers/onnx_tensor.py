"""A tensor of an ONNX model: message -> shape and type at once, numbers when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import prod

import numpy as np

from .limits import Budget
from .protobuf import Message, first_varints, text
from .refusals import Refused, broken
from .stored import BYTES, Stored, decode

_DTYPES = {1: "float32", 10: "float16", 11: "float64", 16: "bfloat16", 6: "int32", 7: "int64"}
_DTYPES |= {2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 9: "bool"}

_FIELDS = {"float32": 4, "float64": 10}
"""The field of TensorProto that holds numbers of a type."""


@dataclass
class Tensor:
    """TensorProto. `raw` in the order of its numbers; or `halves`, 16 bits in a varint each; or `outside`.

    pieces, singles : numbers of the fields for float32 and float64, each with the number of its field.
    """

    name: str = ""
    shape: tuple[int, ...] = ()
    dtype: str = "unknown"
    raw: memoryview | None = None
    halves: list[memoryview] = field(default_factory=list)
    pieces: list[tuple[int, memoryview]] = field(default_factory=list)
    singles: list[tuple[int, int]] = field(default_factory=list)
    outside: dict[str, str] = field(default_factory=dict)
    is_outside: bool = False
    longs: list[memoryview] = field(default_factory=list)
    _whole: memoryview | None = None

    def whole(self) -> memoryview:
        """The bytes of all its numbers in the file, put together once, however many nodes use them.

        Raises Refused where there are not as many as the shape says.
        """
        if self._whole is None:
            size = BYTES[self.dtype]
            if self.raw is not None:
                self._whole = self.raw
            elif self.halves:
                self._whole = _halves(self.halves, prod(self.shape), self.name)
            elif self.singles:
                bits = [value for number, value in self.singles if number == _FIELDS.get(self.dtype)]
                self._whole = memoryview(np.array(bits, np.uint64).astype(f"<u{size}").tobytes())
            else:
                pieces = [value for number, value in self.pieces if number == _FIELDS.get(self.dtype)]
                self._whole = pieces[0] if len(pieces) == 1 else memoryview(b"".join(pieces))
            self.halves, self.pieces, self.singles = [], [], []
        if len(self._whole) != prod(self.shape) * BYTES[self.dtype]:
            raise Refused("storage", array=self.name)
        return self._whole

    def let_go(self) -> None:
        """Keep no copy of the numbers beside those that were put together from it: nobody asks again."""
        if self.raw is None:
            self._whole = memoryview(b"")


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
                tensor.singles.append((number, value))
            elif number == 14:
                tensor.is_outside = value == 1
        elif number == 1:
            if len(value):
                dims += first_varints(value)[0].tolist()
        elif number in (4, 10):
            tensor.pieces.append((number, value))
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
    return decode(bytes(tensor.whole()[first * size : (first + count) * size]), tensor.dtype)


def _halves(pieces: list[memoryview], count: int, name: str) -> memoryview:
    """Numbers of 16 bits, each of which stands as a whole number of variable length."""
    if count > sum(map(len, pieces)):
        raise Refused("storage", array=name)
    bits = np.empty(count, "<u2")
    at = 0
    for piece in pieces:
        while len(piece):
            numbers, piece = first_varints(piece)
            if at + len(numbers) > count:
                raise Refused("storage", array=name)
            bits[at : at + len(numbers)] = numbers & 0xFFFF
            at += len(numbers)
    if at != count:
        raise Refused("storage", array=name)
    return memoryview(bits.tobytes())


def _whole(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 16):
        raise broken("onnx", "no_place")
    return int(said)

"""A tensor of an ONNX model: message -> shape and type at once, numbers when they are asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from math import prod

import numpy as np

from .limits import Budget
from .protobuf import Message, first_varints, text
from .refusals import Refused, broken
from .stored import BYTES, Stored, decode

_DTYPES = {1: "float32", 10: "float16", 11: "float64", 16: "bfloat16", 6: "int32", 7: "int64"}
_DTYPES |= {2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 9: "bool"}

READ = BYTES | {"uint8": 1, "int8": 1, "bool": 1, "uint16": 2, "int16": 2, "int32": 4, "int64": 8}
"""The types that are read, with the bytes of a number."""

_VARINTS = 5
_FIELDS = {"float32": 4, "float64": 10, "int64": 7}
"""The field of TensorProto that holds numbers of a type; those of all others stand in the field _VARINTS."""


@dataclass
class Tensor:
    """TensorProto. `raw` in the order of its numbers; or `outside`; or in the field of its type.

    pieces, singles : numbers of such fields, packed or each by itself, with the number of the field.
    """

    name: str = ""
    shape: tuple[int, ...] = ()
    dtype: str = "unknown"
    raw: memoryview | None = None
    pieces: list[tuple[int, memoryview]] = field(default_factory=list)
    singles: list[tuple[int, int]] = field(default_factory=list)
    outside: dict[str, str] = field(default_factory=dict)
    is_outside: bool = False
    _whole: memoryview | None = None

    @property
    def nbytes(self) -> int:
        """Bytes of its numbers. KeyError for a type that is not read."""
        return prod(self.shape) * READ[self.dtype]

    def stored(self, budget: Budget, beside: Callable) -> Stored:
        """Its numbers as an array that is still in its file. budget, beside : as of `numbers`."""
        return Stored(self.name, self.shape, self.dtype, partial(self.numbers, budget, beside))

    def numbers(self, budget: Budget, beside: Callable) -> np.ndarray:
        """All its numbers, flat. Raises Refused where there are not as many as the shape says.

        beside : gives (file name, name of the tensor, offset, bytes) of a file that came along.
        """
        budget.spend(self.nbytes)
        if not self.is_outside:
            return decode(bytes(self.whole()), self.dtype)
        begin, length = (_whole(self.outside.get(key, "0")) for key in ("offset", "length"))
        if length and length != self.nbytes:
            raise Refused("storage", array=self.name)
        return decode(beside(self.outside.get("location", ""), self.name, begin, self.nbytes), self.dtype)

    def whole(self) -> memoryview:
        """The bytes of all its numbers in the file, put together once, however many nodes use them.

        Raises Refused where there are not as many as the shape says.
        """
        if self._whole is None:
            self._whole = self._put_together() if self.raw is None else self.raw
            self.pieces, self.singles = [], []
        if len(self._whole) != self.nbytes:
            raise Refused("storage", array=self.name)
        return self._whole

    def _put_together(self) -> memoryview:
        number, size = _FIELDS.get(self.dtype, _VARINTS), READ[self.dtype]
        pieces = [piece for at, piece in self.pieces if at == number]
        if number in (_VARINTS, _FIELDS["int64"]):
            return _from_varints(pieces, prod(self.shape), size, self.name)
        singles = [value for at, value in self.singles if at == number]
        if singles:
            return memoryview(np.array(singles, np.uint64).astype(f"<u{size}").tobytes())
        return pieces[0] if len(pieces) == 1 else memoryview(b"".join(pieces))

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
        elif number in (_VARINTS, *_FIELDS.values()):
            tensor.pieces.append((number, value))
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


def _from_varints(pieces: list[memoryview], count: int, size: int, name: str) -> memoryview:
    """The bytes of numbers of `size` bytes, each of which stands as a whole number of variable length."""
    if count > sum(map(len, pieces)):
        raise Refused("storage", array=name)
    bits = np.empty(count, f"<u{size}")
    at = 0
    for piece in pieces:
        while len(piece):
            numbers, piece = first_varints(piece)
            if at + len(numbers) > count:
                raise Refused("storage", array=name)
            bits[at : at + len(numbers)] = numbers  # of which the lowest bits are kept
            at += len(numbers)
    if at != count:
        raise Refused("storage", array=name)
    return memoryview(bits.tobytes())


def _whole(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 16):
        raise broken("onnx", "no_place")
    return int(said)

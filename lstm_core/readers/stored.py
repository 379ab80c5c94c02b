"""An array that is still in its file: its type and shape are known before its numbers are read."""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod

import numpy as np

from .refusals import Refused

BYTES = {"float16": 2, "bfloat16": 2, "float32": 4, "float64": 8}
"""The types that weights come in, with the bytes of a number."""


@dataclass(frozen=True)
class Stored:
    """An array in a file.

    name : its name there.
    shape, dtype : as the file says; dtype is a key of BYTES or the name of another type.
    load : gives exactly prod(shape) numbers in their order; called once the shape was approved.
    """

    name: str
    shape: tuple[int, ...]
    dtype: str
    load: Callable[[], np.ndarray]

    def read(self) -> np.ndarray:
        """Its numbers as float32 or float64. Raises Refused for other types."""
        self.check_dtype()
        numbers = self.load().reshape(self.shape)
        return numbers if numbers.dtype in (np.float32, np.float64) else numbers.astype(np.float32)

    def check_dtype(self) -> None:
        """A Refused for numbers that are no floats of 16, 32 or 64 bits."""
        if self.dtype not in BYTES:
            raise Refused("dtype", array=self.name, got=self.dtype)

    @property
    def nbytes(self) -> int:
        """Bytes of its numbers in the file; 0 for types that are not read."""
        return prod(self.shape) * BYTES.get(self.dtype, 0)


def decode(raw: bytes, dtype: str, order: str = "<") -> np.ndarray:
    """Bytes to a flat array; bfloat16, the upper half of a float32, becomes float32."""
    if dtype == "bfloat16":
        return (np.frombuffer(raw, f"{order}u2").astype(np.uint32) << 16).view(np.float32)
    numbers = np.frombuffer(raw, np.dtype(dtype).newbyteorder(">" if order == ">" else "<"))
    return numbers.astype(numbers.dtype.newbyteorder("="), copy=False)

"""NumPy's .npz: archive -> stored arrays by name. Nothing in it is unpickled."""

from __future__ import annotations

import io
from math import prod

import numpy as np

from .refusals import broken
from .stored import Stored
from .zipped import Archive

_HEADER_BYTES = 12_000
"""More than NumPy's own reader accepts."""


def read_arrays(archive: Archive) -> dict[str, Stored]:
    """The arrays of an .npz. The header of each is read at once, its numbers when they are asked for."""
    arrays = {}
    for member in archive.members:
        if not member.endswith(".npy"):
            continue
        name = member.removesuffix(".npy")
        shape, fortran, dtype, start = header(archive.head(member, _HEADER_BYTES), name)
        if dtype.kind not in "biuf":
            arrays[name] = Stored(name, shape, dtype.name, lambda: np.empty(0))
            continue
        if start + prod(shape) * dtype.itemsize != archive.size(member):
            raise broken("npz", "not_as_long", name=name[:60])
        arrays[name] = Stored(name, shape, dtype.name, _loader(archive, member, start, shape, fortran, dtype))
    return arrays


def header(head: bytes, name: str) -> tuple[tuple[int, ...], bool, np.dtype, int]:
    """Shape, whether columns come first, type, and where the numbers start, of the bytes of an .npy file."""
    stream = io.BytesIO(head)
    try:
        version = np.lib.format.read_magic(stream)
        read = (
            np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        )
        shape, fortran, dtype = read(stream)
    except Exception:  # NumPy hands on what its parser meets
        raise broken("npz", "no_npy_header", name=name[:60]) from None
    if len(shape) > 8 or not all(type(n) is int and 0 <= n < 2**48 for n in shape) or dtype.hasobject:
        raise broken("npz", "no_numbers", name=name[:60])
    return shape, fortran, dtype, stream.tell()


def _loader(archive, member, start, shape, fortran, dtype):
    def load():
        numbers = np.frombuffer(archive.read(member), dtype, offset=start)
        numbers = numbers.reshape(shape, order="F" if fortran else "C")
        return numbers.astype(dtype.newbyteorder("="), order="C")

    return load

"""NumPy's .npz: archive -> stored arrays by name. Nothing in it is unpickled."""

import re
from functools import partial
from math import prod

import numpy as np

from .names import check_length
from .refusals import broken
from .stored import Stored
from .zipped import Archive

HEADER_BYTES = 1024
"""As NumPy writes it, the header of an array of numbers has 128 bytes."""

_FIELD = re.compile(
    r"'descr':'(?P<descr>[<>=|]?[biuf]\d{1,2})',?|'fortran_order':(?P<fortran>True|False),?"
    r"|'shape':\((?P<shape>(?:\d{1,15},?){0,8})\),?",
    re.ASCII,
)
_NO_NUMBERS = np.dtype("V1")
"""Stands for every type but whole numbers, floats, True and False."""


Said = tuple[tuple[int, ...], bool, np.dtype, int]
"""What a header says, see `header`."""


def read_arrays(archive: Archive) -> dict[str, Stored]:
    """The arrays of an .npz. The header of each is read at once, its numbers when they are asked for."""
    arrays = {}
    for member in archive.members:
        if not member.endswith(".npy"):
            continue
        name = member.removesuffix(".npy")
        check_length(name)
        said = header(archive.head(member, HEADER_BYTES), name)
        shape, _, dtype, start = said
        if dtype is not _NO_NUMBERS and start + prod(shape) * dtype.itemsize != archive.size(member):
            raise broken("npz", "not_as_long", name=name[:60])
        arrays[name] = Stored(name, shape, dtype.name, partial(_load, archive, member, said))
    return arrays


def header(head: bytes, name: str) -> Said:
    """Shape, whether columns come first, type, and where the numbers start, of the bytes of an .npy file.

    NumPy's own reader takes a header for an expression of Python and parses it twice where it is none: an
    archive of some kilobytes keeps it busy for a minute. This one reads arrays of numbers alone; anything
    else is an array of the type `void`.
    """
    width = {1: 2, 2: 4, 3: 4}.get(head[6] if len(head) > 6 else 0)
    if width is None or not head.startswith(b"\x93NUMPY"):
        raise broken("npz", "no_npy_header", name=name[:60])
    start = 8 + width + int.from_bytes(head[8 : 8 + width], "little")
    text = "".join(head[8 + width : start].decode("latin-1").split())
    found: dict[str, str] = {}
    at = 1
    while match := _FIELD.match(text, at):
        found |= {key: value for key, value in match.groupdict().items() if value is not None}
        at = match.end()
    if start > len(head) or text[:1] != "{" or text[at:] != "}" or len(found) != 3:
        return (), False, _NO_NUMBERS, start
    shape = tuple(int(length) for length in found["shape"].split(",") if length)
    try:
        dtype = np.dtype(found["descr"])
    except TypeError:
        raise broken("npz", "no_npy_header", name=name[:60]) from None
    if prod(length or 1 for length in shape) >= 2**60:  # NumPy multiplies the lengths, and leaves out none
        raise broken("npz", "no_numbers", name=name[:60])
    return shape, found["fortran"] == "True", dtype, start


def _load(archive: Archive, member: str, said: Said) -> np.ndarray:
    return numbers(archive.read(member), said)


def numbers(content: bytes, said: Said) -> np.ndarray:
    """The array of an .npy file whose `header` says this."""
    shape, fortran, dtype, start = said
    array = np.frombuffer(content, dtype, offset=start).reshape(shape, order="F" if fortran else "C")
    return array.astype(dtype.newbyteorder("="), order="C")

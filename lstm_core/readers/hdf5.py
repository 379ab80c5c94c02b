"""An HDF5 file, treated as hostile: names -> stored arrays and texts. Nothing outside of it is read."""

from dataclasses import dataclass, field
from math import prod
from typing import BinaryIO

import numpy as np

from .hdf5_bytes import SYMBOL_TABLE, UNDEFINED, Bytes
from .limits import MOST_ARRAYS, Budget
from .refusals import Phrase, Refused, broken
from .stored import BYTES, Stored, decode

_MOST_DEPTH = 24
MOST_TEXT = 4_000_000
"""Bytes of an attribute that is a text, such as the configuration of a model."""

_LONGEST_NAME = 500
_SPACE, _LINK_INFO, _TYPE, _LINK, _OUTSIDE, _LAYOUT, _ATTRIBUTE = 0x01, 0x02, 0x03, 0x06, 0x07, 0x08, 0x0C
_FLOATS: dict[tuple[int, ...], str] = {
    # size, sign at, offset, precision, exponent at, its bits, mantissa at, its bits, exponent bias
    (2, 15, 0, 16, 10, 5, 0, 10, 15): "float16",
    (4, 31, 0, 32, 23, 8, 0, 23, 127): "float32",
    (8, 63, 0, 64, 52, 11, 0, 52, 1023): "float64",
}
"""Floats by all that a file says of them; HDF5 has room for any other kind, too."""

_FIRST_BIT_IMPLIED = 0x20
"""The mantissa begins with a 1 that is not stored; no bits are left over that would be filled."""


@dataclass
class _Object:
    """What the header of an object says."""

    shape: tuple[int, ...] | None = None
    dtype: str = ""
    order: str = "<"
    layout: memoryview | None = None
    is_outside: bool = False
    table: memoryview | None = None
    links: list[memoryview] = field(default_factory=list)
    attributes: list[memoryview] = field(default_factory=list)


class Hdf5:
    """The arrays and attributes of an HDF5 file.

    arrays : by full name, without the first slash, in the file's own (alphabetical) order.
    Raises Refused for links of any kind, for virtual and external data, and for what is broken.
    """

    def __init__(self, file: BinaryIO, budget: Budget):
        file.seek(0)
        self.bytes, self.budget = Bytes(memoryview(file.read())), budget
        self.arrays: dict[str, Stored] = {}
        self._groups: dict[str, _Object] = {}
        self._walk(self.bytes.root(), "", 0, set())

    def _walk(self, header: int, name: str, depth: int, seen: set[int]) -> None:
        if depth > _MOST_DEPTH or header in seen:
            raise broken("hdf5", "endless_groups")
        if len(self.arrays) + len(self._groups) > MOST_ARRAYS or len(name) > 2000:
            raise Refused("too_many", most=MOST_ARRAYS, what=Phrase("arrays"))
        seen.add(header)
        read = self._object(header, name)
        if read.layout is not None:
            self._add(name, read)
            return
        self._groups[name] = read
        for key, place in self._members(read, name):
            self._walk(place, f"{name}/{key}" if name else key, depth + 1, seen)

    def _object(self, header: int, name: str) -> _Object:
        found = _Object()
        for kind, message in self.bytes.messages(header):
            if kind == _SPACE:
                found.shape = _shape(message)
            elif kind == _TYPE:
                found.dtype, found.order = _dtype(message)
            elif kind == _LAYOUT:
                found.layout = message
            elif kind == _OUTSIDE:
                found.is_outside = True
            elif kind == SYMBOL_TABLE:
                found.table = message
            elif kind == _LINK:
                found.links.append(message)
            elif kind == _ATTRIBUTE:
                found.attributes.append(message)
            elif kind == _LINK_INFO and len(message) >= 18:
                places = 2 + 8 * (message[1] & 1)  # with many members they stand in a heap of another kind
                if _whole(message[places : places + 8]) != UNDEFINED:
                    raise Refused("packed", name=name or "/")
        return found

    def _members(self, group: _Object, name: str):
        if group.table is not None:
            for key, place, is_soft in self.bytes.members(group.table):
                if is_soft:
                    raise Refused("link", name=f"{name}/{key}")
                yield key, place
        for message in group.links:
            yield _hard_link(message, name)

    def _add(self, name: str, read: _Object) -> None:
        if read.shape is not None:
            shape = read.shape
            self.arrays[name] = Stored(name, shape, read.dtype, lambda: self._load(name, read, shape))

    def _load(self, name: str, read: _Object, shape: tuple[int, ...]) -> np.ndarray:
        content = memoryview(b"") if read.layout is None else read.layout
        layout = bytes(content[:18])
        if read.is_outside or layout[:2] == b"\x04\x03":
            raise Refused("link", name=name)
        if len(layout) < 4 or layout[0] not in (3, 4) or layout[1] not in (0, 1):
            raise Refused("packed", name=name)
        count = prod(shape) * BYTES[read.dtype]
        if layout[1] == 0:
            raw = content[4:]
            size = _whole(layout[2:4])
        else:
            place, size = _whole(layout[2:10]), _whole(layout[10:18])
            if place == UNDEFINED or place + size > len(self.bytes.content):
                raise Refused("storage", array=name)
            raw = self.bytes.take(place, size)
        if size != count or len(raw) < count:
            raise Refused("storage", array=name)
        self.budget.spend(count)
        return decode(bytes(raw[:count]), read.dtype, read.order)

    def texts(self, group: str, attribute: str, most: int = MOST_TEXT) -> list[str] | None:
        """The text, or the texts, of an attribute; None where it is not there or holds something else.

        most : bytes of all of them together. Several groups may share one long text.
        """
        for message in self._groups[group].attributes if group in self._groups else ():
            self.bytes.step()
            name, kind, space, data = _attribute(message)
            if name == attribute:
                return self._texts(kind, _shape(space), data, most)
        return None

    def _texts(
        self, kind: memoryview, shape: tuple[int, ...] | None, data: memoryview, room: int
    ) -> list[str] | None:
        count = prod(shape) if shape is not None else 0
        size = _whole(kind[4:8])
        if count > MOST_ARRAYS or count * size > len(data) or size < 1:
            return None
        pieces = [data[place * size : (place + 1) * size] for place in range(count)]
        if kind[0] & 15 == 3:  # texts of one length
            return [bytes(piece).rstrip(b"\0").decode("utf-8", "replace") for piece in pieces]
        if kind[0] & 15 != 9 or kind[1] & 15 != 1 or size != 16:  # no texts of any length
            return None
        made = []
        for piece in pieces:
            length, heap, number = _whole(piece[:4]), _whole(piece[4:12]), _whole(piece[12:])
            raw = self.bytes.heap_object(heap, number, room)[:length] if length else b""
            room -= len(raw)
            made.append(raw.decode("utf-8", "replace"))
        return made

    def text(self, group: str, attribute: str, most: int = 4 * _LONGEST_NAME) -> str | None:
        """The text of an attribute, such as a name, or None."""
        texts = self.texts(group, attribute, most)
        return texts[0] if texts and len(texts) == 1 else None

    def has_group(self, name: str) -> bool:
        """Whether there is a group of that name."""
        return name in self._groups


def _whole(raw: memoryview | bytes) -> int:
    return int.from_bytes(raw, "little")


def _shape(message: memoryview) -> tuple[int, ...] | None:
    """The lengths of a dataspace; () for one value, None for none."""
    if len(message) < 4 or message[0] not in (1, 2) or message[1] > 8:
        raise broken("hdf5", "no_shape")
    start = 8 if message[0] == 1 else 4
    if len(message) < start + 8 * message[1]:
        raise broken("hdf5", "no_shape")
    if message[0] == 2 and message[3] == 2:
        return None
    places = range(start, start + 8 * message[1], 8)
    return tuple(_whole(message[place : place + 8]) for place in places)


def _dtype(message: memoryview) -> tuple[str, str]:
    """The name of a type and the order of its bytes; bfloat16 is written as two bytes of anything."""
    if len(message) < 8:
        raise broken("hdf5", "no_type")
    kind, size = message[0] & 15, _whole(message[4:8])
    if kind == 1 and len(message) >= 20:
        said = (size, message[2], _whole(message[8:10]), _whole(message[10:12]), *message[12:16])
        usual = _FLOATS.get((*said, _whole(message[16:20])), "an unusual float")
        is_plain = message[1] & ~1 == _FIRST_BIT_IMPLIED and message[3] == 0
        return usual if is_plain else "an unusual float", ">" if message[1] & 1 else "<"
    if kind == 5 and size == 2:
        return "bfloat16", "<"
    names = ("int", "float", "time", "text", "bits", "bytes", "record", "reference", "enum", "text", "array")
    return f"{names[kind] if kind < len(names) else 'unknown'} of {size} bytes", "<"


def _attribute(message: memoryview) -> tuple[str, memoryview, memoryview, memoryview]:
    """Name, type, shape and data of an attribute."""
    if len(message) < 9 or message[0] not in (1, 2, 3):
        raise broken("hdf5", "no_attribute")
    sizes = [_whole(message[at : at + 2]) for at in (2, 4, 6)]
    at, parts = 9 if message[0] == 3 else 8, []
    for size in sizes:
        parts.append(message[at : at + size])
        at += (size + 7) // 8 * 8 if message[0] == 1 else size
    if at > len(message) or message[0] != 1 and message[1] & 3 or len(parts[1]) < 8:
        raise broken("hdf5", "short_attribute")
    name = bytes(parts[0][:_LONGEST_NAME]).partition(b"\0")[0].decode("utf-8", "replace")
    return name, parts[1], parts[2], message[at:]


def _hard_link(message: memoryview, group: str) -> tuple[str, int]:
    """Name and place of a member that is in the file itself."""
    if len(message) < 4 or message[0] != 1:
        raise broken("hdf5", "no_link")
    flags, at, kind = message[1], 2, 0
    if flags & 8:
        kind, at = _whole(message[at : at + 1]), at + 1
    at += (8 if flags & 4 else 0) + (1 if flags & 16 else 0)
    width = 1 << (flags & 3)
    length = _whole(message[at : at + width])
    name = bytes(message[at + width : at + width + min(length, 2000)]).decode("utf-8", "replace")
    place = message[at + width + length : at + width + length + 8]
    if kind != 0:
        raise Refused("link", name=f"{group}/{name}")
    if len(place) != 8:
        raise broken("hdf5", "no_link")
    return name, _whole(place)

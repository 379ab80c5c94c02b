"""The wire format of protocol buffers: bytes -> numbered fields. Descends only where it is told to."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np

from .refusals import Phrase, Refused, broken

MOST_FIELDS = 1_000_000


class Message:
    """The fields of one message, in their order; `count` is shared by all messages of a file.

    A field is an int for the wire types 0, 1 and 5 (fixed numbers as their bits) and a memoryview
    for 2. Raises Refused for lengths beyond the message, groups, and too many fields.
    """

    def __init__(self, content: memoryview, count: list[int] | None = None):
        self.content = content
        self.count = [0] if count is None else count

    def fields(self) -> Iterator[tuple[int, int | memoryview]]:
        """(number, value) of each field."""
        content, at, end = self.content, 0, len(self.content)
        while at < end:
            self.count[0] += 1
            if self.count[0] > MOST_FIELDS:
                raise Refused("too_many", most=MOST_FIELDS, what=Phrase("fields"))
            tag, at = varint(content, at)
            number, wire = tag >> 3, tag & 7
            if number == 0:
                raise broken("onnx", "no_field_number")
            value: int | memoryview
            if wire == 0:
                value, at = varint(content, at)
            elif wire in (1, 5):
                size = 8 if wire == 1 else 4
                if at + size > end:
                    raise broken("onnx", "cut_number")
                value, at = int.from_bytes(content[at : at + size], "little"), at + size
            elif wire == 2:
                length, at = varint(content, at)
                if length > end - at:
                    raise broken("onnx", "long_field")
                value, at = content[at : at + length], at + length
            else:
                raise broken("onnx", "other_field")
            yield number, value

    def first(self, number: int, kind: type, default=None):
        """The last value of a field, as protocol buffers have it, or `default`."""
        found = default
        for got, value in self.fields():
            if got == number and isinstance(value, kind):
                found = value
        return found

    def inner(self, content: memoryview) -> Message:
        """A message within this one."""
        return Message(content, self.count)


def varint(content: memoryview, at: int) -> tuple[int, int]:
    """A whole number of variable length, and where it ends."""
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(content):
            break
        byte = content[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
    raise broken("onnx", "endless_number")


_AT_ONCE = 1 << 16
_MOST_TEXT = 2000
_LONGEST = 10
"""Bytes of a whole number: 64 bits, seven in a byte."""


def first_varints(packed: memoryview) -> tuple[np.ndarray, memoryview]:
    """The first whole numbers of a packed field, some thousands at once, as uint64; and what follows them."""
    part = np.frombuffer(packed[:_AT_ONCE], np.uint8)
    ends = np.flatnonzero(part < 128)
    if not len(ends) or np.diff(ends, prepend=-1).max() > _LONGEST:
        raise broken("onnx", "endless_number")
    starts = np.concatenate([[0], ends[:-1] + 1])
    numbers = np.zeros(len(ends), np.uint64)
    for place in range(_LONGEST):
        at = starts + place
        is_in = at <= ends
        numbers[is_in] |= (part[at[is_in]] & np.uint8(127)).astype(np.uint64) << np.uint64(7 * place)
    return numbers, packed[int(ends[-1]) + 1 :]


def text(value: memoryview) -> str:
    """A text field: a name, which tells one thing from another and so is never cut."""
    if len(value) > _MOST_TEXT:
        raise Refused("too_many", most=_MOST_TEXT, what=Phrase("bytes_of_text"))
    return bytes(value).decode("utf-8", "replace")


def float_of(bits: int) -> float:
    """The float32 whose bits a fixed field holds."""
    return struct.unpack("<f", struct.pack("<I", bits & 0xFFFFFFFF))[0]

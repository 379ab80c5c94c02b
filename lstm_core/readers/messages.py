"""A message between two processes: head, blocks of bytes <-> **message** <-> a pipe.

It is the length of its head (eight bytes), the head as JSON, and blocks of raw bytes whose lengths the head
says.
"""

import json
from collections.abc import Iterable
from typing import IO

MOST_HEAD = 2_000_000


class Garbled(ValueError):
    """A message that is not as it has to be."""


class CutOff(Garbled):
    """A message that ends before its end."""


def send(to: IO[bytes], head: dict, blocks: Iterable = ()) -> None:
    """Write a message and flush it."""
    text = json.dumps(head).encode("ascii")
    to.write(len(text).to_bytes(8, "little") + text)
    for block in blocks:
        to.write(block)
    to.flush()


def receive_head(source: IO[bytes]) -> dict:
    """The head of a message. Raises Garbled."""
    length = int.from_bytes(receive_block(source, 8), "little")
    if length > MOST_HEAD:
        raise Garbled("head")
    try:
        head = json.loads(receive_block(source, length))
    except (ValueError, RecursionError):
        raise Garbled("head") from None
    return of(dict, head)


def receive_block(source: IO[bytes], length: int) -> bytes | bytearray:
    """So many bytes, in room that is taken once. Raises CutOff where fewer come."""
    block = bytearray(length)
    view, got = memoryview(block), 0
    while got < length:
        count = source.readinto(view[got:])  # type: ignore[attr-defined]
        if not count:
            raise CutOff("it ended early")
        got += count
    return block


def of(kind, value):
    """The value, if it is of that type. Raises Garbled."""
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise Garbled(f"expected {kind}")
    return value

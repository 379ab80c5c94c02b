"""PyTorch's .pt and .pth, the zip of today and the pickles of before: file -> stored arrays by name."""

from __future__ import annotations

import io
from functools import partial
from math import prod
from typing import BinaryIO

import numpy as np

from .limits import MOST_ARRAYS, Budget, Limits
from .phrases import Phrase
from .pickle_machine import read_pickle
from .refusals import Refused, broken
from .stored import Stored, decode
from .torch_pickle import Storage, View, resolve, storage_of
from .zipped import Archive

_MAGIC = 0x1950A86A20F9469CFC6C
_MOST_PICKLE_BYTES = 20_000_000
_MOST_DEPTH = 6
_LONGEST_NAME = 500


def read_zip(archive: Archive) -> dict[str, dict[str, Stored]]:
    """The arrays of a zip that `torch.save` wrote: by place in the checkpoint, then by name."""
    [pickle, *more] = [name for name in archive.members if name.rpartition("/")[2] == "data.pkl"]
    if more:
        raise broken("pytorch", "pickles")
    top = pickle.removesuffix("data.pkl")
    if f"{top}constants.pkl" in archive.members or any(
        name.startswith(f"{top}code/") for name in archive.members
    ):
        raise Refused("torchscript")
    order = "<"
    if f"{top}byteorder" in archive.members and archive.read(f"{top}byteorder", 16).strip() == b"big":
        order = ">"
    content = read_pickle(io.BytesIO(archive.read(pickle, _MOST_PICKLE_BYTES)), resolve, storage_of)

    def bytes_of(storage: Storage) -> bytes:
        name = f"{top}data/{storage.key}"
        if name in archive.members and archive.size(name) != storage.count * storage.itemsize:
            raise Refused("storage", array=name)
        return archive.read(name)

    return _arrays(content, _Storages(bytes_of, archive.budget.limits), order)


def read_legacy(file: BinaryIO, size: int, budget: Budget) -> dict[str, dict[str, Stored]]:
    """The arrays of a file of PyTorch before 1.6: by place in the checkpoint, then by name."""
    seen: dict[str, Storage] = {}

    def refer(reference) -> Storage:
        storage = storage_of(reference)
        return seen.setdefault(storage.key, storage)

    for expected in (_MAGIC, 1001):
        if read_pickle(file, resolve, refer) != expected:
            raise Refused("not_weights", name=Phrase("other_pickle"))
    system = read_pickle(file, resolve, refer)
    if isinstance(system, dict) and system.get("little_endian") is False:
        raise Refused("big_endian")
    content = read_pickle(file, resolve, refer)
    keys = read_pickle(file, resolve, refer)
    if not isinstance(keys, list) or len(keys) > MOST_ARRAYS:
        raise broken("pytorch", "no_storages")
    places: dict[str, int] = {}
    for key in map(str, keys):
        storage = seen.get(key)
        length = int.from_bytes(file.read(8), "little")
        if storage is None or storage.count != length or key in places:
            raise Refused("storage", array=key)
        places[key] = file.tell()
        if places[key] + length * storage.itemsize > size:
            raise Refused("storage", array=key)
        file.seek(length * storage.itemsize, 1)

    def bytes_of(storage: Storage) -> bytes:
        if storage.key not in places:
            raise Refused("storage", array=storage.key)
        budget.spend(storage.count * storage.itemsize)
        file.seek(places[storage.key])
        return file.read(storage.count * storage.itemsize)

    return _arrays(content, _Storages(bytes_of, budget.limits), "<")


class _Storages:
    """The bytes of the storage that was read last: layers often share one.

    What is copied out of storages is counted by itself, since a few numbers can be an array of any size.
    """

    def __init__(self, bytes_of, limits: Limits):
        self.bytes_of, self.budget = bytes_of, Budget(limits)
        self.key: str | None = None
        self.raw = b""

    def load(self, name: str, view: View, order: str) -> np.ndarray:
        """The numbers of an array, after its offset, shape and strides were held against its storage."""
        storage = view.storage
        last = view.offset + sum((n - 1) * stride for n, stride in zip(view.shape, view.strides, strict=True))
        whole = storage.count * storage.itemsize
        if 0 in view.shape or (last + 1) * view.itemsize > whole:
            raise Refused("storage", array=name)
        self.budget.spend(prod(view.shape) * view.itemsize)
        if self.key != storage.key:
            self.raw = b""
            self.key, self.raw = storage.key, self.bytes_of(storage)
        if len(self.raw) != whole:
            raise Refused("storage", array=name)
        first = view.offset * view.itemsize
        flat = decode(self.raw[first : (last + 1) * view.itemsize], view.dtype, order)
        strides = [stride * flat.itemsize for stride in view.strides]
        return np.ascontiguousarray(np.lib.stride_tricks.as_strided(flat, view.shape, strides))


def _arrays(content, storages: _Storages, order: str) -> dict[str, dict[str, Stored]]:
    found: dict[str, dict[str, Stored]] = {}
    for place, name, view in _named_views(content):
        load = partial(storages.load, name, view, order)
        found.setdefault(place, {})[name] = Stored(name, view.shape, view.dtype, load)
    return found


def _named_views(content):
    """Every array in nested dicts: the place of its dict, its name there, the view."""
    waiting, visited, found = [("", content, 0)], set(), []
    while waiting:
        place, value, depth = waiting.pop()
        if id(value) in visited or depth > _MOST_DEPTH:
            continue
        visited.add(id(value))
        deeper = []
        for key, item in value.items() if isinstance(value, dict) else ():
            if len(str(key)) > _LONGEST_NAME:
                continue
            if isinstance(item, View) and isinstance(key, str):
                found.append((place, key, item))
            elif isinstance(item, dict):
                deeper.append((f"{place}/{key}" if place else str(key), item, depth + 1))
        waiting += reversed(deeper)
        if len(found) > MOST_ARRAYS:
            raise Refused("too_many", most=MOST_ARRAYS, what=Phrase("arrays"))
    return found

"""PyTorch's .pt and .pth, the zip of today and the pickles of before: file -> stored arrays by name."""

import io
from functools import partial
from math import prod
from typing import BinaryIO

import numpy as np

from .limits import MOST_ARRAYS, Budget, Limits
from .names import check_length, writable
from .pickle_machine import read_pickle
from .refusals import Phrase, Refused, broken
from .stored import Stored, decode
from .torch_pickle import Storage, View, resolve, storage_of
from .zipped import Archive

_MAGIC = 0x1950A86A20F9469CFC6C
_MOST_PICKLE_BYTES = 20_000_000
_MOST_DEPTH = 6


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
    count = [0]

    def refer(reference) -> Storage:
        storage = storage_of(reference)
        return seen.setdefault(storage.key, storage)

    for expected in (_MAGIC, 1001):
        if read_pickle(file, resolve, refer, count) != expected:
            raise Refused("not_weights", name=Phrase("other_pickle"))
    system = read_pickle(file, resolve, refer, count)
    if isinstance(system, dict) and system.get("little_endian") is False:
        raise Refused("big_endian")
    content = read_pickle(file, resolve, refer, count)
    keys = read_pickle(file, resolve, refer, count)
    if not isinstance(keys, list) or len(keys) > MOST_ARRAYS:
        raise broken("pytorch", "no_storages")
    places: dict[str, int] = {}
    for said in keys:
        if not isinstance(said, (str, int)):  # a list of lists of lists could be endless as text
            raise broken("pytorch", "no_storages")
        key = str(said)
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
        """The numbers of an array, after its offset, shape and strides were checked against its storage."""
        storage = view.storage
        last = view.offset + sum((n - 1) * stride for n, stride in zip(view.shape, view.strides, strict=True))
        whole = storage.count * storage.itemsize
        count = prod(view.shape)
        if not 0 < count <= storage.count or (last + 1) * view.itemsize > whole:
            raise Refused("storage", array=name)
        self.budget.spend(count * view.itemsize)
        if self.key != storage.key:
            self.raw = b""
            self.key, self.raw = storage.key, self.bytes_of(storage)
        if len(self.raw) != whole:
            raise Refused("storage", array=name)
        # Only the numbers that are asked for are copied: they can be few, and far from each other.
        flat = np.frombuffer(
            self.raw, f"V{view.itemsize}", last + 1 - view.offset, view.offset * view.itemsize
        )
        strides = [stride * view.itemsize for stride in view.strides]
        numbers = np.lib.stride_tricks.as_strided(flat, view.shape, strides, writeable=False)
        return decode(numbers.tobytes(), view.dtype, order)


def _arrays(content, storages: _Storages, order: str) -> dict[str, dict[str, Stored]]:
    found: dict[str, dict[str, Stored]] = {}
    for place, name, view in _named_views(content):
        load = partial(storages.load, name, view, order)
        found.setdefault(place, {})[name] = Stored(name, view.shape, view.dtype, load)
    return found


def _named_views(content):
    """Every array in nested dicts: the place of its dict, its name there, the view.

    The place is put together where there is an array: there can be any number of dicts without one.
    """
    waiting: list[tuple[tuple, object]] = [((), content)]
    visited, found = set(), []
    while waiting:
        keys, value = waiting.pop()
        if not isinstance(value, dict) or id(value) in visited or len(keys) > _MOST_DEPTH:
            continue
        visited.add(id(value))
        views = [(k, item) for k, item in value.items() if isinstance(item, View) and isinstance(k, str)]
        if views:
            check_length(*keys)
            place = "/".join(map(writable, keys))
        for key, view in views:
            check_length(key)
            found.append((place, writable(key), view))
        deeper = [(str(key), item) for key, item in value.items() if isinstance(item, dict)]
        waiting += [((*keys, key), item) for key, item in reversed(deeper)]
        if len(found) > MOST_ARRAYS:
            raise Refused("too_many", most=MOST_ARRAYS, what=Phrase("arrays"))
    return found

"""An HDF5 file, treated as hostile: names -> stored arrays and texts. Nothing outside of it is read."""

from __future__ import annotations

from contextlib import contextmanager
from typing import BinaryIO

import numpy as np

from .limits import MOST_ARRAYS, Budget
from .refusals import Refused
from .stored import Stored

_MOST_DEPTH = 24
_MOST_TEXT = 4_000_000
_CONTIGUOUS = (0, 1)
"""The layouts of HDF5 in which the numbers stand in one piece: compact and contiguous."""


@contextmanager
def _guarded():
    """What h5py meets in a broken file comes as any exception that it knows."""
    try:
        yield
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused("broken", kind="HDF5 file", what=str(error)[:80].rstrip(".")) from None


class Hdf5:
    """The arrays and attributes of an HDF5 file.

    arrays : by full name, without the first slash, in the file's own (alphabetical) order.
    Raises Refused for links of any kind, for virtual and external data, and for what is broken.
    """

    def __init__(self, file: BinaryIO, budget: Budget):
        import h5py  # the one reader that needs it

        self._h5py, self.budget = h5py, budget
        self.arrays: dict[str, Stored] = {}
        self._groups: dict[str, object] = {}
        with _guarded():
            file.seek(0)
            self._root = h5py.File(file, "r")
            self._walk(self._root, "", 0, set())

    def _walk(self, group, name: str, depth: int, seen: set[int]) -> None:
        address = self._h5py.h5o.get_info(group.id).addr
        if depth > _MOST_DEPTH or address in seen:
            raise Refused(
                "broken", kind="HDF5 file", what="its groups stand within each other without an end"
            )
        seen.add(address)
        self._groups[name] = group
        for key in group:
            inner = f"{name}/{key}" if name else key
            if len(self.arrays) + len(self._groups) > MOST_ARRAYS or len(inner) > 2000:
                raise Refused("too_many", most=MOST_ARRAYS, what="arrays")
            if not isinstance(group.get(key, getlink=True), self._h5py.HardLink):
                raise Refused("link", name=inner)
            item = group[key]
            if isinstance(item, self._h5py.Group):
                self._walk(item, inner, depth + 1, seen)
            elif isinstance(item, self._h5py.Dataset) and item.shape is not None:
                shape = tuple(int(n) for n in item.shape)
                dtype = self._dtype(item)
                self.arrays[inner] = Stored(inner, shape, dtype, self._loader(inner, item, dtype))

    def _dtype(self, dataset) -> str:
        """The name of its type; bfloat16, which HDF5 does not know, is written as two bytes of anything."""
        dtype = dataset.dtype
        if dtype.kind == "V" and dtype.itemsize == 2 and dtype.names is None:
            return "bfloat16"
        return dtype.name if dtype.kind in "biuf" else str(dtype)[:40]

    def _loader(self, name: str, dataset, dtype: str):
        def load():
            with _guarded():
                how = dataset.id.get_create_plist()
                if how.get_external_count():
                    raise Refused("link", name=name)
                if how.get_layout() not in _CONTIGUOUS or how.get_nfilters():
                    raise Refused("link" if dataset.is_virtual else "packed", name=name)
                if dataset.id.get_storage_size() < dataset.size * dataset.dtype.itemsize:
                    raise Refused("storage", array=name)
                self.budget.spend(dataset.size * dataset.dtype.itemsize)
                numbers = np.empty(dataset.shape, dataset.dtype)
                dataset.read_direct(numbers)
                if dtype == "bfloat16":
                    return (numbers.view("<u2").astype(np.uint32) << 16).view(np.float32)
                return numbers.astype(numbers.dtype.newbyteorder("="), copy=False)

        return load

    def texts(self, group: str, attribute: str) -> list[str] | None:
        """The text, or the texts, of an attribute; None where it is not there or holds something else."""
        with _guarded():
            attributes = self._groups[group].attrs if group in self._groups else {}
            if attribute not in attributes:
                return None
            found = attributes.get_id(attribute)
            shape, dtype = found.shape, found.dtype
            if shape is None or len(shape) > 1 or np.prod(shape) > MOST_ARRAYS or dtype.kind not in "SO":
                return None
            if dtype.itemsize * max(1, int(np.prod(shape))) > _MOST_TEXT:
                raise Refused("too_many", most=_MOST_TEXT, what="bytes of text")
            value = attributes[attribute]
        values = [value] if isinstance(value, (str, bytes)) else list(np.atleast_1d(value))
        return [item.decode("utf-8", "replace") if isinstance(item, bytes) else str(item) for item in values]

    def text(self, group: str, attribute: str) -> str | None:
        """The text of an attribute, or None."""
        texts = self.texts(group, attribute)
        return texts[0] if texts and len(texts) == 1 else None

    def has_group(self, name: str) -> bool:
        """Whether there is a group of that name."""
        return name in self._groups

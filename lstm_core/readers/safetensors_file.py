"""safetensors: file -> stored arrays by name. A header in JSON, then the numbers one after the other."""

import json
from math import prod
from typing import BinaryIO

from .limits import MOST_ARRAYS, Budget
from .names import check_length
from .refusals import Refused, broken
from .stored import Stored, decode

_MOST_HEADER_BYTES = 4_000_000
_DTYPES = {"F16": "float16", "BF16": "bfloat16", "F32": "float32", "F64": "float64"}
_BITS = {
    "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "BOOL": 8, "U8": 8, "I8": 8, "F8_E5M2": 8, "F8_E4M3": 8,
    "F8_E8M0": 8, "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8, "I16": 16, "U16": 16, "F16": 16, "BF16": 16,
    "I32": 32, "U32": 32, "F32": 32, "C64": 64, "F64": 64, "I64": 64, "U64": 64,
}  # fmt: skip
"""Bits of a number of each type of the format."""


def read_arrays(file: BinaryIO, size: int, budget: Budget) -> dict[str, Stored]:
    """The arrays of the file. Raises Refused for headers that lie about places, shapes or sizes."""
    file.seek(0)
    length = int.from_bytes(file.read(8), "little")
    if length > _MOST_HEADER_BYTES or length > size - 8:
        raise broken("safetensors", "long_header")
    try:
        header = json.loads(file.read(length).decode("utf-8"), object_pairs_hook=_once)
        json.dumps(header, ensure_ascii=False).encode()  # a lone surrogate is no text
    except (ValueError, RecursionError) as error:
        raise error if isinstance(error, Refused) else broken("safetensors", "header_no_json") from None
    if not isinstance(header, dict) or len(header) > MOST_ARRAYS:
        raise broken("safetensors", "header_no_arrays")
    arrays, taken = {}, []
    for name, entry in header.items():
        if name == "__metadata__":
            texts = {} if entry is None else entry
            if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
                raise broken("safetensors", "header_no_arrays")
            continue
        check_length(name)
        said, shape, begin, end = _place(entry)
        if said not in _BITS:
            raise Refused("dtype", array=name, got=said)
        if not begin <= end <= size - 8 - length or 8 * (end - begin) != prod(shape) * _BITS[said]:
            raise broken("safetensors", "wrong_place", name=name[:60])
        dtype = _DTYPES.get(said, said)
        taken.append((begin, end))
        arrays[name] = Stored(
            name, shape, dtype, _loader(file, budget, 8 + length + begin, end - begin, dtype)
        )
    before = 0
    for begin, end in [*sorted(taken), (size - 8 - length,) * 2]:
        if begin < before:
            raise broken("safetensors", "shared_place")
        if begin > before:
            raise broken("safetensors", "hole")
        before = end
    return arrays


def _place(entry) -> tuple[str, tuple[int, ...], int, int]:
    """Type, shape, and where the numbers begin and end."""
    if isinstance(entry, dict) and isinstance(entry.get("dtype"), str):
        shape, offsets = entry.get("shape"), entry.get("data_offsets")
        if isinstance(shape, list) and isinstance(offsets, list) and len(offsets) == 2 and len(shape) <= 8:
            numbers = [*shape, *offsets]
            if all(type(number) is int and 0 <= number < 2**48 for number in numbers):
                return entry["dtype"], tuple(shape), *offsets
    raise broken("safetensors", "no_array")


def _loader(file, budget, start, count, dtype):
    def load():
        budget.spend(count)
        file.seek(start)
        return decode(file.read(count), dtype)

    return load


def _once(pairs):
    made = dict(pairs)
    if len(made) != len(pairs):
        raise broken("safetensors", "said_twice")
    return made

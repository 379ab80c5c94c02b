"""Real files, changed a little: bytes anywhere or in a member of a zip, values of JSON, fields of ONNX."""

import io
import json
import struct
import zipfile
from functools import cache

from google.protobuf.empty_pb2 import Empty
from google.protobuf.message import DecodeError
from google.protobuf.unknown_fields import UnknownFieldSet
from hypothesis import strategies as st

from tests.faults.layer_corpus.archives import zipped
from tests.faults.layer_corpus.models import varint
from tests.lstm_core.readers.layer_files import FOLDER

from .arrays import ODD
from .wellformed import KINDS

_ENDINGS = {"pt": "torch", "pth": "torch", "safetensors": "safetensors", "keras": "keras"}
_ENDINGS |= {"h5": "hdf5", "onnx": "onnx"}

_INTERESTING = [
    0, 1, 2, 4, 8, 127, 128, 255, 256, 2**15, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1, 2**48, 2**63,
    2**64 - 1,
]  # fmt: skip


_PARTS = 1 << 16
_PART = st.integers(0, _PARTS - 1)
"""A place as a part of the file, which does not depend on its length."""


@cache
def real_files() -> dict[str, tuple[bytes, ...]]:
    """The files of the fixtures by kind, without the largest."""
    found: dict[str, list[bytes]] = {}
    for path in sorted(FOLDER.iterdir()):
        kind = _ENDINGS.get(path.suffix[1:])
        if kind and path.stat().st_size < 200_000:
            found.setdefault(kind, []).append(path.read_bytes())
    return {kind: tuple(contents) for kind, contents in found.items()}


@st.composite
def changed(draw, content: bytes) -> bytes:
    """A few changes: a byte, a number of two to eight bytes, a piece left out, doubled or moved."""
    made = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        if not made:
            break
        at = draw(_PART) * len(made) // _PARTS
        change = draw(st.sampled_from(["byte", "byte", "bit", "number", "out", "double", "move", "end"]))
        length = draw(st.integers(1, 16))
        if change == "byte":
            made[at] = draw(st.integers(0, 255))
        elif change == "bit":
            made[at] ^= 1 << draw(st.integers(0, 7))
        elif change == "number":
            form = draw(st.sampled_from("HIQ"))
            wide = struct.calcsize(form)
            value = draw(st.sampled_from(_INTERESTING)) & (1 << 8 * wide) - 1
            made[at : at + wide] = struct.pack("<" + form, value)
        elif change == "out":
            del made[at : at + length]
        elif change == "double":
            made[at:at] = made[at : at + length] * draw(st.sampled_from([1, 2, 50]))
        elif change == "move":
            there = draw(_PART) * len(made) // _PARTS
            made[there : there + length] = made[at : at + length]
        else:
            del made[max(at, 1) :]
    return bytes(made)


@st.composite
def changed_json(draw, text: bytes) -> bytes:
    """JSON in which a value or two are others, doubled or gone."""
    data = json.loads(text)
    for _ in range(draw(st.integers(1, 3))):
        places = list(_places(data))
        if not places:
            break
        holder, key = draw(st.sampled_from(places[:400]))
        change = draw(st.sampled_from(["odd", "odd", "out", "again"]))
        if change == "odd":
            holder[key] = draw(ODD)
        elif change == "out":
            del holder[key]
        elif isinstance(holder, list):
            holder += [holder[key]] * draw(st.sampled_from([1, 3, 300]))
        else:
            holder[draw(st.sampled_from(["a", "name", "layers", "config"]))] = holder[key]
    return json.dumps(data).encode()


def _places(data, depth: int = 0):
    for key in list(range(len(data)) if isinstance(data, list) else data):
        yield data, key
        if isinstance(data[key], (list, dict)) and depth < 20:
            yield from _places(data[key], depth + 1)


@st.composite
def changed_message(draw, content: bytes, depth: int = 0) -> bytes:
    """A protocol buffer in which a field, or one within it, is another, doubled or gone."""
    fields = _fields(content)
    if not fields:
        return content
    at = draw(st.integers(0, len(fields) - 1))
    number, wire, value = fields[at]
    change = draw(st.sampled_from(["within"] * 6 + ["out", "again", "number", "value"]))
    if change == "within" and wire == 2 and depth < 8 and _is_message(value):
        fields[at] = number, wire, draw(changed_message(value, depth + 1))
    elif change == "out":
        del fields[at]
    elif change == "again":
        fields[at:at] = [fields[at]] * draw(st.sampled_from([1, 2, 100]))
    elif change == "number":
        fields[at] = draw(st.integers(1, 16)), wire, value
    elif wire == 2:
        fields[at] = number, wire, draw(changed(value)) if value else b"\x01"
    else:
        fields[at] = number, 0, draw(st.sampled_from(_INTERESTING))
    return b"".join(map(_field, fields))


def _field(one) -> bytes:
    number, wire, value = one
    start = varint(number << 3 | wire)
    if wire == 0:
        return start + varint(value)
    if wire == 2:
        return start + varint(len(value)) + value
    return start + struct.pack("<Q" if wire == 1 else "<I", value)


def _fields(content: bytes) -> list[tuple]:
    """(number, wire type, value) of each field; DecodeError for what is no message."""
    message = Empty.FromString(content)
    return [(one.field_number, one.wire_type, one.data) for one in UnknownFieldSet(message)]


def _is_message(content: bytes) -> bool:
    try:
        return bool(_fields(content))
    except DecodeError:
        return False


@st.composite
def changed_zip(draw, content: bytes) -> bytes:
    """A zip archive with one member changed, as what it is, and packed anew with a right checksum."""
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        members = {name: made.read(name) for name in made.namelist()}
    name = draw(st.sampled_from(sorted(members)))
    if name.endswith(".json"):
        members[name] = draw(changed_json(members[name]))
    elif members[name]:
        members[name] = draw(changed(members[name]))
    return zipped(members, draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])))


@st.composite
def _within(draw, content: bytes, kind: str) -> bytes:
    """A change that knows how the file is made."""
    try:
        if content[:2] == b"PK":
            return draw(changed_zip(content))
        if kind == "safetensors":
            length = int.from_bytes(content[:8], "little")
            header = draw(changed_json(content[8 : 8 + length]))
            return struct.pack("<Q", len(header)) + header + content[8 + length :]
        if kind == "onnx":
            return draw(changed_message(content))
        if kind == "json":
            return draw(changed_json(content))
    except (ValueError, DecodeError, zipfile.BadZipFile, RecursionError):
        pass
    return draw(changed(content))


@st.composite
def mutants(draw, kind: str) -> bytes:
    """A file of the kind, real or made, with a change anywhere or one that knows its form."""
    real = real_files().get(kind, ())
    content = draw(st.sampled_from(real)) if real and draw(st.booleans()) else draw(KINDS[kind])
    return draw(_within(content, kind) if draw(st.integers(0, 2)) else changed(content))

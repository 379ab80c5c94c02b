"""Zip archives, safetensors, .npz, JSON and ONNX files as nobody should send them: name -> bytes."""

from __future__ import annotations

import io
import json
import struct
import zipfile

import numpy as np


def zipped(members: dict[str, bytes], method=zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name)  # of a fixed date, so that the same members make the same bytes
            member.compress_type = method
            archive.writestr(member, content)
    return file.getvalue()


def npy(array, **options) -> bytes:
    """An .npy file."""
    file = io.BytesIO()
    np.save(file, array, **options)
    return file.getvalue()


def npy_of(header: str, raw: bytes = b"", length: int | None = None) -> bytes:
    """An .npy file whose header is a text of one's own."""
    text = header.encode("latin-1") + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text) if length is None else length) + text + raw


def zips() -> dict[str, bytes]:
    """Archives that climb, lie, or would be large."""
    good = {"W.npy": npy(np.zeros((4, 1, 2))), "b.npy": npy(np.zeros((4, 1)))}
    link = zipfile.ZipInfo("data.pkl")
    link.external_attr = 0o120777 << 16
    linked = io.BytesIO()
    with zipfile.ZipFile(linked, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("W.npy", good["W.npy"])
        archive.writestr("V.npy", good["W.npy"])
        archive.writestr("b.npy", good["b.npy"])
    plain = zipped(good, zipfile.ZIP_STORED)
    bomb = zipped(
        {"b.npy": npy(np.zeros((4, 1))), "W.npy": npy(np.zeros((4, 1000, 60_000), np.float32)[:, :, :8000])}
    )
    at = plain.index(b"PK\x01\x02")
    longer = bytearray(plain)
    struct.pack_into("<II", longer, at + 20, 1 << 30, 1 << 30)
    encrypted = bytearray(plain)
    encrypted[at + 8] |= 1
    encrypted[6] |= 1
    away = bytearray(plain)
    struct.pack_into("<I", away, at + 42, 1 << 31)
    return {
        "zip: a member that climbs": zipped(good | {"../../etc/W.npy": b"x"}),
        "zip: a member that climbs, Windows": zipped(good | {"..\\W.npy": b"x"}),
        "zip: a member at the root": zipped(good | {"/etc/passwd": b"x"}),
        "zip: a member on a drive": zipped(good | {"C:/x": b"x"}),
        "zip: a link": linked.getvalue(),
        "zip: two of one name": twice.getvalue().replace(b"V.npy", b"W.npy"),
        "zip: nothing in it": zipped({}),
        "zip: another zip in it": zipped({"a.zip": plain}),
        "zip: a bomb": bomb,
        "zip: a bomb of Keras": zipped({"config.json": b"{}", "model.weights.h5": bytes(100_000_000)}),
        "zip: a bomb of a model": zipped({"config.json": bytes(80_000_000), "model.weights.h5": b"x"}),
        "zip: a bomb of PyTorch": zipped({"a/data.pkl": bytes(100_000_000)}),
        "zip: fifty thousand members": zipped({f"{n}.npy": b"" for n in range(50_000)}, zipfile.ZIP_STORED),
        "zip: packed by LZMA": zipped(good, zipfile.ZIP_LZMA),
        "zip: packed by bzip2": zipped(good, zipfile.ZIP_BZIP2),
        "zip: a member that claims a gigabyte": bytes(longer),
        "zip: encrypted": bytes(encrypted),
        "zip: a member far away": bytes(away),
        "zip: cut off": plain[: len(plain) // 2],
        "zip: its directory alone": plain[at:],
        "zip: two pickles": zipped({"a/data.pkl": b"\x80\x02N.", "b/data.pkl": b"\x80\x02N."}),
        "zip: a wrong checksum": plain.replace(bytes(8), b"\1" * 8, 1),
    }  # fmt: skip


def npzs() -> dict[str, bytes]:
    """Archives of arrays that are none."""
    objects = npy(np.array([{}], dtype=object), allow_pickle=True)
    dtype = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }"
    arrays = {
        "objects": objects,
        "a shape of a terabyte": npy_of(dtype % ("<f4", (4, 1 << 20, 1 << 20))),
        "a shape below": npy_of(dtype % ("<f4", (4, -1, 2)), bytes(64)),
        "a shape of text": npy_of(dtype % ("<f4", ("4",)), bytes(64)),
        "a shape of nothing": npy_of(dtype % ("<f4", (4, 0, 0))),
        "more numbers than it says": npy_of(dtype % ("<f4", (4, 1, 2)), bytes(6400)),
        "fewer numbers than it says": npy_of(dtype % ("<f4", (4, 1, 2)), bytes(6)),
        "objects by their letter": npy_of(dtype % ("|O", (4, 1, 2)), bytes(64)),
        "long texts": npy_of(dtype % ("<U100000000", (4, 1, 2))),
        "a type that is none": npy_of(dtype % ("evil", (4, 1, 2)), bytes(32)),
        "a header that runs": npy_of("__import__('os').system('touch /tmp/was_run')"),
        "a header of brackets": npy_of("(" * 9000),
        "a header of minuses": npy_of("-" * 9000 + "1"),
        "a header that is long": npy_of(" " * 60_000),
        "a header that is longer than the file": npy_of("{", length=60_000),
        "a version of tomorrow": b"\x93NUMPY\x09\x00" + bytes(64),
        "NaN": npy(np.full((4, 1, 2), np.nan)),
        "whole numbers": npy(np.zeros((4, 1, 2), np.int64)),
        "complex numbers": npy(np.zeros((4, 1, 2), complex)),
        "no input": npy(np.zeros((4, 2, 2))),
        "too many units": npy(np.zeros((4, 1025, 1026), np.float32)),
    }  # fmt: skip
    files = {
        f"npz: {name}": zipped({"W.npy": made, "b.npy": npy(np.zeros((4, 1)))})
        for name, made in arrays.items()
    }
    return files | {
        "npy: an array": npy(np.zeros((4, 1, 2))),
        "npy: objects": objects,
        "npz: a kernel of TensorFlow 1": zipped(
            {"rnn/lstm_cell/kernel.npy": npy(np.zeros((3, 4))), "rnn/lstm_cell/bias.npy": npy(np.zeros(4))}
        ),
        "npz: no layer": zipped({"a.npy": npy(np.zeros(3))}),
        "npz: halves that do not match": zipped(
            {"kernel.npy": npy(np.zeros((3, 8))), "recurrent_kernel.npy": npy(np.zeros((3, 12)))}
        ),
    }  # fmt: skip


def tensors() -> dict[str, bytes]:
    """safetensors files whose headers lie."""

    def made(header, raw: bytes = bytes(96), length: int | None = None) -> bytes:
        text = header if isinstance(header, bytes) else json.dumps(header).encode()
        return struct.pack("<Q", len(text) if length is None else length) + text + raw

    def entry(shape, begin, end, dtype="F32"):
        return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}

    good = {"weight_hh_l0": entry([8, 2], 0, 64), "weight_ih_l0": entry([8, 1], 64, 96)}
    twice = (
        json.dumps(good).encode()[:-1]
        + b',"weight_hh_l0":'
        + json.dumps(entry([8, 2], 0, 64)).encode()
        + b"}"
    )
    entries = {
        "a terabyte": entry([1 << 20, 1 << 20], 0, 1 << 42),
        "places beyond": entry([8, 2], 64, 128),
        "places below": entry([8, 2], -64, 0),
        "places the wrong way round": entry([8, 2], 64, 0),
        "places that are shared": entry([8, 2], 32, 96),
        "a shape longer than its place": entry([8, 200], 0, 64),
        "a shape shorter than its place": entry([8, 1], 0, 64),
        "a shape of halves": entry([8.5, 2], 0, 64),
        "a shape of text": entry(["8", 2], 0, 64),
        "a shape of hundreds of axes": entry([1] * 500, 0, 4),
        "no shape": {"dtype": "F32", "data_offsets": [0, 64]},
        "a list for an entry": [1, 2],
        "an unknown type": entry([8, 2], 0, 64, "EVIL"),
        "a type that is a list": entry([8, 2], 0, 64, "I64"),
        "numbers too large to be true": entry([8, 2], 0, 10**400),
    }
    files = {f"safetensors: {name}": made(good | {"weight_hh_l0": one}) for name, one in entries.items()}
    return files | {
        "safetensors: a header longer than the file": made(good, length=1 << 20),
        "safetensors: a header of exabytes": made(good, length=1 << 62),
        "safetensors: a header cut off": made(good)[:60],
        "safetensors: nested": made(b"{" + b'"a":[' * 500_000),
        "safetensors: nested objects": made(b'{"a":' * 200_000),
        "safetensors: a name twice": made(twice),
        "safetensors: no names": made({}),
        "safetensors: NaN": made(good, struct.pack("<f", float("nan")) * 24),
        "safetensors: no text": made(b"{\xff\xfe}"),
        "safetensors: fifty thousand arrays": made({f"a{n}": entry([0], 0, 0) for n in range(50_000)}),
    }


def jsons() -> dict[str, bytes]:
    """JSON that is large, deep or no numbers."""
    rows = {"W": [[[0, 0]]] * 4, "b": [[0]] * 4}
    own = rows | {"format": "lstm-params", "version": 1, "gates": ["f", "i", "c", "o"]}
    return {
        "json: nested": b'{"a":' + b"[" * 100_000,
        "json: nested objects": b'{"a":' * 90_000,
        "json: millions of numbers": b'{"W": [' + b"1," * 3_000_000 + b"1]}",
        "json: hundreds of thousands of lists": b'{"W": [' + b"[]," * 300_000 + b"1]}",
        "json: a list": b"[1, 2]",
        "json: nothing": b"{}",
        "json: cut off": b'{"W": [[[1',
        "json: no text": b'{"\xff": 1}',
        "json: NaN": b'{"W": [[[NaN, 1]], [[1, 1]], [[1, 1]], [[1, 1]]], "b": [[1], [1], [1], [1]]}',
        "json: a huge number": json.dumps(rows).encode().replace(b"[[[0", b"[[[1e999", 1),
        "json: a long number": json.dumps(rows).encode().replace(b"[[[0", b"[[[" + b"9" * 5000, 1),
        "json: rows of two lengths": json.dumps(rows | {"W": [[[0, 0]]] * 3 + [[[0]]]}).encode(),
        "json: text among numbers": json.dumps(rows | {"b": [["=1+1"]] * 4}).encode(),
        "json: a long text among numbers": json.dumps(rows | {"b": [["x" * 1_000_000]] + [[0]] * 3}).encode(),
        "json: null": json.dumps(rows | {"W": None}).encode(),
        "json: an object for numbers": json.dumps(rows | {"W": {"a": 1}}).encode(),
        "json: own, of tomorrow": json.dumps(own | {"version": 2}).encode(),
        "json: own, of another order": json.dumps(own | {"gates": ["i", "f", "c", "o"]}).encode(),
        "json: own, without weights": json.dumps({"format": "lstm-params", "version": 1}).encode(),
        "json: own, a version that is a list": json.dumps(own | {"version": [1]}).encode(),
        "json: own, switched by text": json.dumps(own | {"coupled": "yes"}).encode(),
    }


def corpus() -> dict[str, bytes]:
    """All of them."""
    return zips() | npzs() | tensors() | jsons()

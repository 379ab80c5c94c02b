"""HDF5 files and ONNX models as nobody should send them: name -> bytes."""

from __future__ import annotations

import io
import json
import struct

import h5py
import numpy as np

H, D = 2, 1


def hdf5(fill) -> bytes:
    """An HDF5 file that `fill` filled."""
    file = io.BytesIO()
    with h5py.File(file, "w") as made:
        fill(made)
    return file.getvalue()


def _weights(group, kernel=(D, 4 * H), recurrent=(H, 4 * H), bias=(4 * H,), value=0.0):
    for name, shape in (("0", kernel), ("1", recurrent), ("2", bias)):
        group[name] = np.full(shape, value, np.float32)


def hdf5s() -> dict[str, bytes]:
    """HDF5 files that point out of themselves, lie, or would be large."""
    cell = "layers/lstm/cell/vars"

    def keras(**changed):
        return lambda file: _weights(file.create_group(cell), **changed)

    def external_link(file):
        file["layers/lstm/cell/vars"] = h5py.ExternalLink("/etc/passwd", "/")

    def soft_link(file):
        keras()(file)
        file["more"] = h5py.SoftLink("/more")

    def soft_link_to_weights(file):
        file["layers/lstm/cell/vars"] = h5py.SoftLink("/elsewhere")
        _weights(file.create_group("elsewhere"))

    def loop(file):
        keras()(file)
        file["layers/again"] = file["/"]

    def virtual(file):
        group = file.create_group(cell)
        _weights(group)
        del group["1"]
        layout = h5py.VirtualLayout((H, 4 * H), np.float32)
        layout[:] = h5py.VirtualSource("/etc/passwd", "x", (H, 4 * H))
        group.create_virtual_dataset("1", layout)

    def outside(file):
        group = file.create_group(cell)
        _weights(group)
        del group["1"]
        group.create_dataset("1", (H, 4 * H), "f4", external=[("/etc/passwd", 0, 4 * 4 * H * H)])

    def packed(file, **options):
        group = file.create_group(cell)
        _weights(group)
        del group["1"]
        group.create_dataset("1", data=np.zeros((H, 4 * H), np.float32), **options)

    def bomb(file):
        group = file.create_group(cell)
        group.create_dataset("0", (1024, 4096), "f4", compression="gzip", fillvalue=0)
        group.create_dataset("1", data=np.zeros((1024, 4096), np.float32), compression="gzip")

    def unwritten(file):
        group = file.create_group(cell)
        group.create_dataset("0", (1, 4096), "f4")
        group.create_dataset("1", (1024, 4096), "f4")

    def terabyte(file):
        group = file.create_group(cell)
        group.create_dataset("0", (1, 1 << 38), "f4")
        group.create_dataset("1", (1 << 36, 1 << 38), "f4")

    def deep(file):
        group = file
        for _ in range(60):
            group = group.create_group("layers")

    def many(file):
        for number in range(21_000):
            file.create_group(str(number))

    def of_type(kind):
        def fill(file):
            group = file.create_group(cell)
            group.create_dataset("0", (D, 4 * H), kind)
            group.create_dataset("1", (H, 4 * H), kind)

        return fill

    def configured(config: str):
        def fill(file):
            file.attrs["model_config"] = config
            keras()(file)

        return fill

    nested = '{"config": {"layers": [' + '{"class_name": "Model", "config": {"layers": [' * 300
    hard = {
        "class_name": "LSTM",
        "config": {"name": "a", "recurrent_activation": "<script>alert(1)</script>"},
    }

    absent = {"class_name": "LSTM", "config": {"name": "a"}}

    def keras_1(file):
        for kind, shape in (("W", (D, H)), ("U", (H, H)), ("b", (H,))):
            for gate in "ifco":
                file[f"lstm_1/lstm_1_{kind}_{gate}"] = np.zeros(shape, np.float32)

    plain = hdf5(keras())
    named = hdf5(configured("{}"))
    heap = named.index(b"GCOL") + 16
    number_zero = named[:heap] + bytes(16) + named[heap + 16 :]
    endless = named[: heap + 8] + struct.pack("<Q", 2**64 - 16) + named[heap + 16 :]
    tree, snod = plain.index(b"TREE"), plain.index(b"SNOD")
    header = struct.pack("<I", 2**32 - 1)
    return {
        "hdf5: a heap that stands still": number_zero,
        "hdf5: a heap that runs on": endless,
        "hdf5: a heap elsewhere": named.replace(b"GCOL", b"GLOC"),
        "hdf5: a tree within itself": plain[: tree + 32] + struct.pack("<Q", tree) + plain[tree + 40 :],
        "hdf5: a tree of thousands": plain[: tree + 6] + b"\xff\xff" + plain[tree + 8 :],
        "hdf5: members of thousands": plain[: snod + 6] + b"\xff\xff" + plain[snod + 8 :],
        "hdf5: a header of gigabytes": plain[:104] + header + plain[108:],
        "hdf5: addresses of four bytes": plain[:13] + b"\x04" + plain[14:],
        "hdf5: of tomorrow": plain[:8] + b"\x09" + plain[9:],
        "hdf5: begins later": plain[:24] + struct.pack("<Q", 512) + plain[32:],
        "hdf5: a root beyond": plain[:64] + struct.pack("<Q", 2**63) + plain[72:],
        "hdf5: a link to another file": hdf5(external_link),
        "hdf5: a link to itself": hdf5(soft_link),
        "hdf5: a link within": hdf5(soft_link_to_weights),
        "hdf5: a group within itself": hdf5(loop),
        "hdf5: virtual": hdf5(virtual),
        "hdf5: numbers in another file": hdf5(outside),
        "hdf5: packed": hdf5(lambda file: packed(file, compression="gzip")),
        "hdf5: shuffled": hdf5(lambda file: packed(file, shuffle=True, chunks=(1, 1))),
        "hdf5: in pieces": hdf5(lambda file: packed(file, chunks=(1, 1))),
        "hdf5: a bomb": hdf5(bomb),
        "hdf5: numbers that were never written": hdf5(unwritten),
        "hdf5: terabytes that were never written": hdf5(terabyte),
        "hdf5: groups within groups": hdf5(deep),
        "hdf5: thousands of groups": hdf5(many),
        "hdf5: nothing": hdf5(lambda file: None),
        "hdf5: NaN": hdf5(keras(value=np.nan)),
        "hdf5: halves that do not match": hdf5(keras(kernel=(D, 12))),
        "hdf5: a bias of another length": hdf5(keras(bias=(3,))),
        "hdf5: matrices that are vectors": hdf5(keras(kernel=(8,), recurrent=(8,))),
        "hdf5: more units than may be": hdf5(keras(kernel=(1, 4100), recurrent=(1025, 4100), bias=(4100,))),
        "hdf5: more inputs than may be": hdf5(keras(kernel=(1025, 8))),
        "hdf5: a plain RNN": hdf5(keras(kernel=(D, H), recurrent=(H, H), bias=(H,))),
        "hdf5: a GRU's bias of another length": hdf5(keras(kernel=(D, 6), recurrent=(H, 6), bias=(7,))),
        "hdf5: whole numbers": hdf5(of_type("i4")),
        "hdf5: complex numbers": hdf5(of_type("c8")),
        "hdf5: texts": hdf5(of_type(h5py.string_dtype())),
        "hdf5: references": hdf5(of_type(h5py.ref_dtype)),
        "hdf5: records": hdf5(of_type(np.dtype([("a", "f4"), ("b", "f4")]))),
        "hdf5: bytes of three": hdf5(of_type(np.dtype("V3"))),
        "hdf5: a model that is no JSON": hdf5(configured("{")),
        "hdf5: a model that is a list": hdf5(configured("[1]")),
        "hdf5: a model within models, cut off": hdf5(configured(nested)),
        "hdf5: a model of brackets": hdf5(configured("[" * 30_000)),
        "hdf5: a model that is not in it": hdf5(
            lambda file: file.attrs.__setitem__("model_config", json.dumps({"config": {"layers": [absent]}}))
        ),
        "hdf5: another gate function": hdf5(configured(json.dumps({"config": {"layers": [hard]}}))),
        "hdf5: Keras 1": hdf5(keras_1),
    }  # fmt: skip


def field(number: int, value) -> bytes:
    """One field of a protocol buffer."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


def varint(value: int) -> bytes:
    """A whole number of variable length."""
    made = b""
    while value > 127:
        made += bytes([value & 127 | 128])
        value >>= 7
    return made + bytes([value])


def tensor(name: str, dims, raw: bytes | None = None, dtype: int = 1, more: bytes = b"") -> bytes:
    """A TensorProto."""
    made = b"".join(field(1, n) for n in dims) + field(2, dtype) + field(8, name.encode())
    return made + (field(9, raw) if raw is not None else b"") + more


def onnx(tensors, node: bytes | None = None, opset: int = 14, more: bytes = b"") -> bytes:
    """A model with one LSTM node and the given tensors."""
    if node is None:
        node = b"".join(field(1, name) for name in (b"X", b"W", b"R")) + field(2, b"Y") + field(4, b"LSTM")
    graph = field(1, node) + b"".join(field(5, one) for one in tensors) + more
    return field(1, 8) + field(8, field(2, opset)) + field(7, graph)


def onnxs() -> dict[str, bytes]:
    """Models that nest, lie, and point elsewhere."""
    W, R = tensor("W", (1, 8, 1), bytes(32)), tensor("R", (1, 8, 2), bytes(64))

    def away(name: bytes, offset: bytes = b"0") -> bytes:
        where = field(13, field(1, b"location") + field(2, name)) + field(
            13, field(1, b"offset") + field(2, offset)
        )
        return tensor("R", (1, 8, 2), more=where + field(14, 1))

    def attribute(name: bytes, value: bytes) -> bytes:
        inputs = b"".join(field(1, one) for one in (b"X", b"W", b"R"))
        return inputs + field(2, b"Y") + field(4, b"LSTM") + field(5, field(1, name) + value)

    graphs = b"".join(field(5, field(1, b"%d" % n) + field(6, field(1, b""))) for n in range(50_000))
    graph = field(1, field(4, b"If"))
    for _ in range(50):
        graph = field(1, field(4, b"If") + field(5, field(1, b"then") + field(6, graph)))
    nested = field(1, 8) + field(8, field(2, 14)) + field(7, graph)
    return {
        "onnx: a shape of a terabyte": onnx([W, tensor("R", (1, 1 << 40, 1 << 38), bytes(64))]),
        "onnx: an axis below": onnx([W, tensor("R", (1, (1 << 64) - 8, 2), bytes(64))]),
        "onnx: fewer numbers than its shape": onnx([W, tensor("R", (1, 8, 2), bytes(60))]),
        "onnx: more numbers than its shape": onnx([W, tensor("R", (1, 8, 2), bytes(6400))]),
        "onnx: no numbers": onnx([W, tensor("R", (1, 8, 2))]),
        "onnx: a hundred axes": onnx([W, tensor("R", (1,) * 100, bytes(64))]),
        "onnx: NaN": onnx([W, tensor("R", (1, 8, 2), struct.pack("<f", float("nan")) * 16)]),
        "onnx: whole numbers": onnx([W, tensor("R", (1, 8, 2), bytes(64), dtype=6)]),
        "onnx: an unknown type": onnx([W, tensor("R", (1, 8, 2), bytes(64), dtype=99)]),
        "onnx: halves that do not match": onnx([W, tensor("R", (1, 12, 3), bytes(144))]),
        "onnx: two directions for one": onnx([W, tensor("R", (2, 8, 2), bytes(128))]),
        "onnx: more units than may be": onnx([W, tensor("R", (1, 4 * 1025, 1025), bytes(64))]),
        "onnx: a file at the root": onnx([W, away(b"/etc/passwd")]),
        "onnx: a file that climbs": onnx([W, away(b"../../../etc/passwd")]),
        "onnx: a file that did not come along": onnx([W, away(b"weights.bin")]),
        "onnx: a file without a name": onnx([W, away(b"")]),
        "onnx: a place below": onnx([W, away(b"beside.bin", b"-5")]),
        "onnx: a place beyond": onnx([W, away(b"beside.bin", b"999999999")]),
        "onnx: a place that is no number": onnx([W, away(b"beside.bin", "١".encode())]),
        "onnx: weights that are missing": onnx([W]),
        "onnx: a node without inputs": onnx([W, R], field(4, b"LSTM")),
        "onnx: a direction that is none": onnx([W, R], attribute(b"direction", field(4, b"sideways"))),
        "onnx: gates of markup": onnx([W, R], attribute(b"activations", field(9, b"<script>" * 50))),
        "onnx: clip": onnx([W, R], attribute(b"clip", varint(2 << 3 | 5) + struct.pack("<f", 3.0))),
        "onnx: graphs within graphs": nested,
        "onnx: of long ago": onnx([W, R], opset=1),
        "onnx: no operators": field(1, 8) + field(7, b""),
        "onnx: no graph": field(1, 8) + field(8, field(2, 14)),
        "onnx: a field longer than the file": field(1, 8) + varint(7 << 3 | 2) + varint(1 << 40),
        "onnx: a length that does not end": field(1, 8) + varint(7 << 3 | 2) + b"\xff" * 50,
        "onnx: a group": field(1, 8) + bytes([7 << 3 | 3]) * 100,
        "onnx: a field without a number": field(1, 8) + b"\x00" * 50,
        "onnx: millions of fields": field(1, 8) + field(5, 1) * 3_000_000,
        "onnx: thousands of nodes": field(1, 8) + field(8, field(2, 14)) + field(7, field(1, b"") * 300_000),
        "onnx: thousands of graphs": onnx([W], field(4, b"If") + graphs),
        "onnx: a million axes": onnx([W, field(1, bytes(1_000_000)) + field(8, b"R")]),
    }  # fmt: skip


def corpus() -> dict[str, bytes]:
    """All of them."""
    return hdf5s() | onnxs()

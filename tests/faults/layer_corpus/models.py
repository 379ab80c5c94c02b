"""HDF5 files and ONNX models as nobody should send them: name -> why it is refused, bytes."""

import io
import json
import struct

import h5py
import numpy as np

from .archives import Files

H, D = 2, 1


def hdf5(fill) -> bytes:
    """An HDF5 file that `fill` filled."""
    file = io.BytesIO()
    with h5py.File(file, "w") as made:
        fill(made)
    return file.getvalue()


def hdf5s() -> Files:
    """HDF5 files that point out of themselves, lie, or would be large."""
    cell = "layers/lstm/cell/vars"

    def keras(kernel=(D, 4 * H), recurrent=(H, 4 * H), value=0.0, config: str | None = None, more=None):
        """A layer of Keras; `more` may change the file after that."""

        def fill(file):
            group = file.create_group(cell)
            for name, shape in (("0", kernel), ("1", recurrent), ("2", kernel[1:])):
                group[name] = np.full(shape, value, np.float32)
            if config is not None:
                file.attrs["model_config"] = config
            if more:
                more(file)

        return hdf5(fill)

    def instead(make):
        """A layer of Keras, of whose matrix `make` makes something else."""

        def change(file):
            del file[f"{cell}/1"]
            make(file[cell])

        return keras(more=change)

    def virtual(group):
        layout = h5py.VirtualLayout((H, 4 * H), np.float32)
        layout[:] = h5py.VirtualSource("/etc/passwd", "x", (H, 4 * H))
        group.create_virtual_dataset("1", layout)

    def elsewhere(group):
        group.create_dataset("1", (H, 4 * H), "f4", external=[("/etc/passwd", 0, 4 * 4 * H * H)])

    def packed(group):
        group.create_dataset("1", data=np.zeros((H, 4 * H), np.float32), compression="gzip")

    def references(group):
        group.create_dataset("1", (H, 4 * H), h5py.ref_dtype)

    def unwritten(*shapes):
        def fill(file):
            group = file.create_group(cell)
            for name, shape in enumerate(shapes):
                group.create_dataset(str(name), shape, "f4")

        return hdf5(fill)

    def linked(file):
        file[cell] = h5py.ExternalLink("/etc/passwd", "/")

    def to_itself(file):
        file["more"] = h5py.SoftLink("/more")

    def within_itself(file):
        file["layers/again"] = file["/"]

    def thousands(file):
        for number in range(21_000):
            file.create_group(str(number))

    def keras_1(file):
        for kind, shape in (("W", (D, H)), ("U", (H, H)), ("b", (H,))):
            for gate in "ifco":
                file[f"lstm_1/lstm_1_{kind}_{gate}"] = np.zeros(shape, np.float32)

    def of_layer(**config) -> str:
        return json.dumps({"config": {"layers": [{"class_name": "LSTM", "config": {"name": "a"} | config}]}})

    plain, named = keras(), keras(config="{}")
    heap = named.index(b"GCOL") + 16
    tree, snod = plain.index(b"TREE"), plain.index(b"SNOD")
    files = {
        "a heap that stands still": ("text_outside", named[:heap] + bytes(16) + named[heap + 16 :]),
        "a heap that runs on": (
            "bytes_of_text", named[: heap + 8] + struct.pack("<Q", 2**64 - 16) + named[heap + 16 :]
        ),
        "a heap elsewhere": ("lost_text", named.replace(b"GCOL", b"GLOC")),
        "a tree within itself": (
            "endless_group", plain[: tree + 32] + struct.pack("<Q", tree) + plain[tree + 40 :]
        ),
        "a tree of thousands": ("outside", plain[: tree + 6] + b"\xff\xff" + plain[tree + 8 :]),
        "members of thousands": ("no_header", plain[: snod + 6] + b"\xff\xff" + plain[snod + 8 :]),
        "a root beyond": ("outside", plain[:64] + struct.pack("<Q", 2**63) + plain[72:]),
        "addresses of four bytes": ("other_addresses", plain[:13] + b"\x04" + plain[14:]),
        "of tomorrow": ("newer", plain[:8] + b"\x09" + plain[9:]),
        "a link to another file": ("link", hdf5(linked)),
        "a link to itself": ("link", keras(more=to_itself)),
        "virtual": ("link", instead(virtual)),
        "numbers in another file": ("link", instead(elsewhere)),
        "a group within itself": ("endless_groups", keras(more=within_itself)),
        "thousands of groups": ("arrays", hdf5(thousands)),
        "packed": ("packed", instead(packed)),
        "references": ("dtype", instead(references)),
        "numbers that were never written": ("storage", unwritten((1, 4096), (1024, 4096))),
        "terabytes that were never written": ("units", unwritten((1, 1 << 38), (1 << 36, 1 << 38))),
        "NaN": ("not_finite", keras(value=np.nan)),
        "halves that do not match": ("shape", keras(kernel=(D, 12))),
        "more units than may be": ("units", keras(kernel=(1, 4100), recurrent=(1025, 4100))),
        "more inputs than may be": ("inputs", keras(kernel=(1025, 8))),
        "a plain RNN": ("not_lstm", keras(kernel=(D, H), recurrent=(H, H))),
        "Keras 1": ("too_old", hdf5(keras_1)),
        "a model of brackets": ("config_no_json", keras(config="[" * 30_000)),
        "a model that is a list": ("config_no_object", keras(config="[1]")),
        "another gate function": ("activation", keras(config=of_layer(recurrent_activation="<script>"))),
        "a model that is not in it": ("incomplete", hdf5(lambda f: f.attrs.update(model_config=of_layer()))),
    }  # fmt: skip
    return {f"hdf5: {name}": file for name, file in files.items()}


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


def lstm(*inputs: str, out: str = "Y") -> bytes:
    """An LSTM node of these inputs."""
    return b"".join(field(1, name.encode()) for name in inputs) + field(2, out.encode()) + field(4, b"LSTM")


def onnx(tensors, node: bytes | None = None, opset: int = 14, more: bytes = b"") -> bytes:
    """A model with one LSTM node and the given tensors."""
    graph = field(1, lstm("X", "W", "R") if node is None else node)
    graph += b"".join(field(5, one) for one in tensors) + more
    return field(1, 8) + field(8, field(2, opset)) + field(7, graph)


def onnxs() -> Files:
    """Models that nest, lie, and point elsewhere."""
    W, R = tensor("W", (1, 8, 1), bytes(32)), tensor("R", (1, 8, 2), bytes(64))
    head = field(1, 8)

    def of(*dims: int, raw: bytes | None = bytes(64), **options) -> bytes:
        """A model whose R has these axes."""
        return onnx([W, tensor("R", dims, raw, **options)])

    def away(name: bytes, offset: bytes = b"0") -> bytes:
        """A model whose R stands in another file."""
        places = {b"location": name, b"offset": offset}
        where = b"".join(field(13, field(1, what) + field(2, said)) for what, said in places.items())
        return of(1, 8, 2, raw=None, more=where + field(14, 1))

    def attribute(name: bytes, value: bytes) -> bytes:
        return onnx([W, R], lstm("X", "W", "R") + field(5, field(1, name) + value))

    graph = field(1, field(4, b"If"))
    for _ in range(50):
        graph = field(1, field(4, b"If") + field(5, field(1, b"then") + field(6, graph)))
    files = {
        "a shape of a terabyte": ("unpacked", of(1, 1 << 40, 1 << 38)),
        "an axis below": ("no_length", of(1, (1 << 64) - 8, 2)),
        "a hundred axes": ("many_axes", of(*(1,) * 100)),
        "fewer numbers than its shape": ("storage", of(1, 8, 2, raw=bytes(60))),
        "no numbers": ("storage", of(1, 8, 2, raw=None)),
        "whole numbers": ("dtype", of(1, 8, 2, dtype=6)),
        "an unknown type": ("computed", of(1, 8, 2, dtype=99)),
        "halves that do not match": ("shape", of(1, 12, 3, raw=bytes(144))),
        "two directions for one": ("shape", of(2, 8, 2, raw=bytes(128))),
        "a file at the root": ("path", away(b"/etc/passwd")),
        "a file that climbs": ("path", away(b"../../../etc/passwd")),
        "a file that did not come along": ("external", away(b"weights.bin")),
        "a place below": ("no_place", away(b"beside.bin", b"-5")),
        "a place beyond": ("storage", away(b"beside.bin", b"999999999")),
        "a node without inputs": ("incomplete", onnx([W, R], field(4, b"LSTM"))),
        "a direction that is none": ("no_direction", attribute(b"direction", field(4, b"sideways"))),
        "gates of markup": ("activation", attribute(b"activations", field(9, b"<script>" * 50))),
        "clip": ("clip", attribute(b"clip", varint(2 << 3 | 5) + struct.pack("<f", 3.0))),
        "graphs within graphs": ("deep_graphs", head + field(8, field(2, 14)) + field(7, graph)),
        "of long ago": ("opset", onnx([W, R], opset=1)),
        "no graph": ("unknown", head + field(8, field(2, 14))),
        "a field longer than the file": ("long_field", head + varint(7 << 3 | 2) + varint(1 << 40)),
        "a length that does not end": ("endless_number", head + varint(7 << 3 | 2) + b"\xff" * 50),
        "a group": ("other_field", head + bytes([7 << 3 | 3]) * 100),
        "a field without a number": ("no_field_number", head + b"\x00" * 50),
        "millions of fields": ("fields", head + field(5, 1) * 3_000_000),
        "thousands of nodes": ("nodes", head + field(8, field(2, 14)) + field(7, field(1, b"") * 300_000)),
    }
    return {f"onnx: {name}": file for name, file in files.items()}


def files() -> Files:
    """All of them."""
    return hdf5s() | onnxs()

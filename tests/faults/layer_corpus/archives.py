"""Zip archives, safetensors, .npz and JSON as nobody should send them: name -> why it is refused, bytes."""

import io
import json
import struct
import zipfile

import numpy as np

Files = dict[str, tuple[str, bytes]]
"""Name -> the reason of its refusal or what is said to be wrong with it, and its bytes."""


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


def npy_of(header: str, raw: bytes = b"") -> bytes:
    """An .npy file whose header is a text of one's own."""
    text = header.encode("latin-1") + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + raw


def safetensors(header, raw: bytes = bytes(96), length: int | None = None) -> bytes:
    """A file of safetensors: its header, a dict or bytes, its arrays, and how long it says the header is."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + raw


def zips() -> Files:
    """Archives that climb, lie, or would be large."""
    good = {"W.npy": npy(np.zeros((4, 1, 2))), "b.npy": npy(np.zeros((4, 1)))}
    plain = zipped(good, zipfile.ZIP_STORED)
    at = plain.index(b"PK\x01\x02")
    longer, encrypted = bytearray(plain), bytearray(plain)
    struct.pack_into("<II", longer, at + 20, 1 << 30, 1 << 30)
    encrypted[at + 8] |= 1
    encrypted[6] |= 1
    link, linked = zipfile.ZipInfo("data.pkl"), io.BytesIO()
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(linked, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    return {
        "zip: a member that climbs": ("path", zipped(good | {"../../etc/W.npy": b"x"})),
        "zip: a member that climbs, Windows": ("path", zipped(good | {"..\\W.npy": b"x"})),
        "zip: a member at the root": ("path", zipped(good | {"/etc/passwd": b"x"})),
        "zip: a member on a drive": ("path", zipped(good | {"C:/x": b"x"})),
        "zip: a link": ("path", linked.getvalue()),
        "zip: two of one name": ("same_name", zipped(good | {"V.npy": b""}).replace(b"V.npy", b"W.npy")),
        "zip: nothing in it": ("unknown", zipped({})),
        "zip: a bomb of Keras": (
            "bytes_in", zipped({"config.json": b"{}", "model.weights.h5": bytes(100_000_000)})
        ),
        "zip: a bomb of PyTorch": ("bytes_in", zipped({"a/data.pkl": bytes(100_000_000)})),
        "zip: fifty thousand members": (
            "members", zipped({f"{n}.npy": b"" for n in range(50_000)}, zipfile.ZIP_STORED)
        ),
        "zip: packed by LZMA": ("compressed", zipped(good, zipfile.ZIP_LZMA)),
        "zip: a member that claims a gigabyte": ("not_unpacked", bytes(longer)),
        "zip: encrypted": ("not_unpacked", bytes(encrypted)),
        "zip: cut off": ("not_unpacked", plain[: len(plain) // 2]),
        "zip: a wrong checksum": ("not_unpacked", plain.replace(bytes(8), b"\1" * 8, 1)),
        "zip: its directory alone": ("unknown", plain[at:]),
        "zip: two pickles": ("pickles", zipped({"a/data.pkl": b"\x80\x02N.", "b/data.pkl": b"\x80\x02N."})),
    }  # fmt: skip


def npzs() -> Files:
    """Archives of arrays that are none."""
    dtype = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }"
    arrays = {
        "objects": ("shape", npy(np.array([{}], dtype=object), allow_pickle=True)),
        "objects by their letter": ("shape", npy_of(dtype % ("|O", (4, 1, 2)), bytes(64))),
        "a shape of a terabyte": ("not_as_long", npy_of(dtype % ("<f4", (4, 1 << 20, 1 << 20)))),
        "more numbers than it says": ("not_as_long", npy_of(dtype % ("<f4", (4, 1, 2)), bytes(6400))),
        "a shape below": ("shape", npy_of(dtype % ("<f4", (4, -1, 2)), bytes(64))),
        "a header that runs": ("shape", npy_of("__import__('os').system('touch /tmp/was_run')")),
        "a header of brackets": ("shape", npy_of("(" * 9000)),
        "a header that is long": ("shape", npy_of(" " * 60_000)),
        "a version of tomorrow": ("no_npy_header", b"\x93NUMPY\x09\x00" + bytes(64)),
        "NaN": ("not_finite", npy(np.full((4, 1, 2), np.nan))),
        "whole numbers": ("dtype", npy(np.zeros((4, 1, 2), np.int64))),
        "no input": ("shape", npy(np.zeros((4, 2, 2)))),
        "too many units": ("units", npy(np.zeros((4, 1025, 1026), np.float32))),
    }
    others = {
        "npz: a kernel of TensorFlow 1": ("too_old", {"kernel": (3, 4), "bias": (4,)}, "rnn/lstm_cell/"),
        "npz: halves that do not match": ("shape", {"kernel": (3, 8), "recurrent_kernel": (3, 12)}, ""),
        "npz: no layer": ("no_layer", {"a": (3,)}, ""),
    }
    files = {
        f"npz: {name}": (why, zipped({"W.npy": made, "b.npy": npy(np.zeros((4, 1)))}))
        for name, (why, made) in arrays.items()
    } | {
        name: (why, zipped({f"{place}{one}.npy": npy(np.zeros(shape)) for one, shape in shapes.items()}))
        for name, (why, shapes, place) in others.items()
    }
    return files | {"npy: an array": ("one_array", npy(np.zeros((4, 1, 2))))}


def tensors() -> Files:
    """safetensors files whose headers lie."""

    def entry(shape, begin, end, dtype="F32"):
        return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}

    good = {"weight_hh_l0": entry([8, 2], 0, 64), "weight_ih_l0": entry([8, 1], 64, 96)}
    again = b',"weight_hh_l0":' + json.dumps(good["weight_hh_l0"]).encode() + b"}"
    entries = {
        "a terabyte": ("wrong_place", entry([1 << 20, 1 << 20], 0, 1 << 42)),
        "places the wrong way round": ("wrong_place", entry([8, 2], 64, 0)),
        "a shape longer than its place": ("wrong_place", entry([8, 200], 0, 64)),
        "places that are shared": ("hole", entry([8, 2], 32, 96)),
        "places below": ("no_array", entry([8, 2], -64, 0)),
        "a shape of hundreds of axes": ("no_array", entry([1] * 500, 0, 4)),
        "no shape": ("no_array", {"dtype": "F32", "data_offsets": [0, 64]}),
        "a list for an entry": ("no_array", [1, 2]),
        "numbers too large to be true": ("no_array", entry([8, 2], 0, 10**400)),
        "an unknown type": ("dtype", entry([8, 2], 0, 64, "EVIL")),
    }
    return {
        f"safetensors: {name}": (why, safetensors(good | {"weight_hh_l0": one}))
        for name, (why, one) in entries.items()
    } | {
        "safetensors: a header longer than the file": ("unknown", safetensors(good, length=1 << 20)),
        "safetensors: nested": ("header_no_json", safetensors(b"{" + b'"a":[' * 500_000)),
        "safetensors: a name twice": ("said_twice", safetensors(json.dumps(good).encode()[:-1] + again)),
        "safetensors: no names": ("hole", safetensors({})),
        "safetensors: NaN": ("not_finite", safetensors(good, struct.pack("<f", float("nan")) * 24)),
        "safetensors: fifty thousand arrays": (
            "header_no_arrays", safetensors({f"a{n}": entry([0], 0, 0) for n in range(50_000)})
        ),
    }  # fmt: skip


def jsons() -> Files:
    """JSON that is large, deep or no numbers."""
    rows = {"W": [[[0, 0]]] * 4, "b": [[0]] * 4}
    own = rows | {"format": "lstm-params", "version": 1, "gates": ["f", "i", "c", "o"]}
    texts = {
        "nested": ("deep_lists", b'{"a":' + b"[" * 100_000),
        "millions of numbers": ("json", b'{"W": [' + b"1," * 3_000_000 + b"1]}"),
        "hundreds of thousands of lists": ("json", b'{"W": [' + b"[]," * 300_000 + b"1]}"),
        "a list": ("no_object", b"[1, 2]"),
        "nothing": ("no_layer", b"{}"),
        "cut off": ("json_at", b'{"W": [[[1'),
        "no text": ("not_utf8", b'{"\xff": 1}'),
        "NaN": ("no_number", json.dumps(rows).encode().replace(b"[[[0", b"[[[NaN", 1)),
        "a huge number": ("not_finite", json.dumps(rows).encode().replace(b"[[[0", b"[[[1e999", 1)),
    }
    objects = {
        "rows of two lengths": ("ragged", rows | {"W": [[[0, 0]]] * 3 + [[[0]]]}),
        "text among numbers": ("else_than_numbers", rows | {"b": [["=1+1"]] * 4}),
        "own, of tomorrow": ("own_field", own | {"version": 2}),
        "own, of another order": ("own_field", own | {"gates": ["i", "f", "c", "o"]}),
        "own, switched by text": ("own_field", own | {"coupled": "yes"}),
        "own, without weights": ("incomplete", {"format": "lstm-params", "version": 1}),
    }
    texts |= {name: (why, json.dumps(one).encode()) for name, (why, one) in objects.items()}
    return {f"json: {name}": file for name, file in texts.items()}


def files() -> Files:
    """All of them."""
    return zips() | npzs() | tensors() | jsons()

"""Well-formed files that are expensive: **COSTLY**, name -> a function of a size -> about as many bytes.

None is broken. Each asks for work that grows faster than the file, of a reader that does what it is asked.
"""

import io
import json
import pickle
import struct
import zipfile
from collections.abc import Callable

import numpy as np

from .archives import npy, npy_of, zipped
from .models import field, hdf5, lstm, onnx, tensor, varint
from .pickles import _text, archive, state
from .pickles import tensor as array_of

COSTLY: dict[str, Callable[[int], bytes]] = {}


def costly(make: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """One more kind of such files, by the name of what makes it."""
    COSTLY[make.__name__] = make
    return make


H, D = 2, 1
LSTM = {
    "class_name": "LSTM",
    "config": {"name": "a", "activation": "tanh", "recurrent_activation": "sigmoid"},
}


def legacy(content: bytes, keys: bytes = b"\x80\x02].", raw: bytes = b"") -> bytes:
    """A file of PyTorch before 1.6: two numbers, the machine, the content, keys of storages, the storages."""
    start = pickle.dumps(0x1950A86A20F9469CFC6C, 2) + pickle.dumps(1001, 2) + pickle.dumps({}, 2)
    return start + content + keys + raw


# -- pickles


@costly
def types_of_types(n: int) -> bytes:
    """What rebuilds a type is asked to rebuild a type, and so on, and all of it again and again."""
    name = b"ctorch._tensor\n_rebuild_from_type_v2\nq\x000"
    wrapped = b")q\x010" + b"h\x00Nh\x01\x87q\x010" * (n // 16)
    return archive(b"\x80\x02" + name + wrapped + b"h\x00h\x01R0" * (n // 12) + b"N.")


@costly
def long_numbers_as_keys(n: int) -> bytes:
    """A whole number of thousands of digits is a key again and again, and is hashed each time."""
    number = b"\x8b" + struct.pack("<i", n // 2) + b"\x01" * (n // 2) + b"q\x000"
    return archive(b"\x80\x02" + number + b"}" + b"h\x00Ns" * (n // 8) + b".")


@costly
def keys_of_one_hash(n: int) -> bytes:
    """Whole numbers that are different and have the same hash, which is the rest after 2**61 - 1."""
    keys = b"".join(pickle.dumps(k * (2**61 - 1), 2)[2:-1] + b"Ns" for k in range(1, n // 15))
    return archive(b"\x80\x02}" + keys + b".")


@costly
def places_of_one_hash(n: int) -> bytes:
    """The same as places of the memo, which are written as digits."""
    return archive(b"\x80\x02N" + b"".join(b"p%d\n" % (k * (2**61 - 1)) for k in range(1, n // 23)) + b".")


@costly
def long_names(n: int) -> bytes:
    """The name of a class is put together of two long texts again and again."""
    texts = _text("torch.a") + b"q\x000" + _text("b" * (n // 2)) + b"q\x010"
    return archive(b"\x80\x02" + texts + b"h\x00h\x01\x93" * (n // 10) + b".")


@costly
def long_places(n: int) -> bytes:
    """Thousands of dicts within a dict whose place is long."""
    inner = b"}(" + b"".join(_text(str(k)) + b"}" for k in range(n // 14)) + b"u"
    for letter in "abcd":
        inner = b"}" + _text(letter * 450) + inner + b"s"
    return archive(b"\x80\x02" + inner + b".")


@costly
def far_apart(n: int) -> bytes:
    """Layers of few numbers, far from each other in one large storage, which takes few bytes when packed."""
    count = 4 * n
    layers = {}
    for k in range(min(240, n // 1500)):
        far = (count - 1) // 3
        layers[f"l{k}.weight_hh_l0"] = array_of("0", count, 0, (4, 1), (far, 1), "BFloat16Storage")
        layers[f"l{k}.weight_ih_l0"] = array_of("0", count, 0, (4, 1), (far, 1), "BFloat16Storage")
    return archive(state(**layers), {"0": bytes(2 * count)}, zipfile.ZIP_DEFLATED)


# -- ONNX


def _shared(n: int, W: Callable[[int], bytes]) -> bytes:
    """As many nodes as the size allows, which share a large W; each uses all of it."""
    count = min(250, n // 3000)
    inputs = max(1, n // 2000)
    R = tensor("R", (1, 4, 1), bytes(16))
    return onnx(
        [W(inputs), R], b"", more=b"".join(field(1, lstm("X", "W", "R", out=f"Y{k}")) for k in range(count))
    )


@costly
def shared_halves(n: int) -> bytes:
    """Halves as whole numbers of ten bytes each."""
    ten = b"\x80" * 9 + b"\x00"
    return _shared(n, lambda D: tensor("W", (1, 4, D), dtype=10, more=field(5, ten * (4 * D))))


@costly
def shared_singles(n: int) -> bytes:
    """Numbers that are a field each."""
    single = varint(4 << 3 | 5) + bytes(4)
    return _shared(n, lambda D: tensor("W", (1, 4, D), more=single * (4 * D)))


@costly
def shared_pieces(n: int) -> bytes:
    """Numbers in pieces that have to be joined."""
    return _shared(n, lambda D: tensor("W", (1, 4, D), more=field(4, bytes(8)) * (2 * D)))


# -- Keras


def keras(config: dict, places: list[str]) -> bytes:
    """A `.keras` archive with a cell at each place."""

    def fill(file):
        for place in places:
            group = file.create_group(f"{place}/cell/vars")
            for name, shape in (("0", (D, 4 * H)), ("1", (H, 4 * H)), ("2", (4 * H,))):
                group[name] = np.zeros(shape, np.float32)

    return zipped({"config.json": json.dumps(config).encode(), "model.weights.h5": hdf5(fill)})


@costly
def nested_classes(n: int) -> bytes:
    """Models within models with long names of classes, and a crowd of layers in the innermost."""
    config = {"layers": [LSTM] * (n // 100)}
    for _ in range(10):
        config = {"layers": [{"class_name": "M" + "a" * 400, "config": config}]}
    return keras({"config": config}, ["layers/lstm"])


@costly
def groups_and_layers(n: int) -> bytes:
    """Many places of weights and many layers, of which none belong together."""
    count = n // 200
    layers = [LSTM | {"config": {"name": f"a{k}"}} for k in range(count)]
    places = [f"elsewhere/{'/'.join('abcdefgh')}/b{k}" for k in range(count)]
    return keras({"config": {"layers": layers}}, places)


@costly
def numbered_groups(n: int) -> bytes:
    """Places whose names are many small numbers."""
    deep = "/".join(["1a" * 40] * 10)
    return keras({}, [f"{deep}/{k}" for k in range(n // 500)])


@costly
def long_name_of_all(n: int) -> bytes:
    """Thousands of cells whose name is one and the same long text."""

    def fill(file):
        for k in range(n // 500):
            group = file.create_group(f"layers/{k}/cell/vars")
            group["0"], group["1"] = np.zeros((1, 4), np.float32), np.zeros((1, 4), np.float32)
            file.create_group(f"layers/{k}/vars").attrs["name"] = "?" * 3
        file.attrs["long"] = "x" * n

    content = bytearray(hdf5(fill))
    long = content.index(b"x" * n) - 16  # an object of a heap: its number, and how long it is
    place = content.rindex(b"GCOL", 0, long)
    number = content[long : long + 2]
    reference = struct.pack("<IQ", 3, content.index(b"GCOL"))
    there = struct.pack("<IQI", n, place, int.from_bytes(number, "little"))
    while (at := content.find(reference)) >= 0:
        content[at : at + 16] = there
    return zipped({"config.json": b"{}", "model.weights.h5": bytes(content)})


# -- JSON, safetensors, NumPy, zip


@costly
def json_switches(n: int) -> bytes:
    """Thousands of switches within an object of a long name."""
    inner = ",".join(f'"{k}":true' for k in range(n // 14))
    return b'{"' + b"a" * 490 + b'":{' + inner.encode() + b"}}"


@costly
def npy_headers(n: int) -> bytes:
    """Arrays whose headers are long and no Python: NumPy's own reader takes such a header apart twice."""
    header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1L,), " + "'a': 1L, " * 1000 + "}"
    made = {f"{k}.npy": npy_of(header, bytes(4)) for k in range(n // 200)}
    return zipped(made | {"W.npy": npy(np.zeros((4, 1, 2))), "b.npy": npy(np.zeros((4, 1)))})


@costly
def zip_extras(n: int) -> bytes:
    """Members with as many empty extra fields as there may be, which Python's reader copies one by one."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for k in range(n // 65_000):
            member = zipfile.ZipInfo(f"{k}.npy")
            made.writestr(member, npy(np.zeros(1)))
            member.extra = b"\xfe\xca\x00\x00" * 16_000
    return file.getvalue()

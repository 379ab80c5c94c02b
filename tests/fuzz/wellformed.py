"""Well-formed files with odd contents: arrays -> **the bytes of a file**, as its format allows it."""

import io
import json
import pickle
import struct
import zipfile

import numpy as np
from hypothesis import strategies as st

from tests.faults.layer_corpus.archives import zipped
from tests.faults.layer_corpus.models import field, varint
from tests.faults.layer_corpus.pickles import _line, _number, archive

from . import arrays
from .arrays import ODD, mostly
from .keras_files import hdf5, keras

STORAGES = {"f2": "HalfStorage", "f4": "FloatStorage", "f8": "DoubleStorage", "i8": "LongStorage"}


@st.composite
def safetensors(draw) -> bytes:
    """Arrays in any order; now and then with a hole, bytes at the end, or a type that is another."""
    made = draw(arrays.of_torch(("f4", "f2", "f8"), lone=True) | arrays.of_own())
    made = {name: array for name, array in made.items() if array.dtype.kind == "f"}
    names = {"f2": "F16", "f4": "F32", "f8": "F64"}
    header, raw = {}, b""
    for name in draw(st.permutations(sorted(made))):
        array = made[name]
        raw += bytes(draw(mostly(0, 1, 4)))
        dtype = draw(mostly(names[array.dtype.str[1:]], "BF16", "I32", "X", 4, None, ["F32"], times=180))
        place = [len(raw), len(raw) + array.nbytes]
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": place}
        raw += array.tobytes()
    raw += bytes(draw(mostly(0, 1, 4)))
    if draw(st.booleans()):
        header["__metadata__"] = draw(mostly({"format": "pt"}, {}, {"a": 1}, [], "pt", None))
    text = json.dumps(header).encode() + b" " * draw(st.sampled_from([0, 0, 1, 8]))
    return struct.pack("<Q", len(text)) + text + raw


@st.composite
def npz(draw) -> bytes:
    """An archive of .npy files of every version, order of bytes and order of axes."""
    made = draw(arrays.of_torch(("f4", "f2", "f8")) | arrays.of_own(("<f4", ">f4", "<f8", ">f8", "<f2")))
    members = {}
    for name, array in made.items():
        file = io.BytesIO()
        array = np.asfortranarray(array) if draw(st.booleans()) else array
        np.lib.format.write_array(file, array, draw(st.sampled_from([(1, 0), (1, 0), (2, 0), (3, 0)])))
        members[f"{name}.npy"] = file.getvalue()
    return zipped(members, draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])))


@st.composite
def json_file(draw) -> bytes:
    """Named arrays as nested lists, or this library's own parameters."""
    own = draw(arrays.of_own())
    data = {name: array.tolist() for name, array in own.items()}
    if draw(st.booleans()):
        data |= {"format": "lstm-params", "version": 1, "gates": ["f", "i", "c", "o"]}
        for key in draw(st.lists(st.sampled_from([*data, "dtype", "columns"]), max_size=2)):
            data[key] = draw(ODD)
    else:
        data |= {name: array.tolist() for name, array in draw(arrays.of_torch(lone=True)).items()}
        for key in draw(st.lists(st.sampled_from(["lstm", "a", "W"]), max_size=2)):
            data = {key: data} if draw(st.booleans()) else data | {key: draw(ODD)}
    return json.dumps(data).encode()


# -- PyTorch


@st.composite
def _tensor(draw, key: str, array: np.ndarray) -> tuple[bytes, bytes]:
    """The instructions for an array and its storage: rows or columns first, with numbers before and after."""
    kind = STORAGES.get(array.dtype.str[1:], "FloatStorage")
    before, after = draw(st.sampled_from([(0, 0), (0, 0), (3, 0), (0, 2)]))
    is_turned = draw(st.booleans())
    flat = np.concatenate([np.zeros(before), (array.T if is_turned else array).ravel(), np.zeros(after)])
    raw = flat.astype(array.dtype).tobytes()
    steps = [1]
    for length in (array.shape if is_turned else array.shape[::-1])[:-1]:
        steps.append(steps[-1] * length)
    strides = tuple(steps[: array.ndim] if is_turned else steps[: array.ndim][::-1])
    numbers = [len(flat), before, array.shape, strides]
    if draw(st.integers(0, 29)) == 0:
        odd = [0, -1, 2**40, (), (1,), (2, 2**40), (0, 0), "1", None]
        numbers[draw(st.integers(0, 3))] = draw(st.sampled_from(odd))
    count, *rest = map(_number, numbers)
    storage = [b"(", _number("storage"), b"ctorch\n", _line(kind), _number(key), _number("cpu"), count, b"tQ"]
    made = b"".join([b"ctorch._utils\n_rebuild_tensor_v2\n(", *storage, *rest, b"\x89}tR"])
    if draw(st.integers(0, 4)) == 0:
        made = b"ctorch._utils\n_rebuild_parameter\n(" + made + b"\x88}tR"
    return made, raw


@st.composite
def torch(draw) -> bytes:
    """A zip of `torch.save`, or a file of before, of a state dict within dicts and beside other things."""
    made = draw(arrays.of_torch(("f4", "f2", "f8", "i8"), lone=True))
    content, raws = b"}(", {}
    for number, (name, array) in enumerate(made.items()):
        key = draw(mostly(str(number), "0", "../a", number))
        instructions, raw = draw(_tensor(key, array))
        content += _number(name) + instructions
        raws.setdefault(str(key), raw)
    content += b"u"
    places = st.sampled_from(["model", "state_dict", 3, None, "a" * 300, 2**70])
    for place in draw(st.lists(places, max_size=3)):
        beside = _number(draw(ODD))
        content = b"}" + _number(place) + content + b"s" + _number("beside") + beside + b"s"
    if draw(st.integers(0, 2)):
        return archive(b"\x80\x02" + content + b".", raws, draw(st.sampled_from([0, 8])))
    keys = draw(mostly([*raws], [], [[]], [*raws][::-1], [*raws, *raws], {"a": 1}, times=6))
    start = [pickle.dumps(one, 2) for one in (0x1950A86A20F9469CFC6C, 1001, {"little_endian": True})]
    stored = b""
    for key in keys if isinstance(keys, list) else ():
        raw = raws.get(str(key), b"")
        stored += struct.pack("<Q", len(raw) // draw(st.sampled_from([4, 4, 4, 8, 2]))) + raw
    return b"".join(start) + b"\x80\x02" + content + b"." + pickle.dumps(keys, 2) + stored


# -- ONNX


@st.composite
def onnx_tensor(draw, name: str, array: np.ndarray) -> bytes:
    """A TensorProto, in one of the ways in which it may hold its numbers."""
    dtype = {"f2": 10, "f4": 1, "f8": 11}[array.dtype.str[1:]]
    dims = b"".join(field(1, n) for n in array.shape)
    if draw(st.booleans()):
        dims = field(1, b"".join(varint(n) for n in array.shape))
    raw = array.tobytes()
    if dtype == 10:  # 16 bits each as a whole number of variable length, or with a byte that says nothing
        number, wire, parts = 5, 0, [varint(bits) for bits in array.view(np.uint16).ravel().tolist()]
        wider = b"".join(part[:-1] + bytes([part[-1] | 128, 0]) for part in parts)
    else:
        number, wire, size = (4, 5, 4) if dtype == 1 else (10, 1, 8)
        parts = [raw[at : at + size] for at in range(0, len(raw), size)]
        wider = b"".join(parts)
    ways = [
        field(9, raw), field(number, b"".join(parts)), field(number, wider),
        field(number, b"".join(parts[:1])) + field(number, b"".join(parts[1:])),
        b"".join(varint(number << 3 | wire) + part for part in parts),
    ]  # fmt: skip
    fields = [dims, field(2, dtype), field(8, name.encode()), draw(st.sampled_from(ways))]
    return b"".join(draw(st.permutations(fields)))


@st.composite
def onnx(draw) -> bytes:
    """A model with an LSTM of every kind of input and attribute."""
    H, D = draw(arrays.sizes())
    dtype = draw(st.sampled_from(["f4", "f4", "f2", "f8"]))
    direction = draw(st.sampled_from(["forward", "reverse", "bidirectional", "bidirectional"]))
    n = 2 if direction == "bidirectional" else 1
    layout = draw(st.sampled_from([0, 0, 1]))
    B = draw(st.integers(1, 3))
    state = (B, n, H) if layout else (n, B, H)
    shapes = {"W": (n, 4 * H, D), "R": (n, 4 * H, H), "B": (n, 8 * H), "P": (n, 3 * H)}
    shapes |= {"h": state, "C": state}
    used = {name for name in shapes if name in "WR" or draw(st.booleans())}
    tensors, nodes = [], b""
    for name in sorted(used):
        made = draw(arrays.numbers(draw(arrays.shape_near(*shapes[name])), dtype))
        one = draw(onnx_tensor(name, made))
        if draw(st.integers(0, 4)) == 0:
            value = field(5, field(1, b"value") + field(5, one))
            nodes += field(1, field(2, name.encode()) + field(4, b"Constant") + value)
        else:
            tensors.append(one)
    named = [name.encode() if name in used else b"" for name in ("W", "R", "B", "s", "h", "C", "P")]
    node = b"".join(field(1, name) for name in [b"X", *named]) + field(2, b"Y") + field(4, b"LSTM")
    node += field(3, draw(st.sampled_from([b"", b"lstm", b"\xff\xfe", b"<b>"])))
    for attribute in (
        field(1, b"direction") + field(4, direction.encode()),
        field(1, b"layout") + field(3, layout),
        field(1, b"input_forget") + field(3, draw(st.integers(0, 1))),
        field(1, b"activations") + b"".join(field(9, a) for a in (b"Sigmoid", b"Tanh", b"Tanh") * n),
    ):
        node += field(5, attribute)
    nodes += field(1, node)
    graph = nodes + b"".join(field(5, one) for one in tensors)
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 7]))):
        graph = field(1, field(4, b"If") + field(5, field(1, b"then_branch") + field(6, graph)))
    return field(1, 8) + field(8, field(2, 14)) + field(7, graph)


KINDS = {
    "safetensors": safetensors(), "npz": npz(), "json": json_file(), "torch": torch(), "onnx": onnx(),
    "hdf5": hdf5(), "keras": keras(),
}  # fmt: skip
"""Strategies by the kind of file."""

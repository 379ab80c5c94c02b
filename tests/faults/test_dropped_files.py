"""What readers have dropped that stopped the server or was read wrongly: it is read rightly, or refused."""

import json
import pickle
import struct
import time
import tracemalloc

import numpy as np
import pytest

from lstm_core.readers import ANY_SIZE, IN_THE_APP, Refused, read_file, read_layers, run_layers
from lstm_core.readers.onnx_tensor import tensor_of
from lstm_core.readers.protobuf import Message
from lstm_core.readers.sequence import read_x
from lstm_core.saturate import LARGEST_FROM_A_FILE
from tests.collected import collected
from tests.faults.layer_corpus.archives import npy, npy_of, safetensors, zipped
from tests.faults.layer_corpus.costly import LSTM, legacy
from tests.faults.layer_corpus.models import field, hdf5, lstm, onnx, tensor, varint
from tests.faults.layer_corpus.pickles import _text, archive, layer
from tests.faults.layer_corpus.pickles import tensor as array_of

# -- files of each kind ----------------------------------------------------------------------------

OWN = {
    "format": "lstm-params",
    "version": 1,
    "gates": ["f", "i", "c", "o"],
    "W": [[[0, 0]]] * 4,
    "b": [[0]] * 4,
}
CELL = {"0": np.ones((1, 8), "f4"), "1": np.ones((2, 8), "f4"), "2": np.ones(8, "f4")}


def own(**changed) -> bytes:
    """The app's own format, with something changed."""
    return json.dumps(OWN | changed).encode()


def npz(**arrays) -> bytes:
    """NumPy's archive of a layer of the app, with arrays changed or added."""
    base = {"W": np.zeros((4, 1, 2)), "b": np.zeros((4, 1))}
    return zipped(
        {f"{name}.npy": a if isinstance(a, bytes) else npy(a) for name, a in (base | arrays).items()}
    )


def keras(config: dict, arrays=CELL) -> bytes:
    def fill(file):
        for name, array in arrays.items():
            file[f"layers/lstm/cell/vars/{name}"] = array

    return zipped({"config.json": json.dumps(config).encode(), "model.weights.h5": hdf5(fill)})


def entry(begin: int, *shape: int, dtype="F32") -> dict:
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, begin + 4 * int(np.prod(shape))]}


MATRICES = [("weight_hh_l0", 0, 8, 2), ("weight_ih_l0", 64, 8, 1)]
GOOD = {name: entry(at, *shape) for name, at, *shape in MATRICES}


def with_states(*states: np.ndarray) -> bytes:
    """An ONNX model with an h, and perhaps a C, before step 1."""
    tensors = [tensor("W", (1, 8, 1), bytes(32)), tensor("R", (1, 8, 2), bytes(64))]
    tensors += [tensor(name, state.shape, state.tobytes()) for name, state in zip("hC", states, strict=False)]
    return onnx(tensors, lstm("X", "W", "R", "", "", *"hC"[: len(states)]))


def surrogates(text: str) -> bytes:
    raw = text.encode("utf-8", "surrogatepass")
    return b"X" + struct.pack("<I", len(raw)) + raw


# -- what is refused -------------------------------------------------------------------------------

LONG = pickle.dumps(10**5000, 2)[2:-1]
"""A whole number of thousands of digits."""

DOUBLED = b"]q\x00" + b"".join(b"](h%ch%ceq%c" % (k, k, k + 1) for k in range(34))
FAR = "a" * 600
LAYOUT = field(5, field(1, b"layout") + field(3, 1))
PEEPHOLES = np.full((1, 6), 2 * LARGEST_FROM_A_FILE)

REFUSED = {
    "long_number": {
        "a long number as a key": archive(b"\x80\x02}" + LONG + b"}s."),
        "a long number as a value": archive(b"\x80\x02}" + _text("epoch") + LONG + b"s."),
    },
    "no_storages": {
        "lists doubled 34 times as storages": legacy(b"\x80\x02}.", b"\x80\x02](" + DOUBLED + b"e."),
        "lists nested 5000 deep as storages": legacy(
            b"\x80\x02}.", b"\x80\x02](" + b"](" * 5000 + b"e" * 5000 + b"e."
        ),
    },
    "unknown": {"one byte that begins a pickle": b"\x80"},
    "shape": {
        f"a state of {len(shape)} axes in the other layout": onnx(
            [
                tensor("W", (1, 8, 1), bytes(32)), tensor("R", (1, 8, 2), bytes(64)),
                tensor("h", shape, bytes(4 * int(np.prod(shape)))),
            ],
            lstm("X", "W", "R", "", "", "h") + LAYOUT,
        )
        for shape in [(), (2,), (1, 2)]
    },
    "too_far": {
        "own: weights": own(W=[[[0, 1e307]]] * 4),
        "own: biases": own(b=[[-1e61]] * 4),
        "own: peepholes": own(peepholes=[[1e307]] * 3),
        "own: doubles": own(W=[[[0, 1e61]]] * 4, dtype="float64"),
        "npz: weights": npz(W=np.full((4, 1, 2), 1e307)),
        "npz: peepholes": npz(peepholes=np.full((3, 1), 1e307)),
        "onnx: peepholes": onnx(
            [
                tensor("W", (1, 8, 1), bytes(64), dtype=11), tensor("R", (1, 8, 2), bytes(128), dtype=11),
                tensor("P", (1, 6), PEEPHOLES.tobytes(), dtype=11),
            ],
            lstm("X", "W", "R", "", "", "", "", "P"),
        ),
    },
    "no_array": {
        f"a type of safetensors that is {dtype}": safetensors(GOOD | {"a": entry(96, 0, dtype=dtype)})
        for dtype in (["F32"], {"F32": 1}, None, 4, True, [])
    },
    # As its own library does, which refuses bytes that belong to no array, and lone surrogates.
    "hole": {
        "bytes after the arrays": safetensors(GOOD, bytes(100)),
        "bytes between": safetensors(GOOD | {"weight_ih_l0": entry(68, 8, 1)}, bytes(100)),
        "bytes before": safetensors({one: entry(4 + at, *shape) for one, at, *shape in MATRICES}, bytes(100)),
        "bytes alone": safetensors({}, bytes(4)),
    },
    "header_no_json": {"a lone surrogate": safetensors({f"a\ud800.{name}": at for name, at in GOOD.items()})},
    "too_many": {
        "json: a long name": json.dumps({f"{FAR}.W": OWN["W"], f"{FAR}.b": OWN["b"]}).encode(),
        "safetensors: a long name": safetensors({f"{FAR}.{name}": place for name, place in GOOD.items()}),
        "npz: a long name": npz(**{f"{FAR}.W": np.zeros((4, 1, 2)), f"{FAR}.b": np.zeros((4, 1))}),
        "onnx: a long name": onnx(
            [tensor("W", (1, 8, 1), bytes(32))], field(1, b"X") + field(3, b"n" * 3000) + field(4, b"LSTM")
        ),
    },
    "switch": {
        f"{name} is {what}": npz(**{name: value})
        for name in ("forget_gate", "coupled")
        for what, value in {
            "text": np.array("yes"), "NaN": np.array(np.nan), "complex": np.array(1j), "one": np.array(1),
            "two": np.array([True, True]), "none": np.zeros(0, bool), "long": np.array(0, np.longdouble),
            "objects": npy(np.array([{}], object), allow_pickle=True),
        }.items()
    },
    "broken": {
        "a switch of petabytes": npz(
            coupled=npy_of(f"{{'descr': '|b1', 'fortran_order': False, 'shape': (0, {2**47}, {2**47}), }}")
        ),
    },
    "nothing_written": {"two switches": npz(forget_gate=np.array(False), coupled=np.array(True))},
}  # fmt: skip
"""Why a file is not taken, by the reason or by what it says of it: what the file is -> its bytes."""


def refusal(content: bytes, **options) -> Refused:
    """Why a file is not taken; the test fails for one that is taken, and for any other error."""
    with pytest.raises(Refused) as refused:
        read_layers(content, **options)
    assert "\n" not in str(refused.value) and str(refused.value).isprintable()
    return refused.value


@collected("why, what", [(why, what) for why, files in REFUSED.items() for what in files])
def test_what_once_did_harm_is_refused_for_what_it_is(why, what):
    refused = refusal(REFUSED[why][what])
    assert why in (refused.reason, getattr(refused.details.get("what"), "key", None))


def test_an_array_of_more_numbers_than_its_storage_is_refused_at_any_size():
    """All of its numbers are the same one; at any size there is no other bound on what it takes."""
    large = layer(hidden=("0", 1, 0, (1 << 22, 1 << 20), (0, 0)), inputs=("0", 1, 0, (1 << 22, 1), (0, 0)))
    assert refusal(large, limits=ANY_SIZE).reason == "storage"


@collected("name", CELL)
def test_arrays_of_a_cell_without_axes_are_refused(name):
    for config in ({}, {"config": {"layers": [LSTM]}}):
        refusal(keras(config, CELL | {name: np.float32(1)}))


FLOAT = struct.pack("<4B I HH 4B I", 0x11, 0x20, 31, 0, 4, 0, 32, 23, 8, 0, 23, 127)
"""The type of a 32-bit float, as h5py writes it."""


@collected(
    "place, byte",
    [(1, 0x00), (1, 0x10), (1, 0x28), (1, 0x24), (1, 0x22), (1, 0x60), (2, 30), (8, 1), (10, 31), (12, 22),
     (14, 1), (16, 126), (16, 0), (17, 1), (19, 1)],
)  # fmt: skip
def test_floats_of_another_kind_are_not_taken_for_the_usual_one(place, byte):
    content = hdf5(lambda file: [file.__setitem__(f"layers/lstm/cell/vars/{k}", CELL[k]) for k in CELL])
    assert content.count(FLOAT) == 3 and len(read_layers(content)) == 1
    other = bytearray(FLOAT)
    other[place] = byte
    assert refusal(content.replace(FLOAT, bytes(other))).reason == "dtype"


@collected("field", ["gates", "dtype", "version", "forget_gate", "coupled", "W", "b", "peepholes"])
def test_lists_within_lists_in_the_apps_own_files_are_refused_however_deep(field):
    """To print such a list Python needs a little more room than to read it."""
    for depth in range(900, 1000, 3):
        text = own(**{field: 0}).decode().replace(f'"{field}": 0', f'"{field}": ' + "[" * depth + "]" * depth)
        refusal(text.encode())


# -- what is read ----------------------------------------------------------------------------------


def test_numbers_that_are_far_apart_are_read_without_what_is_between_them():
    numbers = np.arange(40_000, dtype=np.float32)
    far = (4, 1), (9_999, 1)
    content = layer(("0", 40_000, 3, *far), ("0", 40_000, 1, *far), raw={"0": numbers.tobytes(), "1": b""})
    [read] = read_layers(content)
    assert read.params.U_f[0, 0] == numbers[3 + 9_999] and read.params.V_o[0, 0] == numbers[1 + 3 * 9_999]


@collected("number, one", [(4, 4), (10, 8)])
def test_numbers_in_fields_and_pieces_are_put_together_once_however_many_nodes_use_them(number, one):
    values = np.random.default_rng(1).normal(size=(1, 8, 5)).astype(f"f{one}")
    dtype, wire = {4: 1, 8: 11}[one], varint(number << 3 | (5 if one == 4 else 1))
    raws = [values.ravel()[k : k + 1].tobytes() for k in range(values.size)]
    single = tensor("W", values.shape, dtype=dtype, more=b"".join(wire + raw for raw in raws))
    pieces = tensor("W", values.shape, dtype=dtype, more=b"".join(field(number, raw) for raw in raws))
    R = tensor("R", (1, 8, 2), bytes(one * 16), dtype=dtype)
    nodes = b"".join(field(1, lstm("X", "W", "R", out=f"Y{k}")) for k in range(3))
    for W in (single, pieces):
        layers = read_layers(onnx([W, R], b"", more=nodes))
        assert len(layers) == 3
        for one_of_three in layers:
            np.testing.assert_array_equal(one_of_three.params.V_f, values[0, 4:6])
        read = tensor_of(Message(memoryview(W)))
        assert read.whole() is read.whole() and bytes(read.whole()) == values.tobytes()


def test_a_file_with_different_states_for_a_batch_is_run_on_one_sequence_and_on_the_batch():
    states = np.array([[[0.1, 0.2], [0.3, 0.4]]], np.float32)
    [layer] = read_layers(with_states(states, states))
    assert layer.notes == ("states_of_batch",)
    for x, C in [
        (np.zeros((3, 1)), states[0, 0]),
        (np.zeros((3, 2, 1)), states[0]),
        (np.zeros((3, 5, 1)), np.tile(states[0, 0], (5, 1))),
    ]:
        [run] = run_layers([layer], x)
        np.testing.assert_array_equal(run.trace.C_prev[0], C)


def test_names_of_onnx_that_differ_late_are_not_taken_for_each_other():
    W, other = np.ones((1, 8, 1), "f4"), np.zeros((1, 8, 1), "f4")
    tensors = [tensor(FAR, W.shape, W.tobytes()), tensor(FAR + "b", W.shape, other.tobytes())]
    tensors += [tensor("R", (1, 8, 2), bytes(64))]
    [read] = read_layers(onnx(tensors, lstm("X", FAR, "R")))
    np.testing.assert_array_equal(read.params.V_f, W[0, :2])


@collected("kind", ["PyTorch", "JSON", "Keras"])
def test_a_name_with_a_lone_surrogate_can_be_written_down(kind):
    name = "a\ud800b"
    hidden, inputs = array_of("0", 16, 0, (8, 2), (2, 1)), array_of("0", 16, 0, (8, 1), (1, 1))
    pickled = surrogates(f"{name}.weight_hh_l0") + hidden + surrogates(f"{name}.weight_ih_l0") + inputs
    named = LSTM | {"config": LSTM["config"] | {"name": name}}
    content = {
        "PyTorch": archive(b"\x80\x02}(" + pickled + b"u.", {"0": bytes(64)}),
        "JSON": json.dumps({f"{name}.W": OWN["W"], f"{name}.b": OWN["b"]}).encode(),
        "Keras": keras({"config": {"layers": [named]}}),
    }[kind]
    [read] = read_layers(content)
    assert read.name == read.address == "a\\ud800b"
    for text in (read.name, read.address, read.place, *read.keys):
        text.encode()


@collected("switch", ["forget_gate", "coupled"])
def test_a_switch_is_one_true_or_false(switch):
    for value in (True, False, np.array([True])):
        [read] = read_layers(npz(**{"forget_gate": True, switch: value}))
        assert getattr(read.params, switch) is bool(value)


# -- what reading costs ----------------------------------------------------------------------------


def test_halves_take_little_more_room_than_the_file():
    count = 1_000_000
    W = tensor("W", (1, 4 * 250, count // 1000), dtype=10, more=field(5, b"\x01" * count))
    content = onnx([W, tensor("R", (1, 4 * 250, 250), bytes(2 * 1000 * 250), dtype=10)])
    tracemalloc.start()
    try:
        read_file(content)
        assert tracemalloc.get_traced_memory()[1] < 20 * count
    finally:
        tracemalloc.stop()


def work(content: bytes, D: int) -> float:
    """Seconds of processor for a table that is refused, the least of three."""
    least = np.inf
    for _ in range(3):
        start = time.process_time()
        with pytest.raises(ValueError):
            read_x(content, D, IN_THE_APP)
        least = min(least, time.process_time() - start)
    return least


def test_a_long_number_that_is_none_is_refused_as_soon_as_one_that_is_short():
    """The pattern of a number was tried in as many ways as the number has digits."""
    long, short = (b"1\n" + b"1" * digits + b"x\n" for digits in (40_000, 4_000))
    assert work(long, 1) < 20 * work(short, 1)


def test_columns_are_found_among_many_names_without_a_search_for_each():
    def table(D: int) -> bytes:
        names = [f"a{k}" for k in range(20 * D)] + [f"x_{k + 1}" for k in range(D)]
        return (",".join(names) + "\n?\n").encode()

    assert work(table(1600), 1600) < 8 * work(table(400), 400)

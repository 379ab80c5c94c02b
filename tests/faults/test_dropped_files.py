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
from tests.faults.layer_corpus.archives import npy, npy_of, zipped
from tests.faults.layer_corpus.costly import LSTM, legacy
from tests.faults.layer_corpus.models import field, hdf5, onnx, tensor, varint
from tests.faults.layer_corpus.pickles import _text, archive, layer
from tests.faults.layer_corpus.pickles import tensor as array_of


def refusal(content: bytes, **options) -> Refused:
    """Why a file is not taken; the test fails for one that is taken, and for any other error."""
    with pytest.raises(Refused) as refused:
        read_layers(content, **options)
    assert "\n" not in str(refused.value) and str(refused.value).isprintable()
    return refused.value


def seconds(content: bytes) -> float:
    """Of processor, the least of three readings."""
    least = np.inf
    for _ in range(3):
        start = time.process_time()
        read_file(content)
        least = min(least, time.process_time() - start)
    return least


def peak(content: bytes) -> int:
    """Bytes that reading takes at most, besides the file."""
    tracemalloc.start()
    try:
        read_file(content)
    except Refused:
        pass
    finally:
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return most


# -- PyTorch


def test_keys_of_storages_that_are_lists_of_lists_are_never_written_out():
    doubled = b"]q\x00" + b"".join(b"](h%ch%ceq%c" % (k, k, k + 1) for k in range(34))
    assert len(doubled) < 600
    nested = b"](" * 5000 + b"e" * 5000
    for keys in (b"\x80\x02](" + doubled + b"e.", b"\x80\x02](" + nested + b"e."):
        assert refusal(legacy(b"\x80\x02}.", keys)).details["what"].key == "no_storages"


def test_a_whole_number_of_thousands_of_digits_is_refused_in_a_sentence():
    long = pickle.dumps(10**5000, 2)[2:-1]
    for content in (b"\x80\x02}" + long + b"}s.", b"\x80\x02}" + _text("epoch") + long + b"s."):
        assert refusal(archive(content)).details["what"].key == "long_number"


def test_one_byte_that_begins_a_pickle_is_a_file_of_no_kind():
    assert refusal(b"\x80").reason == "unknown"


def test_an_array_of_more_numbers_than_its_storage_is_refused_at_any_size():
    """All of its numbers are the same one; at any size there is no other bound on what it takes."""
    large = layer(hidden=("0", 1, 0, (1 << 22, 1 << 20), (0, 0)), inputs=("0", 1, 0, (1 << 22, 1), (0, 0)))
    assert refusal(large, limits=ANY_SIZE).reason == "storage"


def test_numbers_that_are_far_apart_are_read_without_what_is_between_them():
    numbers = np.arange(40_000, dtype=np.float32)
    far = (4, 1), (9_999, 1)
    content = layer(("0", 40_000, 3, *far), ("0", 40_000, 1, *far), raw={"0": numbers.tobytes(), "1": b""})
    [read] = read_layers(content)
    assert read.params.U_f[0, 0] == numbers[3 + 9_999] and read.params.V_o[0, 0] == numbers[1 + 3 * 9_999]


# -- ONNX


def ten_bytes(values) -> bytes:
    """Whole numbers, each in ten bytes, most of which say nothing."""
    made = b""
    for value in values:
        made += bytes([value & 127 | 128, value >> 7 & 127 | 128, value >> 14 | 128]) + b"\x80" * 6 + b"\x00"
    return made


def shared(W: bytes, R: bytes, nodes: int) -> bytes:
    """A model whose nodes all use the same tensors."""
    one = b"".join(field(1, name) for name in (b"X", b"W", b"R")) + field(4, b"LSTM")
    return onnx([W, R], b"", more=b"".join(field(1, one + field(2, b"Y%d" % k)) for k in range(nodes)))


def halves(packed: bool) -> tuple[bytes, bytes, np.ndarray]:
    W = np.random.default_rng(0).normal(size=(1, 4 * 20, 900)).astype(np.float16)
    bits = W.view(np.uint16).ravel().tolist()
    more = {"more": field(5, ten_bytes(bits))} if packed else {"raw": W.tobytes()}
    return tensor("W", W.shape, dtype=10, **more), tensor("R", (1, 80, 20), bytes(2 * 80 * 20), dtype=10), W


@pytest.mark.nightly
def test_halves_of_ten_bytes_each_are_decoded_once_however_many_nodes_use_them():
    (packed, R, W), (raw, _, _) = halves(True), halves(False)
    read, same = read_layers(shared(packed, R, 100)), read_layers(shared(raw, R, 100))
    assert all(layer.params == same[0].params for layer in [*read, *same]) and len(read) == 100
    np.testing.assert_array_equal(read[0].params.V_f, W[0, 40:60])
    assert seconds(shared(packed, R, 100)) < 3 * seconds(shared(raw, R, 100))


@collected("number, one", [(4, 4), (10, 8)])
def test_numbers_in_fields_and_pieces_are_put_together_once_too(number, one):
    values = np.random.default_rng(1).normal(size=(1, 8, 5)).astype(f"f{one}")
    dtype, wire = {4: 1, 8: 11}[one], varint(number << 3 | (5 if one == 4 else 1))
    raws = [values.ravel()[k : k + 1].tobytes() for k in range(values.size)]
    single = tensor("W", values.shape, dtype=dtype, more=b"".join(wire + raw for raw in raws))
    pieces = tensor("W", values.shape, dtype=dtype, more=b"".join(field(number, raw) for raw in raws))
    R = tensor("R", (1, 8, 2), bytes(one * 16), dtype=dtype)
    for W in (single, pieces):
        for one_of_three in read_layers(shared(W, R, 3)):
            np.testing.assert_array_equal(one_of_three.params.V_f, values[0, 4:6])
        read = tensor_of(Message(memoryview(W)))
        assert read.whole() is read.whole() and bytes(read.whole()) == values.tobytes()


def test_halves_take_little_more_room_than_the_file():
    count = 1_000_000
    W = tensor("W", (1, 4 * 250, count // 1000), dtype=10, more=field(5, b"\x01" * count))
    R = tensor("R", (1, 4 * 250, 250), bytes(2 * 1000 * 250), dtype=10)
    assert peak(shared(W, R, 1)) < 20 * count


def test_a_file_with_different_states_for_a_batch_is_run_on_one_sequence_and_on_the_batch():
    states = np.array([[[0.1, 0.2], [0.3, 0.4]]], np.float32)
    tensors = [
        tensor("W", (1, 8, 1), bytes(32)), tensor("R", (1, 8, 2), bytes(64)),
        tensor("h", (1, 2, 2), states.tobytes()), tensor("C", (1, 2, 2), states.tobytes()),
    ]  # fmt: skip
    inputs = b"".join(field(1, name) for name in (b"X", b"W", b"R", b"", b"", b"h", b"C"))
    [layer] = read_layers(onnx(tensors, inputs + field(2, b"Y") + field(4, b"LSTM")))
    assert layer.notes == ("states_of_batch",)
    [one] = run_layers([layer], np.zeros((3, 1)))
    np.testing.assert_array_equal(one.trace.C_prev[0], states[0, 0])
    [both] = run_layers([layer], np.zeros((3, 2, 1)))
    np.testing.assert_array_equal(both.trace.C_prev[0], states[0])
    [five] = run_layers([layer], np.zeros((3, 5, 1)))
    np.testing.assert_array_equal(five.trace.C_prev[0], np.tile(states[0, 0], (5, 1)))


@collected("shape", [(), (2,), (1, 2)])
def test_a_state_of_few_axes_in_the_other_layout_is_refused(shape):
    tensors = [
        tensor("W", (1, 8, 1), bytes(32)), tensor("R", (1, 8, 2), bytes(64)),
        tensor("h", shape, bytes(4 * int(np.prod(shape)))),
    ]  # fmt: skip
    inputs = b"".join(field(1, name) for name in (b"X", b"W", b"R", b"", b"", b"h"))
    layout = field(5, field(1, b"layout") + field(3, 1))
    assert refusal(onnx(tensors, inputs + field(2, b"Y") + field(4, b"LSTM") + layout)).reason == "shape"


# -- Keras, HDF5


def archive_of(config: dict, place: str = "layers/lstm", arrays=None) -> bytes:
    def fill(file):
        for name, array in (arrays or CELL).items():
            file[f"{place}/cell/vars/{name}"] = array

    return zipped({"config.json": json.dumps(config).encode(), "model.weights.h5": hdf5(fill)})


CELL = {"0": np.ones((1, 8), "f4"), "1": np.ones((2, 8), "f4"), "2": np.ones(8, "f4")}


@pytest.mark.nightly
def test_a_crowd_of_layers_deep_within_models_takes_no_more_room_than_its_configuration():
    config: dict = {"layers": [LSTM] * 20_000}
    for _ in range(10):
        config = {"layers": [{"class_name": "M" + "a" * 400, "config": config}]}
    content = archive_of({"config": config})
    assert refusal(content).reason == "too_many"
    tracemalloc.start()
    json.loads(json.dumps({"config": config}))
    alone = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak(content) < 2 * alone


@collected("name", ["0", "1", "2"])
def test_arrays_of_a_cell_without_axes_are_refused(name):
    for config in ({}, {"config": {"layers": [LSTM]}}):
        refusal(archive_of(config, arrays=CELL | {name: np.float32(1)}))


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


# -- JSON, safetensors, NumPy

OWN = {
    "format": "lstm-params",
    "version": 1,
    "gates": ["f", "i", "c", "o"],
    "W": [[[0, 0]]] * 4,
    "b": [[0]] * 4,
}


@collected(
    "own",
    [{"W": [[[0, 1e307]]] * 4}, {"b": [[-1e61]] * 4}, {"peepholes": [[1e307]] * 3},
     {"W": [[[0, 1e61]]] * 4, "dtype": "float64"}],
)  # fmt: skip
def test_the_bound_on_weights_holds_for_the_apps_own_files_and_for_peepholes(own):
    assert refusal(json.dumps(OWN | own).encode()).reason == "too_far"
    arrays = {
        f"{name}.npy": npy(np.array((OWN | own)[name], float))
        for name in ("W", "b", "peepholes")
        if name in OWN | own
    }
    assert refusal(zipped(arrays)).reason == "too_far"


def test_the_bound_holds_for_the_peepholes_of_onnx():
    P = np.full((1, 6), 2 * LARGEST_FROM_A_FILE)
    tensors = [
        tensor("W", (1, 8, 1), bytes(64), dtype=11), tensor("R", (1, 8, 2), bytes(128), dtype=11),
        tensor("P", (1, 6), P.tobytes(), dtype=11),
    ]  # fmt: skip
    inputs = b"".join(field(1, name) for name in (b"X", b"W", b"R", b"", b"", b"", b"", b"P"))
    assert refusal(onnx(tensors, inputs + field(2, b"Y") + field(4, b"LSTM"))).reason == "too_far"


def tensors_of(header, raw: bytes) -> bytes:
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + raw


def entry(begin: int, *shape: int, dtype="F32") -> dict:
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, begin + 4 * int(np.prod(shape))]}


GOOD = {"weight_hh_l0": entry(0, 8, 2), "weight_ih_l0": entry(64, 8, 1)}


@collected("dtype", [["F32"], {"F32": 1}, None, 4, True, []])
def test_a_type_of_safetensors_that_is_no_text_is_refused(dtype):
    assert len(read_layers(tensors_of(GOOD, bytes(96)))) == 1
    assert (
        refusal(tensors_of(GOOD | {"a": entry(96, 0, dtype=dtype)}, bytes(96))).details["what"].key
        == "no_array"
    )


@collected(
    "header, length",
    [(GOOD, 100), ({"weight_hh_l0": entry(0, 8, 2), "weight_ih_l0": entry(68, 8, 1)}, 100),
     ({"weight_hh_l0": entry(4, 8, 2), "weight_ih_l0": entry(68, 8, 1)}, 100), ({}, 4)],
)  # fmt: skip
def test_safetensors_with_bytes_that_belong_to_no_array_are_refused_as_its_own_library_does(header, length):
    assert refusal(tensors_of(header, bytes(length))).details["what"].key == "hole"


def named_by_surrogates(prefix: str) -> dict[str, bytes]:
    rows = {f"{prefix}.W": [[[0, 0]]] * 4, f"{prefix}.b": [[0]] * 4}
    arrays = {
        f"{prefix}.weight_hh_l0": array_of("0", 16, 0, (8, 2), (2, 1)),
        f"{prefix}.weight_ih_l0": array_of("0", 16, 0, (8, 1), (1, 1)),
    }
    made = b"\x80\x02}(" + b"".join(_surrogates(name) + one for name, one in arrays.items()) + b"u."
    config = {"config": {"layers": [LSTM | {"config": LSTM["config"] | {"name": prefix}}]}}
    return {
        "PyTorch": archive(made, {"0": bytes(64)}),
        "JSON": json.dumps(rows).encode(),
        "Keras": archive_of(config),
    }


def _surrogates(text: str) -> bytes:
    raw = text.encode("utf-8", "surrogatepass")
    return b"X" + struct.pack("<I", len(raw)) + raw


@collected("kind", ["PyTorch", "JSON", "Keras"])
def test_a_name_with_a_lone_surrogate_can_be_written_down(kind):
    [read] = read_layers(named_by_surrogates("a\ud800b")[kind])
    assert read.name == read.address == "a\\ud800b"
    for text in (read.name, read.address, read.place, *read.keys):
        text.encode()


def test_safetensors_with_a_lone_surrogate_are_refused_as_its_own_library_does():
    header = {f"a\ud800.{name}": place for name, place in GOOD.items()}
    assert refusal(tensors_of(header, bytes(96))).details["what"].key == "header_no_json"


def npz(**arrays) -> bytes:
    base = {"W": np.zeros((4, 1, 2)), "b": np.zeros((4, 1))}
    return zipped(
        {f"{name}.npy": a if isinstance(a, bytes) else npy(a) for name, a in (base | arrays).items()}
    )


SWITCHES = {
    "text": np.array("yes"), "NaN": np.array(np.nan), "complex": np.array(1j), "one": np.array(1),
    "float128": np.array(0, np.longdouble), "two": np.array([True, True]), "none": np.zeros(0, bool),
    "objects": npy(np.array([{}], object), allow_pickle=True), "record": np.zeros((), [("a", "f4")]),
    "huge": npy_of(f"{{'descr': '|b1', 'fortran_order': False, 'shape': (0, {2**47}, {2**47}), }}"),
}  # fmt: skip


@collected("switch", ["forget_gate", "coupled"])
def test_a_switch_is_one_true_or_false_and_nothing_else(switch):
    for value in SWITCHES.values():
        assert refusal(npz(**{switch: value})).reason in ("switch", "broken")
    assert refusal(npz(forget_gate=np.array(False), coupled=np.array(True))).reason == "nothing_written"
    for value in (True, False, np.array([True])):
        [read] = read_layers(npz(**{"forget_gate": True, switch: value}))
        assert getattr(read.params, switch) is bool(value)


@collected("field", ["gates", "dtype", "version", "forget_gate", "coupled", "W", "b", "peepholes"])
def test_lists_within_lists_in_the_apps_own_files_are_refused_however_deep(field):
    """To print such a list Python needs a little more room than to read it."""
    for depth in range(900, 1000):
        text = json.dumps(OWN | {field: 0}).replace(
            f'"{field}": 0', f'"{field}": ' + "[" * depth + "]" * depth
        )
        refusal(text.encode())


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


def test_names_of_onnx_that_differ_late_are_not_taken_for_each_other():
    W, other = np.ones((1, 8, 1), "f4"), np.zeros((1, 8, 1), "f4")
    names = "a" * 600, "a" * 600 + "b"
    tensors = [
        tensor(names[0], W.shape, W.tobytes()), tensor(names[1], W.shape, other.tobytes()),
        tensor("R", (1, 8, 2), bytes(64)),
    ]  # fmt: skip
    inputs = b"".join(field(1, name) for name in (b"X", names[0].encode(), b"R"))
    [read] = read_layers(onnx(tensors, inputs + field(2, b"Y") + field(4, b"LSTM")))
    np.testing.assert_array_equal(read.params.V_f, W[0, :2])
    node = field(1, b"X") + field(2, b"Y") + field(3, b"n" * 3000) + field(4, b"LSTM")
    assert refusal(onnx(tensors, node)).reason == "too_many"


def test_the_arrays_of_a_file_have_to_have_names_of_some_length():
    long = "a" * 600
    rows = {f"{long}.W": [[[0, 0]]] * 4, f"{long}.b": [[0]] * 4}
    named = {f"{long}.{name}": place for name, place in GOOD.items()}
    arrays = {f"{long}.W.npy": npy(np.zeros((4, 1, 2))), f"{long}.b.npy": npy(np.zeros((4, 1)))}
    for content in (json.dumps(rows).encode(), tensors_of(named, bytes(96)), zipped(arrays)):
        assert refusal(content).reason == "too_many"

"""What an ONNX model computes from constants alone: each operator, what can't be known, what it may cost."""

import struct

import numpy as np
import pytest

from lstm_core.readers import Refused, read_file, read_layers
from lstm_core.readers import onnx_operators as operators
from tests.collected import collected
from tests.faults.layer_corpus.models import field, onnx, tensor, varint

H, D = 2, 3
RANDOM = np.random.default_rng(0)
W, R = (RANDOM.normal(size=(1, 4 * H, size)).astype(np.float32) for size in (D, H))


def node(op: str, inputs: str, output: str, domain: str = "", **attributes) -> bytes:
    """A NodeProto with names parted by spaces, "-" for one that is left out."""
    made = b"".join(field(1, b"" if name == "-" else name.encode()) for name in inputs.split())
    made += b"".join(field(2, name.encode()) for name in output.split()) + field(4, op.encode())
    for name, value in attributes.items():
        values = value if isinstance(value, list) else [value]
        number = 8 if isinstance(value, list) else 3
        made += field(5, field(1, name.encode()) + b"".join(field(number, one % 2**64) for one in values))
    return made + (field(7, domain.encode()) if domain else b"")


def floats(name: str, array) -> bytes:
    array = np.asarray(array, np.float32)
    return tensor(name, array.shape, array.tobytes())


def longs(name: str, values) -> bytes:
    array = np.asarray(values, np.int64)
    return tensor(name, array.shape, array.tobytes(), dtype=7)


def small(name: str, array) -> bytes:
    array = np.asarray(array)
    return tensor(name, array.shape, array.tobytes(), dtype={"int8": 3, "uint8": 2}[array.dtype.name])


def model(tensors, *nodes: bytes, lstm: str = "X W R", opset: int = 14) -> bytes:
    """A model whose LSTM stands after other nodes."""
    last = node("LSTM", lstm, "Y")
    return onnx(list(tensors), last, opset, b"".join(field(1, one) for one in nodes))


def weights_of(content: bytes) -> np.ndarray:
    """The weights of the inputs, in the order in which ONNX has the gates."""
    [layer] = read_layers(content)
    return layer.params.W[[1, 3, 0, 2], :, H:].reshape(4 * H, D)


ROWS = W[0]
WAYS = {
    "Unsqueeze": ([floats("w", ROWS), longs("a", [0])], [node("Unsqueeze", "w a", "W")]),
    "Unsqueeze before opset 13": ([floats("w", ROWS)], [node("Unsqueeze", "w", "W", axes=[0])]),
    "Squeeze": ([floats("w", W[None]), longs("a", [0])], [node("Squeeze", "w a", "W")]),
    "Squeeze of negative axes": (
        [floats("w", W[..., None]), longs("a", [-1])], [node("Squeeze", "w a", "W")],
    ),
    "Transpose": ([floats("w", W.transpose(2, 0, 1))], [node("Transpose", "w", "W", perm=[1, 2, 0])]),
    "Reshape": ([floats("w", W.reshape(-1)), longs("s", [1, -1, D])], [node("Reshape", "w s", "W")]),
    "Reshape keeps a 0": ([floats("w", W), longs("s", [0, 0, -1])], [node("Reshape", "w s", "W")]),
    "Identity": ([floats("w", W)], [node("Identity", "w", "v"), node("Identity", "v", "W")]),
    "Cast": ([floats("w", W)], [node("Cast", "w", "v", to=11), node("Cast", "v", "W", to=1)]),
    "Expand": ([floats("w", W), longs("s", [1, 1, 1])], [node("Expand", "w s", "W")]),
    "Gather": (
        [floats("w", W[:, ::-1]), longs("p", np.arange(4 * H)[::-1])], [node("Gather", "w p", "W", axis=1)],
    ),
    "Concat": (
        [floats("a", W[:, :3]), floats("b", W[:, 3:])], [node("Concat", "a b", "W", axis=-2)],
    ),
    "Slice": (
        [floats("w", np.pad(W, ((0, 0), (1, 2), (0, 0)))), longs("b", [1]), longs("e", [-2]),
         longs("a", [1])],
        [node("Slice", "w b e a", "W")],
    ),
    "Slice backwards": (
        [floats("w", W[:, ::-1]), longs("b", [-1]), longs("e", [-(2**63)]), longs("a", [1]),
         longs("s", [-1])],
        [node("Slice", "w b e a s", "W")],
    ),
    "Slice before opset 10": (
        [floats("w", np.pad(W, ((0, 0), (0, 1), (0, 0))))],
        [node("Slice", "w", "W", starts=[0], ends=[-1], axes=[1])],
    ),
    "Split": (
        [floats("w", W)],
        [node("Split", "w", "a b", axis=1, split=[3, 5]), node("Concat", "a b", "W", axis=1)],
    ),
    "Shape": ([floats("w", W), floats("like", W)],
              [node("Shape", "like", "s"), node("Reshape", "w s", "W")]),
    "nodes in another order": (
        [floats("w", ROWS), longs("a", [0])], [node("Identity", "v", "W"), node("Unsqueeze", "w a", "v")],
    ),
}  # fmt: skip


@collected("way", WAYS)
def test_each_operator_hands_on_what_it_should(way):
    tensors, nodes = WAYS[way]
    opset = 9 if "before" in way else 14
    np.testing.assert_array_equal(weights_of(model([*tensors, floats("R", R)], *nodes, opset=opset)), W[0])


@collected("kind, axis", [("int8", None), ("uint8", 1), ("int8", 2)])
def test_whole_numbers_stand_for_what_their_scale_says(kind, axis):
    whole = RANDOM.integers(0, 100, (1, 4 * H, D)).astype(kind)
    shape, more = [1, 1, 1], {}
    if axis is not None:
        shape[axis], more = whole.shape[axis], {"axis": axis}
    scale, zero = RANDOM.uniform(0.01, 0.1, shape).astype(np.float32), np.full(shape, 50, kind)
    lined = (-1,) if more else ()
    names = [small("w", whole), floats("s", scale.reshape(lined)), small("z", zero.reshape(lined))]
    content = model([*names, floats("R", R)], node("DequantizeLinear", "w s z", "W", **more))
    np.testing.assert_allclose(weights_of(content), ((whole - 50.0) * scale)[0], rtol=1e-6)
    assert read_layers(content)[0].dtype == kind


def test_whole_numbers_may_stand_in_varints():
    def packed(number, *values):
        return field(number, b"".join(varint(value % 2**64) for value in values))

    whole = [-128, 127, -1, 0] * 6
    numbers = tensor("w", (1, 4 * H, D), dtype=3, more=packed(5, *whole))
    axes = tensor("a", (2,), dtype=7, more=packed(7, 0, -1))
    steps = node("DequantizeLinear", "w s", "d"), node("Unsqueeze", "d a", "e"), node("Squeeze", "e a", "W")
    got = weights_of(model([numbers, axes, floats("s", 0.5), floats("R", R)], *steps))
    np.testing.assert_array_equal(got.reshape(-1), np.array(whole) / 2)


STARTS = {
    "ConstantOfShape": ([], [node("ConstantOfShape", "shape_of_x", "h")], 0.0, ()),
    "ConstantOfShape and Expand": (
        [longs("a", [0])],
        [node("ConstantOfShape", "unknown", "z"), node("Unsqueeze", "z a", "u"), node("Expand", "u x", "h")],
        0.0, (),
    ),
    "Expand of one number": ([floats("z", 0.25)], [node("Expand", "z unknown", "h")], 0.25, ()),
    "an input": ([], [node("Identity", "given", "h")], 0.0, ("state_from_outside",)),
    "of several numbers": (
        [floats("z", [0, 1])], [node("Expand", "z unknown", "h")], 0.0, ("state_from_outside",),
    ),
}  # fmt: skip


@collected("way", STARTS)
def test_a_first_state_that_is_the_same_number_everywhere_is_known_without_its_shape(way):
    tensors, nodes, number, notes = STARTS[way]
    content = model([*tensors, floats("W", W), floats("R", R)], *nodes, lstm="X W R - - h h")
    [layer] = read_layers(content)
    assert (layer.h0, layer.C0, layer.notes) == (number, number, notes)


UNKNOWN = {
    "an input of the model": ([], [node("Unsqueeze", "given", "W", axes=[0])], "an input of the model"),
    "another operator": (
        [floats("w", W)], [node("Softmax", "w", "v"), node("Identity", "v", "W")], "Softmax",
    ),
    "of another domain": ([floats("w", W)], [node("Identity", "w", "W", domain="other")], "Identity"),
    "a circle": ([], [node("Identity", "a", "W"), node("Identity", "W", "a")], "an input of the model"),
    "axes that are not there": ([floats("w", ROWS)], [node("Transpose", "w", "W", perm=[0, 7])], "Transpose"),
    "places beyond": (
        [floats("w", W), longs("p", [99])], [node("Gather", "w p", "W", axis=1)], "Gather",
    ),
    "a number alone": ([floats("w", 1.0)], [node("Slice", "w", "W", starts=[0], ends=[1])], "Slice"),
    "parts that are too many": (
        [floats("w", W)], [node("Split", "w", "W v", axis=1, split=[99, 1])], "Split",
    ),
}  # fmt: skip


def refusal(content: bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        read_file(content)
    return refused.value


@collected("way", UNKNOWN)
def test_what_is_known_only_when_the_model_runs_is_refused_by_what_computes_it(way):
    tensors, nodes, by = UNKNOWN[way]
    refused = refusal(model([*tensors, floats("R", R)], *nodes, opset=9))
    assert refused.reason == "computed" and by in str(refused)


def doubling(op):
    """A megabyte that each of forty nodes doubles."""
    steps = [node(op, f"w{n} w{n}", f"w{n + 1}", axis=0) for n in range(40)]
    return [tensor("w0", (1, 1 << 18), bytes(1 << 20))], [*steps, node("Identity", "w40", "W")]


EXPENSIVE = {
    "doubled forty times": doubling("Concat"),
    "a terabyte of one number": (
        [floats("z", 0.0), longs("s", [1 << 20, 1 << 20])], [node("Expand", "z s", "W")],
    ),
    "gathered a million times": (
        [tensor("w", (1, 1 << 18), bytes(1 << 20)), longs("p", [0] * 100_000)],
        [node("Gather", "w p", "W", axis=0)],
    ),
}  # fmt: skip


@collected("way", EXPENSIVE)
def test_what_would_take_much_memory_is_refused_before_it_is_made(way):
    tensors, nodes = EXPENSIVE[way]
    assert refusal(model([*tensors, floats("R", R)], *nodes)).reason == "unpacked"


def test_a_constant_is_computed_once_however_many_layers_use_it(monkeypatch):
    calls = []
    cast = operators.OPERATORS["Cast"]
    monkeypatch.setitem(operators.OPERATORS, "Cast", lambda *given: calls.append(1) or cast(*given))
    chain = [node("Cast", f"w{n}", f"w{n + 1}", to=1) for n in range(200)]
    layers = [node("LSTM", "X w200 R", f"Y{n}") for n in range(200)]
    content = model([floats("w0", W), floats("R", R)], *chain, *layers, lstm="X w200 R")
    assert len(read_layers(content)) == 201 and len(calls) == 200


def test_layers_that_share_a_tensor_are_counted_each():
    large = [tensor(name, (1, 4 * 256, 256), bytes(1 << 20)) for name in "WR"]
    few, many = (model(large, *[node("LSTM", "X W R", f"Y{n}") for n in range(count)]) for count in (10, 30))
    assert len(read_layers(few)) == 11
    assert refusal(many).reason == "unpacked"


def test_eight_bits_may_be_a_file_of_the_largest_size():
    """They take four times the room as numbers of 32 bits, and are counted as they stand in the file."""
    array = np.ones((1, 1000, 4 * 1000), np.int8)
    [layer] = read_layers(rounded(W=array, R=array))
    assert layer.H == layer.D == 1000


def test_a_long_chain_of_nodes_is_followed_to_its_end():
    chain = [node("Identity", f"w{n}", f"w{n + 1}") for n in range(15_000)]
    content = model([floats("w0", W), floats("R", R)], *chain, node("Identity", "w15000", "W"))
    np.testing.assert_array_equal(weights_of(content), W[0])


UNFIT = {
    "a shape that no array has": (tensor("W", (0, 1 << 47, 1 << 47), b""), "Identity"),
    "fewer whole numbers than the shape says": (
        tensor("a", (9,), struct.pack("<q", 0), dtype=7),
        "Unsqueeze",
    ),
    "no whole numbers": (tensor("a", (1 << 30,), b"", dtype=7), "Unsqueeze"),
}


@collected("way", UNFIT)
def test_a_tensor_whose_numbers_do_not_fit_its_shape_is_refused(way):
    wrong, op = UNFIT[way]
    refusal(model([floats("w", ROWS), wrong, floats("R", R)], node(op, "w a", "W")))


# -- 8 bits, cells, branches ------------------------------------------------------------------------


def rounded(**changed) -> bytes:
    """A model with DynamicQuantizeLSTM."""
    arrays = {
        "W": np.ones((1, D, 4 * H), np.int8), "R": np.ones((1, H, 4 * H), np.int8),
        "Ws": np.array([0.5], np.float32), "Wz": np.array([0], np.int8),
        "Rs": np.array([0.5], np.float32), "Rz": np.array([0], np.int8),
    } | changed  # fmt: skip
    made = [
        floats(name, array) if array.dtype == np.float32 else small(name, array)
        for name, array in arrays.items()
    ]
    return onnx(made, node("DynamicQuantizeLSTM", "X W R - - - - - Ws Wz Rs Rz", "Y", "com.microsoft"))


UNFIT_BITS = [
    {"Ws": np.ones(3, np.float32)}, {"Wz": np.zeros(2, np.int8)}, {"Wz": np.zeros(1, np.float32)},
    {"W": np.ones((1, D, 4 * H), np.float32)}, {"R": np.ones((H, 4 * H), np.int8)},
    {"R": np.ones((1, H, 4 * H + 1), np.int8)}, {"Ws": np.full(1, np.nan, np.float32)},
]  # fmt: skip


@collected("changed", UNFIT_BITS)
def test_eight_bits_that_do_not_fit_are_refused(changed):
    refusal(rounded(**changed))


def cell(prefix="decoder", rows=4 * H) -> list[bytes]:
    return [
        floats(f"{prefix}.weight_ih", np.ones((rows, D))), floats(f"{prefix}.weight_hh", np.ones((rows, H))),
        floats(f"{prefix}.bias_ih", np.ones(rows)), floats(f"{prefix}.bias_hh", np.ones(rows)),
    ]  # fmt: skip


def test_the_weights_of_a_cell_are_a_layer_unless_an_lstm_is_made_of_them():
    other = node("Gemm", "X decoder.weight_ih decoder.bias_ih", "Y")
    [layer] = read_layers(onnx(cell(), other))
    assert (layer.name, layer.form, layer.D, layer.H) == ("decoder", "cell", D, H)
    wide = [node("Unsqueeze", f"decoder.weight_{name}", name, axes=[0]) for name in ("ih", "hh")]
    [layer] = read_layers(model(cell(), *wide, lstm="X ih hh", opset=9))
    assert layer.form == "" and layer.name == "Y"


def quantized_cell(scale_shape) -> tuple[bytes, list[np.ndarray]]:
    """A cell in 8 bits with the names that quantize_dynamic gives, and what its numbers stand for."""
    made, exact = [], []
    for part, size in (("ih", D), ("hh", H)):
        whole = RANDOM.integers(-100, 100, (4 * H, size)).astype(np.int8)
        scale = RANDOM.uniform(0.01, 0.1, scale_shape or size).astype(np.float32)
        base = f"decoder.weight_{part}"
        made += [small(f"{base}_quantized", whole), floats(f"{base}_scale", scale)]
        made += [small(f"{base}_zero_point", np.full(scale.shape, 3, np.int8))]
        exact.append((whole - 3.0) * (scale if scale_shape is None else 1))
    return onnx(made, node("MatMulInteger", "X decoder.weight_ih", "Y")), exact


def test_a_cell_in_eight_bits_may_have_a_scale_for_each_column():
    """One that PyTorch wrote, with one scale for all, is among the files of tests/fixtures."""
    content, (of_x, of_h) = quantized_cell(None)
    [layer] = read_layers(content)
    assert (layer.name, layer.dtype, layer.form) == ("decoder", "int8", "cell")
    rows = layer.params.W[[1, 0, 2, 3]].reshape(4 * H, H + D)
    np.testing.assert_allclose(rows, np.hstack([of_h, of_x]), rtol=1e-6)


@collected("shape", [5, (2, 2)])
def test_a_cell_in_eight_bits_whose_scale_does_not_fit_is_refused(shape):
    refusal(quantized_cell(shape)[0])


def test_a_cell_of_a_gru_is_read():
    [layer] = read_file(onnx(cell(rows=3 * H), node("Gemm", "X decoder.weight_ih", "Y"))).layers
    assert (layer.kind, layer.form, layer.H) == ("gru", "cell", H)


def test_the_tensors_of_a_model_without_a_layer_are_named():
    with pytest.raises(Refused, match=r"its arrays: one\.weight, another"):
        read_file(onnx([floats("one.weight", W), floats("another", R)], node("Gemm", "X one.weight", "Y")))

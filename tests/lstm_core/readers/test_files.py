"""Files of current PyTorch, Keras and ONNX tools: opened, run, held against their framework's outputs."""

import io
import json

import h5py
import numpy as np
import pytest

from lstm_core.readers import Refused, read_file, read_layers
from tests.collected import collected
from tests.lstm_core.readers.layer_files import ANSWERED, FOLDER, answer, last_output, read


@collected("name", ANSWERED)
def test_a_file_is_read_and_runs_as_its_framework_runs_it(name):
    file = read(name)
    x, h = answer(name)
    assert not file.left_out
    layers = file.layers
    if name.endswith("_nested.weights.h5"):  # weights alone do not say which layer comes first
        layers = sorted(layers, key=lambda layer: layer.D)
    atol = 1e-11 if h.dtype == np.float64 else 1e-5
    np.testing.assert_allclose(last_output(layers, x), h, rtol=0, atol=atol)


NAMES = {
    "torch_plain.pt": [("", "lstm", "forward", 0, "float32")],
    "torch_half.pt": [("", "lstm", "forward", 0, "float16")],
    "torch_bfloat16.pt": [("", "lstm", "forward", 0, "bfloat16")],
    "torch_stacked.pt": [
        ("", f"lstm_l{level}_{side}", side, level, "float64")
        for level in (0, 1) for side in ("forward", "reverse")
    ],
    "torch_checkpoint.pt": [
        ("encoder.lstm", f"encoder.lstm_{side}", side, 0, "float32") for side in ("forward", "reverse")
    ],
    "torch_cell.pt": [("decoder", "decoder", "forward", 0, "float32")],
    "keras_now_stack.keras": [(name, name, "forward", 0, "float32") for name in ("first", "a_second")],
    "keras_30_stack.weights.h5": [(name, name, "forward", 0, "float32") for name in ("lstm", "lstm_1")],
    "keras_2_nested.keras": [(name, name, "forward", 0, "float32") for name in ("z_first", "a_second")],
    "keras_now_pair.keras": [
        ("both_ways", f"both_ways_{side}", side, 0, "float64") for side in ("forward", "reverse")
    ],
    "onnx_reverse.onnx": [("tagger/lstm", "tagger/lstm", "reverse", 0, "float32")],
}  # fmt: skip


@collected("name", NAMES)
def test_layers_have_the_names_that_their_author_gave(name):
    found = [(lr.name, lr.address, lr.direction, lr.level, lr.dtype) for lr in read(name).layers]
    assert found == NAMES[name]


NOTES = {
    "keras_now_stack.keras": (),
    "keras_now_stack.h5": (),
    "keras_now_stack.weights.h5": ("activation_unsaid",),
    "keras_30_stack.weights.h5": ("name_unsaid", "activation_unsaid"),
    "keras_2_old_weights.h5": ("activation_unsaid",),
    "keras_2_cudnn.h5": (),
    "onnx_torch.onnx": (),
    "onnx_int8.onnx": ("rounds_as_it_runs",),
}


@collected("name", NOTES)
def test_what_a_file_does_not_say_is_said(name):
    assert {layer.notes for layer in read(name).layers} == {NOTES[name]}


def of_keras(arrays: dict, **attributes):
    """What is read of a file of Keras with arrays of ones in these shapes."""
    file = io.BytesIO()
    with h5py.File(file, "w") as made:
        made.attrs.update(attributes)
        for name, shape in arrays.items():
            made[name] = np.ones(shape, np.float32)
    return read_file(file.getvalue())


@collected(
    "version, biases, notes",
    [("2.2.4", 4, ("hard_sigmoid_era",)), ("2.3.0", 4, ("activation_unsaid",)), ("2.2.4", 8, ())],
)
def test_weights_of_old_keras_are_doubted_unless_they_are_of_cudnn(version, biases, notes):
    shapes = {"kernel:0": (2, 12), "recurrent_kernel:0": (3, 12), "bias:0": (3 * biases,)}
    file = of_keras({f"lstm/lstm/{name}": shape for name, shape in shapes.items()}, keras_version=version)
    assert [layer.notes for layer in file.layers] == [notes]


STACKED = {
    "Keras 3": ("layers/rnn/cell/cells/lstm_cell{}/vars/{}", "012", "layers/lstm/cell/vars/{}"),
    "Keras 2": (
        "stack/stack/stacked_rnn_cells/lstm_cell{}/{}", ("kernel", "recurrent_kernel", "bias"),
        "after/after/lstm_cell/{}",
    ),
}  # fmt: skip


@collected("generation", STACKED)
@collected("declared", [True, False])
def test_stacked_cells_are_listed_once_as_what_is_not_read(generation, declared):
    cells, parts, alone = STACKED[generation]
    config = {"config": {"layers": [
        {"class_name": "RNN", "config": {"name": "stack", "cell": {"class_name": "StackedRNNCells"}}},
        {"class_name": "LSTM", "config": {"name": "after", "activation": "tanh",
                                          "recurrent_activation": "sigmoid"}},
    ]}}  # fmt: skip
    places = (cells.format("", "{}"), cells.format("_1", "{}"), alone)
    shapes = dict(zip(parts, ((3, 12), (3, 12), (12,)), strict=True))
    arrays = {place.format(part): shape for place in places for part, shape in shapes.items()}
    found = of_keras(arrays, **({"model_config": json.dumps(config)} if declared else {}))
    names = ["after"] if declared or generation == "Keras 2" else ["lstm"]
    assert [layer.name for layer in found.layers] == names
    assert [refused.reason for refused in found.left_out] == ["stacked_cells"]


REFUSALS = {
    "torch_module.pt": ("not_weights", "import torch; torch.save(model.state_dict(), 'weights.pt')"),
    "torch_script.pt": ("torchscript", "torch.jit.load('model.pt').state_dict()"),
    "torch_projection.pt": ("projection", ""),
    "torch_rnn.pt": ("not_lstm", ""),
    "keras_now_hard.keras": ("activation", ""),
    "keras_2_hard.keras": ("activation", ""),
    "onnx_hard_sigmoid.onnx": ("activation", ""),
    "onnx_clip.onnx": ("clip", ""),
}


@collected("name", REFUSALS)
def test_what_this_cell_does_not_do_is_refused_by_name_with_the_way_out(name):
    with pytest.raises(Refused) as refused:
        read(name)
    reason, way_out = REFUSALS[name]
    assert refused.value.reason == reason and way_out in str(refused.value)


def test_a_path_bytes_and_an_open_file_give_the_same():
    path = FOLDER / "torch_plain.pt"
    with open(path, "rb") as file:
        ways = [read_layers(path), read_layers(str(path)), read_layers(path.read_bytes()), read_layers(file)]
    assert all(layer.params == ways[0][0].params for [layer] in ways)


def test_numbers_outside_of_an_onnx_model_need_their_own_file():
    content = (FOLDER / "onnx_external.onnx").read_bytes()
    with pytest.raises(Refused) as refused:
        read_file(content)
    assert refused.value.reason == "external" and "external.data" in str(refused.value)


def test_the_states_of_an_onnx_model_are_those_of_its_layers():
    forward, reverse = read("onnx_bidirectional.onnx").layers
    assert forward.h0.shape == forward.C0.shape == (3,)
    assert np.abs(forward.h0).max() > 0 and not np.array_equal(forward.h0, reverse.h0)


def test_the_arrays_of_a_layer_have_their_own_names():
    [layer] = read("torch_cell.pt").layers
    assert layer.keys == ("decoder.weight_ih", "decoder.weight_hh", "decoder.bias_ih", "decoder.bias_hh")
    checkpoint = read("torch_checkpoint.pt").layers[0]
    assert "module.encoder.lstm.weight_ih_l0" in checkpoint.keys
    assert (layer.place, checkpoint.place) == ("", "model_state_dict")

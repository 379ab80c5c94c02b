"""Arrays that have names alone, in .npz and JSON: the names, orders and shapes of each framework."""

import io
import json
import zipfile

import h5py
import numpy as np
import pytest

from lstm_core import LSTMParams
from lstm_core.readers import ANY_SIZE, Refused, read_file, read_layers
from tests.collected import collected
from tests.faults.layer_corpus import pickles
from tests.lstm_core.examples import recorded

TORCH, KERAS, PEEPHOLES = recorded("torch_ordinary"), recorded("keras_ordinary"), recorded("torch_peephole")


def npz(**arrays) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def as_json(**arrays) -> bytes:
    return json.dumps({name: np.asarray(array).tolist() for name, array in arrays.items()}).encode()


def native(run, prefix: str = "") -> dict:
    start = "native_"
    own = {name: array for name, array in vars(run).items() if name.startswith(start)}
    return {prefix + name.removeprefix(start): array for name, array in own.items()}


@collected("write", [npz, as_json])
def test_the_names_of_pytorch_and_keras(write):
    [layer] = read_layers(write(**native(TORCH, "encoder.lstm.")))
    assert layer.name == "encoder.lstm" and np.array_equal(layer.params.W, TORCH.W)
    np.testing.assert_allclose(layer.params.b, TORCH.b, rtol=0, atol=1e-15)
    [layer] = read_layers(write(**native(KERAS)))
    assert layer.params == LSTMParams(KERAS.W, KERAS.b)
    assert layer.notes == ("activation_unsaid", "order_taken")


@collected("order", ["ocfi", "ojfi"])  # TensorFlow calls the candidate j
def test_another_order_is_told(order):
    shuffled = {
        name: np.concatenate(np.split(array, 4, axis=-1)[::-1], axis=-1)
        for name, array in native(KERAS).items()
    }
    [layer] = read_layers(npz(**shuffled), order=order)
    assert layer.params == LSTMParams(KERAS.W, KERAS.b)


@collected("order", ["ifc", "ifoo", "", 4, "fico ", None.__class__])
def test_an_order_that_is_none_is_refused(order):
    with pytest.raises(Refused) as refused:
        read_layers(npz(**native(KERAS)), order=order)
    assert refused.value.reason == "order"


def test_a_kernel_of_tensorflow_1_is_refused_in_one_sentence():
    kernel = np.concatenate([KERAS.native_kernel, KERAS.native_recurrent_kernel])
    file = npz(**{"rnn/basic_lstm_cell/kernel": kernel, "rnn/basic_lstm_cell/bias": KERAS.native_bias})
    with pytest.raises(Refused, match="rnn/basic_lstm_cell was saved by TensorFlow 1"):
        read_layers(file)


@collected("write", [npz, as_json])
def test_the_names_of_this_library(write):
    arrays = {"W": PEEPHOLES.W, "b": PEEPHOLES.b, "peepholes": PEEPHOLES.peepholes}
    assert read_layers(write(**arrays))[0].params == PEEPHOLES.params
    coupled = LSTMParams(PEEPHOLES.W, PEEPHOLES.b, peepholes=PEEPHOLES.peepholes, coupled=True)
    assert read_layers(write(**arrays, coupled=np.array(True)))[0].params == coupled


@collected("dtype", [np.float32, np.float64])
def test_the_json_of_this_library(dtype):
    own = (array.astype(dtype) for array in (PEEPHOLES.W, PEEPHOLES.b))
    params = LSTMParams(*own, peepholes=PEEPHOLES.peepholes.astype(dtype))
    [layer] = read_layers(params.to_json().encode())
    assert layer.params == params and layer.dtype == np.dtype(dtype).name


def test_several_layers_in_one_json_have_the_names_of_their_objects():
    one = {key: array.tolist() for key, array in native(TORCH).items()}
    nested = {"first": one, "second": one}
    assert [layer.name for layer in read_layers(json.dumps(nested).encode())] == ["first", "second"]


@collected("dtype", ["<f2", "<f4", ">f4", "<f8", ">f8"])
def test_every_type_and_byte_order(dtype):
    small = {name: array.astype(np.float16).astype(dtype) for name, array in native(TORCH).items()}
    [layer] = read_layers(npz(**small))
    [native_order] = read_layers(npz(**{name: array.astype(dtype[1:]) for name, array in small.items()}))
    assert layer.params == native_order.params
    assert layer.params.dtype == (np.float64 if dtype.endswith("8") else np.float32)


def test_what_can_not_be_read_is_left_out_with_a_word():
    rnn = {"rnn.weight_ih_l0": np.zeros((3, 2)), "rnn.weight_hh_l0": np.zeros((3, 3))}
    file = read_file(npz(**rnn, **native(TORCH, "lstm.")))
    assert [layer.name for layer in file.layers] == ["lstm"]
    [refusal] = file.left_out
    assert refusal.reason == "not_lstm" and "rnn" in str(refusal)


@collected("name", ["weight_hh_l0", "bias_ih_l0"])
def test_a_weight_that_no_training_gives_is_refused_with_its_size(name):
    arrays = {key: np.asarray(array, np.float64) for key, array in native(TORCH).items()}
    arrays[name] = -1e61 * np.ones_like(arrays[name])
    with pytest.raises(Refused, match="reach 1e\\+61; no trained weight is above 1e\\+60"):
        read_layers(npz(**arrays))


def test_the_state_dicts_of_one_checkpoint_are_told_apart():
    place = (16, 0, (8, 2), (2, 1))
    arrays = {f"rnn.weight_{part}_l0": pickles.tensor("0", *place) for part in ("hh", "ih")}
    inner = pickles.state(**arrays)[2:-1]
    content = pickles.state(model_state_dict=inner, ema=inner, optimizer=pickles.state(step=b"K\x01")[2:-1])
    layers = read_layers(pickles.archive(content, {"0": bytes(64)}))
    assert [layer.name for layer in layers] == ["rnn", "ema/rnn"]


def large(H: int, D: int) -> bytes:
    return npz(weight_ih_l0=np.zeros((4 * H, D), np.float16), weight_hh_l0=np.zeros((4 * H, H), np.float16))


@collected("H, D, reason", [(1025, 1, "units"), (1, 1025, "inputs")])
def test_a_large_layer_is_refused_with_its_size_and_the_way_out(H, D, reason):
    with pytest.raises(Refused, match="1,025.*1,024.*--any-size") as refused:
        read_layers(large(H, D))
    assert refused.value.reason == reason
    assert read_layers(large(H, D), limits=ANY_SIZE)[0].H == H


def largest_of_keras() -> bytes:
    weights, file = io.BytesIO(), io.BytesIO()
    with h5py.File(weights, "w") as made:
        for number in range(2):
            made[f"layers/lstm/cell/vars/{number}"] = np.zeros((1024, 4096), np.float32)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("model.weights.h5", weights.getvalue())
    return file.getvalue()


def largest_of_torch() -> bytes:
    place, raw = (4_194_304, 0, (4096, 1024), (1024, 1)), bytes(16_777_216)
    return pickles.layer(("0", *place), ("1", *place), {"0": raw, "1": raw})


@collected("write", [lambda: large(1024, 1024), largest_of_keras, largest_of_torch])
def test_the_largest_layer_is_read(write):
    [layer] = read_layers(write())
    assert (layer.H, layer.D) == (1024, 1024)


def test_a_large_file_is_refused_with_its_size():
    with pytest.raises(Refused, match="40,000,001 bytes.*--any-size"):
        read_layers(bytes(40_000_001))


def test_a_folder_and_what_is_not_there_are_no_files(tmp_path):
    for path in (tmp_path, tmp_path / "missing", "/dev/zero", "a\0b"):
        with pytest.raises(Refused) as refused:
            read_layers(path)
        assert refused.value.reason == "no_file"

"""HDF5 files of many forms, written by h5py: the layers of every generation of Keras, in their order."""

import io

import h5py
import numpy as np
import pytest

from lstm_core import LSTMParams
from lstm_core.readers import Refused, read_layers
from lstm_core.readers.hdf5 import Hdf5
from lstm_core.readers.limits import IN_THE_APP, Budget
from tests.collected import collected
from tests.lstm_core.examples import recorded

KERAS = recorded("keras_ordinary")


def hdf5(fill, **options) -> bytes:
    file = io.BytesIO()
    with h5py.File(file, "w", **options) as made:
        fill(made)
    return file.getvalue()


def cells(*places: str):
    """Fills a file of Keras 3 with the recorded layer at each place, each with a larger bias."""

    def fill(file):
        for number, place in enumerate(places):
            group = file.create_group(f"{place}/cell/vars")
            arrays = (KERAS.native_kernel, KERAS.native_recurrent_kernel, KERAS.native_bias + number)
            for name, array in enumerate(arrays):
                group[str(name)] = array

    return fill


@collected("libver", ["earliest", "latest", ("v108", "v108")])
@collected("track_order", [False, True])
def test_every_form_of_file_gives_the_same_numbers(libver, track_order):
    [layer] = read_layers(hdf5(cells("layers/lstm"), libver=libver, track_order=track_order))
    assert layer.params == LSTMParams(KERAS.W, KERAS.b)


def test_many_layers_come_in_the_order_of_their_numbers():
    places = ["layers/lstm"] + [f"layers/lstm_{number}" for number in range(1, 200)]
    layers = read_layers(hdf5(cells(*places)))
    assert [layer.name for layer in layers] == [place.removeprefix("layers/") for place in places]
    assert [round(layer.params.b[0, 0] - KERAS.b[0, 0]) for layer in layers] == list(range(200))


def test_a_file_of_keras_1_is_refused_in_one_sentence():
    def fill(file):
        for kind, matrix in (("W", KERAS.native_kernel), ("U", KERAS.native_recurrent_kernel)):
            for gate, block in zip("ifco", np.split(matrix, 4, axis=-1), strict=True):
                file[f"lstm_1/lstm_1_{kind}_{gate}"] = block

    with pytest.raises(Refused, match="lstm_1 was saved by Keras 1, which is not read here"):
        read_layers(hdf5(fill))


@collected("dtype", ["<f2", "<f4", "<f8", ">f4", ">f8"])
def test_arrays_have_the_numbers_that_h5py_wrote(dtype):
    array = np.random.default_rng(0).normal(size=(3, 5)).astype(dtype)

    def fill(file):
        file["a/b"] = array
        file["scalar"] = array[0, 0]
        file.attrs["text"] = "망각"
        file.attrs["texts"] = ["one", "two"]
        file.attrs["bytes"] = np.array([b"a", b"bc"])
        file.attrs["number"] = 3

    read = Hdf5(io.BytesIO(hdf5(fill)), Budget(IN_THE_APP))
    np.testing.assert_array_equal(read.arrays["a/b"].load().reshape(3, 5), array)
    assert read.arrays["scalar"].shape == () and read.arrays["scalar"].load()[0] == array[0, 0]
    assert read.text("", "text") == "망각" and read.texts("", "texts") == ["one", "two"]
    assert read.texts("", "bytes") == ["a", "bc"] and read.texts("", "number") is None
    assert read.text("a", "text") is None and read.text("x", "text") is None

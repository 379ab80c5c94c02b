"""Keras' files with odd contents: a model's configuration and the HDF5 of its weights -> **bytes**."""

import io
import json

import h5py
import numpy as np
from hypothesis import strategies as st

from tests.faults.layer_corpus.archives import zipped

from . import arrays
from .arrays import ODD, mostly


@st.composite
def _type(draw, dtype: np.dtype):
    """The type of HDF5 for an array, and now and then another kind of float."""
    made = h5py.h5t.py_create(dtype)
    if dtype.kind == "f" and draw(st.integers(0, 7)) == 0:
        made = made.copy()
        change = draw(st.sampled_from(["bias", "norm", "fields", "pad"]))
        if change == "bias":
            made.set_ebias(draw(st.integers(0, 2 * made.get_ebias())))
        elif change == "norm":
            norms = [h5py.h5t.NORM_NONE, h5py.h5t.NORM_MSBSET, h5py.h5t.NORM_IMPLIED]
            made.set_norm(draw(st.sampled_from(norms)))
        elif change == "pad":
            made.set_inpad(draw(st.sampled_from([h5py.h5t.PAD_ZERO, h5py.h5t.PAD_ONE])))
        else:
            sign, at, bits, start, mantissa = made.get_fields()
            less = draw(st.integers(1, 3))
            made.set_fields(sign, at + less, bits - less, start, mantissa)
    return made


@st.composite
def hdf5(draw, places: tuple[str, ...] | None = None, config: dict | None = None) -> bytes:
    """An HDF5 file of Keras 2 or 3 in one of the forms that its library writes."""
    file = io.BytesIO()
    libver = draw(st.sampled_from(["earliest", "latest", ("v108", "v108")]))
    names = draw(st.sampled_from([("0", "1", "2"), ("kernel:0", "recurrent_kernel:0", "bias:0")]))
    if places is None:
        usual = ["layers/lstm/cell/vars", "model_weights/lstm/lstm", "a" * 80 + "/cell/vars", "가/cell/vars"]
        places = tuple(draw(st.lists(st.sampled_from(usual), min_size=1, max_size=2, unique=True)))
    else:
        names = ("0", "1", "2")
    with h5py.File(file, "w", libver=libver, track_order=draw(st.booleans())) as made:
        if config is not None or draw(st.booleans()):
            made.attrs["model_config"] = json.dumps(config or draw(model_config()))
        for place in places:
            group = made.create_group(place)
            if draw(st.booleans()):
                group.attrs["name"] = draw(st.sampled_from(["mine", "가", "<b>", ""]))
            for number, array in draw(arrays.of_keras()).items():
                _write(draw, group, names[int(number)], array)
    return file.getvalue()


def _write(draw, group, name: str, array: np.ndarray) -> None:
    options = draw(mostly({}, {"chunks": True}, {"compression": "gzip"}, {"maxshape": None}, times=8))
    if array.ndim == 0 or array.size == 0 or options:
        group.create_dataset(name, data=array, **(options if array.ndim and array.size else {}))
        return
    kind, untimed = draw(_type(array.dtype)), h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    untimed.set_obj_track_times(False)
    space = h5py.h5s.create_simple(array.shape)
    made = h5py.h5d.create(group.id, name.encode(), kind, space, dcpl=untimed)
    made.write(h5py.h5s.ALL, h5py.h5s.ALL, np.ascontiguousarray(array))


@st.composite
def model_config(draw, depth: int = 0) -> dict:
    """The configuration of a model with layers of every kind, one within the other."""
    layers = []
    kinds = ["LSTM", "LSTM", "CuDNNLSTM", "RNN", "Bidirectional", "TimeDistributed", "Functional", "GRU"]
    for _ in range(draw(st.integers(0, 3))):
        name = draw(st.sampled_from(["lstm", "mine", "a", "\ud800", "x" * 600, None, 3]))
        lstm = {"name": name, "activation": "tanh", "recurrent_activation": "sigmoid"}
        kind = draw(st.sampled_from(kinds))
        config: object = lstm
        if kind == "RNN":
            config = {"name": name, "cell": {"class_name": "LSTMCell", "config": lstm}}
        elif kind in ("Bidirectional", "TimeDistributed"):
            config = {"name": name, "layer": {"class_name": "LSTM", "config": lstm}}
            config["merge_mode"] = draw(st.sampled_from(["concat", "sum", None, 3]))
        elif kind == "Functional" and depth < 3:
            config = draw(model_config(depth + 1))["config"]
        if draw(st.integers(0, 9)) == 0:
            config = draw(ODD)
        layers.append({"class_name": kind, "config": config})
    return {"class_name": "Sequential", "config": {"layers": layers}}


@st.composite
def keras(draw) -> bytes:
    """A `.keras` archive whose model and weights may belong together."""
    config = draw(model_config())
    both = [f"layers/bidirectional/{one}_layer" for one in ("forward", "backward")]
    chosen = draw(st.lists(st.sampled_from(["layers/lstm", "layers/lstm_1", *both]), min_size=1, unique=True))
    places = tuple(f"{place}/cell/vars" for place in chosen)
    return zipped({"config.json": json.dumps(config).encode(), "model.weights.h5": draw(hdf5(places))})

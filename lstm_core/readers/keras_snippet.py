"""Lines of Python that compute `h` with Keras, whatever the file is: layer -> **lines**."""

from .gru import GRUParams
from .layer import Layer

_PARTS = ("kernel", "recurrent_kernel", "bias")
_RUN = """{zipped}import h5py
import keras
import numpy as np

file = h5py.File({weights})
x = np.load("x.npy")[None]
keras.backend.set_floatx({floatx!r})


def run(weights, units, from_the_end):
    one = keras.layers.{cell}(
        units, activation="tanh", recurrent_activation="sigmoid", use_bias=len(weights) == 3,
        {reset}return_sequences=True, go_backwards=from_the_end,
    )
    model = keras.Sequential([keras.Input(x.shape[1:]), one])
    one.set_weights(weights)
    return model.predict(x)[0]

"""
_MERGES = {"sum": "a + b", "mul": "a * b", "ave": "(a + b) / 2"}


def keras_lines(layer: Layer, stack: list[Layer], file: str) -> str:
    """Python that hands the weights of the file to a new layer of Keras, and runs it on `x.npy`.

    It needs neither the model nor the Keras that wrote the file: weights alone have no model, and models of
    Keras 2 or with own layers often do not load any more.

    stack : the layers of the file that have its name, among them the other direction of a pair.
    """
    pair = [one for one in stack if (one.name, one.level) == (layer.name, layer.level)]
    pair.sort(key=lambda one: one.direction)
    is_zip = file.endswith(".keras")
    weights = f'io.BytesIO(zipfile.ZipFile({file!r}).read("model.weights.h5"))' if is_zip else repr(file)
    params = layer.params
    reset = f"reset_after={params.reset_after},\n        " if isinstance(params, GRUParams) else ""
    begin = _RUN.format(
        zipped="import io\nimport zipfile\n\n" * is_zip, weights=weights, floatx=params.dtype.name,
        cell=layer.kind.upper(), reset=reset,
    )  # fmt: skip
    lines = [begin]
    for name, one in zip("ab", pair, strict=False):
        backward = one.direction == "reverse"
        turn = "[::-1]" if backward and one.merge != "as_read" else ""
        lines += [*_weights(one), f"{name} = run(weights, {one.H}, {backward}){turn}"]
    merged = _MERGES.get(layer.merge, "np.concatenate([a, b], axis=-1)") if len(pair) == 2 else "a"
    return "\n".join([*lines, f'np.save("h.npy", {merged})']) + "\n"


def _weights(layer: Layer) -> list[str]:
    """What makes of the arrays of the file the list that Keras takes: kernel, recurrent kernel, bias."""
    parts = {_part(name): name for name in layer.keys}
    listed = ", ".join(repr(parts[part]) for part in _PARTS if part in parts)
    bits = '.view("u2").astype("u4") << 16).view("f4")' if layer.dtype == "bfloat16" else ""
    read = f"(file[name][()]{bits}" if bits else "file[name][()]"
    lines = [f"weights = [{read} for name in ({listed},)]"]
    if layer.form == "cudnn":
        lines += [
            "# CuDNN keeps a row for each unit where Keras has a column, and two biases that are added.",
            f"turned = [[part.reshape({layer.H}, -1).T for part in np.split(w, 4, axis=1)]",
            "          for w in weights[:2]]",
            "weights = [*map(np.hstack, turned), weights[2].reshape(2, -1).sum(axis=0)]",
        ]
    return lines


def _part(name: str) -> str:
    """Which of the three arrays a name is: `…/vars/0` to 2 in Keras 3, `…/kernel:0` and so on before."""
    last = name.replace("\\", "/").rpartition("/")[2].removesuffix(":0")
    return _PARTS[int(last)] if last in ("0", "1", "2") else last

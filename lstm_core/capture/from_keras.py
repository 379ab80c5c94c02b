"""The LSTM and GRU layers of a Keras 3 model while it is called: model, x -> **what each layer saw**.

Keras is not imported.
"""

from typing import Any

import numpy as np

from ..readers.layer import Layer
from ..readers.limits import ANY_SIZE
from ..readers.named import keras_params
from ..readers.refusals import Phrase, Refused
from .seen import NotCaptured, Seen, in_memory


def is_keras(model: Any) -> bool:
    """Whether it is a model or layer of Keras 3."""
    return any(cls.__module__.startswith("keras.") for cls in type(model).__mro__)


def watch(model: Any, x: Any) -> tuple[list[Seen], list[ValueError]]:
    """Call the model once as it is used after training; see `from_torch.watch`."""
    seen: list[Seen] = []
    refused: list[ValueError] = []
    watched = []
    for layer, direction, merge in _lstms(model):
        own = layer.call
        # Keras looks for `call` on the layer itself; its own __setattr__ would track what is set.
        object.__setattr__(layer, "call", _of_layer(layer, own, direction, merge, seen, refused))
        watched.append(layer)
    try:
        model(x, training=False)
    finally:
        for layer in watched:
            object.__delattr__(layer, "call")
    return seen, refused


def _lstms(model: Any):
    """Each layer, its direction, and how the pair that it belongs to is merged."""
    layers = model._flatten_layers()
    pairs = [layer for layer in layers if hasattr(layer, "backward_layer")]
    merged = {id(one): pair.merge_mode for pair in pairs for one in (pair.forward_layer, pair.backward_layer)}
    for layer in layers:
        if type(layer).__name__ in ("LSTM", "GRU") and is_keras(layer):
            yield layer, "reverse" if layer.go_backwards else "forward", merged.get(id(layer)) or "concat"


def _array(tensor: Any) -> np.ndarray:
    if hasattr(tensor, "detach"):
        tensor = tensor.detach().cpu()
    array = np.array(tensor)
    return array if array.dtype in (np.float32, np.float64, np.bool_) else array.astype(np.float32)


def _of_layer(layer: Any, own, direction: str, merge: str, seen: list[Seen], refused: list[ValueError]):
    def call(sequences, initial_state=None, mask=None, training=False, **more):
        output = own(sequences, initial_state=initial_state, mask=mask, training=training, **more)
        try:
            seen.append(_seen(layer, direction, merge, sequences, initial_state, mask, output))
        except (Refused, NotCaptured) as refusal:
            refused.append(refusal)
        return output

    return call


def _seen(layer, direction, merge, sequences, initial_state, mask, output) -> Seen:
    name = layer.name
    for which, expected in (("activation", "tanh"), ("recurrent_activation", "sigmoid")):
        got = getattr(getattr(layer, which), "__name__", "")
        if got != expected:
            raise Refused("activation", layer=name, got=got, which=Phrase(which))
    weights = [_array(weight) for weight in layer.get_weights()]
    named = zip(("kernel", "recurrent_kernel", "bias"), weights, strict=False)
    parts = {key: in_memory(key, array) for key, array in named}
    params = keras_params(name, parts, ANY_SIZE, reset_after=getattr(layer, "reset_after", True))
    x = _array(sequences).swapaxes(0, 1)
    lengths = np.full(x.shape[1], len(x))
    if mask is not None:
        kept = _array(mask).astype(bool)
        lengths = kept.sum(axis=1)
        if not np.array_equal(kept, np.arange(kept.shape[1]) < lengths[:, None]):
            raise NotCaptured(f"{name}: a mask that leaves out steps before the end is not captured")
    given = initial_state if isinstance(initial_state, (list, tuple)) else [initial_state]
    states = [*(_array(state) for state in given if state is not None), None, None]
    outputs = output if isinstance(output, (list, tuple)) else [output]
    h, h_last = None, None
    if layer.return_sequences:
        h = _array(outputs[0]).swapaxes(0, 1)
        if direction == "reverse":
            h = h[::-1]
    else:
        h_last = _array(outputs[0])
    dtype = str(weights[0].dtype)
    made = Layer(name, params, direction, address="", dtype=dtype, source="Keras", merge=merge)
    return Seen(name, [made], x, lengths, [states[0]], [states[1]], h, [h_last])

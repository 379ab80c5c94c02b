"""Layers by the names of their arrays, as PyTorch, Keras and this library call them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from math import prod

import numpy as np

from ..params import GATES, LSTMParams
from . import captured
from .blocks import (
    GRU_KERAS,
    GRU_TORCH,
    KERAS,
    TORCH,
    check_numbers,
    checked_order,
    expect,
    finite_params,
    gru_of_rows,
    params_of_rows,
    stored_dtype,
)
from .embeddings import Embedding, find_embeddings
from .gru import GRUParams
from .layer import Layer
from .limits import MOST_LAYERS, Limits, check_size
from .outputs import Output, find_outputs, widths_of
from .phrases import Phrase
from .refusals import Refused
from .stored import Stored

_TORCH = re.compile(
    r"(?:(.*)\.)?(weight_ih|weight_hh|weight_hr|bias_ih|bias_hh)(?:_l(\d{1,3})(_reverse)?)?", re.DOTALL
)
_WRAPPED = re.compile(r"(?:module\.|_orig_mod\.)+")
"""What DataParallel and torch.compile put before the names that the author gave."""
_KERAS = re.compile(r"(?:(.*)[/.])?(kernel|recurrent_kernel|bias)(?::0)?", re.DOTALL)
_OWN = re.compile(
    r"(?:(.*)[/.])?"
    r"(W|b|peepholes|forget_gate|coupled|b_h|reset_after|reverse|x|lengths|h0|C0|labels)",
    re.DOTALL,
)


class FoundLayers:
    """The layers that were read of one file, and the refusals of those that could not be."""

    def __init__(self, kind: str):
        self.kind = kind
        self.layers: list[Layer] = []
        self.left_out: list[ValueError] = []
        self.embeddings: list[Embedding] = []
        self.outputs: list[Output] = []

    def add_beside(self, arrays: dict[str, Stored]) -> None:
        """The tables of vectors among these arrays that a layer could read, and what could read a layer."""
        self.embeddings += find_embeddings(arrays, {layer.D for layer in self.layers})
        self.outputs += find_outputs(arrays, widths_of(self.layers))

    def add(self, name: str, read, *arguments, **details) -> None:
        """The layer whose parameters `read(*arguments)` gives, or its refusal."""
        if len(self.layers) + len(self.left_out) >= MOST_LAYERS:
            raise Refused("too_many", most=MOST_LAYERS, what=Phrase("lstm_layers"))
        try:
            params = read(*arguments)
        except Refused as refusal:
            if refusal.reason in ("unpacked", "broken", "storage"):
                raise
            self.left_out.append(refusal)
        else:
            layer = Layer(name, params, source=self.kind, **details)
            if layer.kind == "gru" and layer.order:  # an order is of the four gates of an LSTM
                layer = replace(layer, order="", notes=tuple(n for n in layer.notes if n != "order_taken"))
            self.layers.append(layer)


def find_layers(
    found: FoundLayers, arrays: dict[str, Stored], limits: Limits, order: str | None, place: str = ""
) -> None:
    """Adds to `found` every LSTM layer among arrays of one state dict, archive or file of named arrays.

    place : stands before the names where a file holds several state dicts.
    """
    _find_torch(found, arrays, limits, order, place)
    for pattern, add in ((_KERAS, _add_keras), (_OWN, _add_own)):
        for prefix, parts in grouped(arrays, pattern).items():
            add(found, f"{place}/{prefix}" if place else prefix, parts, limits, order)


def find_cells(found: FoundLayers, arrays: dict[str, Stored], limits: Limits) -> None:
    """Adds to `found` every nn.LSTMCell among named arrays: weights of a layer without a number."""
    matches = {name: match for name in arrays if (match := _TORCH.fullmatch(name)) and match[3] is None}
    cells = {match[1] for match in matches.values() if match[2] == "weight_hh"}
    own = {name: arrays[name] for name, match in matches.items() if match[1] in cells}
    before = len(found.layers)
    _find_torch(found, own, limits, None, "")
    found.layers[before:] = [replace(layer, form="cell") for layer in found.layers[before:]]


def grouped(arrays: dict[str, Stored], pattern: re.Pattern) -> dict[str, dict[str, Stored]]:
    """Arrays by what stands before the part of the name that the pattern knows, then by that part."""
    groups: dict[str, dict[str, Stored]] = {}
    for name, array in arrays.items():
        match = pattern.fullmatch(name)
        if match:
            groups.setdefault(match[1] or "", {})[match[2]] = array
    return groups


def _find_torch(found, arrays, limits, order, place):
    taken = checked_order(order or TORCH)
    groups: dict[tuple, dict[str, Stored]] = {}
    for name, array in arrays.items():
        match = _TORCH.fullmatch(name)
        if match:
            key = (match[1] or "", int(match[3] or 0), bool(match[4]))
            groups.setdefault(key, {})[match[2]] = array
    for (prefix, level, is_reverse), parts in sorted(groups.items(), key=_first_seen(groups)):
        name = _WRAPPED.sub("", prefix + ".", count=1).rstrip(".") if _WRAPPED.match(prefix + ".") else prefix
        name = f"{place}/{name}" if place else name
        used = tuple(array.name for array in parts.values())
        details = {"level": level, "direction": "reverse" if is_reverse else "forward", "keys": used}
        details |= _unsaid(found, order, taken)
        found.add(name, _torch_params, name, parts, taken, limits, dtype=_dtype(parts), **details)


def _first_seen(groups):
    first: dict[str, int] = {}
    for prefix, _, _ in groups:
        first.setdefault(prefix, len(first))
    return lambda item: (first[item[0][0]], item[0][1], item[0][2])


def _torch_params(name: str, parts: dict[str, Stored], order: str, limits: Limits) -> LSTMParams | GRUParams:
    shown = name or "lstm"
    _need(shown, parts, "weight_ih", "weight_hh")
    if "weight_hr" in parts:
        raise Refused("projection", layer=shown)
    if ("bias_ih" in parts) != ("bias_hh" in parts):
        _need(shown, parts, "bias_ih", "bias_hh")
    biases = [parts[part] for part in ("bias_ih", "bias_hh") if part in parts]
    if blocks_of(shown, parts["weight_hh"].shape) == 3:
        return gru_of_rows(shown, parts["weight_ih"], parts["weight_hh"], biases, GRU_TORCH, limits)
    return params_of_rows(shown, parts["weight_ih"], parts["weight_hh"], biases, order, limits)


def _need(layer: str, parts: dict[str, Stored], *names: str) -> None:
    for name in names:
        if name not in parts:
            raise Refused("incomplete", layer=layer, array=name)


def blocks_of(layer: str, recurrent: tuple[int, ...]) -> int:
    """How many blocks the recurrent matrix has: 3 those of a GRU, else 4. A Refused for a plain RNN."""
    rows, columns = recurrent if len(recurrent) == 2 and min(recurrent) > 0 else (4, 1)
    if rows == columns:
        raise Refused("not_lstm", layer=layer, blocks=1, kind=Phrase("rnn"))
    return 3 if rows == 3 * columns else 4


def _add_keras(found, prefix, parts, limits, order):
    """A layer of Keras; a kernel alone is a Dense layer, or the LSTM of TensorFlow 1."""
    if "recurrent_kernel" not in parts:
        if "lstm_cell" in prefix and {"kernel", "bias"} <= parts.keys():
            found.add(prefix, _tensorflow_1, prefix)
        return
    details = {"keys": tuple(array.name for array in parts.values()), "dtype": _dtype(parts)}
    details |= _unsaid(found, order, checked_order(order or KERAS))
    details["notes"] = ("activation_unsaid", *details.get("notes", ()))
    found.add(prefix, keras_params, prefix, parts, limits, order, **details)


def keras_params(
    name: str, parts: dict[str, Stored], limits: Limits, order: str | None = None, reset_after: bool = True
) -> LSTMParams | GRUParams:
    """Parameters of the kernel (D, 4H), recurrent_kernel (H, 4H) and bias (4H,) of Keras 2 and 3.

    A GRU has 3H; its bias is (2, 3H), or (3H,) where it resets before the product. reset_after : what its
    model says, for a GRU without bias.
    """
    shown = name or "lstm"
    _need(shown, parts, "kernel", "recurrent_kernel")
    recurrent = parts["recurrent_kernel"]
    biases = [parts["bias"]] if "bias" in parts else []
    if blocks_of(shown, recurrent.shape[::-1]) == 3:
        if biases:
            reset_after = len(biases[0].shape) == 2
        if biases and reset_after:
            biases = _halves(shown, biases[0], 3 * recurrent.shape[0])
        return gru_of_rows(shown, parts["kernel"], recurrent, biases, GRU_KERAS, limits, True, reset_after)
    return params_of_rows(
        shown, parts["kernel"], recurrent, biases, checked_order(order or KERAS), limits, columns=True
    )


def _halves(layer: str, bias: Stored, count: int) -> list[Stored]:
    """The two rows of the bias of a GRU, for the inputs and for the recurrent matrix."""
    expect(layer, bias, 2, count)
    rows = bias.read()
    return [Stored(bias.name, (count,), bias.dtype, partial(np.asarray, row)) for row in rows]


def _tensorflow_1(name) -> LSTMParams:
    raise Refused("too_old", layer=name, framework="TensorFlow 1")


def _add_own(found, prefix, parts, limits, order):
    if "W" in parts and "b" in parts:
        seen = {name: parts.pop(name) for name in captured.NAMES if name in parts}
        details: dict = {"keys": tuple(array.name for array in parts.values()), "dtype": _dtype(parts)}
        if "reverse" in parts and _switch(prefix or "lstm", parts["reverse"]):
            details["direction"] = "reverse"
        if parts.keys() == {"W", "b"}:  # what else this library keeps is not in the files of others
            details |= _unsaid(found, order, checked_order(order or "".join(GATES)))
        more: dict = {}
        before = len(found.layers)
        found.add(prefix, _own_params, prefix or "lstm", parts, limits, order, seen, more, **details)
        found.layers[before:] = [replace(layer, **more) for layer in found.layers[before:]]


def _own_params(name, parts, limits, order, seen, more: dict) -> LSTMParams | GRUParams:
    """W (4, H, H+D) and b (4, H) as this library keeps them, blocks f, i, c, o unless told otherwise.

    seen : the arrays of what the layer read in a live model, which goes into `more`.
    """
    W, b = parts["W"], parts["b"]
    if "b_h" in parts:
        return _own_gru(name, parts, limits, seen, more)
    if len(W.shape) != 3 or W.shape[0] != 4 or not 0 < W.shape[1] < W.shape[2]:
        raise Refused("shape", layer=name, array=W.name, got=W.shape, expected="(4, H, H+D)")
    H, D = W.shape[1], W.shape[2] - W.shape[1]
    check_size(limits, name, H, D)
    expect(name, W, *W.shape)
    expect(name, b, 4, H)
    taken = checked_order(order or "".join(GATES))
    places = [taken.index(gate) for gate in GATES]
    switches = {part: _switch(name, parts[part]) for part in ("forget_gate", "coupled") if part in parts}
    if switches.get("coupled") and not switches.get("forget_gate", True):
        raise Refused("nothing_written", layer=name)
    peepholes = None
    if "peepholes" in parts:
        expect(name, parts["peepholes"], 3, H)
        peepholes = parts["peepholes"].read()
    more["seen"] = captured.read_batch(seen, name, H, D, limits)
    return finite_params(name, W.read()[places], b.read()[places], peepholes, **switches)


def _own_gru(name, parts, limits, seen, more: dict) -> GRUParams:
    """W (3, H, H+D), b (3, H) and b_h (H,), blocks z, r, n, as `lstm_core.capture` keeps a GRU."""
    W = parts["W"]
    if len(W.shape) != 3 or W.shape[0] != 3 or not 0 < W.shape[1] < W.shape[2]:
        raise Refused("shape", layer=name, array=W.name, got=W.shape, expected="(3, H, H+D)")
    H, D = W.shape[1], W.shape[2] - W.shape[1]
    check_size(limits, name, H, D)
    for part, shape in (("W", W.shape), ("b", (3, H)), ("b_h", (H,))):
        expect(name, parts[part], *shape)
    numbers = [parts[part].read() for part in ("W", "b", "b_h")]
    check_numbers(name, *numbers)
    more["seen"] = captured.read_batch(seen, name, H, D, limits)
    after = "reset_after" not in parts or _switch(name, parts["reset_after"])
    return GRUParams(numbers[0], numbers[1], numbers[2], after)


def _switch(layer: str, array: Stored) -> bool:
    """True or False, which the file has to hold as such: a text or NaN would count as True."""
    if array.dtype != "bool" or array.shape not in ((), (1,)):
        raise Refused("switch", layer=layer, array=array.name, dtype=array.dtype, shape=array.shape)
    return bool(array.load().reshape(()))


def _unsaid(found, order: str | None, taken: str) -> dict:
    """The order that was taken, of a layer in a file whose arrays have names alone."""
    if found.kind not in ("NumPy", "JSON"):
        return {}
    return {"order": taken} if order else {"order": taken, "notes": ("order_taken",)}


def _dtype(parts: dict[str, Stored]) -> str:
    """The type of a layer's numbers; a layer with others is refused when it is read."""
    known = [array for array in parts.values() if array.nbytes or not prod(array.shape)]
    known = [array for array in known if array.dtype in ("float16", "bfloat16", "float32", "float64")]
    return stored_dtype(known) if known else "float32"

"""Layers by the names of their arrays, as PyTorch, Keras and this library call them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

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
from .refusals import Phrase, Refused
from .stored import BYTES, Stored

_TORCH = re.compile(
    r"(?:(.*)\.)?(weight_ih|weight_hh|weight_hr|bias_ih|bias_hh)(?:_l(\d{1,3})(_reverse)?)?", re.DOTALL
)
_WRAPPED = re.compile(r"^(?:module\.|_orig_mod\.)+")
"""What DataParallel and torch.compile put before the names that the author gave."""
_KERAS = re.compile(r"(?:(.*)[/.])?(kernel|recurrent_kernel|bias)(?::0)?", re.DOTALL)
_OWN = re.compile(
    r"(?:(.*)[/.])?"
    r"(W|b|peepholes|forget_gate|coupled|b_h|reset_after|reverse|x|lengths|h0|C0|labels)",
    re.DOTALL,
)


class FoundLayers:
    """The layers that were read of one file, and the refusals of those that could not be.

    limits, order : as of `formats.read_file`. names : of all arrays of the file.
    """

    def __init__(self, kind: str, limits: Limits, order: str | None = None):
        self.kind, self.limits, self.order = kind, limits, order
        self.layers: list[Layer] = []
        self.left_out: list[ValueError] = []
        self.embeddings: list[Embedding] = []
        self.outputs: list[Output] = []
        self.names: list[str] = []

    def add_beside(self, arrays: dict[str, Stored]) -> None:
        """The tables of vectors among these arrays that a layer could read, and what could read a layer."""
        self.names += arrays
        self.embeddings += find_embeddings(arrays, {layer.D for layer in self.layers})
        self.outputs += find_outputs(arrays, widths_of(self.layers))

    @contextmanager
    def one_layer(self) -> Iterator[None]:
        """Within it one layer is read and added; where it is refused, it alone is left out."""
        if len(self.layers) + len(self.left_out) >= MOST_LAYERS:
            raise Refused("too_many", most=MOST_LAYERS, what=Phrase("lstm_layers"))
        try:
            yield
        except Refused as refusal:
            if refusal.reason in ("unpacked", "broken", "storage"):
                raise
            self.left_out.append(refusal)

    def add(self, name: str, params: LSTMParams | GRUParams, direction: str = "forward", **fields) -> None:
        """A layer, with more fields of `Layer`."""
        self.layers.append(Layer(name, params, direction, source=self.kind, **fields))


def find_layers(found: FoundLayers, arrays: dict[str, Stored], place: str = "") -> None:
    """Adds to `found` every LSTM layer among arrays of one state dict, archive or file of named arrays.

    place : of a checkpoint's state dict. Where others had layers before, it stands before the names.
    """
    before = f"{place}/" if place and (found.layers or found.left_out) else ""
    taken = checked_order(found.order or TORCH)
    for name, level, direction, parts in torch_layers(arrays):
        with found.one_layer():
            params = torch_params(before + name, parts, taken, found.limits)
            fields = told(parts) | _unsaid(found, params, taken)
            found.add(before + name, params, direction, level=level, place=place, **fields)
    for pattern, add in ((_KERAS, _add_keras), (_OWN, _add_own)):
        for prefix, parts in grouped(arrays, pattern).items():
            add(found, before + prefix, parts, place)


def grouped(arrays: dict[str, Stored], pattern: re.Pattern) -> dict[str, dict[str, Stored]]:
    """Arrays by what stands before the part of the name that the pattern knows, then by that part."""
    groups: dict[str, dict[str, Stored]] = {}
    for name, array in arrays.items():
        match = pattern.fullmatch(name)
        if match:
            groups.setdefault(match[1] or "", {})[match[2]] = array
    return groups


def torch_cells(arrays: dict[str, Stored]) -> Iterator[tuple[str, dict[str, Stored]]]:
    """Name and parts of every nn.LSTMCell among named arrays: weights of a layer without a number."""
    matches = {name: match for name in arrays if (match := _TORCH.fullmatch(name)) and match[3] is None}
    cells = {match[1] for match in matches.values() if match[2] == "weight_hh"}
    own = {name: arrays[name] for name, match in matches.items() if match[1] in cells}
    return ((name, parts) for name, _, _, parts in torch_layers(own))


def torch_layers(arrays: dict[str, Stored]) -> Iterator[tuple[str, int, str, dict[str, Stored]]]:
    """Name, level, direction and parts of each layer of PyTorch among arrays, those of a name together."""
    groups: dict[tuple, dict[str, Stored]] = {}
    first: dict[str, int] = {}
    for name, array in arrays.items():
        if match := _TORCH.fullmatch(name):
            prefix = match[1] or ""
            key = (first.setdefault(prefix, len(first)), int(match[3] or 0), bool(match[4]), prefix)
            groups.setdefault(key, {})[match[2]] = array
    for key in sorted(groups):
        _, level, is_reverse, prefix = key
        name = _WRAPPED.sub("", f"{prefix}.")[:-1]
        yield name, level, "reverse" if is_reverse else "forward", groups[key]


def torch_params(name: str, parts: dict[str, Stored], order: str, limits: Limits) -> LSTMParams | GRUParams:
    """Parameters of weight_ih (4H, D), weight_hh (4H, H) and two biases (4H,) of PyTorch, 3H of a GRU."""
    shown = name or "lstm"
    need(shown, parts, "weight_ih", "weight_hh")
    if "weight_hr" in parts:
        raise Refused("projection", layer=shown)
    if ("bias_ih" in parts) != ("bias_hh" in parts):
        need(shown, parts, "bias_ih", "bias_hh")
    biases = [parts[part] for part in ("bias_ih", "bias_hh") if part in parts]
    if blocks_of(shown, parts["weight_hh"].shape) == 3:
        return gru_of_rows(shown, parts["weight_ih"], parts["weight_hh"], biases, GRU_TORCH, limits)
    return params_of_rows(shown, parts["weight_ih"], parts["weight_hh"], biases, order, limits)


def need(layer: str, parts: dict[str, Stored], *names: str) -> None:
    """A Refused where a layer lacks one of these parts."""
    for name in names:
        if name not in parts:
            raise Refused("incomplete", layer=layer, array=name)


def blocks_of(layer: str, recurrent: tuple[int, ...]) -> int:
    """How many blocks the recurrent matrix has: 3 those of a GRU, else 4. A Refused for a plain RNN."""
    rows, columns = recurrent if len(recurrent) == 2 and min(recurrent) > 0 else (4, 1)
    if rows == columns:
        raise Refused("not_lstm", layer=layer, blocks=1, kind=Phrase("rnn"))
    return 3 if rows == 3 * columns else 4


def _add_keras(found, name, parts, place):
    """A layer of Keras; a kernel alone is a Dense layer, or the LSTM of TensorFlow 1."""
    if "recurrent_kernel" in parts:
        with found.one_layer():
            params = keras_params(name, parts, found.limits, found.order)
            unsaid = _unsaid(found, params, checked_order(found.order or KERAS))
            unsaid["notes"] = ("activation_unsaid", *unsaid.get("notes", ()))
            found.add(name, params, place=place, **told(parts), **unsaid)
    elif "lstm_cell" in name and {"kernel", "bias"} <= parts.keys():
        with found.one_layer():
            raise Refused("too_old", layer=name, framework="TensorFlow 1")


def keras_params(
    name: str, parts: dict[str, Stored], limits: Limits, order: str | None = None, reset_after: bool = True
) -> LSTMParams | GRUParams:
    """Parameters of the kernel (D, 4H), recurrent_kernel (H, 4H) and bias (4H,) of Keras 2 and 3.

    A GRU has 3H; its bias is (2, 3H), or (3H,) where it resets before the product. reset_after : what its
    model says, for a GRU without bias.
    """
    shown = name or "lstm"
    need(shown, parts, "kernel", "recurrent_kernel")
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


def _add_own(found, name, parts, place):
    """A layer as this library keeps it, with what it read in a live model where that stands beside it."""
    if not {"W", "b"} <= parts.keys():
        return
    seen = {part: parts.pop(part) for part in captured.NAMES if part in parts}
    shown = name or "lstm"
    is_reverse = "reverse" in parts and _switch(shown, parts["reverse"])
    taken = checked_order(found.order or "".join(GATES))
    with found.one_layer():
        params = _own_params(shown, parts, taken, found.limits)
        # What else this library keeps is not in the files of others.
        unsaid = _unsaid(found, params, taken) if parts.keys() == {"W", "b"} else {}
        batch = captured.read_batch(seen, shown, params.H, params.D, found.limits)
        direction = "reverse" if is_reverse else "forward"
        found.add(name, params, direction, place=place, seen=batch, **told(parts), **unsaid)


def _own_params(name, parts, order, limits) -> LSTMParams | GRUParams:
    """W (4, H, H+D) and b (4, H) as this library keeps them, in this order of the blocks.

    Of a GRU, as `lstm_core.capture` keeps it, W (3, H, H+D), b (3, H) and b_h (H,), blocks z, r, n.
    """
    W, b, k = parts["W"], parts["b"], 3 if "b_h" in parts else 4
    if len(W.shape) != 3 or W.shape[0] != k or not 0 < W.shape[1] < W.shape[2]:
        raise Refused("shape", layer=name, array=W.name, got=W.shape, expected=f"({k}, H, H+D)")
    H, D = W.shape[1], W.shape[2] - W.shape[1]
    check_size(limits, name, H, D)
    for part, shape in (("W", W.shape), ("b", (k, H)), ("b_h", (H,)), ("peepholes", (3, H))):
        if part in parts:
            expect(name, parts[part], *shape)
    if "b_h" in parts:
        numbers = [parts[part].read() for part in ("W", "b", "b_h")]
        check_numbers(name, *numbers)
        after = "reset_after" not in parts or _switch(name, parts["reset_after"])
        return GRUParams(numbers[0], numbers[1], numbers[2], after)
    places = [order.index(gate) for gate in GATES]
    switches = {part: _switch(name, parts[part]) for part in ("forget_gate", "coupled") if part in parts}
    if switches.get("coupled") and not switches.get("forget_gate", True):
        raise Refused("nothing_written", layer=name)
    peepholes = parts["peepholes"].read() if "peepholes" in parts else None
    return finite_params(name, W.read()[places], b.read()[places], peepholes, **switches)


def _switch(layer: str, array: Stored) -> bool:
    """True or False, which the file has to hold as such: a text or NaN would count as True."""
    if array.dtype != "bool" or array.shape not in ((), (1,)):
        raise Refused("switch", layer=layer, array=array.name, dtype=array.dtype, shape=array.shape)
    return bool(array.load().reshape(()))


def _unsaid(found: FoundLayers, params: LSTMParams | GRUParams, taken: str) -> dict:
    """The order of the four gates that was taken, of an LSTM in a file whose arrays have names alone."""
    if found.kind not in ("NumPy", "JSON") or isinstance(params, GRUParams):
        return {}
    return {"order": taken, "notes": () if found.order else ("order_taken",)}


def told(parts: dict[str, Stored]) -> dict:
    """The fields of a `Layer` that its arrays tell: their names in the file and their type."""
    floats = [array for array in parts.values() if array.dtype in BYTES]
    return {
        "keys": tuple(array.name for array in parts.values()),
        "dtype": stored_dtype(floats) if floats else "float32",
    }

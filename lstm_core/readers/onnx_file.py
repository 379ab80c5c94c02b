"""ONNX: file -> the LSTM and GRU nodes of its graphs -> layers."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from math import prod

import numpy as np

from ..params import LSTMParams
from .blocks import GRU_KERAS, ONNX, check_numbers, expect, gru_of_rows, params_of_rows
from .gru import GRUParams
from .limits import MOST_ARRAYS, Budget
from .named import FoundLayers
from .onnx_cells import read_cells
from .onnx_fold import Computed, Fold, Scope, Uniform, Value
from .onnx_node import Node, node_of
from .onnx_operators import dequantized, is_rounded
from .onnx_tensor import READ, tensor_of
from .protobuf import Message, text
from .refusals import Phrase, Refused, broken
from .stored import BYTES, Stored

_MOST_DEPTH = 6
_INPUTS = ("X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P")
_ROUNDED = ("W_scale", "W_zero_point", "R_scale", "R_zero_point")
_USUAL = ("sigmoid", "tanh", "tanh")
_WHICH = ("gate_function", "candidate_function", "memory_function")
_OWN = "com.microsoft"


@dataclass
class _Model:
    """What all nodes of a file share.

    made : counts what layers take, because each has its own numbers where several share a tensor.
    used : the names of the tensors that LSTM nodes were read from.
    """

    found: FoundLayers
    fold: Fold
    made: Budget
    used: set[str] = field(default_factory=set)


def read_model(found: FoundLayers, content: bytes, budget: Budget, beside: Callable) -> None:
    """Adds to `found` the layers of an ONNX model.

    beside : gives (name, array, offset, count) bytes of a file that came along, or a Refused.
    """
    message = Message(memoryview(content))
    graph, opset = None, 0
    for number, value in message.fields():
        if number == 7 and isinstance(value, memoryview):
            graph = message.inner(value)
        elif number == 8 and isinstance(value, memoryview):
            entry = message.inner(value)
            if text(entry.first(1, memoryview, memoryview(b""))) in ("", "ai.onnx"):
                opset = entry.first(2, int, 0)
    if graph is None or opset == 0:
        raise Refused("unknown")
    if opset < 7:
        raise Refused("opset", got=opset)
    top = Scope()
    _read_graph(graph, top, 0, _Model(found, Fold(found.limits, budget, beside), Budget(found.limits)))
    found.names += top.tensors


def _read_graph(graph: Message, scope: Scope, depth: int, model: _Model) -> None:
    if depth > _MOST_DEPTH:
        raise broken("onnx", "deep_graphs")
    nodes = []
    for number, value in graph.fields():
        if number == 5 and isinstance(value, memoryview):
            tensor = tensor_of(graph.inner(value))
            scope.tensors[tensor.name] = tensor
        elif number == 1 and isinstance(value, memoryview):
            nodes.append(node_of(graph.inner(value)))
        if len(scope.tensors.maps[0]) + len(nodes) > MOST_ARRAYS:
            raise Refused("too_many", most=MOST_ARRAYS, what=Phrase("nodes"))
    for node in nodes:
        constant = node.tensor("value", node.outputs[0]) if node.op == "Constant" and node.outputs else None
        if constant is not None:
            scope.tensors[node.outputs[0]] = constant
        else:
            scope.made_by.update(dict.fromkeys(filter(None, node.outputs), node))
    for node in nodes:
        if (
            node.is_standard("LSTM")
            or node.is_standard("GRU")
            or (node.op == "DynamicQuantizeLSTM" and node.domain == _OWN)
        ):
            _add(node, scope, model)
        for inner in node.graphs():
            _read_graph(inner, scope.inner(), depth + 1, model)
    read_cells(model.found, scope, model.used, model.fold)


def _add(node: Node, scope: Scope, model: _Model) -> None:
    name = node.name or next(iter(filter(None, node.outputs)), "LSTM")
    said = node.text("direction", "forward")
    directions = {"bidirectional": ("forward", "reverse")}.get(said, (said,))
    for place, direction in enumerate(directions):
        with model.found.one_layer():
            params, more = _params(node, name, place, len(directions), scope, model)
            model.found.add(name, params, direction, **more)


def _params(node: Node, name: str, place: int, count: int, scope: Scope, model: _Model):
    """Parameters of one direction, and what else the file says of the layer."""
    more: dict = {}
    if node.text("direction", "forward") not in ("forward", "reverse", "bidirectional"):
        raise broken("onnx", "no_direction")
    activations = [function.lower() for function in node.texts("activations")]
    is_gru = node.op == "GRU"
    many, gates = (2, 3) if is_gru else (3, 4)
    own = activations[many * place : many * (place + 1)] or _USUAL[:many]
    for got, usual, which in zip(own, _USUAL, _WHICH, strict=False):
        if got != usual:
            raise Refused("activation", layer=name, got=got, which=Phrase(which))
    clip = node.float("clip")
    if clip:
        raise Refused("clip", layer=name, got=f"{clip:g}")
    given = dict(zip(_INPUTS[:6] if is_gru else (*_INPUTS, *_ROUNDED), node.inputs, strict=False))
    values = {what: _value(given.get(what, ""), what, name, scope, model) for what in ("W", "R", "B", "P")}
    if node.op == "DynamicQuantizeLSTM":
        for what in ("W", "R"):
            values[what] = _from_rounded(values[what], what, name, given, scope, model)
        more["notes"] = ("rounds_as_it_runs",)
    there = {what: value for what, value in values.items() if value is not None}
    for what, axes in (("W", 3), ("R", 3), ("B", 2), ("P", 2)):
        if what not in there and what in ("W", "R"):
            raise Refused("incomplete", layer=name, array=what)
        shape = there[what].array.shape if what in there else None
        if shape is not None and (len(shape) != axes or shape[0] != count or 0 in shape):
            raise Refused("shape", layer=name, array=what, got=shape, expected=f"({count}, …)")
    stored = {what: _stored(value, place) for what, value in there.items()}
    for what, value in there.items():
        model.made.spend(prod(stored[what].shape) * READ[value.stored])
    inputs, recurrent, bias = stored["W"], stored["R"], stored.get("B")
    H = recurrent.shape[1]
    biases = []
    if bias is not None:
        wide = gates * H
        if bias.shape != (2 * wide,):
            raise Refused(
                "shape", layer=name, array="B", got=(count, *bias.shape), expected=(count, 2 * wide)
            )
        halves = bias.load().reshape(2, wide)
        biases = [replace(bias, shape=(wide,), load=partial(np.asarray, half)) for half in halves]
    if is_gru:
        after = node.integer("linear_before_reset", 0) != 0
        params: LSTMParams | GRUParams = gru_of_rows(
            name, inputs, recurrent, biases, GRU_KERAS, model.found.limits, reset_after=after
        )
    else:
        params = params_of_rows(name, inputs, recurrent, biases, ONNX, model.found.limits)
    peepholes = None
    if "P" in stored:
        expect(name, stored["P"], 3 * H)
        of_i, of_o, of_f = stored["P"].read().reshape(3, H)
        peepholes = np.stack([of_f, of_i, of_o])
        check_numbers(name, peepholes)
    more["dtype"] = there["W"].stored
    more["keys"] = tuple(dict.fromkeys(key for value in there.values() for key in value.keys))
    model.used.update(more["keys"])
    _initial_states(node, name, given, place, count, H, scope, model, more)
    return _variant(params, peepholes, node.integer("input_forget", 0) != 0), more


def _stored(value: Value, place: int) -> Stored:
    """The numbers of one direction."""
    one = value.array[place]
    dtype = value.stored if value.stored in BYTES else one.dtype.name
    return Stored(value.keys[0] if value.keys else "", one.shape, dtype, partial(np.asarray, one))


def _from_rounded(value, what: str, name: str, given: dict, scope: Scope, model: _Model) -> Value | None:
    """The weights (count, rows, columns) of DynamicQuantizeLSTM, which keeps them rounded and turned.

    Each direction, or each column of it, has a scale and a zero of its own.
    """
    if value is None:
        return None
    array = value.array
    found = [
        _value(given.get(f"{what}_{part}", ""), what, name, scope, model) for part in ("scale", "zero_point")
    ]
    if found[0] is None:
        raise Refused("incomplete", layer=name, array=f"{what}_scale")
    scale = found[0].array
    zero = np.zeros(scale.shape, array.dtype) if found[1] is None else found[1].array
    if (
        array.ndim != 3
        or scale.shape not in ((len(array),), (len(array), array.shape[2]))
        or 0 in array.shape
    ):
        raise Refused("shape", layer=name, array=what, got=array.shape, expected="(1, …, 4H)")
    if zero.shape != scale.shape or not is_rounded(array, scale, zero):
        raise Refused("shape", layer=name, array=f"{what}_zero_point", got=zero.shape, expected=scale.shape)
    model.fold.copied.spend(4 * array.size)
    wide = (len(array), 1, -1)
    made = dequantized(array, scale.reshape(wide), zero.reshape(wide)).swapaxes(1, 2)
    return Value(made, value.stored, value.keys)


def _variant(params, peepholes, coupled):
    """The cell with peepholes, and ONNX's coupling f = 1 − i turned into this library's i = 1 − f.

    1 − σ(z) is σ(−z), so the forget gate takes the negative of all that the input gate has.
    """
    if peepholes is None and not coupled:
        return params
    W, b = params.W, params.b
    if coupled:
        W, b = W.copy(), b.copy()
        W[0], b[0] = -W[1], -b[1]
        if peepholes is not None:
            peepholes[0] = -peepholes[1]
    return type(params)(W, b, peepholes=peepholes, coupled=coupled)


def _initial_states(node, name, given, place, count, H, scope, model, more) -> None:
    layout = node.integer("layout", 0)
    for what, key in (("initial_h", "h0"), ("initial_c", "C0")):
        source = given.get(what, "")
        value = model.fold.value(source, scope) if source else None
        if isinstance(value, Computed):
            more["notes"] = tuple(dict.fromkeys([*more.get("notes", ()), "state_from_outside"]))
        elif isinstance(value, Uniform):
            if not np.isfinite(value.number):
                raise Refused("not_finite", layer=name, dtype="float32")
            more[key] = value.number
        elif value is not None:
            more[key] = _state(value, what, name, place, count, H, layout)
            if more[key].ndim == 2:
                more["notes"] = tuple(dict.fromkeys([*more.get("notes", ()), "states_of_batch"]))


def _state(value: Value, what: str, name: str, place: int, count: int, H: int, layout: int) -> np.ndarray:
    """(H,), or (B, H) where the model starts each sequence of its batch otherwise."""
    array = value.array.swapaxes(0, 1) if layout and value.array.ndim > 1 else value.array
    if array.ndim != 3 or array.shape[0] != count or array.shape[2] != H or array.shape[1] < 1:
        raise Refused("shape", layer=name, array=what, got=value.array.shape, expected=(count, "B", H))
    rows = _stored(replace(value, array=array), place).read()
    if not np.isfinite(rows).all():
        raise Refused("not_finite", layer=name, dtype=rows.dtype)
    return rows[0] if (rows == rows[0]).all() else rows


def _value(source: str, what: str, layer: str, scope: Scope, model: _Model) -> Value | None:
    """The constant that an input is; None for one that is left out. Raises Refused for any other."""
    if not source:
        return None
    found = model.fold.value(source, scope)
    if isinstance(found, Value):
        return found
    by = found.by if isinstance(found, Computed) else "ConstantOfShape"
    raise Refused("computed", what=what, layer=layer, by=by or Phrase("model_input"))

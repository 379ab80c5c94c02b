"""ONNX: file -> the LSTM nodes of its graphs -> layers."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from .blocks import ONNX, check_numbers, expect, params_of_rows
from .limits import MOST_ARRAYS, Budget, Limits
from .named import Finds
from .onnx_tensor import Tensor, part, tensor_of
from .phrases import Phrase
from .protobuf import Message, float_of, text
from .refusals import Refused, broken

_MOST_DEPTH = 6
_INPUTS = ("X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P")
_USUAL = ("sigmoid", "tanh", "tanh")
_WHICH = ("gate_function", "candidate_function", "memory_function")


@dataclass
class _Node:
    op: str = ""
    name: str = ""
    domain: str = ""
    inputs: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    attributes: dict[str, Message] = field(default_factory=dict)


@dataclass
class _Scope:
    """What has a name where a node stands: tensors, and the kind of node that computes it."""

    tensors: ChainMap[str, Tensor]
    made_by: ChainMap[str, str]
    same: ChainMap[str, str]


def read_model(content: bytes, budget: Budget, finds: Finds, limits: Limits, beside: Callable) -> None:
    """The layers of an ONNX model, into `finds`.

    beside : gives (name, array, offset, count) bytes of a file that came along, or a Refused.
    """
    model = Message(memoryview(content))
    graph, opset = None, 0
    for number, value in model.fields():
        if number == 7 and isinstance(value, memoryview):
            graph = model.inner(value)
        elif number == 8 and isinstance(value, memoryview):
            entry = model.inner(value)
            if text(entry.first(1, memoryview, memoryview(b""))) in ("", "ai.onnx"):
                opset = entry.first(2, int, 0)
    if graph is None or opset == 0:
        raise Refused("unknown")
    if opset < 7:
        raise Refused("opset", got=opset)
    _read_graph(graph, _Scope(ChainMap(), ChainMap(), ChainMap()), 0, budget, finds, limits, beside)


def _read_graph(graph, outer, depth, budget, finds, limits, beside) -> None:
    if depth > _MOST_DEPTH:
        raise broken("onnx", "deep_graphs")
    scope = _Scope(outer.tensors.new_child(), outer.made_by.new_child(), outer.same.new_child())
    nodes = []
    for number, value in graph.fields():
        if number == 5 and isinstance(value, memoryview):
            tensor = tensor_of(graph.inner(value))
            scope.tensors[tensor.name] = tensor
        elif number == 1 and isinstance(value, memoryview):
            nodes.append(_node(graph.inner(value)))
        if len(scope.tensors.maps[0]) + len(nodes) > MOST_ARRAYS:
            raise Refused("too_many", most=MOST_ARRAYS, what=Phrase("nodes"))
    for node in nodes:
        for output in node.outputs:
            scope.made_by[output] = node.op
        if node.op == "Constant" and node.outputs and "value" in node.attributes:
            value = node.attributes["value"].first(5, memoryview)
            if value is not None:
                scope.tensors[node.outputs[0]] = tensor_of(graph.inner(value), node.outputs[0])
        elif node.op == "Identity" and node.inputs and node.outputs:
            scope.same[node.outputs[0]] = node.inputs[0]
    for node in nodes:
        if node.op == "LSTM" and node.domain in ("", "ai.onnx"):
            _add(node, scope, budget, finds, limits, beside)
        for attribute in node.attributes.values():
            for number, value in attribute.fields():
                if number in (6, 11) and isinstance(value, memoryview):
                    _read_graph(graph.inner(value), scope, depth + 1, budget, finds, limits, beside)


def _node(message: Message) -> _Node:
    node = _Node()
    for number, value in message.fields():
        if not isinstance(value, memoryview):
            continue
        if number == 1:
            node.inputs.append(text(value))
        elif number == 2:
            node.outputs.append(text(value))
        elif number == 3:
            node.name = text(value)
        elif number == 4:
            node.op = text(value)
        elif number == 5:
            attribute = message.inner(value)
            name = attribute.first(1, memoryview)
            if name is not None:
                node.attributes[text(name)] = attribute
        elif number == 7:
            node.domain = text(value)
    return node


def _add(node, scope, budget, finds, limits, beside) -> None:
    name = node.name or next(iter(filter(None, node.outputs)), "LSTM")
    said = _text(node, "direction", "forward")
    directions = {"bidirectional": ("forward", "reverse")}.get(said, (said,))
    for place, direction in enumerate(directions):
        more: dict = {}
        before = len(finds.layers)
        finds.add(name, _params, node, name, place, len(directions), scope, budget, limits, beside, more)
        if len(finds.layers) > before:
            finds.layers[-1] = replace(finds.layers[-1], direction=direction, **more)


def _params(node, name, place, count, scope, budget, limits, beside, more):
    """Parameters of one direction; what is more than weights goes into `more`."""
    if _text(node, "direction", "forward") not in ("forward", "reverse", "bidirectional"):
        raise broken("onnx", "no_direction")
    activations = [text(value).lower() for value in _texts(node, "activations")]
    own = activations[3 * place : 3 * place + 3] or _USUAL
    for got, usual, which in zip(own, _USUAL, _WHICH, strict=False):
        if got != usual:
            raise Refused("activation", layer=name, got=got, which=Phrase(which))
    clip = node.attributes["clip"].first(2, int) if "clip" in node.attributes else None
    if clip:
        raise Refused("clip", layer=name, got=f"{float_of(clip):g}")
    given = dict(zip(_INPUTS, node.inputs, strict=False))
    tensors = {what: _tensor(given.get(what, ""), what, name, scope) for what in ("W", "R", "B", "P")}
    W, R, B, P = tensors.values()
    for what, tensor, axes in (("W", W, 3), ("R", R, 3), ("B", B, 2), ("P", P, 2)):
        if tensor is None and what in ("W", "R"):
            raise Refused("incomplete", layer=name, array=what)
        if tensor is not None and (
            len(tensor.shape) != axes or tensor.shape[0] != count or 0 in tensor.shape
        ):
            raise Refused("shape", layer=name, array=what, got=tensor.shape, expected=f"({count}, …)")

    def one(tensor, first, *shape):
        return part(tensor, first, shape, budget, beside)

    inputs = one(W, place * W.shape[1] * W.shape[2], *W.shape[1:])
    recurrent = one(R, place * R.shape[1] * R.shape[2], *R.shape[1:])
    H = R.shape[2]
    biases = []
    if B is not None:
        if B.shape[1] != 8 * H:
            raise Refused("shape", layer=name, array="B", got=B.shape, expected=(count, 8 * H))
        biases = [one(B, (2 * place + half) * 4 * H, 4 * H) for half in range(2)]
    params = params_of_rows(name, inputs, recurrent, biases, ONNX, limits)
    peepholes = None
    if P is not None:
        stored = one(P, place * 3 * H, 3 * H)
        expect(name, stored, 3 * H)
        of_i, of_o, of_f = stored.read().reshape(3, H)
        peepholes = np.stack([of_f, of_i, of_o])
        check_numbers(name, peepholes)
    coupled = "input_forget" in node.attributes and node.attributes["input_forget"].first(3, int, 0) != 0
    more["dtype"] = inputs.dtype
    more["keys"] = tuple(tensor.name for tensor in tensors.values() if tensor is not None)
    _initial_states(node, name, given, place, count, H, scope, budget, beside, more)
    return _variant(params, peepholes, coupled)


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


def _initial_states(node, name, given, place, count, H, scope, budget, beside, more) -> None:
    layout = node.attributes["layout"].first(3, int, 0) if "layout" in node.attributes else 0
    for what, key in (("initial_h", "h0"), ("initial_c", "C0")):
        source = _named(given.get(what, ""), scope)
        if not source:
            continue
        tensor = scope.tensors.get(source)
        if tensor is None:
            more["notes"] = tuple(dict.fromkeys([*more.get("notes", ()), "state_from_outside"]))
            continue
        axes = tensor.shape[1::-1] + tensor.shape[2:] if layout else tensor.shape
        if len(axes) != 3 or axes[0] != count or axes[2] != H or axes[1] < 1:
            raise Refused("shape", layer=name, array=what, got=tensor.shape, expected=(count, "B", H))
        whole = part(tensor, 0, tensor.shape, budget, beside)
        expect(name, whole, *tensor.shape)
        numbers = whole.read()
        rows = numbers[:, place] if layout else numbers[place]
        if not np.isfinite(rows).all():
            raise Refused("not_finite", layer=name, dtype=rows.dtype)
        more[key] = rows[0] if (rows == rows[0]).all() else rows
        if more[key].ndim == 2:
            more["notes"] = tuple(dict.fromkeys([*more.get("notes", ()), "states_of_batch"]))


def _tensor(source: str, what: str, layer: str, scope: _Scope) -> Tensor | None:
    source = _named(source, scope)
    if not source:
        return None
    if source not in scope.tensors:
        raise Refused(
            "computed", what=what, layer=layer, by=scope.made_by.get(source) or Phrase("model_input")
        )
    return scope.tensors[source]


def _named(source: str, scope: _Scope) -> str:
    """What a name stands for when nodes that change nothing are left out."""
    for _ in range(16):
        if source not in scope.same:
            break
        source = scope.same[source]
    return source


def _text(node: _Node, attribute: str, default: str) -> str:
    value = node.attributes[attribute].first(4, memoryview) if attribute in node.attributes else None
    return default if value is None else text(value)


def _texts(node: _Node, attribute: str):
    if attribute not in node.attributes:
        return []
    fields = node.attributes[attribute].fields()
    return [value for number, value in fields if number == 9 and isinstance(value, memoryview)]

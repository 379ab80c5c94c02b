"""What an ONNX graph computes from constants alone: names -> **values**, before the model runs."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import prod

import numpy as np

from .limits import Budget, Limits
from .onnx_node import Node
from .onnx_operators import MOVE, OPERATORS
from .onnx_tensor import READ, Tensor
from .refusals import Refused
from .stored import BYTES, decode

_MOST_KEYS = 16
_COPIES = 4
"""What operators may copy, in files of the largest size: 8 bits become 32."""


@dataclass(frozen=True, eq=False)
class Value:
    """A constant.

    array : its numbers; bfloat16 as float32.
    stored : their type in the file, from which operators may have computed others.
    keys : the names of the first tensors of the file that it was made of.
    """

    array: np.ndarray
    stored: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Uniform:
    """The same number everywhere, in a shape that is known when the model runs."""

    number: float


@dataclass(frozen=True)
class Computed:
    """What is known only when the model runs. by : the operator that computes it; "" for an input of it."""

    by: str = ""


Known = Value | Uniform | Computed


@dataclass
class Scope:
    """What has a name where a node stands: tensors, and the nodes that compute the others."""

    tensors: ChainMap[str, Tensor] = field(default_factory=ChainMap)
    made_by: ChainMap[str, Node] = field(default_factory=ChainMap)

    def inner(self) -> Scope:
        """The scope of a graph within this one."""
        return Scope(self.tensors.new_child(), self.made_by.new_child())


class Fold:
    """Computes constants, each once. What operators copy is counted by itself, apart from the file's own."""

    def __init__(self, limits: Limits, budget: Budget, beside: Callable):
        copies = None if limits.bytes is None else _COPIES * limits.bytes
        self.copied, self.budget, self.beside = Budget(replace(limits, bytes=copies)), budget, beside
        self._loaded: dict[int, tuple[Tensor, Known]] = {}
        self._made: dict[int, tuple[Node, list[Known]]] = {}

    def value(self, name: str, scope: Scope) -> Known:
        """What a name stands for. Raises Refused for tensors that are not as they say, and beyond limits."""
        waiting, open_nodes = [name], set()
        while waiting:
            node = self._still_to_make(waiting[-1], scope)
            if node is None:
                waiting.pop()
                continue
            missing = [one for one in node.inputs if self._still_to_make(one, scope) is not None]
            if missing and id(node) not in open_nodes:
                open_nodes.add(id(node))
                waiting += missing
                continue
            waiting.pop()
            circular = bool(missing)
            given = [Computed() if circular else self._known(one, scope) for one in node.inputs]
            self._made[id(node)] = node, _outputs(node, given, self.copied)
        return self._known(name, scope)

    def _still_to_make(self, name: str, scope: Scope) -> Node | None:
        """The node that has to be computed before the name is known."""
        node = None if not name or name in scope.tensors else scope.made_by.get(name)
        return None if node is None or id(node) in self._made else node

    def _known(self, name: str, scope: Scope) -> Known:
        if name in scope.tensors:
            return self._load(scope.tensors[name])
        node = scope.made_by.get(name) if name else None
        if node is None:
            return Computed()
        made = self._made[id(node)][1]
        place = node.outputs.index(name)
        return made[place] if place < len(made) else Computed(node.op)

    def _load(self, tensor: Tensor) -> Known:
        if id(tensor) not in self._loaded:
            self._loaded[id(tensor)] = tensor, self._numbers(tensor)
        return self._loaded[id(tensor)][1]

    def _numbers(self, tensor: Tensor) -> Known:
        if tensor.dtype not in READ:
            return Computed("Constant")
        array = tensor.numbers(self.budget, self.beside)
        tensor.let_go()  # they are kept here
        try:
            return Value(array.reshape(tensor.shape), tensor.dtype, (tensor.name,))
        except ValueError:  # no numbers at all, in a shape that no array has
            raise Refused("storage", array=tensor.name) from None


def _outputs(node: Node, given: list[Known], copied: Budget) -> list[Known]:
    """What a node gives, one for each of its outputs that is known."""
    blocked = Computed(node.op)
    if node.domain not in ("", "ai.onnx"):
        return []
    if node.op == "Constant":
        return [_constant(node)]
    if node.op == "ConstantOfShape":
        return [_filled(node)]
    if node.op not in OPERATORS or not given:
        return []
    first = given[0]
    if node.op == "Expand" and isinstance(first, Value) and isinstance(given[-1], Computed):
        same = first.array.size and (first.array == first.array.flat[0]).all()
        return [Uniform(float(first.array.flat[0]))] if same else [given[-1]]
    if isinstance(first, Uniform):
        parts = given if node.op == "Concat" else given[:1]
        alike = all(isinstance(one, Uniform) and one.number == first.number for one in parts)
        return [first] * len(node.outputs) if alike and node.op in MOVE else [blocked]
    for one in given:
        if isinstance(one, Computed):
            return [Computed(one.by) if one.by else Computed()]
        if isinstance(one, Uniform):
            return [blocked]
    values = [one for one in given if isinstance(one, Value)]
    try:
        arrays = OPERATORS[node.op](node, [one.array for one in values], copied)
    except (ValueError, IndexError, TypeError, ArithmeticError) as error:
        if isinstance(error, Refused):
            raise
        return [blocked]  # the model could not run either
    from_all = values if node.op == "Concat" else values[:1]
    keys = tuple(dict.fromkeys(key for one in from_all for key in one.keys))[:_MOST_KEYS]
    return [Value(array, values[0].stored, keys) for array in arrays]


def _constant(node: Node) -> Known:
    """A node Constant that holds a few numbers as attributes; those with a tensor are tensors."""
    number = node.float("value_float")
    if number is not None:
        return Value(np.array(number, np.float32), "float32")
    if "value_int" in node.attributes:
        return Value(np.array(node.integer("value_int", 0), np.int64), "int64")
    integers = node.integers("value_ints")
    return Computed("Constant") if integers is None else Value(np.array(integers, np.int64), "int64")


def _filled(node: Node) -> Known:
    """ConstantOfShape: whatever the shape is, each number is the same."""
    tensor = node.tensor("value", node.op)
    if tensor is None:
        return Uniform(0.0)
    if prod(tensor.shape) != 1 or tensor.dtype not in BYTES or tensor.is_outside:
        return Computed(node.op)
    return Uniform(float(decode(bytes(tensor.whole()), tensor.dtype)[0]))

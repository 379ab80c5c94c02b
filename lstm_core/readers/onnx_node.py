"""A node of an ONNX graph and its attributes: message -> **Node**."""

from dataclasses import dataclass, field

from .onnx_tensor import Tensor, tensor_of
from .protobuf import Message, float_of, text, varint
from .refusals import broken

_MOST_INTS = 10_000
"""An attribute holds at most as many axes, sizes or places."""


@dataclass
class Node:
    """NodeProto. An input or output that is left out is an empty name."""

    op: str = ""
    name: str = ""
    domain: str = ""
    inputs: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    attributes: dict[str, Message] = field(default_factory=dict)

    def is_standard(self, op: str) -> bool:
        """Whether it is this operator of ONNX itself."""
        return self.op == op and self.domain in ("", "ai.onnx")

    def integer(self, name: str, default: int) -> int:
        """An attribute that is a whole number."""
        value = self._field(name, 3, int)
        return default if value is None else _signed(value)

    def integers(self, name: str) -> list[int] | None:
        """An attribute that is a list of whole numbers; None where it is not there."""
        if name not in self.attributes:
            return None
        found: list[int] = []
        for number, value in self.attributes[name].fields():
            if number != 8:
                continue
            if isinstance(value, int):
                found.append(_signed(value))
            else:
                at = 0
                while at < len(value) and len(found) <= _MOST_INTS:
                    one, at = varint(value, at)
                    found.append(_signed(one))
            if len(found) > _MOST_INTS:
                raise broken("onnx", "many_axes")
        return found

    def float(self, name: str) -> float | None:
        """An attribute that is a number."""
        bits = self._field(name, 2, int)
        return None if bits is None else float_of(bits)

    def text(self, name: str, default: str) -> str:
        """An attribute that is a text."""
        value = self._field(name, 4, memoryview)
        return default if value is None else text(value)

    def texts(self, name: str) -> list[str]:
        """An attribute that is a list of texts."""
        fields = self.attributes[name].fields() if name in self.attributes else ()
        return [text(value) for number, value in fields if number == 9 and isinstance(value, memoryview)]

    def tensor(self, name: str, called: str) -> Tensor | None:
        """An attribute that is a tensor, which gets the name `called`."""
        value = self._field(name, 5, memoryview)
        return None if value is None else tensor_of(self.attributes[name].inner(value), called)

    def _field(self, name: str, number: int, kind: type):
        """What an attribute holds in its field of that number; None where there is none."""
        return self.attributes[name].first(number, kind) if name in self.attributes else None

    def graphs(self) -> list[Message]:
        """The graphs within it: branches of an If, the body of a Loop."""
        return [
            attribute.inner(value)
            for attribute in self.attributes.values()
            for number, value in attribute.fields()
            if number in (6, 11) and isinstance(value, memoryview)
        ]


def node_of(message: Message) -> Node:
    """The node of a NodeProto."""
    node = Node()
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


def _signed(value: int) -> int:
    """A whole number of 64 bits as protocol buffers keep those below zero."""
    value &= 2**64 - 1
    return value - 2**64 if value >= 2**63 else value

"""What two processes tell each other about a file: what was found <-> **packed** <-> bytes without code.

Whoever receives a message (`messages.py`) trusts it no more than the file that it tells of: all is bounded
and checked before it is used, and nothing is unpickled.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields
from math import prod
from typing import IO, Any

import numpy as np

from ..params import LSTMParams
from ..words import texts
from .captured import Batch, checked_batch
from .embeddings import Embedding
from .gru import GRUParams
from .layer import Layer, LayerFile
from .limits import MOST_LAYERS, Limits, check_size
from .messages import Garbled, receive_block, receive_head
from .messages import of as _of
from .outputs import Output
from .refusals import Phrase, Refused

MOST_ARRAYS = 100_000_000
"""Bytes of the arrays of one file, which is twice what may be unpacked of it, and a little more."""

_DTYPES = ("float32", "float64")
_CHOICES = {
    "direction": ("forward", "reverse"),
    "merge": ("concat", "sum", "mul", "ave", "none", "as_read"),
}
_WORD = re.compile(r"\w{0,20}", re.ASCII)


def pack(found: LayerFile | np.ndarray | Refused) -> tuple[dict, list[memoryview]]:
    """The head and the blocks of a message. Raises Refused for arrays of more than MOST_ARRAYS bytes."""
    head: dict = {}
    arrays: list[np.ndarray] = []
    if isinstance(found, Refused):
        head = {"refused": _refusal_out(found)}
    elif isinstance(found, np.ndarray):
        if not 0 < found.ndim <= 3 or not found.size:
            raise Refused("x_empty", got=found.shape)
        _out(found if found.dtype.name in _DTYPES else found.astype(np.float64), arrays)
    else:
        layers = [{field.name: _out(getattr(layer, field.name), arrays) for field in fields(Layer)}
                  for layer in found.layers]  # fmt: skip
        head = {
            "kind": found.kind,
            "layers": layers,
            "left_out": [_refusal_out(one) for one in found.left_out if isinstance(one, Refused)],
            "embeddings": [[one.name, _out(one.vectors, arrays)] for one in found.embeddings],
            "outputs": [[one.name, _out(one.W, arrays), _out(one.b, arrays)] for one in found.outputs],
        }
    if sum(array.nbytes for array in arrays) > MOST_ARRAYS:
        raise Refused("unpacked", most=MOST_ARRAYS)
    head["arrays"] = [[array.dtype.name, list(array.shape)] for array in arrays]
    return head, [array.reshape(-1).view(np.uint8).data for array in arrays]


def unpack(source: IO[bytes], limits: Limits, room: Callable[[int], AbstractContextManager]) -> LayerFile:
    """What was found, with arrays that nobody can write to. Raises Garbled, or the Refused that was sent.

    room : called with the bytes that reading will take, before they are taken, and left when they are not.
    """
    with _received(source, room) as (head, arrays):
        return _layer_file(head, arrays, limits)


def unpack_array(source: IO[bytes], room: Callable[[int], AbstractContextManager]) -> np.ndarray:
    """The one array that was sent; as `unpack`."""
    with _received(source, room) as (_, arrays):
        if len(arrays) != 1:
            raise Garbled("array")
        return arrays[0]


@contextmanager
def _received(source: IO[bytes], room: Callable) -> Iterator[tuple[dict, list[np.ndarray]]]:
    """The head and the arrays of a message, while there is room for them."""
    head = receive_head(source)
    if "refused" in head:
        raise _refusal_in(head["refused"])
    shapes = _shapes(head.get("arrays"))
    size = sum(prod(shape) * dtype.itemsize for dtype, shape in shapes)
    if size > MOST_ARRAYS:
        raise Garbled("arrays")
    with room(2 * size):  # as they come, and as the layers keep them
        arrays = []
        for dtype, shape in shapes:
            block = receive_block(source, prod(shape) * dtype.itemsize)
            arrays.append(np.frombuffer(block, dtype).reshape(shape))
        yield head, arrays


def _layer_file(head: dict, arrays: list[np.ndarray], limits: Limits) -> LayerFile:
    try:
        told = _of(list, head.get("layers"))
        if not 0 < len(told) <= MOST_LAYERS:
            raise Garbled("layers")
        layers = tuple(_layer(_of(dict, one), arrays, limits) for one in told)
        left_out = tuple(_refusal_in(one) for one in _of(list, head.get("left_out")))
        embeddings = tuple(_embedding(_of(list, one), arrays) for one in _of(list, head.get("embeddings")))
        outputs = tuple(_output(_of(list, one), arrays) for one in _of(list, head.get("outputs")))
    except (KeyError, TypeError, IndexError, Refused) as error:
        raise Garbled(str(error)[:80]) from None
    if len({layer.address for layer in layers}) < len(layers):
        raise Garbled("addresses")
    return LayerFile(_word(head.get("kind")), layers, left_out, embeddings, outputs)


def _out(value, arrays: list[np.ndarray]):
    """A field of a layer for the head; arrays are put into the list, and the head says where."""
    if isinstance(value, np.ndarray):
        arrays.append(np.ascontiguousarray(value))
        return {"array": len(arrays) - 1}
    if isinstance(value, (LSTMParams, GRUParams, Batch)):
        return {field.name: _out(getattr(value, field.name), arrays) for field in fields(value)}
    return value


def _shapes(told) -> list[tuple[np.dtype, list[int]]]:
    shapes = []
    for one in _of(list, told):
        dtype, shape = _of(list, one) if len(_of(list, one)) == 2 else ("", [])
        if dtype not in _DTYPES or not 0 < len(_of(list, shape)) <= 3:
            raise Garbled("array")
        if not all(type(length) is int and 0 < length < 2**31 for length in shape):
            raise Garbled("array")
        shapes.append((np.dtype(dtype), shape))
    return shapes


def _layer(told: dict, arrays: list[np.ndarray], limits: Limits) -> Layer:
    params = _params(_of(dict, told["params"]), arrays)
    check_size(limits, "", params.H, params.D)
    names = [field.name for field in fields(Layer)]
    return Layer(**{name: _in(name, told[name], arrays, params, limits) for name in names})


def _in(name: str, value, arrays: list[np.ndarray], params: LSTMParams | GRUParams, limits: Limits):
    """The field of a layer that has this name."""
    if name in _CHOICES:
        if value not in _CHOICES[name]:
            raise Garbled(name)
        return value
    if name == "notes":
        notes = tuple(_of(str, note) for note in _of(list, value))
        if any(f"network.note.{note}" not in texts("en") for note in notes):
            raise Garbled("notes")
        return notes
    if name in ("source", "dtype", "order"):
        return _word(value)
    if name == "params":
        return params
    if name == "seen":
        return None if value is None else _batch(_of(dict, value), arrays, params, limits)
    if name in ("h0", "C0"):
        return _state(value, arrays, params.H)
    if name == "keys":
        return tuple(_of(str, one) for one in _of(list, value))
    return _of(int if name == "level" else str, value)


def _params(told: dict, arrays: list[np.ndarray]) -> LSTMParams | GRUParams:
    given: dict[str, Any] = {
        name: _array(value, arrays) if isinstance(value, dict) else value for name, value in told.items()
    }
    try:
        return GRUParams(**given) if "b_h" in given else LSTMParams(**given)
    except ValueError as error:
        raise Garbled(str(error)[:80]) from None


def _embedding(told: list, arrays: list[np.ndarray]) -> Embedding:
    name, vectors = _of(str, told[0]), _array(_of(dict, told[1]), arrays)
    if vectors.ndim != 2 or not np.isfinite(vectors).all():
        raise Garbled("embedding")
    return Embedding(name, vectors)


def _output(told: list, arrays: list[np.ndarray]) -> Output:
    name, W, b = _of(str, told[0]), _array(_of(dict, told[1]), arrays), _array(_of(dict, told[2]), arrays)
    if W.ndim != 2 or b.shape != W.shape[:1] or not (np.isfinite(W).all() and np.isfinite(b).all()):
        raise Garbled("output")
    return Output(name, W, b)


def _batch(told: dict, arrays: list[np.ndarray], params: LSTMParams | GRUParams, limits: Limits) -> Batch:
    x, h0, C0 = (_array(_of(dict, told[name]), arrays) for name in ("x", "h0", "C0"))
    lengths = tuple(_of(int, length) for length in _of(list, told["lengths"]))
    labels = tuple(tuple(_of(str, one) for one in _of(list, own)) for own in _of(list, told["labels"]))
    return checked_batch(Batch(x, lengths, h0, C0, labels), "", params.H, params.D, limits)


def _state(value, arrays: list[np.ndarray], H: int) -> np.ndarray | float:
    if not isinstance(value, dict):
        return float(_of((int, float), value))
    state = _array(value, arrays)
    if state.shape != (H,) or not np.isfinite(state).all():
        raise Garbled("state")
    return state


def _array(told: dict, arrays: list[np.ndarray]) -> np.ndarray:
    array = arrays[_of(int, told["array"])]
    array.flags.writeable = False
    return array


def _refusal_out(refused: Refused) -> dict:
    return {
        "reason": refused.reason,
        "details": {name: _detail_out(v) for name, v in refused.details.items()},
    }


def _detail_out(value) -> dict | str:
    if isinstance(value, Refused):
        return _refusal_out(value)
    return {"phrase": value.key, "values": value.values} if isinstance(value, Phrase) else value


def _refusal_in(told, depth: int = 0) -> Refused:
    """The refusal that was sent. Raises Garbled for one for which there is no sentence."""
    try:
        if depth > 3:
            raise Garbled("refusal")
        details = _of(dict, told["details"]).items()
        refused = Refused(_of(str, told["reason"]), **{name: _detail_in(v, depth) for name, v in details})
        str(refused)  # a KeyError here, where there is no such sentence, and not on a page
        return refused
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise Garbled(str(error)[:80]) from None


def _detail_in(value, depth: int):
    if isinstance(value, dict) and "phrase" in value:
        return Phrase(_of(str, value["phrase"]), **_of(dict, value["values"]))
    return _refusal_in(value, depth + 1) if isinstance(value, dict) else _of(str, value)


def _word(value) -> str:
    if not _WORD.fullmatch(_of(str, value)):
        raise Garbled("word")
    return value

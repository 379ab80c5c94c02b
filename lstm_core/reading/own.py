"""A reader's own network that says the next letter: layer of a file, its letters -> **Reader**.

A layer reads a one-hot sign, or the vector of an embedding that stands in its file; a linear layer behind it
says how likely each sign is next. The vectors are multiplied into the weights, so that every network here
reads one-hot signs.
"""

import json
from dataclasses import asdict, replace

import numpy as np

from ..params import LSTMParams
from ..readers.layer import Layer, LayerFile
from ..readers.refusals import Refused
from .reader import Reader, Unit

MOST_UNITS = 256
"""Of a network that the page reads with: a text of 2,000 letters takes 60 MB then."""

MOST_SIGNS = 20_000
"""The most letters of what says which signs a network knows."""


def alphabet_of(said: str) -> tuple[str, ...]:
    """The signs in the order of their ids, out of what somebody typed or out of a file.

    A JSON list `["a", "b"]`, a JSON object of sign and id `{"a": 0}` or of id and sign `{"0": "a"}`, or the
    signs themselves, one behind the other. Raises Refused.
    """
    said = said[:MOST_SIGNS]
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        found = _in_order(found)
    signs = found if isinstance(found, list) else list(said)
    if not signs:
        raise Refused("no_alphabet")
    for number, sign in enumerate(signs, start=1):
        if not isinstance(sign, str):
            raise Refused("no_sign", got=repr(sign)[:40], number=number)
        if sign in signs[: number - 1]:
            raise Refused("sign_twice", got=repr(sign)[:40], number=number)
    return tuple(signs)


def _in_order(found: dict) -> list:
    pairs = [(number, sign) for sign, number in found.items() if type(number) is int]
    if len(pairs) != len(found):
        pairs = [(int(key), sign) for key, sign in found.items() if key.isascii() and key.isdigit()]
    if sorted(number for number, _ in pairs) != list(range(len(found))):
        raise Refused("ids_with_gaps", n=len(found))
    return [sign for _, sign in sorted(pairs, key=lambda pair: pair[0])]


def can_read(file: LayerFile) -> bool:
    """Whether a file has one LSTM layer and an output layer behind it."""
    return len(file.layers) == 1 and file.layers[0].kind == "lstm" and bool(file.outputs)


def reader_of(file: LayerFile, alphabet: tuple[str, ...]) -> Reader:
    """The network of a file, whose signs are these. Raises Refused where sizes do not fit."""
    if len(file.layers) != 1 or file.layers[0].kind != "lstm":
        raise Refused("not_one_layer", n=len(file.layers))
    layer, V = file.layers[0], len(alphabet)
    if layer.H > MOST_UNITS:
        raise Refused("too_wide_to_read", got=layer.H, most=MOST_UNITS)
    if layer.direction != "forward":
        raise Refused("reads_backward")
    outputs = [one for one in file.outputs if one.W.shape[1] == layer.H]
    if not outputs:
        raise Refused("no_output", H=layer.H)
    output = next((one for one in outputs if len(one.b) == V), None)
    if output is None:
        raise Refused("outputs_and_signs", got=len(outputs[0].b), V=V)
    dtype = layer.params.dtype
    return Reader(
        _one_hot(layer, file, V), output.W.astype(dtype), output.b.astype(dtype), {}, letters=alphabet
    )  # fmt: skip


def seen_on(reader: Reader, text: str) -> Reader:
    """The network with how far C of its units goes on a text, and how long they remember there: what the page
    needs to know of them. What they follow stays open."""
    trace = reader.read(text).trace
    forgets = np.minimum(np.log(np.maximum(trace.f, 1e-30)).mean(0), -1e-12)
    numbers = (np.log(0.5) / forgets, trace.C.mean(0), trace.C.min(0), trace.C.max(0))
    rows = [
        Unit(k + 1, "", 0.5, 0.5, half_life, mean, mean, mean, low, high)
        for k, (half_life, mean, low, high) in enumerate(np.stack(numbers, 1).tolist())
    ]
    return replace(reader, measured={"units": [asdict(row) for row in rows]})


def _one_hot(layer: Layer, file: LayerFile, V: int) -> LSTMParams:
    """The layer as it reads V one-hot signs."""
    params = layer.params
    assert isinstance(params, LSTMParams), "its kind is lstm"
    tables = [one.vectors for one in file.embeddings if one.vectors.shape[1] == layer.D]
    table = next((vectors for vectors in tables if len(vectors) == V), None)
    if table is None and layer.D == V:
        return params
    if table is None:
        raise Refused("inputs_and_signs", D=layer.D, V=V, rows=len(tables[0]) if tables else 0)
    W = params.W
    of_signs = (W[..., params.H :].astype(np.float64) @ table.T.astype(np.float64)).astype(W.dtype)
    return replace(params, W=np.concatenate([W[..., : params.H], of_signs], axis=-1))

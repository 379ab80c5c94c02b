"""Files that stopped the server once, or filled its memory: what they are -> name and bytes."""

from __future__ import annotations

import io
import json
import struct
from functools import cache

import numpy as np

from .costly import keras, legacy, nodes
from .models import field, onnx, tensor


def nested_lists() -> bytes:
    """Lists nested in lists 34 deep as the key of a storage; printed they are 2**34 items."""
    nested = b"".join(b"]q%c(h%ch%ce" % (k + 1, k, k) for k in range(34))
    return legacy(b"\x80\x02}.", b"\x80\x02]q\x00" + nested + b".")


def halves(count: int = 250, inputs: int = 1000) -> bytes:
    """One tensor of halves, each a number of ten bytes, which many nodes share."""
    ten = b"\x80" * 9 + b"\x00"
    W = tensor("W", (1, 4, inputs), dtype=10, more=field(5, ten * (4 * inputs)))
    return onnx([W, tensor("R", (1, 4, 1), bytes(16))], b"", more=nodes(count))


def nested_classes(leaves: int = 20_000) -> bytes:
    """Models within models, with a crowd of layers in the innermost."""
    config: dict = {"layers": [{"class_name": "LSTM", "config": {}}] * leaves}
    for _ in range(20):
        config = {"layers": [{"class_name": "M" + "a" * 400, "config": config}]}
    return keras({"config": config}, ["layers/lstm"])


def groups_and_layers(count: int = 1000) -> bytes:
    """Many places of weights and many layers, of which none belong together."""
    layers = [{"class_name": "LSTM", "config": {"name": f"a{k}"}} for k in range(count)]
    return keras({"config": {"layers": layers}}, [f"elsewhere/b{k}" for k in range(count)])


def own_json(H: int = 330) -> bytes:
    """Weights at the edge of what a number holds, in the app's own format."""
    row = "[" + ",".join(["1e307"] * (2 * H)) + "]"
    W = "[" + ",".join(["[" + ",".join([row] * H) + "]"] * 4) + "]"
    b = json.dumps([[0.0] * H] * 4)
    return (
        '{"format": "lstm-params", "version": 1, "gates": ["f", "i", "c", "o"], "W": '
        + W
        + ', "b": '
        + b
        + "}"
    ).encode()


def large(H: int = 1000) -> bytes:
    """A real layer of 32 MB."""
    random = np.random.default_rng(0)
    out = io.BytesIO()
    np.savez(
        out,
        weight_ih_l0=random.normal(size=(4 * H, H)).astype(np.float32) / H,
        weight_hh_l0=random.normal(size=(4 * H, H)).astype(np.float32) / H,
        bias_ih_l0=np.zeros(4 * H, np.float32),
        bias_hh_l0=np.zeros(4 * H, np.float32),
    )
    return out.getvalue()


def odd_type() -> bytes:
    """Safetensors whose type is a list."""
    head = json.dumps({"weight_ih_l0": {"dtype": [1], "shape": [8, 1], "data_offsets": [0, 32]}}).encode()
    return struct.pack("<Q", len(head)) + head + bytes(32)


@cache
def dropped() -> dict[str, tuple[str, bytes]]:
    """What it is -> the name of the file, and its bytes."""
    return {
        "lists within lists": ("legacy.pt", nested_lists()),
        "halves that nodes share": ("halves.onnx", halves()),
        "class names nested": ("nested.keras", nested_classes()),
        "groups and layers": ("groups.keras", groups_and_layers()),
        "weights of 1e307": ("own.json", own_json()),
        "a layer of 32 MB": ("large.npz", large()),
        "a type that is a list": ("odd.safetensors", odd_type()),
        "one byte": ("byte.pt", b"\x80"),
        "noise": ("noise.bin", bytes(range(256)) * 4000),
    }

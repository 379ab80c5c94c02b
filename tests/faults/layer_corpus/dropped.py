"""Files that stopped the server once, or filled its memory: what they are -> name and bytes."""

import io
import json
from functools import cache

import numpy as np

from .archives import safetensors
from .costly import groups_and_layers, legacy, nested_classes, shared_halves


def nested_lists() -> bytes:
    """Lists nested in lists 34 deep as the key of a storage; printed they are 2**34 items."""
    nested = b"".join(b"]q%c(h%ch%ce" % (k + 1, k, k) for k in range(34))
    return legacy(b"\x80\x02}.", b"\x80\x02]q\x00" + nested + b".")


def own_json(H: int = 330) -> bytes:
    """Weights at the edge of what a number holds, in the app's own format."""
    layer = {"format": "lstm-params", "version": 1, "gates": ["f", "i", "c", "o"]}
    layer |= {"W": [[[1e307] * (2 * H)] * H] * 4, "b": [[0.0] * H] * 4}
    return json.dumps(layer).encode()


def large(H: int = 1000) -> bytes:
    """A real layer of 32 MB."""
    random = np.random.default_rng(0)
    out = io.BytesIO()
    np.savez(
        out,
        weight_ih_l0=random.normal(size=(4 * H, H)).astype(np.float32) / H,
        weight_hh_l0=random.normal(size=(4 * H, H)).astype(np.float32) / H,
    )
    return out.getvalue()


ODD = {"weight_ih_l0": {"dtype": [1], "shape": [8, 1], "data_offsets": [0, 32]}}


@cache
def dropped() -> dict[str, tuple[str, bytes]]:
    """What it is -> the name of the file, and its bytes."""
    return {
        "lists within lists": ("legacy.pt", nested_lists()),
        "halves that nodes share": ("halves.onnx", shared_halves(750_000)),
        "class names nested": ("nested.keras", nested_classes(2_000_000)),
        "groups and layers": ("groups.keras", groups_and_layers(200_000)),
        "weights of 1e307": ("own.json", own_json()),
        "a layer of 32 MB": ("large.npz", large()),
        "a type that is a list": ("odd.safetensors", safetensors(ODD, bytes(32))),
        "one byte": ("byte.pt", b"\x80"),
        "noise": ("noise.bin", bytes(range(256)) * 4000),
    }

"""Small character models, as their files hold them."""

import io

import numpy as np

from lstm_core.readers import read_file

SIGNS, E, H = "ab(c)\n", 3, 4


def arrays(embedded=True, **changes):
    """A character model as PyTorch names its parts."""
    random, V = np.random.default_rng(0), len(SIGNS)
    shapes = {
        "lstm.weight_ih_l0": (4 * H, E if embedded else V), "lstm.weight_hh_l0": (4 * H, H),
        "lstm.bias_ih_l0": (4 * H,), "lstm.bias_hh_l0": (4 * H,), "fc.weight": (V, H), "fc.bias": (V,),
    } | ({"embedding.weight": (V, E)} if embedded else {}) | changes  # fmt: skip
    return {name: random.normal(size=shape).astype(np.float32) for name, shape in shapes.items() if shape}


def file_of(given):
    file = io.BytesIO()
    np.savez(file, **given)
    return read_file(file.getvalue())

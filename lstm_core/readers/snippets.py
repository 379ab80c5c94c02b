"""Lines of Python that compute `h` with the framework that a file comes from: layer -> **snippet**."""

import re

from .keras_snippet import keras_lines
from .layer import Layer
from .onnx_snippet import onnx_lines

_LAST = re.compile(r"(weight|bias)_(ih|hh)(_l\d+)?(_reverse)?$")


def snippet(layer: Layer, stack: list[Layer], file: str) -> str:
    """Python that runs the layer on `x.npy` (T, D) in its own framework and writes what it gives to `h.npy`.

    stack : the layers of its file that have its name: the stack and directions that it is part of.
    file : the name of the file. Empty for kinds that no framework owns, such as NumPy files.
    """
    if layer.source in ("PyTorch", "safetensors"):
        return _torch(layer, stack, file)
    if layer.source == "Keras":
        return keras_lines(layer, stack, file)
    known = layer.source == "ONNX" and (layer.kind, layer.form) != ("gru", "cell")
    return onnx_lines(layer, file) if known else ""


def _torch(layer: Layer, stack: list[Layer], file: str) -> str:
    prefix = _LAST.sub("", layer.keys[0])
    is_cell = not any(re.search(r"_l\d+(_reverse)?$", key) for key in layer.keys)
    lines = ["import numpy as np", "import torch"]
    cell = layer.kind.upper()
    if layer.source == "safetensors":
        lines += ["from safetensors.torch import load_file", "", f"state = load_file({file!r})"]
    else:
        places = "".join(f"[{part!r}]" for part in layer.place.split("/") if part)
        lines += ["", f'state = torch.load({file!r}, map_location="cpu", weights_only=True){places}']
    bias = any("bias" in key for key in layer.keys)
    if layer.place:
        lines.insert(
            -1, "# If PyTorch refuses what else the checkpoint holds, and you trust it: weights_only=False"
        )
    lines.append(f"prefix = {prefix!r}")
    if is_cell:
        lines.append(f"{cell.lower()} = torch.nn.{cell}({layer.D}, {layer.H}, bias={bias})")
        lines.append('own = {name + "_l0": state[prefix + name] for name in '
                     f"{tuple(key.removeprefix(prefix) for key in layer.keys)!r}}}")  # fmt: skip
    else:
        both = any(one.direction == "reverse" for one in stack)
        first = min(stack, key=lambda one: one.level)
        lines.append(
            f"{cell.lower()} = torch.nn.{cell}({first.D}, {layer.H}, num_layers={layer.level + 1}, "
            f"bias={bias}, bidirectional={both})"
        )
        lines.append(f"own = {{name: state[prefix + name] for name in {cell.lower()}.state_dict()}}")
    wide = "double" if layer.dtype == "float64" else "float"
    lines += [
        f"{cell.lower()}.{wide}().load_state_dict(own)",
        f'x = torch.from_numpy(np.load("x.npy")).{wide}()',
        "with torch.no_grad():",
        f"    h, _ = {cell.lower()}(x.unsqueeze(1))",
        'np.save("h.npy", h[:, 0].numpy())',
    ]
    return "\n".join(lines) + "\n"

"""Lines of Python that compute `h` with the framework that a file comes from: layer -> **snippet**."""

from __future__ import annotations

import re

from .layer import Layer

_LAST = re.compile(r"(weight|bias)_(ih|hh)(_l\d+)?(_reverse)?$")


def snippet(layer: Layer, together: list[Layer], file: str) -> str:
    """Python that runs the layer on `x.npy` (T, D) in its own framework and writes what it gives to `h.npy`.

    together : the layers of its file that have its name: the stack and directions that it is part of.
    file : the name of the file. Empty for kinds that no framework owns, such as NumPy files.
    """
    if layer.kind in ("PyTorch", "safetensors"):
        return _torch(layer, together, file)
    if layer.kind == "Keras":
        return _keras(layer, file)
    return _onnx(layer, file) if layer.kind == "ONNX" else ""


def _torch(layer: Layer, together: list[Layer], file: str) -> str:
    prefix = _LAST.sub("", layer.keys[0])
    is_cell = not any(re.search(r"_l\d+(_reverse)?$", key) for key in layer.keys)
    lines = ["import numpy as np", "import torch"]
    if layer.kind == "safetensors":
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
        lines.append(f"lstm = torch.nn.LSTM({layer.D}, {layer.H}, bias={bias})")
        lines.append('own = {name + "_l0": state[prefix + name] for name in '
                     f"{tuple(key.removeprefix(prefix) for key in layer.keys)!r}}}")  # fmt: skip
    else:
        both = any(one.direction == "reverse" for one in together)
        first = min(together, key=lambda one: one.level)
        lines.append(
            f"lstm = torch.nn.LSTM({first.D}, {layer.H}, num_layers={layer.level + 1}, "
            f"bias={bias}, bidirectional={both})"
        )
        lines.append("own = {name: state[prefix + name] for name in lstm.state_dict()}")
    wide = "double" if layer.dtype == "float64" else "float"
    lines += [
        f"lstm.{wide}().load_state_dict(own)",
        f'x = torch.from_numpy(np.load("x.npy")).{wide}()',
        "with torch.no_grad():",
        "    h, _ = lstm(x.unsqueeze(1))",
        'np.save("h.npy", h[:, 0].numpy())',
    ]
    return "\n".join(lines) + "\n"


def _keras(layer: Layer, file: str) -> str:
    lines = ["import keras", "import numpy as np", ""]
    if file.endswith(".weights.h5"):
        lines += ["model = …  # built as when the weights were saved", f"model.load_weights({file!r})"]
    else:
        lines.append(f"model = keras.models.load_model({file!r}, compile=False)")
    lines += [
        "",
        "",
        "def find(model, name):  # in models within the model, too",
        "    for layer in model.layers:",
        '        inner = find(layer, name) if hasattr(layer, "layers") else None',
        "        if layer.name == name or inner is not None:",
        "            return layer if layer.name == name else inner",
        "",
        "",
        "layer = model",
        f"for name in {tuple(layer.name.split('/'))!r}:",
        "    layer = find(layer, name)",
        'for part in (layer, *(getattr(layer, f"{way}_layer", layer) for way in ("forward", "backward"))):',
        "    part.return_sequences = True",
        'x = np.load("x.npy")[None]',
        'np.save("h.npy", keras.ops.convert_to_numpy(layer(x))[0])',
    ]
    return "\n".join(lines) + "\n"


def _onnx(layer: Layer, file: str) -> str:
    return f"""import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

graph = onnx.load({file!r}).graph
version = onnx.load({file!r}).opset_import
layers = [node for node in graph.node if node.op_type == "LSTM"]
node = next(node for node in layers if {layer.name!r} in (node.name, *node.output))
wanted = helper.make_tensor_value_info(node.output[0], TensorProto.FLOAT, None)
del node.output[1:]
makers = {{name: one for one in graph.node for name in one.output}}
needed, kept = [*node.input[1:4], *node.input[7:]], set()
while needed:  # what hands the weights on: constants, copies
    name = needed.pop()
    if name in makers and name not in kept:
        kept.add(name)
        needed += makers[name].input
makers = [one for one in graph.node if kept & {{*one.output}} or one.op_type == "Constant"]
used = {{*node.input, *(name for one in makers for name in one.input)}}
weights = [one for one in graph.initializer if one.name in used]
batch = max([1, *(one.dims[1] for one in weights if one.name in node.input[5:7])])
x = np.repeat(np.load("x.npy")[:, None], batch, axis=1)
given = helper.make_tensor_value_info(node.input[0], TensorProto.FLOAT, x.shape)
known = {{"", *(one.name for one in weights), *(name for one in makers for name in one.output)}}
for place in range(4, len(node.input)):  # lengths and first states that the model gets from elsewhere
    node.input[place] = node.input[place] if node.input[place] in known else ""
one = helper.make_graph([*makers, node], "one layer", [given], [wanted], weights)
model = helper.make_model(one, opset_imports=version, ir_version=8)
session = onnxruntime.InferenceSession(model.SerializeToString())
(h,) = session.run(None, {{node.input[0]: x.astype(np.float32)}})
np.save("h.npy", np.concatenate(list(h[:, :, 0].swapaxes(0, 1)), axis=-1))
"""

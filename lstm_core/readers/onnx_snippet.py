"""Lines of Python that compute `h` with ONNX Runtime: layer -> **lines**."""

import re

from .layer import Layer

_FIND = """import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

model = onnx.load({file!r})


def chains(graph, around=()):  # each graph, which may be a branch, with those around it
    yield (*around, graph)
    for node in graph.node:
        for attribute in node.attribute:
            for inner in [*attribute.graphs, *([attribute.g] if attribute.HasField("g") else [])]:
                yield from chains(inner, (*around, graph))


"""

_OPS = {"lstm": ("LSTM", "DynamicQuantizeLSTM"), "gru": ("GRU",)}

_RUN = """one = helper.make_graph([*makers, node], "one layer", [given], [wanted], weights)
alone = helper.make_model(one, opset_imports=model.opset_import, ir_version=8)
session = onnxruntime.InferenceSession(alone.SerializeToString())
(h,) = session.run(None, {node.input[0]: x.astype(np.float32)})
np.save("h.npy", np.concatenate(list(h[:, :, 0].swapaxes(0, 1)), axis=-1))
"""


def onnx_lines(layer: Layer, file: str) -> str:
    """Python that cuts the layer out of the model and runs it on `x.npy`."""
    lines = _FIND.format(file=file)
    return lines + (_of_cell(layer) if layer.form == "cell" else _of_node(layer)) + _RUN


def _of_node(layer: Layer) -> str:
    """The layer is a node of its own. 8 bits become the numbers that they stand for."""
    lines = f"""graphs, node = next(
    (chain, node)
    for chain in chains(model.graph)
    for node in chain[-1].node
    if node.op_type in {_OPS[layer.kind]!r} and {layer.name!r} in (node.name, *node.output)
)
nodes = [one for graph in graphs for one in graph.node]
weights = [one for graph in graphs for one in graph.initializer]
"""
    if "rounds_as_it_runs" in layer.notes:
        lines += """arrays = {one.name: numpy_helper.to_array(one) for one in weights}
for place, scale in ((1, 8), (2, 10)):  # the numbers that the 8 bits stand for
    whole, steps, zero = (arrays[node.input[k]] for k in (place, scale, scale + 1))
    shape = (len(whole), 1, -1)
    exact = (whole.astype(np.float32) - zero.reshape(shape)) * steps.reshape(shape)
    node.input[place] += " exact"
    weights.append(numpy_helper.from_array(exact.swapaxes(1, 2).copy(), node.input[place]))
del node.input[8:]
node.op_type, node.domain = "LSTM", ""
"""
    if layer.dtype == "float16":
        lines += """weights = [  # ONNX Runtime has no LSTM of 16 bits for a processor
    numpy_helper.from_array(numpy_helper.to_array(one).astype(np.float32), one.name)
    if one.data_type == TensorProto.FLOAT16
    else one
    for one in weights
]
"""
    return (
        lines
        + """wanted = helper.make_tensor_value_info(node.output[0], TensorProto.FLOAT, None)
del node.output[1:]
makers = {name: one for one in nodes for name in one.output}
needed, kept = [*node.input[1:4], *node.input[7:]], set()
while needed:  # what hands the weights on: constants, copies, parts
    name = needed.pop()
    if name in makers and name not in kept:
        kept.add(name)
        needed += makers[name].input
makers = [one for one in nodes if kept & {*one.output} or one.op_type == "Constant"]
used = {*node.input, *(name for one in makers for name in one.input)}
weights = [one for one in weights if one.name in used]
batch = max([1, *(one.dims[1] for one in weights if one.name in node.input[5:7])])
x = np.repeat(np.load("x.npy")[:, None], batch, axis=1)
given = helper.make_tensor_value_info(node.input[0], TensorProto.FLOAT, x.shape)
known = {"", *(one.name for one in weights), *(name for one in makers for name in one.output)}
for place in range(4, len(node.input)):  # lengths and first states that the model gets from elsewhere
    node.input[place] = node.input[place] if node.input[place] in known else ""
"""
    )


def _of_cell(layer: Layer) -> str:
    """The layer is a cell that was written as single operations: its weights go into an LSTM of ONNX."""
    parts = {re.sub("(_Transposed)?_quantized$", "", key.rpartition(".")[2]): key for key in layer.keys}
    biases = [parts[part] for part in ("bias_ih", "bias_hh") if part in parts]
    bias = f'made["B"] = np.concatenate([rows(name) for name in {biases!r}], axis=1)\n' if biases else ""
    return f"""arrays = {{one.name: numpy_helper.to_array(one) for chain in chains(model.graph)
          for one in chain[-1].initializer}}


def numbers(name):  # what 8 bits stand for
    if not name.endswith("_quantized"):
        return arrays[name]
    base = name.removesuffix("_quantized")
    exact = (arrays[name].astype(np.float32) - arrays[base + "_zero_point"]) * arrays[base + "_scale"]
    return exact.T if base.endswith("_Transposed") else exact


def rows(name):  # PyTorch has the order i, f, c, o, and ONNX i, o, f, c
    i, f, c, o = np.split(numbers(name), 4)
    return np.concatenate([i, o, f, c])[None]


made = {{"W": rows({parts["weight_ih"]!r}), "R": rows({parts["weight_hh"]!r})}}
{bias}makers, weights = [], [numpy_helper.from_array(array, name) for name, array in made.items()]
node = helper.make_node("LSTM", ["X", *made], ["Y"], hidden_size={layer.H})
x = np.load("x.npy")[:, None]
given = helper.make_tensor_value_info("X", TensorProto.FLOAT, x.shape)
wanted = helper.make_tensor_value_info("Y", TensorProto.FLOAT, None)
"""

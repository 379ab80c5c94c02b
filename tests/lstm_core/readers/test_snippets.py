"""The lines that a reader runs with a framework: they are Python, name the file's own layers, and agree.

Where a framework is installed, say the Python that has it, and the lines are run there:
`TORCH_PYTHON=… KERAS_PYTHON=… ONNX_PYTHON=… pytest tests/lstm_core/readers/test_snippets.py`.
"""

import ast
import os
import shutil
import subprocess

import numpy as np
import pytest

from lstm_core.readers import compare, read_file
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.readers.snippets import snippet
from tests.collected import collected
from tests.conftest import ROOT

FILES = ROOT / "tests" / "fixtures" / "layer_files"
RUN = {
    "torch_plain.pt": "TORCH", "torch_cell.pt": "TORCH", "torch_checkpoint.pt": "TORCH",
    "torch_no_bias.pth": "TORCH",
    "torch_double.pt": "TORCH", "torch_stacked.pt": "TORCH", "torch_legacy.pt": "TORCH",
    "torch_views.pt": "TORCH",
    "st_plain.safetensors": "SAFETENSORS",
    "keras_now_stack.keras": "KERAS", "keras_now_pair.keras": "KERAS", "keras_now_stack.h5": "KERAS",
    "keras_now_nested.keras": "KERAS", "keras_now_stack.weights.h5": "KERAS",
    "keras_now_backwards.keras": "KERAS", "keras_now_sum.keras": "KERAS", "keras_now_cell.keras": "KERAS",
    "keras_now_bfloat16.keras": "KERAS", "keras_30_pair.weights.h5": "KERAS",
    "keras_2_old_weights.h5": "KERAS", "keras_2_pair.h5": "KERAS", "keras_2_stack.keras": "KERAS",
    "keras_2_no_bias.keras": "KERAS", "keras_2_backwards.keras": "KERAS", "keras_2_cudnn.h5": "KERAS",
    "onnx_forward.onnx": "ONNX", "onnx_bidirectional.onnx": "ONNX", "onnx_reverse.onnx": "ONNX",
    "onnx_peepholes.onnx": "ONNX", "onnx_torch.onnx": "ONNX", "onnx_constant_nodes.onnx": "ONNX",
    "onnx_cell.onnx": "ONNX", "onnx_cell_dynamo.onnx": "ONNX", "onnx_branch.onnx": "ONNX",
    "onnx_rounded.onnx": "ONNX", "onnx_rounded_rows.onnx": "ONNX", "onnx_int8.onnx": "ONNX",
    "onnx_int8_rows.onnx": "ONNX", "onnx_half.onnx": "ONNX", "onnx_cell_int8.onnx": "ONNX",
    "torch_gru_stacked.pt": "TORCH", "torch_gru_cell.pt": "TORCH", "torch_gru_no_bias.pt": "TORCH",
    "keras_gru_after.keras": "KERAS", "keras_gru_before.keras": "KERAS", "keras_gru_no_bias.keras": "KERAS",
    "onnx_gru_after.onnx": "ONNX", "onnx_gru_before.onnx": "ONNX", "onnx_gru_reverse.onnx": "ONNX",
}  # fmt: skip


def benches(name):
    file = read_file(FILES / name)
    for layer in file.layers:
        yield LoadedNetwork(file, name, layer.address)


@collected("name", RUN)
def test_the_lines_are_python_and_name_the_file(name):
    for network in benches(name):
        lines = snippet(network.layer, network.layers, name)
        ast.parse(lines)
        assert repr(name) in lines and '"x.npy"' in lines and '"h.npy"' in lines


def test_a_name_with_quotes_stays_a_name():
    network = next(benches("torch_plain.pt"))
    hostile = "a');import os;os.remove('x').pt"
    lines = ast.walk(ast.parse(snippet(network.layer, [network.layer], hostile)))
    calls = [ast.unparse(node.func) for node in lines if isinstance(node, ast.Call)]
    assert "os.remove" not in calls


def test_files_that_no_framework_owns_have_no_lines():
    layer = next(benches("torch_plain.pt")).layer
    own = read_file(layer.params.to_json().encode()).layers
    assert snippet(own[0], list(own), "own.json") == ""


@pytest.mark.parametrize("name", RUN)
def test_the_lines_give_the_same_h_where_the_framework_is(name, tmp_path):
    python = os.environ.get(f"{RUN[name]}_PYTHON")
    if not python:
        pytest.skip(f"{RUN[name]}_PYTHON does not say which Python has it")
    shutil.copy(FILES / name, tmp_path)
    for network in benches(name):
        x = np.random.default_rng(5).normal(size=(7, network.D)).astype(network.layer.params.dtype)
        np.save(tmp_path / "x.npy", x)
        network.feed(x, "x.npy")
        # This checkpoint holds a number of NumPy's, which PyTorch reads of a file that is trusted.
        lines = snippet(network.layer, network.layers, name).replace(
            "only=True", f"only={not network.layer.place}"
        )
        ran = subprocess.run(
            [python, "-c", lines], cwd=tmp_path, capture_output=True, text=True, timeout=300,
            env={"KERAS_BACKEND": "tensorflow", **os.environ, "PYTHONPATH": ""},
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr[-2000:]
        assert compare(network.output(), np.load(tmp_path / "h.npy")).agrees, network.chosen

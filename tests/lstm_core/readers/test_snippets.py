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
from tests.lstm_core.readers.layer_files import ANSWERED, FOLDER, read

FRAMEWORKS = {"torch": "TORCH", "keras": "KERAS", "onnx": "ONNX", "st": "SAFETENSORS"}
OF = {name: FRAMEWORKS[name.partition("_")[0]] for name in ANSWERED if "external" not in name}


def networks(name):
    file = read(name)
    return [LoadedNetwork(file, name, layer.address) for layer in file.layers]


@collected("name", OF)
def test_the_lines_are_python_and_name_the_file(name):
    for network in networks(name):
        lines = snippet(network.layer, network.layers, name)
        ast.parse(lines)
        assert repr(name) in lines and '"x.npy"' in lines and '"h.npy"' in lines


def test_a_name_with_quotes_stays_a_name():
    network = networks("torch_plain.pt")[0]
    hostile = "a');import os;os.remove('x').pt"
    lines = ast.walk(ast.parse(snippet(network.layer, [network.layer], hostile)))
    calls = [ast.unparse(node.func) for node in lines if isinstance(node, ast.Call)]
    assert "os.remove" not in calls


def test_files_that_no_framework_owns_have_no_lines():
    layer = networks("torch_plain.pt")[0].layer
    own = read_file(layer.params.to_json().encode()).layers
    assert snippet(own[0], list(own), "own.json") == ""


@pytest.mark.parametrize("framework", FRAMEWORKS.values())
def test_the_lines_give_the_same_h_where_the_framework_is(framework, tmp_path):
    python = os.environ.get(f"{framework}_PYTHON")
    if not python:
        pytest.skip(f"{framework}_PYTHON does not say which Python has it")
    for name in (name for name, of in OF.items() if of == framework):
        shutil.copy(FOLDER / name, tmp_path)
        for network in networks(name):
            x = np.random.default_rng(5).normal(size=(7, network.D)).astype(network.layer.params.dtype)
            np.save(tmp_path / "x.npy", x)
            network.feed(x, "x.npy")
            # One checkpoint holds a number of NumPy's, which PyTorch reads of a file that is trusted.
            trusted = f"only={not network.layer.place}"
            lines = snippet(network.layer, network.layers, name).replace("only=True", trusted)
            ran = subprocess.run(
                [python, "-c", lines], cwd=tmp_path, capture_output=True, text=True, timeout=300,
                env={"KERAS_BACKEND": "tensorflow", **os.environ, "PYTHONPATH": ""},
            )  # fmt: skip
            assert ran.returncode == 0, (name, ran.stderr[-2000:])
            assert compare(network.output(), np.load(tmp_path / "h.npy")).agrees, (name, network.chosen)

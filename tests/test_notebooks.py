"""The notebooks run from top to bottom, without Jupyter and without the network."""

import json

import pytest

from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "assets" / "notebooks").glob("*.ipynb"))


def test_there_is_one():
    assert NOTEBOOKS


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_says_what_it_promises(path, capsys, monkeypatch):
    monkeypatch.chdir(path.parent)
    cells = json.loads(path.read_text("utf-8"))["cells"]
    names: dict = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            assert not cell["outputs"]  # it is stored without what a machine printed
            exec(compile("".join(cell["source"]), path.name, "exec"), names)
    assert names["proof"].agrees and names["diagram"].startswith("<svg")
    assert "encoder.lstm" in capsys.readouterr().out and len(names["frame"])

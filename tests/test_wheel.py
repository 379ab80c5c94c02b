"""What `pip install .` gives: the library with its texts and scripts, the command, and the app."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile

import pytest

from lstm_core.workbench.presets import preset
from tests.conftest import ROOT
from tests.files import name

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

NOT_IN_IT = {ROOT / "assets" / name for name in ("deploy", "images", "notebooks", "guides")}
"""What is read by people, and not by the app."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "-q", "-w", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "."], cwd=ROOT, check=True)
    [found] = folder.iterdir()
    return found


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Runs Python in a folder with the library alone, and gives what it printed."""
    folder = tmp_path_factory.mktemp("installed")
    options = ["--no-deps", "--no-index", "-q", "--target", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(wheel)], check=True)
    environment = os.environ | {"PYTHONPATH": str(folder)}

    def run(*arguments: str) -> str:
        command = [sys.executable, *arguments]
        ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    return run


def test_it_is_small_and_has_all_that_the_app_shows(wheel):
    # Of which 240 kB are the weights of the network that reads code, and 120 the texts of each language.
    assert wheel.stat().st_size <= 2_300_000
    names = set(zipfile.ZipFile(wheel).namelist())
    folders = {path for path in (ROOT / "assets").iterdir() if path.is_dir()} - NOT_IN_IT
    wanted = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    wanted += [ROOT / "app.py", *(ROOT / "assets").glob("*.css"), *(ROOT / "pages").rglob("*.py")]
    inside = [f"lstm_core/_app/{name(path)}" for path in wanted if path.parent.name != "__pycache__"]
    assert not [path for path in inside if path not in names]
    assert not [path for path in names if re.search("/deploy/|__pycache__|^tests", path)]


def test_a_run_draws_itself_where_it_is_installed(installed, tmp_path):
    lines = f"""
import numpy as np
from lstm_core.assets import ROOT
from lstm_core import LSTMParams, forward
from lstm_core.figure.run import RunFigure

assert ROOT.name == "_app"
trace = forward(LSTMParams(np.ones((4, 2, 5)), np.zeros((4, 2))), np.ones((3, 3)), labels="abc")
assert "srcdoc" in trace._repr_html_()
RunFigure(trace, language="ko").to_file({str(tmp_path / "run.html")!r})
"""
    installed("-c", lines)
    assert 'lang="ko"' in (tmp_path / "run.html").read_text("utf-8")


def test_the_command_shows_its_help_and_reads_a_file(installed, tmp_path):
    assert PROJECT["scripts"] == {"lstm-gates": "lstm_core.commands:main"}
    assert installed("-m", "lstm_core", "--help").count("\n  lstm-gates ") >= 3
    path = tmp_path / "weights.json"
    path.write_text(preset("latch").params.to_json())
    assert "1 unit" in installed("-m", "lstm_core", str(path), "--list")


def test_the_app_without_what_it_runs_on_says_what_to_install(tmp_path):
    (tmp_path / "streamlit.py").write_text("raise ImportError\n")
    program = "import sys; from lstm_core.commands import app; sys.exit(app([]))"
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment, cwd=tmp_path, capture_output=True, text=True
    )
    assert ran.returncode == 1 and "lstm-gate-visualizer[app]" in ran.stderr


def test_the_app_that_is_installed_knows_with_which_releases_it_works(installed):
    lines = """
import sys
from lstm_core.assets import ROOT

sys.path.insert(0, str(ROOT))
from pages._ui.server import leant_on

assert leant_on.__file__.startswith(str(ROOT)) and not list(leant_on.missing())
"""
    installed("-c", lines)


def test_what_the_app_needs_and_its_version_are_said_once():
    lines = [
        line.split("#")[0].strip() for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    ]
    wanted = PROJECT["dependencies"] + PROJECT["optional-dependencies"]["app"]
    assert sorted(wanted) == sorted(filter(None, lines))
    version = PROJECT["version"]
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    [newest, *_] = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest == version

"""What `pip install .` gives: the library with its texts and scripts, the command, and the app."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile

import pytest

from tests.conftest import ROOT

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
    """A folder with the library alone, and what runs Python there."""
    folder = tmp_path_factory.mktemp("installed")
    options = ["--no-deps", "--no-index", "-q", "--target", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, str(wheel)], check=True)
    environment = os.environ | {"PYTHONPATH": str(folder)}

    def run(*arguments: str, **options) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            **options,
        )

    return run


def test_it_is_small_and_has_all_that_the_app_shows(wheel):
    # Of which 240 kB are the weights of the network that reads code, and 120 the texts of each language.
    assert wheel.stat().st_size <= 2_300_000
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in {path for path in (ROOT / "assets").iterdir() if path.is_dir()} - NOT_IN_IT:
        for path in folder.rglob("*"):
            if path.is_file() and path.parent.name != "__pycache__":
                assert f"lstm_core/_app/{path.relative_to(ROOT).as_posix()}" in names
    for path in [ROOT / "app.py", *(ROOT / "assets").glob("*.css"), *(ROOT / "pages").rglob("*.py")]:
        assert f"lstm_core/_app/{path.relative_to(ROOT).as_posix()}" in names
    assert not [
        name for name in names if "/deploy/" in name or "__pycache__" in name or name.startswith("tests")
    ]


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
    ran = installed("-c", lines)
    assert ran.returncode == 0, ran.stderr
    assert 'lang="ko"' in (tmp_path / "run.html").read_text("utf-8")


def test_the_command_shows_its_help_and_reads_a_file(installed, tmp_path):
    assert PROJECT["scripts"] == {"lstm-gates": "lstm_core.commands:main"}
    told = installed("-m", "lstm_core", "--help")
    assert told.returncode == 0 and told.stdout.count("\n  lstm-gates ") >= 3
    path = tmp_path / "weights.json"
    save = f"""
from pathlib import Path
from lstm_core.workbench.presets import preset
Path({str(path)!r}).write_text(preset("latch").params.to_json())
"""
    assert installed("-c", save).returncode == 0
    listed = installed("-m", "lstm_core", str(path), "--list")
    assert listed.returncode == 0 and "1 unit" in listed.stdout


def test_the_app_without_what_it_runs_on_says_what_to_install(installed, tmp_path):
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
    ran = installed("-c", lines)
    assert ran.returncode == 0, ran.stderr


def test_what_the_app_needs_is_said_once():
    wanted = [
        line.split("#")[0].strip()
        for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()
        if line.split("#")[0].strip()
    ]
    assert sorted(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["app"]) == sorted(wanted)


def test_the_version_is_one_number():
    version = PROJECT["version"]
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    [newest, *_] = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest == version

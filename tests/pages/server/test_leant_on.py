"""What is missing of Streamlit and uvicorn is named, with the release that has it, before anything else."""

import subprocess
import sys
from importlib import import_module

import pytest
from packaging.requirements import Requirement

from pages._ui.server import leant_on
from pages._ui.server.leant_on import LEANT_ON, missing
from tests.collected import collected
from tests.conftest import ROOT

WEBSOCKET = "uvicorn.protocols.websockets.websockets_sansio_impl"


def required(package: str) -> Requirement:
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    return next(Requirement(line.partition("#")[0]) for line in lines if line.startswith(package))


def test_with_the_releases_of_the_requirements_nothing_is_missing():
    assert list(missing()) == []


@collected("name", LEANT_ON)
def test_what_is_gone_is_named_with_who_leans_on_it_and_what_has_it(name, monkeypatch):
    module, _, inner = name.rpartition(".")
    with monkeypatch.context() as without:
        without.delattr(import_module(module), inner)
        [told] = missing()
    package, file = name.partition(".")[0], LEANT_ON[name][0]
    assert name in told and file in told and f"{package}{required(package).specifier} has." in told
    assert (ROOT / "pages" / "_ui" / file).exists()


@pytest.mark.parametrize(
    ("package", "release"), [("uvicorn", "0.34.3"), ("streamlit", "1.66.1"), ("uvicorn", None)]
)
def test_a_release_that_was_not_tried_is_named_with_those_that_were(package, release, monkeypatch):
    installed = leant_on._installed
    monkeypatch.setattr(leant_on, "_installed", lambda name: release if name == package else installed(name))
    [told] = missing()
    assert told == f"{package} is {release or 'not installed'}; this app works with {required(package)}."


def test_the_start_ends_in_sentences_and_in_no_traceback():
    script = f"import sys; sys.modules[{WEBSOCKET!r}] = None; import app"
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    told = run.stderr.strip().splitlines()
    assert run.returncode == 1 and len(told) == 2
    assert f"{WEBSOCKET}.WebSocketsSansIOProtocol" in told[0] and "requirements.txt" in told[1]

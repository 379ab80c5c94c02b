"""What the app leans on in Streamlit and uvicorn: it is there, and what is missing is named at the start."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import streamlit
from packaging.requirements import Requirement

from pages._ui.browser import upload_box
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


def test_a_style_names_elements_that_streamlit_has():
    """Styles that take hold of Streamlit's own elements would else do nothing, and nobody would notice."""
    sheets = [*sorted((ROOT / "assets").rglob("*.css")), Path(upload_box.__file__)]
    scripts = (Path(streamlit.__file__).parent / "static" / "static" / "js").glob("*.js")
    made = re.findall(r"[\"'`.](st[A-Z]\w+)", "\n".join(one.read_text("utf-8") for one in scripts))
    for sheet in sheets:
        named = re.findall(r'data-testid="(\w+)"|\.(st[A-Z]\w+)', sheet.read_text("utf-8"))
        missing = {test_id or css_class for test_id, css_class in named} - set(made)
        assert not missing, (
            f"Streamlit {streamlit.__version__} has no element named {', '.join(sorted(missing))} any more, "
            f"so {sheet.name} no longer styles it: find what it is called now, and write that there."
        )

"""Every picture is one call, from a run to SVG, HTML, LaTeX or a figure, that works in a notebook."""

from __future__ import annotations

import inspect
import subprocess
import sys
from importlib import import_module

import pytest

from lstm_core import view
from tests.conftest import ROOT

ROOMS = ("backward", "diagram", "lessons", "origin", "strip", "training")


def test_every_room_exports_pictures_of_a_run():
    for room in set(ROOMS) - {"lessons", "training"}:
        pictures = [name for name in import_module(f"lstm_core.view.{room}").__all__ if name in view.__all__]
        assert pictures, room
    assert all(inspect.isfunction(getattr(view, name)) or name == "Row" for name in view.__all__)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_each_of_its_pictures_is(room):
    exports = import_module(f"lstm_core.view.{room}")
    for name in exports.__all__:
        shown = getattr(exports, name)
        if inspect.isfunction(shown):
            assert inspect.getdoc(shown), name
            assert inspect.signature(shown).return_annotation != inspect.Parameter.empty, name


def test_a_notebook_draws_every_picture_of_a_run_with_the_library_alone():
    """The example in the docstring of `lstm_core.view`, run as it stands."""
    example = inspect.getdoc(view).partition("::")[2]
    script = (
        inspect.cleandoc(example)
        + """
import sys
from xml.etree import ElementTree
pictures = (diagram, strip, bars, origin, sides, paths, units, f"<div>{curve}</div>", f"<div>{walk}</div>")
for picture in pictures:
    ElementTree.fromstring(picture.replace("&#8203;", ""))
assert formula.startswith(chr(92) + "begin")
assert not {"streamlit", "plotly", "pandas"} & set(sys.modules)
"""
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT, timeout=120)

"""Every picture is one call, from a run to SVG, HTML, LaTeX or a figure, that works in a notebook."""

from __future__ import annotations

import inspect
import subprocess
import sys
from importlib import import_module

import pytest

from lstm_core import view
from tests.conftest import ROOT

ROOMS = ("backward", "charts", "diagram", "lessons", "origin", "strip", "training")


def test_the_pictures_of_a_run_stand_at_the_door():
    for room in set(ROOMS) - {"lessons", "training"}:
        pictures = [name for name in import_module(f"lstm_core.view.{room}").__all__ if name in view.__all__]
        assert pictures, room
    assert all(inspect.isfunction(getattr(view, name)) or name == "Row" for name in view.__all__)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_each_of_its_pictures_is(room):
    door = import_module(f"lstm_core.view.{room}")
    for name in door.__all__:
        shown = getattr(door, name)
        if inspect.isfunction(shown):
            assert inspect.getdoc(shown), name
            assert inspect.signature(shown).return_annotation != inspect.Parameter.empty, name
    assert door.__all__ == sorted(door.__all__)


def test_a_notebook_draws_every_picture_of_a_run_with_the_library_alone():
    """The example in the docstring of `lstm_core.view`, run as it stands."""
    example = inspect.getdoc(view).partition("::")[2]
    script = (
        inspect.cleandoc(example)
        + """
import json, sys
from xml.etree import ElementTree
for picture in (diagram, strip, bars, origin, sides, paths, f"<div>{curve}</div>", f"<div>{walk}</div>"):
    ElementTree.fromstring(picture.replace("&#8203;", ""))
assert formula.startswith(chr(92) + "begin")
for figure in (units, run):
    assert set(json.loads(json.dumps(figure))) == {"data", "layout"}
assert not {"streamlit", "plotly", "pandas"} & set(sys.modules)
"""
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT, timeout=120)

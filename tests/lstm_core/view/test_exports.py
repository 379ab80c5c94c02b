"""Every picture is one call, from a run to SVG, HTML, LaTeX or a figure, that works in a notebook."""

import inspect
import subprocess
import sys

from lstm_core import view
from tests.conftest import ROOT


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

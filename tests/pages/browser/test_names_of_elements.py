"""Styles that take hold of Streamlit's own elements name elements which this release has."""

import re
from pathlib import Path

import streamlit

from pages._ui.browser import upload_box
from tests.conftest import ROOT

SHEETS = [*sorted((ROOT / "assets").rglob("*.css")), Path(upload_box.__file__)]


def test_a_style_names_elements_that_streamlit_has():
    scripts = (Path(streamlit.__file__).parent / "static" / "static" / "js").glob("*.js")
    made = re.findall(r"[\"'`.](st[A-Z]\w+)", "\n".join(one.read_text("utf-8") for one in scripts))
    for sheet in SHEETS:
        named = re.findall(r'data-testid="(\w+)"|\.(st[A-Z]\w+)', sheet.read_text("utf-8"))
        missing = {test_id or css_class for test_id, css_class in named} - set(made)
        assert not missing, (
            f"Streamlit {streamlit.__version__} has no element named {', '.join(sorted(missing))} any more, "
            f"so {sheet.name} no longer styles it: find what it is called now, and write that there."
        )

"""Charts reach the browser as Streamlit would have sent them, had it validated them on each change."""

import json

import plotly.graph_objects as go
import pytest
import streamlit as st
from plotly.basedatatypes import BaseFigure
from streamlit.testing.v1 import AppTest

from tests.collected import collected
from tests.pages.apps import PAGES, opened


def said(spec):
    """Without what is set to nothing or to no shapes, which is as good as not set."""
    if isinstance(spec, dict):
        return {name: said(value) for name, value in spec.items() if value not in (None, [])}
    return [said(value) for value in spec] if isinstance(spec, list) else spec


QUERIES = [{"preset": "leaky"}, {"preset": "random", "pin_f.1.2": "0.5", "unit": "2"}]


@collected("query", QUERIES)
@collected("page", PAGES)
def test_every_chart_on_a_page_is_valid_and_complete(page, query):
    for found in opened(page, lang="en", **query).get("plotly_chart"):
        sent = json.loads(found.proto.spec)
        assert said(json.loads(go.Figure(sent).to_json())) == said(sent)


def test_a_chart_looks_the_same_as_by_streamlit_itself():
    def page():

        from pages._ui.browser.charts import chart

        figure = {"data": [{"type": "scatter", "x": [1, 2], "y": [3, 4]}], "layout": {"height": 200}}
        chart(figure, key="ours")
        st.plotly_chart(figure, key="theirs")

    ours, theirs = AppTest.from_function(page).run().get("plotly_chart")
    assert json.loads(ours.proto.spec) == json.loads(theirs.proto.spec), (
        "Streamlit or Plotly sends a figure in another form than before, and pages/_ui/browser/charts.py "
        "does not: charts would look different from what st.plotly_chart makes of the same figure."
    )


def test_no_chart_is_validated_by_plotly_on_a_change(monkeypatch):
    def page():
        from pages._ui.browser.charts import chart

        chart(
            {"data": [{"type": "scatter", "x": [1, 2], "y": [3, 4]}], "layout": {"height": 200}}, key="ours"
        )

    at = AppTest.from_function(page).run()  # Plotly's template is made here, once in a process.
    monkeypatch.setattr(BaseFigure, "__init__", lambda *_, **__: pytest.fail(
        "A figure is validated on each change, which takes 20 ms of the server: Streamlit no longer "
        "takes what pages/_ui/browser/charts.py hands it for a figure."
    ))  # fmt: skip
    assert not at.run().exception and len(at.get("plotly_chart")) == 1

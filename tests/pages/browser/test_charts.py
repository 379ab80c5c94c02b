"""Charts reach the browser as Streamlit would have sent them, had it validated them on each change."""

import json

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.apps import PAGES, opened


def said(spec):
    """Without what is set to nothing or to no shapes, which is as good as not set."""
    if isinstance(spec, dict):
        return {name: said(value) for name, value in spec.items() if value not in (None, [])}
    return [said(value) for value in spec] if isinstance(spec, list) else spec


QUERIES = [{"preset": "leaky"}, {"preset": "random", "pin_f.1.2": "0.5", "unit": "2"}]


@pytest.mark.parametrize("query", QUERIES, ids=str)
@pytest.mark.parametrize("page", PAGES)
def test_every_chart_on_a_page_is_valid_and_complete(page, query):
    for found in opened(page, lang="en", **query).get("plotly_chart"):
        sent = json.loads(found.proto.spec)
        assert said(json.loads(go.Figure(sent).to_json())) == said(sent)


def test_a_chart_looks_the_same_as_by_streamlit_itself():
    def page():
        import streamlit as st

        from pages._ui.browser.charts import chart

        figure = {"data": [{"type": "scatter", "x": [1, 2], "y": [3, 4]}], "layout": {"height": 200}}
        chart(figure, key="ours")
        st.plotly_chart(figure, key="theirs")

    ours, theirs = AppTest.from_function(page).run().get("plotly_chart")
    assert json.loads(ours.proto.spec) == json.loads(theirs.proto.spec)

"""Charts that are checked already: plain dict -> **chart** -> Plotly in the browser."""

from __future__ import annotations

from functools import cache

import streamlit as st


def chart(figure: dict, **options) -> None:
    """`st.plotly_chart` without the `go.Figure` that Streamlit makes of each dict to validate it.

    That took a third of a change's time on the server, 20 ms; a test validates all figures instead.
    """
    st.plotly_chart(_checked()(figure), **options)


@cache
def _checked():
    """The class of such figures. Plotly is loaded here, where the first chart is drawn."""
    from plotly.basedatatypes import BaseFigure
    from plotly.graph_objs import Figure

    @cache
    def template() -> dict:
        return Figure().to_dict()["layout"]["template"]

    class Checked(BaseFigure):
        def __init__(self, figure: dict):
            self.__dict__["figure"] = figure

        def to_dict(self) -> dict:
            layout = {**self.__dict__["figure"]["layout"], "template": template()}
            return {**self.__dict__["figure"], "layout": layout}

    return Checked

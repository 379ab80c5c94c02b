"""Charts that are not validated again on each change: plain dict -> **chart** -> Plotly in the browser."""

from __future__ import annotations

from functools import cache

import streamlit as st


def chart(figure: dict, **options) -> None:
    """Does what `st.plotly_chart` does, but makes no `go.Figure` of the dict to validate it.

    Validating took 20 ms, a third of the server's time for a change. A test validates all figures instead.
    """
    st.plotly_chart(_checked()(figure), **options)


@cache
def _checked():
    """The class of figures that Streamlit takes as validated: it asks them for nothing but `to_dict`.

    Plotly is imported here, when the first chart is drawn, because its import takes long.
    """
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

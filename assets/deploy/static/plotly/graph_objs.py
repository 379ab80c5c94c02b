"""The look that Streamlit gives to charts, as the template of an empty figure."""

_AXIS = {
    "gridcolor": "rgba(128, 132, 140, 0.2)",
    "zerolinecolor": "rgba(128, 132, 140, 0.35)",
    "linecolor": "rgba(128, 132, 140, 0.4)",
    "tickfont": {"size": 12},
    "title": {"font": {"size": 14}, "standoff": 10},
    "automargin": True,
    "ticks": "",
}


class Figure:
    def to_dict(self) -> dict:
        layout = {
            "paper_bgcolor": "rgba(0, 0, 0, 0)",
            "plot_bgcolor": "rgba(0, 0, 0, 0)",
            "font": {"size": 12},
            "margin": {"t": 20, "r": 0, "b": 20, "l": 0},
            "hoverlabel": {"font": {"size": 12}},
            "xaxis": {**_AXIS, "showgrid": False, "zeroline": False},
            "yaxis": _AXIS,
        }
        return {"layout": {"template": {"layout": layout}}}

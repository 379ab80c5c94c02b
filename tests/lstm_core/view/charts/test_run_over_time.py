"""run_over_time(): every line is the run's, on an axis that holds it, and dragging zooms."""

from __future__ import annotations

import plotly.graph_objects as go

from lstm_core.rounding import exact
from lstm_core.view.charts.run_over_time import ROWS, run_over_time
from tests.collected import collected
from tests.lstm_core.view.pictures import TRACES, is_plain, without_slots, words


@collected("name", TRACES)
def test_lines_are_the_run_on_axes_that_hold_it(name):
    trace = TRACES[name]
    figure = run_over_time(trace, 1, 1, words)
    assert is_plain(figure)
    go.Figure(figure)
    lines = without_slots(figure)["data"]
    assert [line["name"] for line in lines] == [key for keys in ROWS for key in keys]
    for line in lines:
        values = getattr(trace, line["name"])[:, 0].tolist()
        assert line["y"] == values and line["customdata"] == [exact(value) for value in values]
        low, high = figure["layout"][line["yaxis"].replace("y", "yaxis")]["range"]
        assert low <= min(values) and max(values) <= high


def test_dragging_across_zooms_into_the_steps():
    layout = run_over_time(TRACES["latch"], 1, 3, words)["layout"]
    assert layout["dragmode"] == "zoom" and layout["xaxis"]["fixedrange"] is False

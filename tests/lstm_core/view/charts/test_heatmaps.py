"""heatmaps(): every unit over time, on fixed scales, where a click finds unit and step."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import pytest

from lstm_core.view.charts.heatmaps import CELLS, MOST_POINTS, MOST_STEPS, MOST_UNITS, drawn_of, heatmaps
from tests.lstm_core.view.pictures import drawn, is_plain, words


@pytest.mark.parametrize(("H", "T"), [(2, 5), (4, 40), (70, 7), (3, 500), (256, 300)])
def test_numbers_are_those_of_the_trace_and_scales_stand_still(H, T):
    trace = drawn(H, 2, T)
    figure = heatmaps(trace, 2, T, words)
    assert is_plain(figure)
    go.Figure(figure)
    maps = {trace["name"]: trace for trace in figure["data"] if trace["type"] == "heatmap"}
    assert (maps["f"]["zmin"], maps["f"]["zmax"]) == (0, 1)
    assert maps["C"]["zmin"] == -maps["C"]["zmax"] and maps["C"]["zmax"] >= np.abs(trace.C).max()
    for key, drawn_map in maps.items():
        steps, units = np.array(drawn_map["x"]), np.array(drawn_map["y"])
        np.testing.assert_array_equal(drawn_map["z"], getattr(trace, key)[np.ix_(steps - 1, units - 1)].T)
        assert len(steps) <= MOST_STEPS and len(units) <= MOST_UNITS


def test_every_drawn_unit_answers_to_a_click():
    trace = drawn(6, 1, 400)
    for cells in (found for found in heatmaps(trace, 1, 1, words)["data"] if found["name"] == CELLS):
        assert set(cells["y"]) == set(range(1, 7))
        assert len(set(cells["x"])) <= MOST_POINTS and set(cells["x"]) <= set(range(1, 401))
        assert len(cells["customdata"]) == len(cells["x"])


@pytest.mark.parametrize(("count", "most"), [(1, 64), (64, 64), (65, 64), (2000, 120)])
def test_what_is_drawn_starts_at_1_evenly_and_within_the_limit(count, most):
    places = drawn_of(count, most)
    assert places[0] == 1 and places[-1] <= count and len(places) <= most
    assert len(set(np.diff(places))) <= 1

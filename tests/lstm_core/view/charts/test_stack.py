"""stack(): rows over one time axis, where a click anywhere in a step's column finds the step."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from lstm_core.view.charts.stack import SLOTS, Drawn, stack

LINE = {"type": "scatter", "name": "C", "x": [1, 2, 3], "y": [0.0, 1.0, 0.5]}


def rows(count: int) -> list[Drawn]:
    return [Drawn(50 + 10 * k, [LINE], {"range": [-1, 2]}, [("C", "#000000")]) for k in range(count)]


@pytest.mark.parametrize("columns", [1, 2])
def test_a_click_anywhere_finds_its_step(columns):
    figure = stack([rows(3)] * columns, 3, 2, "step", ["left", "right"][:columns])
    slots = [trace for trace in figure["data"] if trace["name"] == SLOTS]
    assert len(slots) == 3 * columns
    for slot in slots:
        assert slot["x"] == [1, 2, 3] and slot["width"] == 1
        low, high = figure["layout"][slot["yaxis"].replace("y", "yaxis")]["range"]
        assert slot["base"] == [low] * 3 and slot["y"] == [high - low] * 3
    go.Figure(figure)


def test_without_a_step_in_focus_nothing_answers_and_nothing_is_marked():
    figure = stack([rows(2)], 3, None, "step")
    assert [trace["name"] for trace in figure["data"]] == ["C", "C"]
    assert figure["layout"]["shapes"] == []


def test_rows_lie_one_under_the_other_and_fill_the_height():
    layout = stack([rows(3)], 3, 1, "step")["layout"]
    domains = [layout[name]["domain"] for name in ("yaxis", "yaxis2", "yaxis3")]
    assert domains[0][1] == 1 and domains[-1][0] == pytest.approx(0, abs=1e-12)
    assert all(upper[0] > lower[1] for upper, lower in zip(domains, domains[1:], strict=False))
    assert layout["xaxis"]["anchor"] == "y3"


def test_columns_stand_beside_each_other():
    layout = stack([rows(1), rows(1)], 3, None, "step")["layout"]
    left, right = layout["xaxis"]["domain"], layout["xaxis2"]["domain"]
    assert left[0] == 0 and right[1] == pytest.approx(1) and left[1] < right[0]

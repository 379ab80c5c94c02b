"""Behind a pinned run the time strip draws the run without pins: faint, dotted, and only where it belongs."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest

from lstm_core.presets import preset
from lstm_core.view.time_strip import time_strip
from tests.lstm_core.view.pictures import is_plain, without_slots, words
from tests.lstm_core.view.test_time_strip import ROWS, row_of

FREE = preset("random")
PINNED = FREE.pinned("pin_f.1.5", 0.0).pinned("pin_c.2", -1.0)
GHOSTLY = ("f", "i", "o", "C_tilde", "tanh_C", "h", "C")


def strip(unit=1, pinned=PINNED, free=FREE, t=5, rows=ROWS) -> dict:
    return without_slots(time_strip(pinned.trace(), unit, t, rows, words, free.trace() if free else None))


def ghosts(figure) -> list[dict]:
    return [drawing for drawing in figure["data"] if drawing.get("line", {}).get("dash") == "dot" and
            drawing.get("opacity", 1) < 1]  # fmt: skip


@pytest.mark.parametrize("unit", [1, 2])
def test_the_ghost_is_the_run_without_pins(unit):
    free, drawn = FREE.trace(), ghosts(strip(unit))
    assert [ghost["name"] for ghost in drawn] == list(GHOSTLY)
    for ghost in drawn:
        assert ghost["y"] == getattr(free, ghost["name"])[:, unit - 1].tolist()
        assert ghost["x"] == list(range(1, free.T + 1)) and ghost["mode"] == "lines"


def test_all_else_is_drawn_as_without_a_ghost():
    with_ghost, without = strip(), strip(free=None)
    assert not ghosts(without)
    assert [d for d in with_ghost["data"] if d not in ghosts(with_ghost)] == without["data"]
    assert [d["y"] for d in without["data"] if d["name"] == "f"] == [PINNED.trace().f[:, 0].tolist()]


def test_it_stands_behind_the_run_in_the_same_row():
    data = strip()["data"]
    for ghost in ghosts(strip()):
        runs = [
            d
            for d in data
            if d["name"] == ghost["name"] and d["type"] == "scatter" and d not in ghosts(strip())
        ]
        in_row = [d for d in runs if row_of(d) == row_of(ghost)]
        assert in_row and data.index(ghost) < min(data.index(d) for d in in_row)


def test_it_says_nothing_on_hover_so_that_only_the_run_does():
    assert all(ghost["hoverinfo"] == "skip" and not ghost["hovertemplate"] for ghost in ghosts(strip()))


def test_it_lies_exactly_over_the_run_where_the_pin_changes_nothing():
    late = FREE.pinned("pin_o.2.12", 0.5)
    for ghost in ghosts(strip(1, late)):
        run = getattr(late.trace(), ghost["name"])[:, 0]
        np.testing.assert_array_equal(ghost["y"], run)


def test_the_figure_is_plain_data_that_plotly_accepts():
    figure = strip(2)
    assert is_plain(figure)
    json.dumps(figure, allow_nan=False)
    go.Figure(figure)


@pytest.mark.parametrize(
    ("key", "address", "value"),
    [
        ("counter", "pin_f.1", 0.0),
        ("runaway", "pin_i.1", 0.0),
        ("latch", "pin_f.1", 1.0),
        ("random", "pin_f.1", 1.0),
    ],
)
def test_run_and_ghost_both_lie_within_the_axes(key, address, value):
    figure = strip(1, preset(key).pinned(address, value), preset(key), t=1)
    for drawing in figure["data"]:
        if drawing["type"] != "scatter" or "stackgroup" in drawing:
            continue
        low, high = figure["layout"][f"yaxis{'' if row_of(drawing) == 1 else row_of(drawing)}"]["range"]
        assert low <= min(drawing["y"]) and max(drawing["y"]) <= high, drawing["name"]

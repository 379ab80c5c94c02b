"""The time strip shows the numbers of the trace and no others, as plain data on axes that stand still."""

import json
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from lstm_core import LSTMParams, forward
from lstm_core.presets import PRESETS, preset
from lstm_core.quantities import QUANTITIES
from lstm_core.view.palette import COLOURS, DASHES, MARKERS
from lstm_core.view.series import MAX_MARKERS
from lstm_core.view.time_strip import MAX_INPUTS, Row, time_strip
from tests.lstm_core.view.pictures import TRACES, drawn, is_plain, without_slots, words

ROWS = [
    Row("inputs"),
    Row("lines", 90, ("f", "i", "o")),
    Row("lines", 70, ("C_tilde",)),
    Row("lines", 70, ("tanh_C", "h")),
    Row("ledger", 110),
    Row("provenance", 110),
]


def strip(trace, unit=1, t=1, rows=ROWS) -> dict:
    return without_slots(time_strip(trace, unit, t, rows, words))


def named(figure: dict, key: str) -> list[dict]:
    return [drawing for drawing in figure["data"] if drawing["name"] == key]


def row_of(drawing: dict) -> int:
    return int(drawing["yaxis"].removeprefix("y") or 1)


@pytest.mark.parametrize("name", TRACES)
def test_the_figure_is_plain_data_that_plotly_accepts(name):
    trace = TRACES[name]
    for unit in range(1, trace.params.H + 1):
        figure = strip(trace, unit, trace.T)
        assert is_plain(figure)
        json.dumps(figure, allow_nan=False)
        go.Figure(figure)


@pytest.mark.parametrize("name", TRACES)
def test_lines_are_the_numbers_of_the_trace(name):
    trace = TRACES[name]
    for unit in range(1, trace.params.H + 1):
        figure = strip(trace, unit)
        for key in ("f", "i", "o", "C_tilde", "tanh_C", "h", "C"):
            values = getattr(trace, key)[:, unit - 1].tolist()
            lines = [line for line in named(figure, key) if line["type"] == "scatter"]
            assert len(lines) == (2 if key == "C" else 1)
            for line in lines:
                assert line["x"] == list(range(1, trace.T + 1)) and line["y"] == values
                assert line["customdata"] == [repr(value) for value in values]
                assert "%{customdata}" in line["hovertemplate"]
                assert line["mode"] == ("lines" if trace.T > MAX_MARKERS else "lines+markers")


@pytest.mark.parametrize("name", TRACES)
def test_inputs_are_the_numbers_of_the_trace(name):
    trace = TRACES[name]
    [drawing] = named(strip(trace), "x")
    shown = min(trace.params.D, MAX_INPUTS)
    assert drawing["z"] == trace.x[:, :shown].T.tolist()
    assert drawing["y"] == list(range(1, shown + 1)) and drawing["x"] == list(range(1, trace.T + 1))
    assert drawing["customdata"] == [[repr(value) for value in line] for line in drawing["z"]]
    assert drawing["zmin"] == -drawing["zmax"] and drawing["zmax"] >= abs(trace.x).max()


@pytest.mark.parametrize("name", TRACES)
def test_ledger_bars_start_and_end_where_the_ledger_says(name):
    trace = TRACES[name]
    for unit in range(1, trace.params.H + 1):
        figure = strip(trace, unit, rows=[Row("ledger", 110)])
        bars = [drawing for drawing in figure["data"] if drawing["type"] == "bar"]
        if trace.T > MAX_MARKERS:
            assert not bars
            continue
        kept, erased, written, C, C_prev = (
            getattr(trace, key)[:, unit - 1] for key in ("kept", "erased", "written", "C", "C_prev")
        )
        assert [bar["name"] for bar in bars] == ["kept", "erased", "kept", "written"]
        values_and_bases = [(kept, 0 * C), (erased, kept), (kept, 0 * C), (written, kept)]
        for bar, (values, base) in zip(bars, values_and_bases, strict=True):
            assert bar["y"] == values.tolist() and bar["base"] == base.tolist()
            assert bar["customdata"] == [repr(value) for value in values.tolist()]
        np.testing.assert_allclose(np.add(bars[1]["base"], bars[1]["y"]), C_prev, atol=1e-9)
        np.testing.assert_array_equal(np.add(bars[3]["base"], bars[3]["y"]), C)
        before, after = ([bar["offset"] for bar in bars[half : half + 2]] for half in (0, 2))
        assert set(before) == {-0.42} and set(after) == {0.0}
        assert "pattern" in bars[1]["marker"] and not any("pattern" in bars[k]["marker"] for k in (0, 2, 3))


@pytest.mark.parametrize("name", TRACES)
def test_no_axis_is_left_to_chance(name):
    trace = TRACES[name]
    layout = strip(trace)["layout"]
    assert layout["xaxis"]["range"] == [0.5, trace.T + 0.5]
    assert layout["xaxis"]["fixedrange"] is True
    axes = {name: axis for name, axis in layout.items() if name.startswith("yaxis")}
    assert len(axes) == len(ROWS)
    assert all(axis["fixedrange"] and len(axis["range"]) == 2 for axis in axes.values())


@pytest.mark.parametrize("name", TRACES)
def test_everything_drawn_lies_within_its_axis(name):
    trace = TRACES[name]
    figure = strip(trace)
    for drawing in figure["data"]:
        if drawing["type"] == "heatmap":
            continue
        low, high = figure["layout"][f"yaxis{'' if row_of(drawing) == 1 else row_of(drawing)}"]["range"]
        base = np.array(drawing.get("base", np.zeros(trace.T)))
        for end in (base, base + drawing["y"]):
            assert low <= end.min() and end.max() <= high


def test_axes_stand_still_while_a_slider_moves():
    latch = preset("latch")
    before = strip(latch.trace())["layout"]
    for bias in np.linspace(-12, 12, 9):
        for moved in (latch.edited("b_f.1", bias), latch.edited("b_o.1", bias), latch.edited("b_i.1", bias)):
            layout = strip(moved.trace(), rows=ROWS[:4])["layout"]
            for axis in ("xaxis", "yaxis", "yaxis2", "yaxis3", "yaxis4"):
                assert layout[axis]["range"] == before[axis]["range"]


def test_gates_have_the_range_of_gates_and_signed_values_that_of_signed_ones():
    layout = strip(TRACES["latch"])["layout"]
    assert layout["yaxis2"]["tickvals"] == [0, 0.5, 1] and layout["yaxis2"]["range"] == [-0.08, 1.08]
    for axis in ("yaxis3", "yaxis4"):
        assert layout[axis]["tickvals"] == [-1, 0, 1] and layout[axis]["range"] == [-1.16, 1.16]


@pytest.mark.parametrize("t", [1, 7, 16])
def test_the_step_in_focus_is_marked(t):
    [mark] = strip(TRACES["latch"], t=t)["layout"]["shapes"]
    assert (mark["x0"], mark["x1"]) == (t - 0.5, t + 0.5)


def test_another_focus_changes_nothing_but_the_mark():
    first, second = strip(TRACES["latch"], t=3), strip(TRACES["latch"], t=9)
    assert first["data"] == second["data"] and first["layout"] | second["layout"] == second["layout"]
    assert first["layout"] != second["layout"]


def test_units_are_drawn_apart():
    trace = drawn(H=3, D=2)
    lines = [named(strip(trace, unit), "h")[0]["y"] for unit in (1, 2, 3)]
    assert lines == trace.h.T.tolist() and lines[0] != lines[1]


@pytest.mark.parametrize("key", ["f", "i", "C_tilde", "o", "C", "h", "tanh_C"])
def test_a_quantity_has_its_hue_its_dash_and_its_marker(key):
    row = Row("ledger", 60) if key == "C" else Row("lines", 60, (key,))
    [line] = named(strip(TRACES["latch"], rows=[row]), key)
    assert line["line"]["color"] == line["marker"]["color"] == COLOURS[QUANTITIES[key].colour]
    if key != "C":
        assert (line["line"]["dash"], line["marker"]["symbol"]) == (DASHES[key], MARKERS[key])


def test_lines_that_share_a_row_differ_without_colour():
    for row in ROWS:
        looks = [(DASHES[key], MARKERS[key]) for key in row.keys]
        assert len({dash for dash, _ in looks}) == len({marker for _, marker in looks}) == len(row.keys)


def test_rows_lie_one_under_the_other_and_fill_the_height():
    layout = strip(TRACES["random"])["layout"]
    domains = [layout[f"yaxis{number or ''}"]["domain"] for number in ("", 2, 3, 4, 5, 6)]
    assert domains[0][1] == 1 and domains[-1][0] == pytest.approx(0, abs=1e-9)
    assert all(above[0] > below[1] for above, below in zip(domains, domains[1:], strict=False))
    height = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    sizes = [round((top - bottom) * height) for bottom, top in domains]
    assert sizes[1:] == [row.height for row in ROWS[1:]]


def test_every_name_on_the_chart_is_a_quantity():
    figure = strip(TRACES["latch"], rows=ROWS[:-1])
    assert {drawing["name"] for drawing in figure["data"]} <= QUANTITIES.keys()


@pytest.mark.parametrize("key", PRESETS)
def test_a_picture_depends_on_the_trace_alone(key):
    assert strip(preset(key).trace()) == strip(preset(key).trace())


def test_what_was_never_drawn_before_is_drawn_too():
    absurd = LSTMParams(np.full((4, 1, 2), 1e300), np.full((4, 1), -1e300))
    figure = strip(forward(absurd, [[1e300], [-1e300]], C0=1e300))
    json.dumps(figure, allow_nan=False)
    go.Figure(figure)


def test_rows_stand_alone_as_well():
    for row in ROWS:
        figure = strip(TRACES["latch"], rows=[replace(row, height=row.height or 0)])
        assert figure["layout"]["xaxis"]["anchor"] == "y" and "yaxis2" not in figure["layout"]
        go.Figure(figure)

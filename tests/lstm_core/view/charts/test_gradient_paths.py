"""gradient_paths() and then_and_now(): what they draw is what the core computed, on axes that hold it."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import pytest

from lstm_core.memory import half_life_of_bias
from lstm_core.paths import memory_paths
from lstm_core.view.charts.gradient_paths import LEAST, gradient_paths
from lstm_core.view.charts.then_and_now import MARKED_BIASES, half_life_curve, then_and_now
from lstm_core.workbench.presets import PRESETS, preset
from tests.lstm_core.view.pictures import is_plain, without_slots, words


@pytest.mark.parametrize("key", PRESETS)
def test_curves_and_bars_are_what_the_core_computed(key):
    paths = memory_paths(preset(key).trace(), 1)
    figure = without_slots(gradient_paths(paths, 3, words))
    assert is_plain(figure)
    go.Figure(figure)
    drawn = {}
    for trace in figure["data"]:
        drawn.setdefault(trace["name"], []).append(trace)
    for name, values in {"f": paths.direct, "C": paths.full, "rnn": paths.rnn, "norm": paths.norm}.items():
        if values is None:
            assert name not in drawn
            continue
        (curve,) = drawn[name]
        np.testing.assert_array_equal(curve["y"], np.maximum(np.abs(values), LEAST))
        assert [float(text) for text in curve["customdata"]] == values.tolist()
        low, high = figure["layout"]["yaxis"]["range"]
        assert 10**low < min(curve["y"]) and max(curve["y"]) < 10**high
    (wrote,) = drawn["written"]
    np.testing.assert_array_equal(wrote["y"], paths.written)
    assert len(drawn["x"]) == paths.matters.shape[1]
    for d, bar in enumerate(drawn["x"]):
        np.testing.assert_array_equal(bar["y"], paths.matters[:, d])


def test_nine_tenths_leave_a_hundredth_after_44_steps():
    """The page's words on f = 0.9."""
    assert 0.9**44 < 0.01 < 0.9**43


def test_both_sides_have_the_same_scales_and_the_runs_numbers():
    long = preset("runaway").tiled(120)
    runs = [long.with_variant(cell).trace() for cell in ("1997", "lstm")]
    figure = then_and_now(*runs, 1, words)
    go.Figure(figure)
    layout = figure["layout"]
    for row in (1, 2, 3):
        left, right = (layout["yaxis" + (str(n) if n > 1 else "")]["range"] for n in (row, row + 3))
        assert left == right
    for trace, (run, key) in zip(
        figure["data"], [(run, key) for run in runs for key in ("C", "tanh_C", "h")], strict=True
    ):
        assert trace["name"] == key and trace["y"] == getattr(run, key)[:, 0].tolist()


@pytest.mark.parametrize("b_f", [-50.0, -1.5, 0.0, 3.3, 50.0])
def test_the_curve_of_half_lives_marks_the_taught_biases_and_ones_own(b_f):
    figure = half_life_curve(b_f, words)
    go.Figure(figure)
    curve, marks = figure["data"]
    assert curve["y"] == [half_life_of_bias(b) for b in curve["x"]]
    assert tuple(marks["x"][:-1]) == MARKED_BIASES
    assert marks["x"][-1] == min(max(b_f, -2), 8)
    assert marks["text"][:4] == ["1.0", "2.2", "5.5", "103.2"]

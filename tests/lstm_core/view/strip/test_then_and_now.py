"""then_and_now() and half_life_curve(): both sides on the same scales, and the half-life of every bias."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from lstm_core.memory import half_life_of_bias
from lstm_core.rounding import text
from lstm_core.view.strip.half_life import HIGH, LOW, half_life_curve
from lstm_core.view.strip.then_and_now import HEIGHTS, then_and_now
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.view.pictures import words
from tests.lstm_core.view.strips import Strip, moves, number


def sides(T: int, t: int, last: int | None = None):
    """The two runs, the sections of the picture, and the strip within each."""
    long = preset("runaway").tiled(T)
    runs = [long.with_variant(cell).trace() for cell in ("1997", "lstm")]
    sections = list(ET.fromstring(then_and_now(*runs, 1, t, words, last)))
    return runs, sections, [Strip(ET.tostring(section[-1], "unicode")) for section in sections]


@collected("T, last", [(20, None), (120, 20)])
def test_both_sides_have_the_same_scales_and_the_runs_numbers_and_only_steps_of_the_inputs_are_chosen(
    T, last
):
    runs, sections, strips = sides(T, 3, last)
    left, right = ([strip.ticks(row) for row in strip.rows] for strip in strips)
    assert left == right
    for run, section, strip in zip(runs, sections, strips, strict=True):
        assert f"C={text(run.C[-1, 0])}" in "".join(section.itertext())
        assert (strip.focus.get("aria-valuenow"), strip.focus.get("aria-valuemax")) == ("3", "20")
        assert text(run.C[2, 0]) in strip.focus.get("aria-valuetext")
        for row, key in zip(strip.rows, HEIGHTS, strict=True):
            values, [(_, said)] = getattr(run, key)[:, 0], strip.says(row)
            along = list(strip.line(row, key).values())
            np.testing.assert_allclose(along, values, atol=0.11 * strip.pixel(row))
            np.testing.assert_allclose([float(number) for number in said], values, rtol=1e-5)
            *everywhere, chosen = strip.all(row, **{"class": "reach"})
            assert chosen.get("data-role") == "step"
            assert number(chosen.get("width")[:-1]) == pytest.approx(100 * 20 / T, 0.01)
            assert all(area.get("data-role") is None for area in everywhere)


@collected("T, t", [(200, 15), (200, 1), (120, 3), (1000, 15)])
def test_the_numbers_of_the_steps_do_not_run_together_though_two_stand_side_by_side(T, t):
    for strip in sides(T, t, last=20)[2]:
        axis = strip.one(strip.plot, **{"data-key": "axis"})
        ticks = [(float(e.get("x")[:-1]) / 100 * 270, e.text) for e in axis]  # pixels beside a sidebar
        for (x, step), (after, _) in zip(ticks, ticks[1:], strict=False):
            assert after - x > 0.58 * 12 * len(step) + 3, (step, x, after)


@collected("b_f", [-50.0, -1.5, 0.0, 3.3, 50.0])
def test_the_curve_of_half_lives_marks_the_taught_biases_and_ones_own(b_f):
    picture = ET.fromstring(f"<div>{half_life_curve(b_f, 1, words)}</div>")
    elements = {e.get("data-key"): e for e in picture.iter() if e.get("data-key")}
    row, curve, own = (elements[key] for key in ("row0", "curve", "own"))
    biases = [number(head.removeprefix("b_f = ")) for head in row.get("data-heads").split("|")]
    said = [float(value) for value in curve.get("data-values").split(" ")]
    assert len(biases) == len(said) == int(row.get("data-steps"))
    np.testing.assert_allclose(said, half_life_of_bias(biases), rtol=1e-5)
    ys = [y for _, y in moves(curve.get("d"))]
    shown = min(max(b_f, LOW), HIGH)
    assert float(own.get("cy")) == pytest.approx(np.interp(shown, biases, ys), abs=0.2)
    across = np.interp(shown, biases, range(len(biases)))
    assert float(own.get("cx")[:-1]) / 100 * len(biases) - 0.5 == pytest.approx(across, abs=0.01)
    assert {"1.0", "2.2", "5.5", "103.2"} <= {e.text for e in row.iter("text")}  # of b_f = 0, 1, 2 and 5
    assert text(half_life_of_bias(b_f), decimals=1) in "".join(elements["now"].itertext())

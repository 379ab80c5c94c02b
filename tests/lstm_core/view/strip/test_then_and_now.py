"""then_and_now() and half_life_curve(): both sides on the same scales, and the half-life of every bias."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from lstm_core.memory import half_life_of_bias
from lstm_core.rounding import text
from lstm_core.view.strip.half_life import HIGH, LOW, MARKED_BIASES, half_life_curve
from lstm_core.view.strip.then_and_now import HEIGHTS, then_and_now
from lstm_core.workbench.presets import preset
from tests.lstm_core.view.pictures import words
from tests.lstm_core.view.strips import Strip, moves


def sides(T: int, t: int, last: int | None = None):
    """The two runs, the sections of the picture, and the strip within each."""
    long = preset("runaway").tiled(T)
    runs = [long.with_variant(cell).trace() for cell in ("1997", "lstm")]
    sections = list(ET.fromstring(then_and_now(*runs, 1, t, words, last)))
    return runs, sections, [Strip(ET.tostring(section[-1], "unicode")) for section in sections]


@pytest.mark.parametrize("T", [20, 120])
def test_both_sides_have_the_same_scales_and_the_runs_numbers(T):
    runs, sections, strips = sides(T, 3)
    for number, key in enumerate(HEIGHTS):
        left, right = (strip.ticks(strip.rows[number]) for strip in strips)
        assert left == right
        for run, strip in zip(runs, strips, strict=True):
            row, values = strip.rows[number], getattr(run, key)[:, 0]
            np.testing.assert_allclose(
                list(strip.line(row, key).values()), values, atol=0.11 * strip.pixel(row)
            )
            [(_, said)] = strip.says(row)
            np.testing.assert_allclose([float(number) for number in said], values, rtol=1e-5)
    for run, section in zip(runs, sections, strict=True):
        assert f"C={text(run.C[-1, 0])}" in "".join(section.itertext())


def test_the_step_in_focus_is_marked_on_both_sides_and_only_steps_of_the_inputs_can_be_chosen():
    runs, _, strips = sides(120, 3, last=20)
    for run, strip in zip(runs, strips, strict=True):
        assert (strip.focus.get("aria-valuenow"), strip.focus.get("aria-valuemax")) == ("3", "20")
        assert text(run.C[2, 0]) in strip.focus.get("aria-valuetext")
        for row in strip.rows:
            everywhere, chosen = strip.all(row, **{"class": "reach"})
            assert everywhere.get("width") == "100%" and everywhere.get("data-role") is None
            assert chosen.get("data-role") == "step" and float(chosen.get("width")[:-1]) == pytest.approx(
                100 / 6, 0.01
            )


@pytest.mark.parametrize("T, t", [(200, 15), (200, 1), (120, 3), (1000, 15)])
def test_the_numbers_of_the_steps_do_not_run_together_though_two_stand_side_by_side(T, t):
    for strip in sides(T, t, last=20)[2]:
        axis = strip.one(strip.plot, **{"data-key": "axis"})
        ticks = [(float(e.get("x")[:-1]) / 100 * 270, e.text) for e in axis]  # pixels beside a sidebar
        for (x, number), (after, _) in zip(ticks, ticks[1:], strict=False):
            assert after - x > 0.58 * 12 * len(number) + 3, (number, x, after)


@pytest.mark.parametrize("b_f", [-50.0, -1.5, 0.0, 3.3, 50.0])
def test_the_curve_of_half_lives_marks_the_taught_biases_and_ones_own(b_f):
    picture = ET.fromstring(f"<div>{half_life_curve(b_f, 1, words)}</div>")
    elements = {e.get("data-key"): e for e in picture.iter() if e.get("data-key")}
    row, curve, own = (elements[key] for key in ("row0", "curve", "own"))
    biases = [
        float(head.removeprefix("b_f = ").replace("−", "-")) for head in row.get("data-heads").split("|")
    ]
    said = [float(value) for value in curve.get("data-values").split(" ")]
    assert len(biases) == len(said) == int(row.get("data-steps"))
    np.testing.assert_allclose(said, half_life_of_bias(biases), rtol=1e-5)
    ys = [y for _, _, y in moves(curve.get("d"))]
    shown = min(max(b_f, LOW), HIGH)
    assert float(own.get("cy")) == pytest.approx(np.interp(shown, biases, ys), abs=0.2)
    assert float(own.get("cx")[:-1]) / 100 * len(biases) - 0.5 == pytest.approx(
        np.interp(shown, biases, range(len(biases))), abs=0.01
    )
    written = [e.text for e in row.iter("text")]
    assert [text(half_life_of_bias(b), decimals=1) for b in MARKED_BIASES] == ["1.0", "2.2", "5.5", "103.2"]
    assert {"1.0", "2.2", "5.5", "103.2"} <= {*written}
    assert text(half_life_of_bias(b_f), decimals=1) in "".join(elements["now"].itertext())

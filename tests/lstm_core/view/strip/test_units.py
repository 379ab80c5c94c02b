"""units_over_time(): every unit over time, on fixed scales, where a click finds unit and step."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import numpy as np
import pytest

from lstm_core.rounding import exact, nice_limit
from lstm_core.view.palette import COLOURS, NEGATIVE, POSITIVE
from lstm_core.view.strip.units import MOST_STEPS, MOST_UNITS, drawn_of, units_over_time
from tests.collected import collected
from tests.lstm_core.view.pictures import drawn, words
from tests.lstm_core.view.strips import Strip

CELL = re.compile(r"M(\d+) ([\d.]+)h(\d+)v([\d.]+)h-\d+Z")


def picture(trace, unit=1, t=1) -> Strip:
    return Strip(units_over_time(trace, unit, t, words))


def shades(row: ET.Element) -> dict[tuple[int, int], float]:
    """(row of cells, step) -> how strong its colour is, below 0 for the colour of negative numbers."""
    found = {}
    for path in row.iter("path"):
        sign = -1 if path.get("fill") == NEGATIVE else 1
        for step, top, _, high in CELL.findall(path.get("d")):
            found[float(top), int(step) + 1] = sign * float(path.get("fill-opacity"))
            each = float(high)
    least = min(float(rect.get("y")) for rect in row.iter("rect") if rect.get("data-unit"))
    return {(round((top - least) / each), t): share for (top, t), share in found.items()}


@collected("H, T", [(2, 5), (4, 40), (70, 7), (3, 500)])
def test_each_cell_is_as_strong_as_its_number_on_a_scale_that_stands_still(H, T):
    trace = drawn(H, 2, T)
    f, C = picture(trace).rows
    units, steps = drawn_of(H, MOST_UNITS), drawn_of(T, MOST_STEPS)
    limit = nice_limit(trace.C[np.ix_(steps - 1, units - 1)])
    for row, values, strongest in ((f, trace.f, 1.0), (C, trace.C / limit, 0.6)):
        seen = shades(row)
        for (k, t), share in seen.items():
            assert share == pytest.approx(strongest * values[t - 1, units[k] - 1], abs=strongest / 32 + 0.006)
        missing = [(k, t) for k in range(len(units)) for t in steps.tolist() if (k, t) not in seen]
        assert all(abs(values[t - 1, units[k] - 1]) <= 1 / 32 for k, t in missing)
    assert {path.get("fill") for path in f.iter("path")} == {COLOURS["f"]}
    assert {path.get("fill") for path in C.iter("path")} == {POSITIVE, NEGATIVE}


def test_two_pictures_differ_in_no_element_so_that_a_drag_is_patched_quickly():
    tags = [[e.tag for e in picture(drawn(3, 2, 9, seed=seed)).root.iter()] for seed in (1, 2)]
    assert tags[0] == tags[1]


def test_every_unit_answers_to_a_click_and_says_its_exact_numbers_and_those_of_the_step_are_read_out():
    trace = drawn(3, 1, 6)
    shown = picture(trace, 2, 4)
    for row, key in zip(shown.rows, ("f", "C"), strict=True):
        answering = [rect for rect in row.iter("rect") if rect.get("data-unit")]
        assert [rect.get("data-unit") for rect in answering] == ["1", "2", "3"]
        for unit, rect in enumerate(answering):
            assert rect.get("data-role") == "step"
            numbers = [exact(value) for value in getattr(trace, key)[:, unit].tolist()]
            assert rect.get("data-values").split(" ") == numbers
        framed = [rect for rect in row.iter("rect") if rect.get("data-key") == "frame"]
        assert [rect.get("y") for rect in framed] == [answering[1].get("y")]
    for unit, f in enumerate(trace.f[3], 1):
        assert f"unit={unit} f {f:.2f}" in shown.focus.get("aria-valuetext")


@collected("count, most", [(1, 64), (64, 64), (65, 64), (2000, 120)])
def test_what_is_drawn_starts_at_1_evenly_and_within_the_limit(count, most):
    places = drawn_of(count, most).tolist()
    assert places[0] == 1 and places[-1] <= count and len(places) <= most
    assert len({after - before for before, after in pairwise(places)}) <= 1


def test_a_picture_of_many_units_stays_small():
    assert len(units_over_time(drawn(256, 2, 2000), 1, 1, words)) < 400_000

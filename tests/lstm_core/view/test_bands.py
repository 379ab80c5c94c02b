"""The provenance bands: whose writes C_t is made of, stacked so that their ends are C_t."""

import numpy as np
import pytest

from lstm_core.presets import preset
from lstm_core.trace import provenance
from lstm_core.view.bands import LEAST, MAX_STEPS, REST, provenance_bands, step_colour
from lstm_core.view.palette import INK, MUTED
from tests.lstm_core.view.pictures import TRACES, drawn, words


def bands_of(trace, unit=1):
    drawings, axis, labels = provenance_bands(trace, unit, words)
    *bands, line = drawings
    return bands, line, axis


BANDED = [name for name, trace in TRACES.items() if trace.T <= MAX_STEPS]


@pytest.mark.parametrize("name", BANDED)
def test_bands_add_up_to_the_memory_at_every_step(name):
    trace = TRACES[name]
    for unit in range(1, trace.params.H + 1):
        bands, line, _ = bands_of(trace, unit)
        C = trace.C[:, unit - 1]
        total = np.sum([band["y"] for band in bands], axis=0) if bands else np.zeros(trace.T)
        np.testing.assert_allclose(total, C, atol=1e-9 * max(1, abs(C).max()))
        assert line["name"] == "C" and line["y"] == C.tolist()
        assert line["customdata"] == [repr(value) for value in C.tolist()]


@pytest.mark.parametrize("name", BANDED)
def test_a_band_is_one_row_of_the_provenance(name):
    trace = TRACES[name]
    parts = provenance(trace)[:, :, 0]
    bands, _, _ = bands_of(trace)
    for band in bands:
        if band["name"] != REST:
            assert band["y"] == parts[int(band["name"])].tolist()
        assert band["customdata"] == [repr(value) for value in band["y"]]
    own = [int(band["name"]) for band in bands if band["name"] != REST]
    assert own == [s for s in range(trace.T + 1) if abs(parts[s]).max() > LEAST]


@pytest.mark.parametrize("name", BANDED)
def test_bands_are_stacked_without_gap_or_overlap(name):
    trace = TRACES[name]
    bands, _, _ = bands_of(trace)
    up, down = np.zeros(trace.T), np.zeros(trace.T)
    for band in bands:
        base, part = np.array(band["base"]), np.array(band["y"])
        np.testing.assert_allclose(base, np.where(part >= 0, up, down), atol=1e-9 * max(1, abs(base).max()))
        up, down = np.where(part >= 0, base + part, up), np.where(part < 0, base + part, down)
    np.testing.assert_allclose(up + down, trace.C[:, 0], atol=1e-6 * max(1, abs(up).max()))


@pytest.mark.parametrize("name", TRACES)
def test_the_axis_holds_all_bands_and_reads_at_round_numbers(name):
    bands, _, axis = bands_of(TRACES[name])
    low, high = axis["range"]
    for band in bands:
        ends = np.array(band["base"]) + band["y"]
        assert low <= ends.min() and ends.max() <= high
    assert low <= axis["tickvals"][0] and axis["tickvals"][-1] <= high and 0 in axis["tickvals"]


def test_what_came_before_the_first_step_is_grey_and_named_apart():
    bands, _, _ = bands_of(preset("latch").edited("C0.1", 2).trace())
    assert bands[0]["name"] == "0" and bands[0]["marker"]["color"] == MUTED
    assert bands[0]["hovertemplate"].startswith("provenance.start:")
    assert bands[1]["hovertemplate"].startswith("provenance.step s=")


def test_the_latch_is_made_of_its_two_stores():
    bands, _, _ = bands_of(preset("latch").trace())
    largest = sorted(bands, key=lambda band: -max(map(abs, band["y"])))[:2]
    assert {band["name"] for band in largest} == {"2", "15"}


def test_steps_grow_lighter_with_time_and_each_has_its_own_shade():
    shades = [step_colour(s, 20) for s in range(1, 21)]
    brightness = [sum(int(shade[k : k + 2], 16) for k in (1, 3, 5)) for shade in shades]
    assert brightness == sorted(brightness) and len(set(shades)) == 20
    assert step_colour(0, 20) == MUTED and step_colour(1, 1) == shades[0] and INK not in shades


def test_of_a_very_long_run_the_memory_alone_is_drawn():
    trace = TRACES["T=500"]
    bands, line, _ = bands_of(trace)
    assert trace.T > MAX_STEPS and not bands and line["y"] == trace.C[:, 0].tolist()


def test_small_parts_are_drawn_as_one():
    bands, _, _ = bands_of(drawn(H=1, D=1, T=200, seed=1))
    assert [band["name"] for band in bands].count(REST) <= 1
    tiny = preset("leaky").edited("x.2.1", 0.001).trace()
    bands, _, _ = bands_of(tiny)
    assert [band["name"] for band in bands] == [REST]
    assert bands[0]["y"] == pytest.approx(tiny.C[:, 0].tolist())
    assert bands[0]["hovertemplate"].startswith("provenance.rest:")


def test_nothing_written_draws_no_band():
    bands, line, axis = bands_of(TRACES["all zero"])
    assert not bands and line["y"] == [0, 0, 0] and axis["range"][0] < 0 < axis["range"][1]

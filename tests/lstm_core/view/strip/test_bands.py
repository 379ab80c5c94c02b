"""The provenance bands: whose writes C_t is made of, stacked so that their ends are C_t."""

import numpy as np

from lstm_core.trace import provenance
from lstm_core.view.palette import INK, MUTED
from lstm_core.view.strip.bands import LEAST, MAX_BAND_STEPS, REST, step_colour
from lstm_core.view.strip.over_steps import MAX_MARKERS
from lstm_core.view.strip.time_strip import Row, time_strip
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.view.pictures import SOME, TRACES, drawn, words
from tests.lstm_core.view.strips import Strip


class Bands:
    """The bands of a unit: name -> where each starts and ends, and what the pointer reads off it."""

    def __init__(self, trace, unit=1, chosen=()):
        self.picture = Strip(time_strip(trace, unit, 1, [Row("provenance", 110, chosen)], words))
        [self.row] = self.picture.rows
        self.pixel = self.picture.pixel(self.row)
        self.paths = {
            e.get("data-key").removeprefix("band"): e
            for e in self.row.iter("path")
            if e.get("data-key").startswith("band")
        }
        self.ends = {name: self.picture.blocks(self.row, path) for name, path in self.paths.items()}

    def part(self, name: str) -> np.ndarray:
        """(T,): how high the band is at each step, with its sign."""
        return np.array([end - start for *_, start, end in self.ends[name].values()])


BANDED = [name for name in SOME if TRACES[name].T <= MAX_BAND_STEPS]


@collected("name", BANDED)
def test_bands_add_up_to_the_memory_at_every_step(name):
    trace = TRACES[name]
    for unit in range(1, trace.params.H + 1):
        bands = Bands(trace, unit)
        C = trace.C[:, unit - 1]
        total = (
            np.sum([bands.part(band) for band in bands.paths], axis=0) if bands.paths else np.zeros(trace.T)
        )
        np.testing.assert_allclose(total, C, rtol=1e-9, atol=0.12 * (len(bands.paths) + 1) * bands.pixel)
        line = bands.picture.line(bands.row, "C")
        np.testing.assert_allclose(list(line.values()), C, rtol=1e-9, atol=0.11 * bands.pixel)


@collected("name", BANDED)
def test_a_band_is_one_row_of_the_provenance(name):
    trace = TRACES[name]
    parts = provenance(trace)[:, :, 0]
    bands = Bands(trace)
    for band, path in bands.paths.items():
        said = path.get("data-values").split(" ")
        if band != REST:
            np.testing.assert_allclose(bands.part(band), parts[int(band)], rtol=1e-9, atol=0.22 * bands.pixel)
            np.testing.assert_allclose([float(s) for s in said], parts[int(band)], rtol=1e-5)
            if trace.T <= MAX_MARKERS:
                assert said == [repr(value) for value in parts[int(band)].tolist()]
            assert (path.get("data-role"), path.get("data-value")) == ("band", band)
        assert path.get("data-alone") == ""
    own = [int(band) for band in bands.paths if band != REST]
    assert own == [s for s in range(trace.T + 1) if abs(parts[s]).max() > LEAST]


@collected("name", BANDED)
def test_bands_are_stacked_without_gap_or_overlap(name):
    trace = TRACES[name]
    bands = Bands(trace)
    parts = provenance(trace)[:, :, 0]
    up, down = np.zeros(trace.T), np.zeros(trace.T)
    for band in bands.paths:
        ends = list(bands.ends[band].values())
        rest = parts[[str(s) not in bands.paths for s in range(trace.T + 1)]].sum(axis=0)
        part = rest if band == REST else parts[int(band)]
        base = np.where(part >= 0, up, down)
        np.testing.assert_allclose([end[2] for end in ends], base, rtol=1e-9, atol=0.3 * bands.pixel)
        up, down = up + np.maximum(part, 0), down + np.minimum(part, 0)
        assert {(round(end[0], 6), round(end[1], 6)) for end in ends} == {(0.02, 0.98)}


@collected("name", SOME)
def test_the_axis_reads_at_round_numbers_and_holds_0(name):
    bands = Bands(TRACES[name])
    ticks = [value for value, _ in bands.picture.ticks(bands.row)]
    assert 0 in ticks and len(ticks) >= 2


def test_what_came_before_the_first_step_is_grey_and_named_apart():
    bands = Bands(preset("latch").edited("C0.1", 2).trace())
    first, second = list(bands.paths.values())[:2]
    assert first.get("data-value") == "0" and first.get("fill") == MUTED
    assert first.get("data-name") == "provenance.start"
    assert second.get("data-name").startswith("provenance.step s=")


def test_the_latch_is_made_of_its_two_stores_which_are_numbered():
    bands = Bands(preset("latch").trace())
    largest = sorted(bands.paths, key=lambda band: -abs(bands.part(band)).max())[:2]
    assert set(largest) == {"2", "15"}
    assert [e.text for e in bands.row.iter("text")] == ["2", "15"]


def test_the_chosen_band_is_framed():
    def frame(*chosen) -> str:
        bands = Bands(preset("latch").trace(), chosen=chosen)
        return bands.picture.blocks(bands.row, bands.picture.one(bands.row, **{"data-key": "frame"}))

    assert not frame() and not frame("99")
    assert set(range(2, 13)) <= set(frame("2")) and set(frame("15")) == {15, 16}


def test_steps_grow_lighter_with_time_and_each_has_its_own_shade():
    shades = [step_colour(s, 20) for s in range(1, 21)]
    brightness = [sum(int(shade[k : k + 2], 16) for k in (1, 3, 5)) for shade in shades]
    assert brightness == sorted(brightness) and len(set(shades)) == 20
    assert step_colour(0, 20) == MUTED and step_colour(1, 1) == shades[0] and INK not in shades


def test_of_a_very_long_run_the_memory_alone_is_drawn():
    trace = TRACES["T=500"]
    bands = Bands(trace)
    assert trace.T > MAX_BAND_STEPS and not bands.paths
    np.testing.assert_allclose(list(bands.picture.line(bands.row, "C").values()), trace.C[:, 0], atol=0.01)


def test_small_parts_are_drawn_as_one():
    assert list(Bands(drawn(H=1, D=1, T=200, seed=1)).paths).count(REST) <= 1
    tiny = preset("leaky").edited("x.2.1", 0.001).trace()
    bands = Bands(tiny)
    assert list(bands.paths) == [REST]
    np.testing.assert_allclose(
        [float(v) for v in bands.paths[REST].get("data-values").split(" ")], tiny.C[:, 0], rtol=1e-9
    )
    assert bands.paths[REST].get("data-name") == "provenance.rest"
    assert bands.paths[REST].get("data-role") == "step"

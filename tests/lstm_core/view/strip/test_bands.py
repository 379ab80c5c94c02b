"""The provenance bands: whose writes C_t is made of, stacked so that their ends are C_t."""

import numpy as np

from lstm_core.trace import provenance
from lstm_core.view.palette import MUTED
from lstm_core.view.strip.bands import LEAST, MAX_BAND_STEPS, REST, step_colour
from lstm_core.view.strip.over_steps import MAX_MARKERS
from lstm_core.view.strip.time_strip import Row
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.view.pictures import SOME, TRACES
from tests.lstm_core.view.strips import strip


class Bands:
    """The bands of a unit: name -> where each starts and ends, and what the pointer reads off it."""

    def __init__(self, trace, unit=1, chosen=()):
        self.picture = strip(trace, unit, rows=[Row("provenance", 110, chosen)])
        [self.row] = self.picture.rows
        self.pixel = self.picture.pixel(self.row)
        keys = {e.get("data-key"): e for e in self.row.iter("path")}
        self.paths = {key.removeprefix("band"): e for key, e in keys.items() if key.startswith("band")}
        self.ends = {name: self.picture.blocks(self.row, path) for name, path in self.paths.items()}

    def part(self, name: str) -> np.ndarray:
        """(T,): how high the band is at each step, with its sign."""
        return np.array([end - start for *_, start, end in self.ends[name].values()])


@collected("name", [name for name in SOME if TRACES[name].T <= MAX_BAND_STEPS])
def test_each_band_is_a_row_of_the_provenance_and_they_are_stacked_up_to_the_memory(name):
    trace, unit = TRACES[name], TRACES[name].params.H
    bands, parts, C = Bands(trace, unit), provenance(trace)[:, :, unit - 1], trace.C[:, unit - 1]
    up, down = np.zeros(trace.T), np.zeros(trace.T)
    for band, path in bands.paths.items():
        rest = parts[[str(s) not in bands.paths for s in range(trace.T + 1)]].sum(axis=0)
        part = rest if band == REST else parts[int(band)]
        ends, said = np.array(list(bands.ends[band].values())), path.get("data-values").split(" ")
        np.testing.assert_allclose(ends[:, :2], [(0.02, 0.98)] * trace.T, atol=1e-6)
        base = np.where(part >= 0, up, down)
        np.testing.assert_allclose(ends[:, 2], base, rtol=1e-9, atol=0.3 * bands.pixel)
        np.testing.assert_allclose(bands.part(band), part, rtol=1e-9, atol=0.22 * bands.pixel)
        np.testing.assert_allclose([float(s) for s in said], part, rtol=1e-5, atol=1e-12)
        if band != REST:
            assert trace.T > MAX_MARKERS or said == [repr(value) for value in part.tolist()]
            assert (path.get("data-role"), path.get("data-value")) == ("band", band)
        up, down = up + np.maximum(part, 0), down + np.minimum(part, 0)
    np.testing.assert_allclose(up + down, C, rtol=1e-9, atol=1e-9)
    line = list(bands.picture.line(bands.row, "C").values())
    np.testing.assert_allclose(line, C, rtol=1e-9, atol=0.11 * bands.pixel)
    own = [int(band) for band in bands.paths if band != REST]
    assert own == [s for s in range(trace.T + 1) if abs(parts[s]).max() > LEAST]
    ticks = [value for value, _ in bands.picture.ticks(bands.row)]
    assert 0 in ticks and len(ticks) >= 2


def test_what_came_before_the_first_step_is_grey_and_named_apart():
    first, second = list(Bands(preset("latch").edited("C0.1", 2).trace()).paths.values())[:2]
    assert first.get("data-value") == "0" and first.get("fill") == MUTED
    assert first.get("data-name") == "provenance.start"
    assert second.get("data-name").startswith("provenance.step s=")


def test_the_latch_is_made_of_its_two_stores_which_are_numbered_and_the_chosen_one_is_framed():
    latch = preset("latch").trace()
    bands = Bands(latch)
    assert set(sorted(bands.paths, key=lambda band: -abs(bands.part(band)).max())[:2]) == {"2", "15"}
    assert [e.text for e in bands.row.iter("text")] == ["2", "15"]

    def framed(*chosen) -> set[int]:
        of = Bands(latch, chosen=chosen)
        return set(of.picture.blocks(of.row, of.picture.one(of.row, **{"data-key": "frame"})))

    assert not framed() and not framed("99")
    assert set(range(2, 13)) <= framed("2") and framed("15") == {15, 16}


def test_steps_grow_lighter_with_time_and_each_has_its_own_shade():
    shades = [step_colour(s, 20) for s in range(1, 21)]
    brightness = [sum(int(shade[k : k + 2], 16) for k in (1, 3, 5)) for shade in shades]
    assert brightness == sorted(brightness) and len(set(shades)) == 20
    assert step_colour(0, 20) == MUTED and step_colour(1, 1) == shades[0]


def test_of_a_very_long_run_the_memory_alone_is_drawn():
    trace = TRACES["T=500"]
    bands = Bands(trace)
    assert trace.T > MAX_BAND_STEPS and not bands.paths
    np.testing.assert_allclose(list(bands.picture.line(bands.row, "C").values()), trace.C[:, 0], atol=0.01)


def test_small_parts_are_drawn_as_one():
    [(band, path)] = Bands(preset("leaky").edited("x.2.1", 0.001).trace()).paths.items()
    told = (path.get("data-name"), path.get("data-role"))
    assert band == REST and told == ("provenance.rest", "step")

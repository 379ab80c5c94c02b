"""The time strip shows the numbers of the trace and no others, on axes that stand still."""

import re

import numpy as np
import pytest

from lstm_core import LSTMParams, forward
from lstm_core.quantities import QUANTITIES
from lstm_core.rounding import shown_ledger, text
from lstm_core.view.palette import COLOURS, DASHES, MARKERS
from lstm_core.view.strip.inputs import MAX_INPUTS
from lstm_core.view.strip.over_steps import MAX_MARKERS
from lstm_core.view.strip.time_axis import LARGE
from lstm_core.view.strip.time_strip import Row, presented, time_strip
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.view.pictures import SOME, TRACES, drawn, words
from tests.lstm_core.view.rows_of_strips import LINES, NO_NUMBER, ROWS, strip
from tests.lstm_core.view.strips import Strip, moves

SHORT = [name for name, trace in TRACES.items() if trace.T <= MAX_MARKERS]


def close(drawn: dict[int, float], values, pixel: float) -> None:
    """Each step stands where its number says, to a tenth of a pixel."""
    assert list(drawn) == list(range(1, len(values) + 1))
    np.testing.assert_allclose(list(drawn.values()), values, rtol=1e-9, atol=0.11 * pixel)


@collected("name", SOME)
def test_lines_and_marks_stand_at_the_numbers_of_the_trace(name):
    trace = TRACES[name]
    for unit in range(1, trace.params.H + 1):
        picture = strip(trace, unit)
        for key, number in LINES.items():
            row, values = picture.rows[number], getattr(trace, key)[:, unit - 1]
            close(picture.line(row, key), values, picture.pixel(row))
            if trace.T <= MAX_MARKERS:
                close(picture.marks(row, key), values, picture.pixel(row))
            else:
                assert not picture.marks(row, key)
        close(picture.line(picture.rows[5], "C"), trace.C[:, unit - 1], picture.pixel(picture.rows[5]))


@collected("name", SOME)
def test_the_pointer_reads_the_exact_numbers(name):
    trace = TRACES[name]
    picture = strip(trace, rows=ROWS[:5])
    said = {said.split(" ")[0]: values for said, values in picture.says()[min(trace.params.D, MAX_INPUTS) :]}
    keys = [key for row in ROWS for key in row.keys]
    keys += ["kept", "erased", "written", "C"] if trace.T <= MAX_MARKERS else ["C"]
    names = dict(picture.says())
    for key in keys:
        numbers = names[f"{QUANTITIES[key].letter} quantity.{key}"]
        values = getattr(trace, key)[:, 0].tolist()
        if trace.T <= MAX_MARKERS:
            assert numbers == [repr(value) for value in values]
        np.testing.assert_allclose([float(n) for n in numbers], values, rtol=1e-5)
    assert said


@collected("name", SHORT)
def test_inputs_are_the_numbers_of_the_trace(name):
    trace = TRACES[name]
    picture = strip(trace)
    shown = min(trace.params.D, MAX_INPUTS)
    inputs = [e for e in picture.rows[0].iter("g") if e.get("data-quantity") == "x"]
    assert [int(e.get("data-index")) for e in inputs] == list(range(1, shown + 1))
    cells = [cell for e in inputs for cell in e.iter("rect")]
    lefts = [picture.step_at(cell.get("x")) + 0.5 for cell in cells]
    np.testing.assert_allclose(lefts, [*range(1, trace.T + 1)] * shown, atol=0.01)
    values = trace.x[:, :shown].T
    strengths = np.array([float(e.get("fill-opacity")) for e in cells]).reshape(values.shape)
    if values.any():  # one scale for all, nothing at exactly 0
        most = strengths.max() / abs(values).max()
        np.testing.assert_allclose(strengths, most * abs(values), atol=0.002)
    for cell, value in zip(cells, values.ravel(), strict=True):
        assert cell.get("fill") == ("#C2387A" if value < 0 else "#5E4FA2")
    written = [e.text for e in picture.rows[0].iter("text")]
    assert written == ([text(value) for value in values.ravel()] if shown <= 4 else [])
    assert [numbers for _, numbers in picture.says(picture.rows[0])] == [
        [repr(value) for value in row] for row in values.tolist()
    ]


def test_inputs_of_a_long_run_are_lines():
    trace = TRACES["T=200"]
    picture = strip(trace)
    assert not list(picture.rows[0].iter("text"))
    for d in range(trace.params.D):
        path = picture.one(picture.rows[0], **{"data-key": f"x{d}"})
        ys = np.array([y for _, _, y in moves(path.get("d"))])
        x = trace.x[:, d]
        assert len(ys) == trace.T
        slope = (ys.max() - ys.min()) / (x.max() - x.min())
        np.testing.assert_allclose(ys - ys.max(), -slope * (x - x.min()), atol=0.12)


@collected("name", SHORT)
def test_ledger_bars_start_and_end_where_the_ledger_says(name):
    trace = TRACES[name]
    for unit in range(1, trace.params.H + 1):
        picture = strip(trace, unit, rows=[Row("ledger", 110)])
        [row] = picture.rows
        kept, C, C_prev = (getattr(trace, key)[:, unit - 1] for key in ("kept", "C", "C_prev"))
        before, after = picture.all(row, **{"data-quantity": "kept"})
        [written] = picture.all(row, **{"data-quantity": "written"})
        least = 0.11 * picture.pixel(row)
        for path, half, start, end in [
            (before, (0.08, 0.5), 0 * C, kept),
            (after, (0.5, 0.92), 0 * C, kept),
            (written, (0.5, 0.92), kept, C),
        ]:
            bars = picture.blocks(row, path)
            assert list(bars) == list(range(1, trace.T + 1))
            np.testing.assert_allclose([bar[:2] for bar in bars.values()], [half] * trace.T)
            np.testing.assert_allclose([bar[2] for bar in bars.values()], start, rtol=1e-9, atol=least)
            np.testing.assert_allclose([bar[3] for bar in bars.values()], end, rtol=1e-9, atol=least)
        hatched = picture.one(row, **{"data-quantity": "erased"})
        gone = {round(picture.step_at(e.get("x")) + 0.42): e for e in hatched.iter("rect")}
        for t in range(1, trace.T + 1):
            low, high = sorted((kept[t - 1], C_prev[t - 1]))
            if t not in gone:
                assert high - low < 0.5 * picture.pixel(row)
                continue
            top, size = float(gone[t].get("y")), float(gone[t].get("height"))
            ends = picture.value(row, top + size), picture.value(row, top)
            np.testing.assert_allclose(ends, (low, high), rtol=1e-9, atol=2 * least)
            assert picture.step_at(gone[t].get("x")) == pytest.approx(t - 0.42, abs=0.01)
        assert hatched.get("fill") == "url(#strip-hatch)" and hatched.get("stroke") == COLOURS["erased"]


@collected("name", SOME)
def test_everything_drawn_lies_within_its_row(name):
    picture = strip(TRACES[name])
    for row in picture.rows:
        reach = picture.one(row, **{"class": "reach"})
        top, bottom = float(reach.get("y")), float(reach.get("y")) + float(reach.get("height"))
        ys = [float(e.get("y")) for e in row.iter("use")]
        ys += [y for path in row.iter("path") for _, _, y in moves(path.get("d"))]
        assert all(top <= y <= bottom for y in ys)
        assert top >= 0 and bottom <= picture.height


def test_axes_stand_still_while_a_slider_moves():
    latch = preset("latch")
    before = strip(latch.trace(), rows=ROWS[:4])
    for bias in np.linspace(-12, 12, 9):
        for moved in (latch.edited("b_f.1", bias), latch.edited("b_o.1", bias), latch.edited("b_i.1", bias)):
            after = strip(moved.trace(), rows=ROWS[:4])
            assert after.height == before.height
            for row, other in zip(before.rows[1:], after.rows[1:], strict=True):
                assert before.ticks(row) == after.ticks(other)


def test_gates_have_the_range_of_gates_and_signed_values_that_of_signed_ones():
    picture = strip(TRACES["latch"])
    assert [value for value, _ in picture.ticks(picture.rows[1])] == [0, 0.5, 1]
    for number in (2, 3):
        assert [value for value, _ in picture.ticks(picture.rows[number])] == [-1, 0, 1]


@pytest.mark.parametrize("t", [1, 7, 16])
def test_the_step_in_focus_is_marked_and_written_on_the_axis(t):
    picture = strip(TRACES["latch"], t=t)
    column = picture.one(picture.focus, **{"class": "hit"})
    assert picture.step_at(column.get("x")) == pytest.approx(t - 0.5, abs=0.01)
    assert picture.one(picture.plot, **{"class": "tick here"}).text == str(t)


def test_another_focus_changes_nothing_but_the_mark_and_the_number_of_the_step():
    first, second = (strip(TRACES["latch"], t=t) for t in (3, 9))
    for row, other in zip(first.rows, second.rows, strict=True):
        assert "".join(row.itertext()) == "".join(other.itertext())
        assert [e.attrib for e in row.iter()] == [e.attrib for e in other.iter()]


@collected("T", [1, 12, 20, 21, 40, 60, 61, 200, 500, 2000])
def test_steps_are_written_where_there_is_room_and_the_one_in_focus_always_is(T):
    trace, t = drawn(T=T), max(T - 1, 1)
    picture = strip(trace, t=t, rows=[ROWS[1]])
    ticks = picture.all(picture.one(picture.plot, **{"data-key": "axis"}), **{"text-anchor": "middle"})
    for most, width, shown in (
        (800, 840, ticks),
        (270, 290, [e for e in ticks if "spare" not in e.get("class")]),
    ):
        steps = [int(e.text) for e in shown]
        assert t in steps and len(steps) <= most / 20
        places = [picture.step_at(e.get("x")) / T * width for e in shown]
        assert all(b - a > 13 for a, b in zip(places, places[1:], strict=False))


@pytest.mark.parametrize("key", ["f", "i", "C_tilde", "o", "C", "h", "tanh_C"])
def test_a_quantity_has_its_hue_its_dash_and_its_mark(key):
    row = Row("ledger", 60) if key == "C" else Row("lines", 60, (key,))
    picture = strip(TRACES["latch"], rows=[row])
    line = picture.one(picture.plot, **{"data-key": f"line-{key}"})
    colour = COLOURS[QUANTITIES[key].colour]
    assert line.get("stroke") == (colour if colour != COLOURS["C"] else "currentColor")
    assert (line.get("stroke-dasharray") is None) == (DASHES[key] == "solid")
    groups = picture.all(picture.plot, **{"data-key": f"marks-{key}"})
    marks = {use.get("href") for group in groups for use in group.iter("use")}
    assert marks == {f"#mark-{MARKERS[key]}"} <= {f"#{e.get('id')}" for e in picture.plot.iter("g")}


def test_rows_lie_one_under_the_other_and_fill_the_height():
    picture = strip(TRACES["random"])
    reaches = [picture.one(row, **{"class": "reach"}) for row in picture.rows]
    ends = [(float(e.get("y")), float(e.get("y")) + float(e.get("height"))) for e in reaches]
    assert all(a[1] == pytest.approx(b[0]) for a, b in zip(ends, ends[1:], strict=False))
    assert ends[0][0] >= 0 and ends[-1][1] <= picture.height


def test_what_was_never_drawn_before_is_drawn_too():
    absurd = LSTMParams(np.full((4, 1, 2), 1e300), np.full((4, 1), -1e300))
    picture = time_strip(forward(absurd, [[1e300], [-1e300]], C0=1e300), 1, 1, ROWS, words)
    assert not NO_NUMBER.search(picture)
    Strip(picture)


def test_a_projector_gets_three_rows_in_larger_letters_that_fit_under_the_diagram():
    rows = presented(ROWS)
    assert [row.kind for row in rows] == ["inputs", "lines", "ledger"]
    for name in ("latch", "random", "H=4 D=4"):
        picture = strip(TRACES[name], rows=rows, letters=LARGE)
        assert picture.height <= 250 and f"font-size:{LARGE}px" in picture.root.get("style")


# -- for those who listen, and by key --------------------------------------------------------------


@pytest.mark.parametrize("t", [1, 5, 12])
def test_the_step_in_focus_says_its_numbers_as_they_are_shown(t):
    trace = preset("random").trace()
    picture = strip(trace, 2, t, rows=ROWS[:5])
    focus = picture.focus.attrib
    assert (focus["role"], focus["aria-valuemin"], focus["aria-valuemax"]) == ("slider", "1", "12")
    assert focus["aria-valuenow"] == focus["data-t"] == str(t) and focus["tabindex"] == "0"
    said = focus["aria-valuetext"]
    ledger = shown_ledger(trace, t, 2)
    for key in ("kept", "erased", "C"):
        assert f"quantity.{key} {text(getattr(ledger, key))}" in said
    for key in ("f", "i", "o", "h"):
        assert f"quantity.{key} {text(getattr(trace, key)[t - 1, 1])}" in said
    assert text(trace.x[t - 1, 1]) in said


# -- the ledger in a line -------------------------------------------------------------------------


def said(picture: Strip) -> str:
    return "".join(picture.one(picture.root, **{"class": "ledger-line"}).itertext())


@collected("name", SOME)
def test_the_line_of_the_ledger_tells_the_shown_numbers_of_the_step(name):
    trace = TRACES[name]
    for t in {1, trace.T}:
        ledger, line = shown_ledger(trace, t, 1), said(strip(trace, 1, t))
        for key in ("C_prev", "kept", "erased", "C"):
            assert text(getattr(ledger, key)) in line
        assert text(ledger.written, sign=True) in line and f"t={t} " in line


def test_the_line_is_the_key_to_the_bars_and_the_arrow_points_where_the_memory_goes():
    up, down = (strip(preset("replace").trace(), 1, t) for t in (6, 10))
    for picture in (up, down):
        assert len(picture.all(picture.root, **{"class": "sample"})) == 3
    tips = [picture.all(picture.root, **{"class": "sample"})[-1][0].get("d")[:4] for picture in (up, down)]
    assert tips == ["M1 1", "M1 0"]


def test_the_sentences_of_a_part_count_the_steps_of_the_whole_run():
    trace = TRACES["T=200"]
    part = time_strip(trace, 1, 2, ROWS, words, trace, before=80)
    said = re.findall(r"(strip\.ledger|strip\.says|pin\.without) t=(\d+)", part)
    assert dict(said) == {"strip.ledger": "82", "strip.says": "82", "pin.without": "82"}

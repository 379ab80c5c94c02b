"""The time strip shows the numbers of the trace and no others, on axes that stand still."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import LSTMParams, forward
from lstm_core.quantities import QUANTITIES
from lstm_core.rounding import UNKNOWN, shown_ledger, text
from lstm_core.view.palette import COLOURS, DASHES, MARKERS, PAPER
from lstm_core.view.strip.inputs import MAX_INPUTS
from lstm_core.view.strip.over_steps import MAX_MARKERS, MOST_PLACES
from lstm_core.view.strip.time_axis import LARGE
from lstm_core.view.strip.time_strip import Row, for_fingers, presented, time_strip
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.view.pictures import SOME, TRACES, drawn, words
from tests.lstm_core.view.strips import LINES, NO_NUMBER, ROWS, Strip, moves, strip

SHORT = [name for name in SOME if TRACES[name].T <= MAX_MARKERS]


def close(drawn: dict[int, float], values, pixel: float) -> None:
    """Each step stands where its number says, to a tenth of a pixel."""
    assert list(drawn) == list(range(1, len(values) + 1))
    np.testing.assert_allclose(list(drawn.values()), values, rtol=1e-9, atol=0.11 * pixel)


def said_of(picture: Strip, key: str) -> list[str]:
    return dict(picture.says())[f"{QUANTITIES[key].letter} quantity.{key}"]


@collected("name", SOME)
def test_lines_and_marks_stand_at_the_numbers_of_the_trace_within_their_row(name):
    trace = TRACES[name]
    for unit in {1, trace.params.H}:
        picture = strip(trace, unit)
        for key, number in [*LINES.items(), ("C", 5)]:
            row, values = picture.rows[number], getattr(trace, key)[:, unit - 1]
            close(picture.line(row, key), values, picture.pixel(row))
            if number < 5 and trace.T <= MAX_MARKERS:
                close(picture.marks(row, key), values, picture.pixel(row))
            else:
                assert not picture.marks(row, key)
        below = 0
        for row in picture.rows:
            top, bottom = picture.reach(row)
            if row is not picture.rows[0]:  # the axis ends a little beyond its numbers
                ticks = picture.ticks(row)
                beyond = 0.25 * (max(ticks)[0] - min(ticks)[0])
                assert picture.value(row, bottom) > min(ticks)[0] - beyond
                assert picture.value(row, top) < max(ticks)[0] + beyond
            ys = [float(e.get("y")) for e in row.iter("use")]
            ys += [y for path in row.iter("path") for _, y in moves(path.get("d"))]
            assert all(top <= y <= bottom for y in ys) and top >= below - 1e-9
            below = bottom
        assert below <= picture.height


@collected("name", SOME)
def test_the_pointer_reads_the_exact_numbers(name):
    trace = TRACES[name]
    picture = strip(trace, rows=ROWS[:5])
    is_short = trace.T <= MAX_MARKERS
    for key in [*LINES, *(("kept", "erased", "written") if is_short else ())]:
        numbers, values = said_of(picture, key), getattr(trace, key)[:, 0].tolist()
        np.testing.assert_allclose([float(n) for n in numbers], values, rtol=1e-5)
        assert not is_short or numbers == [repr(value) for value in values]


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
    names = ["".join(e.itertext()) for e in picture.all(picture.names, **{"data-symbol": "x"})]
    assert names[0] == "x1" and len(names) >= min(shown, 3) and len(names) in (shown, *range(3, 6))
    told = [numbers for _, numbers in picture.says(picture.rows[0])]
    assert told == [[repr(value) for value in row] for row in values.tolist()]


def test_inputs_of_a_long_run_are_lines():
    trace = TRACES["T=200"]
    picture = strip(trace)
    assert not list(picture.rows[0].iter("text"))
    for d, x in enumerate(trace.x.T):
        path = picture.one(picture.rows[0], **{"data-key": f"x{d}"})
        ys = np.array([y for _, y in moves(path.get("d"))])
        slope = np.ptp(ys) / np.ptp(x)
        np.testing.assert_allclose(ys - ys.max(), -slope * (x - x.min()), atol=0.12)


@collected("name", SHORT)
def test_ledger_bars_start_and_end_where_the_ledger_says(name):
    trace = TRACES[name]
    unit = trace.params.H
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
        left_to_right, from_to = np.split(np.array(list(bars.values())), 2, axis=1)
        np.testing.assert_allclose(left_to_right, [half] * trace.T)
        np.testing.assert_allclose(from_to, np.column_stack([start, end]), rtol=1e-9, atol=least)
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


def test_axes_have_the_range_of_what_they_show_and_stand_still_while_a_slider_moves():
    latch = preset("latch")
    for moved in [latch.edited(f"b_{gate}.1", bias) for gate in "fio" for bias in (-12, 0, 12)]:
        picture = strip(moved.trace(), rows=ROWS[:4])
        ranges = [[value for value, _ in picture.ticks(row)] for row in picture.rows[1:]]
        assert ranges == [[0, 0.5, 1], [-1, 0, 1], [-1, 0, 1]]
        assert picture.height == strip(latch.trace(), rows=ROWS[:4]).height


def test_another_focus_moves_nothing_but_its_mark_and_the_number_of_the_step():
    first, second = (strip(TRACES["latch"], t=t) for t in (3, 9))
    for row, other in zip(first.rows, second.rows, strict=True):
        assert [(e.text, e.attrib) for e in row.iter()] == [(e.text, e.attrib) for e in other.iter()]
    for picture, t in ((first, 3), (second, 9)):
        column = picture.one(picture.focus, **{"class": "hit"})
        assert picture.step_at(column.get("x")) == pytest.approx(t - 0.5, abs=0.01)
        assert picture.one(picture.plot, **{"class": "tick here"}).text == str(t)


@collected("T", [1, 12, 20, 21, 40, 60, 61, 200, 500, 2000])
def test_steps_are_written_where_there_is_room_and_the_one_in_focus_always_is(T):
    trace, t = drawn(T=T), max(T - 1, 1)
    picture = strip(trace, t=t, rows=[ROWS[1]])
    ticks = picture.all(picture.one(picture.plot, **{"data-key": "axis"}), **{"text-anchor": "middle"})
    narrow = [e for e in ticks if "spare" not in e.get("class")]
    for most, width, shown in ((800, 840, ticks), (270, 290, narrow)):
        steps = [int(e.text) for e in shown]
        assert t in steps and len(steps) <= most / 20
        places = [picture.step_at(e.get("x")) / T * width for e in shown]
        assert all(b - a > 13 for a, b in zip(places, places[1:], strict=False))


@collected("key", LINES)
def test_a_quantity_has_its_hue_its_dash_and_its_mark(key):
    row = Row("ledger", 60) if key == "C" else Row("lines", 60, (key,))
    picture = strip(TRACES["latch"], rows=[row])
    line = picture.one(picture.plot, **{"data-key": f"line-{key}"})
    colour = COLOURS[QUANTITIES[key].colour]
    assert line.get("stroke") == (colour if colour != COLOURS["C"] else "currentColor")
    assert (line.get("stroke-dasharray") is None) == (DASHES[key] == "solid")
    groups = picture.all(picture.plot, **{"data-key": f"marks-{key}"})
    is_open = MARKERS[key].endswith("open")  # filled with the colour of the page, and drawn in its own
    assert {group.get("color" if is_open else "fill") for group in groups} == {line.get("stroke")}
    assert all((group.get("fill") == PAPER) == is_open for group in groups)
    marks = {use.get("href") for group in groups for use in group.iter("use")}
    assert marks == {f"#mark-{MARKERS[key]}"} <= {f"#{e.get('id')}" for e in picture.plot.iter("g")}


@collected("D", [1, 2, 4])
def test_a_phone_gets_inputs_that_a_finger_can_drag(D):
    rows = for_fingers(ROWS, D)
    picture = strip(drawn(1, D, 5), rows=rows)
    top, bottom = picture.reach(picture.rows[0])
    assert (bottom - top) / D >= 24 and rows[1:] == ROWS[1:]


def test_a_projector_gets_three_rows_in_larger_letters_that_fit_under_the_diagram():
    rows = presented(ROWS)
    assert [row.kind for row in rows] == ["inputs", "lines", "ledger"]
    for name in ("latch", "random", "H=4 D=4"):
        picture = strip(TRACES[name], rows=rows, letters=LARGE)
        assert picture.height <= 250 and f"font-size:{LARGE}px" in picture.root.get("style")


# -- in words -------------------------------------------------------------------------------------


@collected("name", SOME)
def test_the_numbers_of_the_step_are_read_out_and_written_above_as_they_are_shown(name):
    trace = TRACES[name]
    for t in {1, min(5, trace.T), trace.T}:
        picture = strip(trace, 1, t, rows=ROWS[:5])
        focus, ledger = picture.focus.attrib, shown_ledger(trace, t, 1)
        assert (focus["role"], focus["aria-valuemin"], focus["aria-valuemax"]) == (
            "slider",
            "1",
            str(trace.T),
        )
        assert focus["aria-valuenow"] == focus["data-t"] == str(t) and focus["tabindex"] == "0"
        shown = {key: text(getattr(ledger, key)) for key in ("kept", "erased", "C")}
        shown |= {key: text(getattr(trace, key)[t - 1, 0]) for key in ("f", "i", "o", "h")}
        assert all(f"quantity.{key} {number}" in focus["aria-valuetext"] for key, number in shown.items())
        assert text(trace.x[t - 1, 0]) in focus["aria-valuetext"]
        line = "".join(picture.one(picture.root, **{"class": "ledger-line"}).itertext())
        for key in ("C_prev", "kept", "erased", "written", "C"):
            assert text(getattr(ledger, key), sign=key == "written") in line
        assert f"t={t} " in line


def test_the_line_of_the_ledger_is_the_key_to_the_bars_and_its_arrow_points_where_the_memory_goes():
    for t, tip in ((6, "M1 1"), (10, "M1 0")):
        picture = strip(preset("replace").trace(), 1, t)
        samples = picture.all(picture.root, **{"class": "sample"})
        kept, erased, written = samples
        assert (kept[0].tag, erased[0].tag, written[0].get("d")[:4]) == ("rect", "rect", tip)
        assert (kept[0].get("fill") == "none", erased[0].get("fill") == "none") == (False, True)


def test_the_sentences_of_a_part_count_the_steps_of_the_whole_run():
    trace = TRACES["T=200"]
    part = time_strip(trace, 1, 2, ROWS, words, trace, before=80)
    said = re.findall(r"(strip\.ledger|strip\.says|pin\.without) t=(\d+)", part)
    assert dict(said) == {"strip.ledger": "82", "strip.says": "82", "pin.without": "82"}


# -- long runs, and numbers that are none ---------------------------------------------------------


@given(st.integers(MOST_PLACES + 1, 2000), st.integers(0, 99))
def test_of_a_long_run_only_true_points_are_drawn_and_no_peak_is_lost(T, seed):
    trace = drawn(T=T, seed=seed)
    picture = strip(trace, rows=[ROWS[1]])
    along, values = picture.line(picture.rows[0], "f"), trace.f[:, 0]
    assert len(along) <= MOST_PLACES
    np.testing.assert_allclose([values[t - 1] for t in along], list(along.values()), atol=0.002)
    assert int(values.argmax()) + 1 in along and int(values.argmin()) + 1 in along


def test_a_picture_of_the_longest_run_stays_small():
    for T, most in ((12, 450), (60, 1800), (61, 180), (2000, 180)):
        assert len(list(strip(drawn(2, 3, T), rows=ROWS[:5]).root.iter())) < most
    assert len(time_strip(drawn(4, 64, 2000), 1, 1, ROWS, words)) < 450_000


def test_numbers_near_the_largest_float_are_drawn_too():
    absurd = LSTMParams(np.full((4, 1, 2), 1e300), np.full((4, 1), -1e300))
    picture = time_strip(forward(absurd, [[1e300], [-1e300]], C0=1e300), 1, 1, ROWS, words)
    assert not NO_NUMBER.search(picture) and Strip(picture)


def without(trace, key: str, t: int):
    """The trace with one number of unit 1 hidden at a step, in the arrays that hold it."""
    hidden = {
        name: getattr(trace, name).copy() for name in ("gates", "cells", "hx", "kept", "written", "tanh_C")
    }
    if key == "C":
        hidden["cells"][t, 0] = hidden["tanh_C"][t - 1, 0] = np.nan
    elif key in ("h", "x"):
        hidden["hx"][(t, 0) if key == "h" else (t - 1, trace.params.H)] = np.nan
    else:
        hidden["gates"][t - 1, ("f", "i", "C_tilde", "o").index(key), 0] = np.nan
    return replace(trace, **hidden)


@collected("T", [8, 700])
@collected("key", ["f", "i", "C_tilde", "o", "C", "h", "x"])
def test_a_hidden_number_is_a_gap_and_a_question_mark_and_nowhere_in_the_picture(key, T):
    trace, t = drawn(2, 2, T, seed=3), 5
    picture_text = time_strip(without(trace, key, t), 1, t, ROWS, words)
    picture = Strip(picture_text)
    assert not NO_NUMBER.search(picture_text)
    assert repr(float(getattr(trace, key)[t - 1, 0])) not in picture_text
    if key == "x":
        assert (UNKNOWN in [e.text for e in picture.rows[0].iter("text")]) == (T <= MAX_MARKERS)
        said = dict(picture.says())["x diagram.of_input name=quantity.x index=1"]
    else:
        row, said = picture.rows[LINES[key]], said_of(picture, key)
        assert t not in picture.line(row, key) and t not in picture.marks(row, key)
        assert picture.one(row, **{"data-key": f"line-{key}"}).get("d").count("M") == 2
        assert f"quantity.{key} {UNKNOWN}" in picture.focus.get("aria-valuetext")
    assert [n for n, number in enumerate(said, 1) if number == UNKNOWN] == [t]

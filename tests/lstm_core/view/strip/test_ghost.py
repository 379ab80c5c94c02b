"""Behind a pinned run the time strip draws the run without pins: faint, dotted, and only where it belongs."""

import numpy as np
import pytest

from lstm_core.view.strip.time_strip import time_strip
from lstm_core.workbench.presets import preset
from tests.lstm_core.view.pictures import words
from tests.lstm_core.view.rows_of_strips import LINES, ROWS
from tests.lstm_core.view.strips import Strip

FREE = preset("random")
PINNED = FREE.pinned("pin_f.1.5", 0.0).pinned("pin_c.2", -1.0)
GHOSTLY = ("f", "i", "o", "C_tilde", "tanh_C", "h", "C")


def strip(unit=1, pinned=PINNED, free=FREE, t=5, rows=ROWS) -> Strip:
    return Strip(time_strip(pinned.trace(), unit, t, rows, words, free.trace() if free else None))


def ghosts(picture: Strip) -> dict[str, tuple]:
    """Quantity -> row and path of its ghost."""
    return {
        path.get("data-ghost"): (row, path)
        for row in picture.rows
        for path in row.iter("path")
        if path.get("data-ghost")
    }


def along(picture: Strip, key: str) -> list[float]:
    return list(picture.along(*ghosts(picture)[key]).values())


@pytest.mark.parametrize("unit", [1, 2])
def test_the_ghost_is_the_run_without_pins(unit):
    free, picture = FREE.trace(), strip(unit)
    assert tuple(ghosts(picture)) == GHOSTLY
    for key, (row, path) in ghosts(picture).items():
        values = getattr(free, key)[:, unit - 1]
        np.testing.assert_allclose(along(picture, key), values, atol=0.11 * picture.pixel(row))
        assert path.get("stroke-dasharray") and float(path.get("stroke-opacity")) < 1


def test_all_else_is_drawn_as_without_a_ghost():
    with_ghost, without = strip(), strip(free=None)
    assert not ghosts(without)
    for number, (row, other) in enumerate(zip(with_ghost.rows, without.rows, strict=True)):
        if number != LINES["C"]:
            rest = [e.attrib for e in row.iter() if not e.get("data-ghost")]
            assert rest == [e.attrib for e in other.iter()]
    ledger, alone = with_ghost.rows[LINES["C"]], without.rows[LINES["C"]]  # whose scale also holds the ghost
    assert with_ghost.says(ledger) == without.says(alone)
    for read in (Strip.line, Strip.marks):
        ours, others = (
            list(read(p, row, "C").values()) for p, row in ((with_ghost, ledger), (without, alone))
        )
        np.testing.assert_allclose(ours, others, atol=0.12 * with_ghost.pixel(ledger))


def test_it_stands_behind_the_run_in_the_same_row():
    picture = strip()
    for key, (row, ghost) in ghosts(picture).items():
        drawn = list(row.iter())
        assert row is picture.rows[LINES[key]]
        assert drawn.index(ghost) < drawn.index(picture.one(row, **{"data-key": f"line-{key}"}))


@pytest.mark.parametrize(
    ("key", "address", "value"),
    [
        ("counter", "pin_f.1", 0.0),
        ("runaway", "pin_i.1", 0.0),
        ("latch", "pin_f.1", 1.0),
        ("random", "pin_f.1", 1.0),
    ],
)
def test_run_and_ghost_both_lie_within_the_row(key, address, value):
    picture = strip(1, preset(key).pinned(address, value), preset(key), t=1)
    for key, (row, ghost) in ghosts(picture).items():
        reach = picture.one(row, **{"class": "reach"})
        top, high = float(reach.get("y")), float(reach.get("height"))
        for path in (ghost, picture.one(row, **{"data-key": f"line-{key}"})):
            ys = [float(piece.split(" ")[1]) for piece in path.get("d")[1:].split("L")]
            assert top <= min(ys) and max(ys) <= top + high

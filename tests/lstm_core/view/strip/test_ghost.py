"""Behind a pinned run the time strip draws the run without pins: faint, dotted, and only where it belongs."""

import numpy as np

from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.view.strips import LINES, ROWS, Strip, moves, strip

FREE = preset("random")
PINNED = FREE.pinned("pin_f.1.5", 0.0).pinned("pin_c.2", -1.0)


def ghosts(picture: Strip) -> dict[str, tuple]:
    """Quantity -> row and path of its ghost."""
    found = [(row, path) for row in picture.rows for path in row.iter("path") if path.get("data-ghost")]
    return {path.get("data-ghost"): (row, path) for row, path in found}


@collected("pinned, free, unit", [
    (PINNED, FREE, 1), (PINNED, FREE, 2), (preset("counter").pinned("pin_f.1", 0.0), preset("counter"), 1),
    (preset("runaway").pinned("pin_i.1", 0.0), preset("runaway"), 1),
    (preset("latch").pinned("pin_f.1", 1.0), preset("latch"), 1),
])  # fmt: skip
def test_the_ghost_is_the_run_without_pins_behind_the_run_in_the_same_row(pinned, free, unit):
    run, picture = free.trace(), strip(pinned.trace(), unit, 5, ghost=free.trace())
    rows = picture.rows[-len(ROWS) :]  # above them the steps may have names
    assert ghosts(picture).keys() == set(LINES)
    for key, (row, ghost) in ghosts(picture).items():
        values = getattr(run, key)[:, unit - 1]
        along = list(picture.along(row, ghost).values())
        np.testing.assert_allclose(along, values, atol=0.11 * picture.pixel(row))
        assert ghost.get("stroke-dasharray") and float(ghost.get("stroke-opacity")) < 1
        line = picture.one(row, **{"data-key": f"line-{key}"})
        drawn, (top, bottom) = list(row.iter()), picture.reach(row)
        assert row is rows[LINES[key]] and drawn.index(ghost) < drawn.index(line)
        assert all(top <= y <= bottom for path in (ghost, line) for _, y in moves(path.get("d")))


def test_all_else_is_drawn_as_without_a_ghost():
    run = PINNED.trace()
    with_ghost, without = strip(run, 1, 5, ghost=FREE.trace()), strip(run, 1, 5)
    assert not ghosts(without)
    for number, (row, other) in enumerate(zip(with_ghost.rows, without.rows, strict=True)):
        if number != LINES["C"]:
            rest = [e.attrib for e in row.iter() if not e.get("data-ghost")]
            assert rest == [e.attrib for e in other.iter()]
    ledger, alone = with_ghost.rows[LINES["C"]], without.rows[LINES["C"]]  # whose scale also holds the ghost
    assert with_ghost.says(ledger) == without.says(alone)
    for read in (Strip.line, Strip.marks):
        ours, others = (list(read(*of, "C").values()) for of in ((with_ghost, ledger), (without, alone)))
        np.testing.assert_allclose(ours, others, atol=0.12 * with_ghost.pixel(ledger))

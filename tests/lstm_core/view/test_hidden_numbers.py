"""A number that is NaN in a trace is nowhere in the time strip: a gap, a missing bar, and a question mark."""

from dataclasses import replace

import numpy as np

from lstm_core.quantities import QUANTITIES
from lstm_core.rounding import UNKNOWN
from lstm_core.view.strip.over_steps import MAX_MARKERS
from lstm_core.view.strip.time_strip import time_strip
from tests.collected import collected
from tests.lstm_core.view.pictures import drawn, words
from tests.lstm_core.view.rows_of_strips import LINES, NO_NUMBER, ROWS
from tests.lstm_core.view.strips import Strip
from tests.nightly import sample

HIDING = ("f", "i", "C_tilde", "o", "C", "h", "x")


def without(trace, key: str, t: int):
    """The trace with one number of unit 1 hidden at a step, in the arrays that hold it."""
    block = {"f": 0, "i": 1, "C_tilde": 2, "o": 3}
    hidden = {
        name: getattr(trace, name).copy() for name in ("gates", "cells", "hx", "kept", "written", "tanh_C")
    }
    if key in block:
        hidden["gates"][t - 1, block[key], 0] = np.nan
    elif key == "C":
        hidden["cells"][t, 0] = hidden["tanh_C"][t - 1, 0] = np.nan
    elif key == "h":
        hidden["hx"][t, 0] = np.nan
    else:
        hidden["hx"][t - 1, trace.params.H] = np.nan
    return replace(trace, **hidden)


@collected("T", sample([8, 700, 200], 2))
@collected("key", HIDING)
def test_a_hidden_number_is_a_gap_and_a_question_mark_and_nowhere_in_the_picture(key, T):
    trace = drawn(2, 2, T, seed=3)
    t = 5
    text_of = time_strip(without(trace, key, t), 1, t, ROWS, words)
    picture = Strip(text_of)
    assert not NO_NUMBER.search(text_of)
    if key == "x":
        assert (UNKNOWN in [e.text for e in picture.rows[0].iter("text")]) == (T <= MAX_MARKERS)
    else:
        row = picture.rows[LINES[key]]
        assert t not in picture.line(row, key) and t not in picture.marks(row, key)
        path = picture.one(row, **{"data-key": f"line-{key}"})
        assert path.get("d").count("M") == 2
        assert f"quantity.{key} {UNKNOWN}" in picture.focus.get("aria-valuetext")
    names = dict(picture.says())
    name = (
        "x diagram.of_input name=quantity.x index=1"
        if key == "x"
        else f"{QUANTITIES[key].letter} quantity.{key}"
    )
    assert [n for n, said in enumerate(names[name], 1) if said == UNKNOWN] == [t]
    gone = repr(float((trace.x if key == "x" else getattr(trace, key))[t - 1, 0]))
    assert gone not in text_of

"""While a question covers a number no figure tells it: moved, looked at elsewhere, on a line or in a file."""

import json
import re
from dataclasses import replace

import numpy as np

from lstm_core.backprop import LOSSES
from lstm_core.figure import Figure, Line
from lstm_core.figure.draw import PICTURES
from lstm_core.figure.frames import frames
from lstm_core.figure.handles import GROUPS
from lstm_core.lessons.items import ITEMS, make
from lstm_core.quantities import TRACE_KEYS
from lstm_core.rounding import text
from lstm_core.view.strip import Row
from lstm_core.workbench.focus import BACK_PHASES
from tests.collected import collected
from tests.lstm_core.by_hand import some_items
from tests.lstm_core.figure.browsers import Browser, put_together
from tests.lstm_core.view.secrets import numbers, texts_to_be_seen, told
from tests.nightly import sample

ROWS = (Row("inputs"), Row("lines", 60, ("f", "i", "o")), Row("lines", 60, ("C_tilde", "h")),
        Row("ledger", 90), Row("provenance", 80))  # fmt: skip


def of_question(key: str) -> Figure:
    """All that a figure can show, of the run that an item asks about."""
    asked = make(key, 1)
    figure = Figure(asked.case.experiment, pictures=tuple(PICTURES), rows=ROWS, covers=(asked,),
                    panels=("t", "length", *GROUPS), arrangement="wide", goes_back=True)  # fmt: skip
    return figure.looked(t=asked.case.t, unit=asked.case.unit)


def exact_of(*sent) -> set[float]:
    """Every number of full precision in what is sent."""
    found = re.findall(r"-?\d+\.\d{3,}(?:e-?\d+)?", json.dumps(sent))
    return {abs(float(number)) for number in found}


def secrets(figure: Figure) -> tuple[set[str], set[float]]:
    """The covered numbers that nothing may show, as they are read and in full."""
    [question] = figure.covers
    hidden, seen = ([*numbers(question, covered=is_covered)] for is_covered in (True, False))
    # Numbers of few digits stand in a picture for another reason.
    full = {abs(number) for number in hidden if len(repr(abs(number))) > 7} - {abs(number) for number in seen}
    return {text(number).lstrip("−") for number in hidden} - texts_to_be_seen(question), full


def looked_at(figure: Figure):
    """The figure from several places, as a reader comes to them."""
    t = figure.focus.t
    yield figure
    for choice in ({"quantity": "C", "t": t}, {"quantity": "f", "t": t + 1}, {"quantity": "h", "t": t},
                   {"role": "band", "value": str(t), "t": t}, {"role": "phase", "value": "write"},
                   {"role": "key", "value": "next", "index": 5}):  # fmt: skip
        after = figure.chose(choice)
        assert after is not None and after.covers == figure.covers
        yield after
    for k, phase in enumerate(BACK_PHASES):
        yield figure.looked(back=phase, loss=list(LOSSES)[k % len(LOSSES)])
    yield figure.looked(t=t + 2, phase="show", chosen="tanh_C")


@collected("key", sample(ITEMS, 4))
def test_no_picture_no_panel_and_no_sentence_tells_what_is_covered_wherever_it_is_looked_at(key):
    figure = of_question(key)
    read, full = secrets(figure)
    for seen in looked_at(figure):
        panels = {name: [slider.spec() for slider in panel] for name, panel in seen.sliders().items()}
        for name, picture in {**seen.draw(), "sentence": seen.sentence()}.items():
            assert not told(picture) & read, (name, told(picture) & read)
            assert not exact_of(picture) & full and not re.search(r"\bnan\b|NaN", picture), name
        in_panels = {abs(spec[1]) for panel in panels.values() for spec in panel}
        assert not in_panels & full and not exact_of(panels) & full


@collected("key", ["keep_share", "next_memory", *sample(ITEMS, 2)])
def test_nor_does_an_answer_on_the_line_or_a_file_of_frames(key):
    figure = of_question(key)
    read, full = secrets(figure)
    t, browser = figure.focus.t, Browser(Line(), figure)
    for look, acts in (({"t": t + 1}, []), ({}, [{"quantity": "C", "t": str(t)}]), ({"chosen": "f"}, [])):
        answer = browser.sends(*acts, look=look)
        assert not [name for name, picture in browser.sees().items() if told(picture) & read]
        assert not exact_of(answer) & full
    held = frames(figure.only_looked_at(), most=16)
    assert not exact_of(held) & full
    for name, kept in held["drawn"].items():
        assert not [k for k, part in enumerate(kept) if told(put_together(held["first"][name], part)) & read]


@some_items
def test_what_is_moved_is_covered_too(key):
    """A page lets nobody move anything while a question is open; a figure in a notebook may."""
    [question] = of_question(key).covers
    moved = of_question(key).moved({"b_f.1": 0.123, "x.1.1": -0.77, "pin_o.1.1": 0.5})
    for run in (moved.trace, moved.unpinned):
        for name in TRACE_KEYS:
            for t in range(1, run.T + 1):
                if question.covers(name, t):
                    assert np.isnan(getattr(run, name)[t - 1]).all(), (name, t)
    assert moved.covers == (question,)
    assert not [name for name, picture in moved.draw().items() if re.search(r"\bnan\b|NaN", picture)]


def test_there_is_something_to_hide():
    """Without the questions the same figures would tell."""
    figures = [of_question(key) for key in sample(ITEMS, 6)]
    tells = [
        any(told(picture) & secrets(figure)[0] for picture in replace(figure, covers=()).draw().values())
        for figure in figures
    ]
    assert sum(tells) > len(figures) / 3

"""While a question covers a number no figure tells it: moved, looked at elsewhere, or on the line."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from lstm_core.backprop import LOSSES
from lstm_core.figure import Figure, Line
from lstm_core.lessons.items import ITEMS
from lstm_core.quantities import TRACE_KEYS
from lstm_core.workbench.focus import BACK_PHASES
from tests.collected import collected
from tests.lstm_core.by_hand import some_items
from tests.lstm_core.figure.browsers import Browser
from tests.lstm_core.figure.hidden import exact_of, of_question, secrets
from tests.lstm_core.view.secrets import told
from tests.nightly import sample


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
    for phase in BACK_PHASES:
        for loss in LOSSES:
            yield figure.looked(back=phase, loss=loss)
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


@collected("key", sample(ITEMS, 5))
def test_nor_does_an_answer_on_the_line(key):
    figure = of_question(key)
    read, full = secrets(figure)
    t = figure.focus.t
    browser = Browser(Line(), figure)
    for look, acts in (({"t": t + 1}, []), ({}, [{"quantity": "C", "t": str(t)}]), ({"chosen": "f"}, [])):
        answer = browser.sends(*acts, look=look)
        for name, picture in browser.sees().items():
            assert not told(picture) & read, name
        assert not exact_of(answer) & full


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
    shown, keys = 0, sample(ITEMS, 12)
    for key in keys:
        figure = of_question(key)
        read, _ = secrets(figure)
        open_ = replace(figure, covers=())
        shown += any(told(picture) & read for picture in open_.draw().values())
    assert shown > len(keys) / 3

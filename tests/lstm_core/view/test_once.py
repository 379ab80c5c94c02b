"""What a picture needs is computed once, however many arrangements, rows and lines of it show it."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

import numpy as np
import pytest

from lstm_core import LSTMTrace, rounding
from lstm_core.explain import Place
from lstm_core.quantities import TRACE_KEYS
from lstm_core.view.diagram import cell_diagram, describe, responsive_diagram
from lstm_core.view.origin import explanation_panel
from lstm_core.view.strip import Row, time_strip
from lstm_core.workbench.focus import PHASES
from lstm_core.workbench.presets import preset
from tests.lstm_core.view.pictures import drawn, words

LEDGER = {"C_prev", "kept", "erased", "written", "C"}
NUMBERS = LEDGER | {"f", "i", "C_tilde", "o", "tanh_C", "h"}
ROWS = [Row("inputs"), Row("lines", 60, ("f", "i", "o")), Row("ledger", 90), Row("provenance", 80, ("1",))]


class ReadTrace(LSTMTrace):
    """A trace that counts how often each of its arrays is asked for."""

    def __getattribute__(self, name):
        if name in NUMBERS:
            super().__getattribute__("reads")[name] += 1
        return super().__getattribute__(name)


def read_trace() -> ReadTrace:
    whole = preset("latch").trace()
    trace = ReadTrace(**{field.name: getattr(whole, field.name) for field in fields(whole)})
    object.__setattr__(trace, "reads", Counter())
    return trace


@pytest.fixture
def ledgers(monkeypatch) -> list:
    """One entry, step and unit, for each time that the shown ledger is computed."""
    computed, compute = [], rounding.shown_ledger

    def counted(trace, t, unit):
        computed.append((t, unit))
        return compute(trace, t, unit)

    monkeypatch.setattr(rounding, "shown_ledger", counted)
    return computed


@pytest.mark.parametrize("phase", [None, *PHASES])
def test_a_diagram_computes_its_ledger_once(ledgers, phase):
    responsive_diagram(preset("latch").trace(), 2, 1, words, phase)
    assert ledgers == [(2, 1)]


def test_under_a_hand_a_time_strip_computes_the_ledger_of_the_step_in_focus_once(ledgers):
    time_strip(preset("latch").trace(), 1, 2, ROWS, words, exact=False)
    assert ledgers == [(2, 1)]


@pytest.mark.parametrize("key", TRACE_KEYS)
def test_an_explanation_computes_each_ledger_once(ledgers, key):
    explanation_panel(preset("latch").trace(), Place(key, 3, 1), words)
    assert len(ledgers) == len(set(ledgers))


@pytest.mark.parametrize("phase", [None, *PHASES])
def test_a_diagram_puts_each_sentence_into_words_once(phase):
    asked = Counter()

    def counted(key, **values):
        asked[key] += 1
        return words(key, **values)

    responsive_diagram(preset("latch").trace(), 2, 1, counted, phase)
    said = {key: n for key, n in asked.items() if key.startswith("diagram.caption.")}
    assert said == {f"diagram.caption.{told}": 1 for told in {"whole", phase or "whole"}}


@pytest.mark.parametrize("draw", [cell_diagram, describe, responsive_diagram])
def test_a_diagram_reads_each_number_of_its_unit_once_for_itself_and_once_for_the_ledger(draw):
    trace = read_trace()
    draw(trace, 2, 1, words, "write")
    inside = Counter({"f": 2, "C_prev": 2})  # `erased` is (1 − f) · C_prev, and is read twice itself
    most = {key: 1 + (key in LEDGER) + inside[key] for key in NUMBERS}
    assert {key: n for key, n in trace.reads.items() if n > most[key]} == {}


def test_a_time_strip_rounds_whole_rows_and_not_single_numbers_with_numpy(monkeypatch):
    """NumPy takes a microsecond or more for a single number, and a strip has hundreds of them."""
    rounded, round_ = [], np.round

    def counted(values, *more):
        rounded.append(np.ndim(values))
        return round_(values, *more)

    monkeypatch.setattr(np, "round", counted)
    time_strip(drawn(2, 2, 30), 1, 2, ROWS, words, ghost=drawn(2, 2, 30, seed=1))
    assert 0 not in rounded

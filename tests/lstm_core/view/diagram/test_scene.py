"""What a picture needs is computed once, however many arrangements and places show it."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

import pytest

from lstm_core import LSTMTrace, rounding
from lstm_core.view.diagram import cell_diagram, describe, responsive_diagram
from lstm_core.workbench.focus import PHASES
from lstm_core.workbench.presets import preset
from tests.lstm_core.view.pictures import words

NUMBERS = {"C_prev", "f", "i", "C_tilde", "o", "kept", "erased", "written", "C", "tanh_C", "h"}


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
    """One entry for each time that the shown ledger is computed."""
    computed, compute = [], rounding.shown_ledger
    monkeypatch.setattr(rounding, "shown_ledger", lambda *place: computed.append(place) or compute(*place))
    return computed


@pytest.mark.parametrize("phase", [None, *PHASES])
def test_a_picture_computes_its_ledger_once(ledgers, phase):
    responsive_diagram(preset("latch").trace(), 2, 1, words, phase)
    assert len(ledgers) == 1


@pytest.mark.parametrize("phase", [None, *PHASES])
def test_a_picture_puts_each_sentence_into_words_once(phase):
    asked = Counter()

    def counted(key, **values):
        asked[key] += key.startswith("diagram.caption.")
        return words(key, **values)

    responsive_diagram(preset("latch").trace(), 2, 1, counted, phase)
    assert +asked == Counter({f"diagram.caption.{told}": 1 for told in {"whole", phase or "whole"}}), (
        "one sentence on the step, and one on the phase"
    )


@pytest.mark.parametrize("draw", [cell_diagram, describe, responsive_diagram])
def test_a_picture_reads_each_number_of_its_unit_once_for_itself_and_once_for_the_ledger(draw):
    trace = read_trace()
    trace.reads.clear()
    draw(trace, 2, 1, words, "write")
    in_ledger = {"C_prev", "kept", "erased", "written", "C"}
    inside = Counter({"f": 1, "C_prev": 1})  # `erased` is (1 − f) · C_prev whenever it is read
    most = {key: 1 + (key in in_ledger) + 2 * inside[key] for key in NUMBERS}
    assert {key: n for key, n in trace.reads.items() if n > most[key]} == {}

"""The network that the app brings along: what it reads, what is held, what it was measured to do."""

import numpy as np
import pytest

from lstm_core.reading import shipped
from lstm_core.reading.hold import HELD
from lstm_core.reading.letters import CLOSING, LETTERS, OTHER, places
from lstm_core.reading.reader import FOLDER, marked
from lstm_core.trace import provenance

READER = shipped()
TEXT = 'print(sorted(names, key=len), "no bracket")'
FREE = READER.read(TEXT)


def test_a_reading_has_every_number_of_every_letter():
    assert FREE.trace.labels == tuple(TEXT) and FREE.odds.shape == (len(TEXT), len(LETTERS))
    np.testing.assert_allclose(FREE.odds.sum(1), 1, rtol=1e-5)
    [(likeliest, odds), *_] = FREE.likeliest(5)
    assert odds == FREE.odds[4].max() == pytest.approx(FREE.odds_of(likeliest, 5))
    bits = -np.log2(FREE.odds[3, LETTERS.index(TEXT[4])])
    assert FREE.surprise[0] == 0 and FREE.surprise[4] == pytest.approx(bits)


@pytest.mark.parametrize(("of", "start"), [*((of, 9) for of in HELD), ("C", 1)])
def test_from_a_letter_on_a_unit_is_held_and_before_it_nothing_is_and_the_ledger_adds_up(of, start):
    value, k = 0.5, 22
    trace = READER.read(TEXT, {k + 1: value}, of, start).trace
    first = start - 1
    assert (getattr(trace, of)[first:, k] == value).all()
    np.testing.assert_allclose(trace.C[:first], FREE.trace.C[:first], atol=1e-5)
    assert not np.array_equal(trace.C[-1], FREE.trace.C[-1])
    if first:
        again = READER.read(TEXT, {k + 1: value}, of, start, FREE).trace
        np.testing.assert_allclose(again.C, trace.C, atol=1e-4)
        moved = trace.C_prev[first] - trace.C[first - 1]
        assert not np.delete(moved, k).any() and (trace.hand[first, k] != 0) == (of == "C")
    assert (trace.kept + trace.written == trace.C).all()
    np.testing.assert_allclose(trace.kept + trace.erased, trace.C_prev, atol=1e-5)
    np.testing.assert_allclose(provenance(trace, k + 1).sum(0), trace.C[:, k], atol=1e-5)


@pytest.mark.parametrize("text", ["a", "é", "\ud800", "\u202eשלום", "日本語\n", "\t\x00", "<b>&", "x" * 5000])
def test_any_text_is_read_and_what_is_unknown_is_one_sign(text):
    reading = READER.read(text)
    assert len(text) == reading.trace.T and np.isfinite(reading.odds).all()
    unknown = [letter not in LETTERS for letter in text]
    assert (places(text)[unknown] == LETTERS.index(OTHER)).all()


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("at least one letter", ("",)),
        ("expected units from 1 to 128", ("a", {0: 0.0})),
        ("expected units from 1 to 128", ("a", {129: 0.0})),
    ],
)
def test_an_empty_text_and_a_unit_that_is_not_there_are_refused(told, asked):
    with pytest.raises(ValueError, match=told):
        READER.read(*asked)


def test_it_writes_the_same_for_a_seed_and_goes_on_as_it_would_read():
    written = READER.write(FREE, 20, 1)
    assert written == READER.write(FREE, 20, 1) != READER.write(FREE, 20, 2)
    draws = np.random.default_rng(1).random(20)
    again = READER.read(TEXT + written)
    for k, letter in enumerate(written):  # each is the letter at its draw, by the odds of the text so far
        odds = np.cumsum(again.odds[len(TEXT) + k - 1].astype(np.float64))
        place = LETTERS.index(letter)
        assert odds[place] - again.odds[len(TEXT) + k - 1, place] - 1e-4 <= draws[k] <= odds[place] + 1e-4


def test_the_letters_that_are_marked_bring_the_units_that_tell_them_apart():
    C = np.random.default_rng(0).normal(size=(50, 4))
    C[:10, 2] -= 100
    where = np.arange(50) < 10
    first, (unit, auc), *_ = marked(C, where)
    assert first == (3, 0.0)
    pairs = C[:10, None, unit - 1] > C[None, 10:, unit - 1]
    assert auc == pytest.approx(pairs.mean())
    assert marked(C, np.ones(50)) == marked(C, np.zeros(50)) == []


def test_the_bracket_unit_is_clear_and_holding_it_outside_closes_no_bracket():
    feature = READER.features()[0]
    assert feature.name == "brackets" and feature.is_clear
    unit = READER.units[feature.unit - 1]
    held = READER.read(TEXT, {unit.unit: unit.outside})
    inside = [t for t in range(1, len(TEXT)) if TEXT[:t].count("(") > TEXT[:t].count(")")]
    lower = [held.odds_of(CLOSING, t) < FREE.odds_of(CLOSING, t) for t in inside]
    assert np.mean(lower) > 0.9


def test_the_weights_are_small():
    assert (FOLDER / "reader.npz").stat().st_size <= 300_000

"""The network that the app brings along: what it reads, what is held, what it was measured to do."""

import numpy as np
import pytest

from lstm_core.reading import shipped
from lstm_core.reading.hold import HELD
from lstm_core.reading.letters import CLOSING, LETTERS, OTHER, places
from lstm_core.reading.reader import FOLDER, marked
from lstm_core.trace import provenance

TEXT = 'print(sorted(names, key=len), "no bracket")'


def test_a_reading_has_every_number_of_every_letter():
    reading = shipped().read(TEXT)
    assert len(TEXT) == reading.trace.T and "".join(reading.trace.labels) == TEXT
    assert reading.odds.shape == (len(TEXT), len(LETTERS))
    np.testing.assert_allclose(reading.odds.sum(1), 1, rtol=1e-5)
    assert (reading.trace.kept + reading.trace.written == reading.trace.C).all()
    likeliest = reading.likeliest(5)
    assert likeliest[0][1] == reading.odds[4].max() == pytest.approx(reading.odds_of(likeliest[0][0], 5))
    bits = -np.log2(reading.odds[3, LETTERS.index(TEXT[4])])
    assert reading.surprise[0] == 0 and reading.surprise[4] == pytest.approx(bits)


def test_a_held_unit_stays_and_the_ledger_adds_up():
    free, held = shipped().read(TEXT), shipped().read(TEXT, {3: -0.5})
    assert (held.trace.C[:, 2] == -0.5).all() and (held.trace.written[:, 2] == 0).all()
    assert (held.trace.kept + held.trace.written == held.trace.C).all()
    assert not np.array_equal(free.odds, held.odds)


@pytest.mark.parametrize("of", HELD)
def test_from_a_letter_on_it_is_held_and_before_it_nothing_is(of):
    reader, value, k = shipped(), 0.5, 22
    free, held = reader.read(TEXT), reader.read(TEXT, {k + 1: value}, of, 9)
    again = reader.read(TEXT, {k + 1: value}, of, 9, free).trace
    trace = held.trace
    assert (getattr(trace, of)[8:, k] == value).all()
    np.testing.assert_allclose(again.C, trace.C, atol=1e-4)
    np.testing.assert_allclose(trace.C[:8], free.trace.C[:8], atol=1e-5)
    others = np.delete(trace.C_prev[8] - trace.C[7], k)
    assert not others.any() and (trace.hand[8, k] != 0) == (of == "C")
    assert (trace.kept + trace.written == trace.C).all()
    np.testing.assert_allclose(trace.kept + trace.erased, trace.C_prev, atol=1e-5)
    np.testing.assert_allclose(provenance(trace, k + 1).sum(0), trace.C[:, k], atol=1e-5)


@pytest.mark.parametrize("text", ["a", "é", "\ud800", "\u202eשלום", "日本語\n", "\t\x00", "<b>&", "x" * 5000])
def test_any_text_is_read_and_what_is_unknown_is_one_sign(text):
    reading = shipped().read(text)
    assert len(text) == reading.trace.T and np.isfinite(reading.odds).all()
    unknown = [letter not in LETTERS for letter in text]
    assert (places(text)[unknown] == LETTERS.index(OTHER)).all()


def test_an_empty_text_and_a_unit_that_is_not_there_are_refused():
    with pytest.raises(ValueError, match="at least one letter"):
        shipped().read("")
    for unit in (0, 129):
        with pytest.raises(ValueError, match="expected units from 1 to 128"):
            shipped().read("a", {unit: 0.0})


def test_it_writes_the_same_for_a_seed_and_goes_on_as_it_would_read():
    reader = shipped()
    reading = reader.read(TEXT)
    written = reader.write(reading, 20, 1)
    assert written == reader.write(reading, 20, 1) != reader.write(reading, 20, 2)
    draws = np.random.default_rng(1).random(20)
    again = reader.read(TEXT + written)
    for k, letter in enumerate(written):  # each is the letter at its draw, by the odds of the text so far
        odds = np.cumsum(again.odds[len(TEXT) + k - 1].astype(np.float64))
        place = LETTERS.index(letter)
        assert odds[place] - again.odds[len(TEXT) + k - 1, place] - 1e-4 <= draws[k] <= odds[place] + 1e-4


def test_the_letters_that_are_marked_bring_the_units_that_tell_them_apart():
    random = np.random.default_rng(0)
    C = random.normal(size=(50, 4))
    C[:10, 2] -= 100
    where = np.arange(50) < 10
    assert marked(C, where)[0] == (3, 0.0)
    unit, auc = marked(C, where)[1]
    pairs = C[:10, None, unit - 1] > C[None, 10:, unit - 1]
    assert auc == pytest.approx(pairs.mean())
    assert marked(C, np.ones(50)) == marked(C, np.zeros(50)) == []


def test_the_bracket_unit_is_clear_and_holding_it_outside_closes_no_bracket():
    reader = shipped()
    feature = reader.features()[0]
    assert feature.name == "brackets" and feature.is_clear
    unit = reader.units[feature.unit - 1]
    free, held = reader.read(TEXT), reader.read(TEXT, {unit.unit: unit.outside})
    inside = [t for t in range(1, len(TEXT)) if TEXT[:t].count("(") > TEXT[:t].count(")")]
    lower = [held.odds_of(CLOSING, t) < free.odds_of(CLOSING, t) for t in inside]
    assert np.mean(lower) > 0.9


def test_the_weights_are_small():
    assert (FOLDER / "reader.npz").stat().st_size <= 300_000

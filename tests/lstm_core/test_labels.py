"""Labels of steps: what is kept of a text that anybody may have typed, and what is shown of it."""

import re
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core import LSTMParams, forward
from lstm_core.labels import IN_A_SENTENCE, LONGEST, checked_labels, clean, fitted, letters, shown, step_name
from lstm_core.words import LANGUAGES, Words
from tests.collected import collected

ANY = st.text(alphabet=st.characters(), max_size=60)  # lone surrogates too
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
KEPT = {"\n", "\t", "\u200c", "\u200d"}

CLEANED = {
    "a\0b\x07c\x1bd": "abcd", "\u2066a\u2069\u200f\u200e\u061cb": "ab", "\ud800a\udfff": "a",
    "\ue000a\uf8ff\U000f0000": "a", "\ufeffa\u200b\u00adb\U000e0041": "ab", "a\r\nb\r": "a\nb\n",
    "a\u2028b\x85c": "a\nb\nc", "x" * 30: "x" * LONGEST, "\u202e" * 10 + "word": "word",
}  # fmt: skip
STAY = [" \t\u00a0\u3000", "e\u0301", "می\u200cخواهم", "=1+1", "<b>", ""]


@collected("label, cleaned", [*CLEANED.items(), *((label, label) for label in STAY)])
def test_what_steers_and_what_cannot_be_seen_is_left_out_and_the_letters_stay(label, cleaned):
    assert clean(label) == cleaned


@given(ANY)
def test_any_text_becomes_a_short_label_that_can_be_written_to_a_file(label):
    cleaned = clean(label)
    assert len(cleaned) <= LONGEST and len(cleaned.encode()) <= 4 * LONGEST
    assert all(c in KEPT or unicodedata.category(c) not in UNSEEN for c in cleaned)
    assert clean(cleaned) == cleaned


@given(ANY)
def test_what_is_shown_has_nothing_unseen_but_what_keeps_it_apart(label):
    text = shown(clean(label))
    apart = {"\u2060", "\u2068", "\u2069", "\u200c", "\u200d"}
    assert all(c in apart or c.isprintable() or unicodedata.category(c) == "Zs" for c in text)
    assert text.count("\u2068") == text.count("\u2069") <= 1 and "**" not in text
    assert not clean(label) or text.strip()


SHOWN = {
    " ": "␣", "\n": "⏎", "\t": "⇥", "\u3000": "␣", " the": "␣the", "a b": "a b", "a \n": "a␣⏎",
    "\u0301": "◌\u0301", "e" + "\u0301" * 20: "e" + "\u0301" * 4, "שלום": "\u2068שלום\u2069",
    "**": "*\u2060*",
}  # fmt: skip


@collected("label", SHOWN)
def test_white_space_gets_a_sign_and_other_letters_stay_in_their_place(label):
    assert shown(label) == SHOWN[label]


def test_a_long_label_ends_in_dots_within_a_sentence():
    assert shown("abcdefghijklm", IN_A_SENTENCE) == "abcdefghijk…" and shown("abcdefghijkl", 12)[-1] == "l"


def test_labels_are_one_a_step_and_none_at_all_are_none():
    assert checked_labels("abc", 3) == checked_labels(["a", "b", "c"], 3) == ("a", "b", "c")
    assert checked_labels(np.array(["a", "b"]), 2) == ("a", "b")
    for nothing in (None, (), [], "", ["", ""], ["\0", "\u202e"]):
        assert checked_labels(nothing, 2) == ()


@pytest.mark.parametrize("labels", ["ab", ["a"] * 4, [1, 2, 3], [None, "a", "b"], [b"a", b"b", b"c"]])
def test_other_labels_are_refused_by_name(labels):
    with pytest.raises(ValueError, match="^labels: "):
        checked_labels(labels, 3)


def test_labels_follow_the_number_of_steps():
    assert fitted(("a", "b", "c"), 2) == ("a", "b") and fitted(("a",), 3) == ("a", "", "")
    assert fitted(("", "", "c"), 2) == () == fitted((), 2)


@collected(
    "text, counted",
    [("ab 한\n", 5), ("a\r\nb", 3), ("e\u0301x", 2), ("👩‍👧!", 2), ("👍🏽a", 2), ("", 0)],
)
def test_a_letter_is_what_a_reader_counts_as_one(text, counted):
    assert len(letters(text)) == counted


@given(ANY)
def test_letters_lose_nothing_of_a_text_but_the_kind_of_its_line_breaks(text):
    assert all(len(letter) <= LONGEST for letter in letters(text))
    assert "".join(letters(text)) == re.sub("\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]", "\n", text)


@collected("language", LANGUAGES)
def test_a_step_with_a_label_is_called_by_both(language):
    words, labels = Words(language), ("a", "", "שלום")
    for t, before, called in ((2, 0, "2"), (2, 40, "42"), (0, 0, "0"), (9, 0, "9")):
        assert step_name(t, labels, words, before=before) == called
    for t, before, parts in (
        (1, 0, ("1", "“a”")),
        (1, 40, ("41", "“a”")),
        (3, 0, ("3", "“\u2068שלום\u2069”")),
    ):
        assert all(part in step_name(t, labels, words, before=before) for part in parts)


def test_a_run_carries_its_labels():
    params = LSTMParams(0.1 * np.ones((4, 2, 3)), np.zeros((4, 2)))
    for x in (np.ones((5, 1)), np.ones((5, 3, 1))):
        assert forward(params, x, labels="hello").labels == tuple("hello") and forward(params, x).labels == ()
    with pytest.raises(ValueError, match="^labels: "):
        forward(params, x, labels="hell")

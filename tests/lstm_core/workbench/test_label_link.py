"""Labels in a link: short ones come back as they were, long ones are left out, and forged ones are named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.labels import LONGEST, clean
from lstm_core.lessons.own_run import run_of, word_of
from lstm_core.workbench import label_link
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.link import from_link, to_link
from lstm_core.workbench.presets import preset
from tests.collected import collected

LABELS = {
    "a text": list("hello wor\nld"),
    "words and times": ["the", "cat", "", "09:30", "a b", " x", "x "],
    "signs of an address": ["&", "=", "~", "_", "%", "+", "#", "?", "/", "_26.", "&a=b"],
    "other letters": ["한", "שלום", "👩‍👧", "e\u0301", "\u3000", "=1+1", "<b>"],
    "the last alone": [""] * 11 + ["z"],
}


def with_labels(labels):
    experiment = preset("replace")
    return replace(experiment, labels=[*labels, *[""] * (experiment.T - len(labels))])


@collected("name", LABELS)
def test_short_labels_stand_last_in_the_link_and_come_back(name):
    experiment = with_labels(LABELS[name])
    query = to_link(experiment, Focus(3), "en")
    assert list(query)[-1] == "labels" and query["v"] == "1"
    link = from_link(query)
    assert link.experiment == experiment and link.problems == () and link.focus.t == 3
    before = {key: value for key, value in query.items() if key != "labels"}
    assert before == to_link(replace(experiment, labels=()), Focus(3), "en")


@given(st.lists(st.text(max_size=5).map(clean), min_size=1, max_size=12))
def test_any_labels_come_back_if_they_are_written(labels):
    text = label_link.to_text(labels)
    assert text is None or not any(labels) or label_link.from_text(text, 12) == (
        *labels, *[""] * (12 - len(labels))
    )  # fmt: skip


def test_a_link_is_readable_and_its_signs_need_no_escape_in_an_address():
    assert label_link.to_text(list("h e~") + ["", ""]) == "h~_20.~e~_7e."


def test_a_link_has_a_bound_in_the_characters_of_an_address():
    assert label_link.to_text(["한"] * 40) is not None and label_link.to_text(["한"] * 41) is None
    assert label_link.to_text(["a" * 24] * 16) is not None and label_link.to_text(["a" * 24] * 17) is None
    long = replace(preset("latch"), labels=["가나다라마"] * 16)
    query = to_link(long, Focus(1), "en")
    assert "labels" not in query and from_link(query).experiment == preset("latch")


def test_what_is_too_large_for_a_link_leaves_its_labels_out_too():
    assert "labels" not in to_link(replace(preset("latch").resized(T=50), labels="a" * 50), Focus(1), "en")


FORGED = [
    "", "~".join("abcdefghijklm"), "\u202e", "a\u200bb", "x" * (LONGEST + 1), "\ud800", "_0.", "_d800.",
    "_ffffff.~_202e.", "x" * 100_000, "~" * 100_000,
]  # fmt: skip


@pytest.mark.parametrize("text", FORGED, ids=range(len(FORGED)))
def test_labels_that_no_reader_can_have_are_named_and_change_nothing(text):
    link = from_link({"preset": "replace", "t": "4", "labels": text})
    assert link.problems == ("labels",) and link.experiment == preset("replace") and link.focus.t == 4


def test_fewer_labels_than_steps_are_those_of_the_first():
    link = from_link({"preset": "replace", "T": "3", "labels": "a~b"})
    assert link.experiment.labels == ("a", "b", "") and not link.problems


def test_labels_of_the_preset_stand_in_no_link_and_others_do_even_none():
    brackets = preset("brackets")
    assert "labels" not in to_link(brackets, Focus(3), "en")
    assert "labels" not in to_link(brackets.resized(T=12), Focus(3), "en")
    for changed in (replace(brackets, labels=()), replace(brackets, labels="(" * 33), brackets.resized(T=40)):
        for experiment in (changed, replace(changed, labels=["a" * 24] * changed.T)):
            query = to_link(experiment, Focus(1), "en")
            found = from_link(query)
            fits = label_link.to_text(experiment.labels) is not None
            assert not found.problems and found.experiment.labels == (experiment.labels if fits else ())


@collected("name", LABELS)
def test_a_teachers_own_run_carries_its_labels_in_its_word(name):
    experiment = with_labels(LABELS[name])
    word = word_of(experiment)
    assert word.isascii() and run_of(word) == experiment

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

LABELS = [
    list("hello wor\nld"),
    ["the", "cat", "", "09:30", "a b", " x", "x "],
    ["&", "=", "~", "_", "%", "+", "#", "?", "/", "_26.", "&a=b"],
    ["한", "שלום", "👩‍👧", "e\u0301", "\u3000", "=1+1", "<b>"],
    [""] * 11 + ["z"],
]


@pytest.mark.parametrize("labels", LABELS)
def test_short_labels_stand_last_in_the_link_and_in_a_teachers_word_and_come_back(labels):
    experiment = preset("replace")
    experiment = replace(experiment, labels=[*labels, *[""] * (experiment.T - len(labels))])
    query = to_link(experiment, Focus(3), "en")
    assert list(query)[-1] == "labels" and query["v"] == "1"
    link = from_link(query)
    assert link.experiment == experiment and link.problems == () and link.focus.t == 3
    del query["labels"]
    assert query == to_link(replace(experiment, labels=()), Focus(3), "en")
    word = word_of(experiment)
    assert word.isascii() and run_of(word) == experiment


@given(st.lists(st.text(max_size=5).map(clean), min_size=1, max_size=12))
def test_any_labels_come_back_if_they_are_written(labels):
    text = label_link.to_text(labels)
    expected = (*labels, *[""] * (12 - len(labels)))
    assert text is None or not any(labels) or label_link.from_text(text, 12) == expected


def test_a_link_is_readable_and_its_signs_need_no_escape_in_an_address():
    assert label_link.to_text(list("h e~") + ["", ""]) == "h~_20.~e~_7e."


@pytest.mark.parametrize(("label", "most"), [("한", 40), ("a" * 24, 16)])
def test_a_link_has_a_bound_in_the_characters_of_an_address(label, most):
    assert label_link.to_text([label] * most) is not None and label_link.to_text([label] * (most + 1)) is None


@pytest.mark.parametrize(
    "experiment",
    [
        replace(preset("latch"), labels=["가나다라마"] * 16),
        replace(preset("latch").resized(T=50), labels="a" * 50),
    ],
)
def test_labels_that_are_too_long_or_of_a_run_that_is_too_large_are_left_out(experiment):
    query = to_link(experiment, Focus(1), "en")
    assert "labels" not in query and from_link(query).experiment == preset("latch")


@pytest.mark.parametrize(
    "text",
    ["", "~".join("abcdefghijklm"), "\u202e", "a\u200bb", "x" * (LONGEST + 1), "\ud800", "_0.", "_d800.",
     "_ffffff.~_202e.", "x" * 100_000, "~" * 100_000],
)  # fmt: skip
def test_labels_that_no_reader_can_have_are_named_and_change_nothing(text):
    link = from_link({"preset": "replace", "t": "4", "labels": text})
    assert link.problems == ("labels",) and link.experiment == preset("replace") and link.focus.t == 4


def test_fewer_labels_than_steps_are_those_of_the_first():
    link = from_link({"preset": "replace", "T": "3", "labels": "a~b"})
    assert link.experiment.labels == ("a", "b", "") and not link.problems


def test_labels_of_the_preset_stand_in_no_link_and_others_do_even_none():
    brackets = preset("brackets")
    for same in (brackets, brackets.resized(T=12)):
        assert "labels" not in to_link(same, Focus(3), "en")
    for changed in (replace(brackets, labels=()), replace(brackets, labels="(" * 33), brackets.resized(T=40)):
        for experiment in (changed, replace(changed, labels=["a" * 24] * changed.T)):
            found = from_link(to_link(experiment, Focus(1), "en"))
            fits = label_link.to_text(experiment.labels) is not None
            assert not found.problems and found.experiment.labels == (experiment.labels if fits else ())

"""A class's files: taken or refused, judged once, told apart; what the wrong answers show."""

from lstm_core.lessons.classroom import errors, summary, summary_csv, told_apart
from lstm_core.lessons.hand_in import HandIn, digest, receive, to_zip
from lstm_core.lessons.record import Attempt
from lstm_core.lessons.sample_class import sample_class
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.verdict import MISSED, RIGHT, SKIPPED
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.lessons.hand_ins import CLASS, REFUSED, predictions, work

WORDS = {language: Words(language) for language in LANGUAGES}


@collected("reason, content", [(reason, contents[-1]) for reason, contents in REFUSED.items()])
def test_a_hostile_file_is_refused_and_named_without_harm(reason, content):
    received = receive("=<img src=x>`[a](http://x.example).zip", content)
    assert received.hand_in is None and received.refused.reason == reason
    assert not set(received.file) & set("<>`[]") and not received.file.startswith("=")
    assert received.refused.said(WORDS["ko"]) and str(received.refused)


def test_a_good_file_is_judged_when_it_comes_and_not_again(monkeypatch):
    received = receive("min-ji.zip", to_zip(work()))
    monkeypatch.setattr("lstm_core.lessons.record.check", None)
    monkeypatch.setattr("lstm_core.lessons.record.judge", None)
    apart, _ = told_apart([received.hand_in], "No name")
    rows = summary(apart)
    assert len(rows) == len(predictions()) + len(TASKS) and errors(apart) == []
    assert summary_csv(rows).count(RIGHT) >= len(rows) - 1


def test_files_are_told_from_each_other_by_their_content():
    assert digest(to_zip(work())) == digest(to_zip(work())) != digest(to_zip(work(name="Ada")))


def test_the_same_name_twice_is_told_and_each_has_a_row():
    named = [HandIn(name, (), (), preset("latch")) for name in ("Ada", "", "Ada", "Ada (2)", "Ada", "")]
    apart, twice = told_apart(named, "No name")
    assert [one.name for one in apart] == ["Ada", "No name", "Ada (3)", "Ada (2)", "Ada (4)", "No name (2)"]
    assert twice == ("Ada",)


def test_errors_are_counted_by_belief_with_an_example_of_each():
    found = errors(CLASS)
    assert list(dict.fromkeys(error.key for error in found)) == ["keep_share", "silent", "draw_hold", "hold"]
    silent = [error for error in found if error.key == "silent"]
    assert {name for error in silent for name in error.names} == {"민지", "1+1"}
    assert [len(error.names) for error in silent] == sorted((len(e.names) for e in silent), reverse=True)
    for language in WORDS:
        for error in found:
            assert error.text(WORDS[language]) and "{" not in error.text(WORDS[language])
            assert bool(error.said(WORDS[language])) == (error.kind == "item")


def test_a_rule_that_a_task_breaks_has_its_text_too():
    params = TASKS["hold"].solution().resized(H=2).params
    data = work(attempts=(Attempt("hold", 1, params),), predictions=())
    [error] = errors([data])
    assert error.belief == "size" and error.text(WORDS["en"]) == WORDS["en"]("failed.size")


def test_the_class_that_was_made_up_is_always_the_same_and_shows_every_outcome():
    one, other = sample_class("ABC"), sample_class("ABC")
    assert one == other and [hand_in.name for hand_in in one] == ["A", "B", "C"]
    assert {row.work.outcome for row in summary(one)} == {RIGHT, MISSED, SKIPPED}
    assert {"loses_all", "erased", "gone", "memory"} <= {error.belief for error in errors(one)}
    assert [receive("a.zip", to_zip(hand_in)).hand_in for hand_in in one] == one

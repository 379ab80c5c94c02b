"""A class's files: taken or refused, judged once, as one table; what the wrong answers show."""

import csv
import io
import re

from lstm_core.lessons.classroom import (
    COLUMNS,
    errors,
    name,
    runs,
    summary,
    summary_csv,
    tallies,
    told_apart,
)
from lstm_core.lessons.hand_in import HandIn, digest, receive, to_zip
from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.own_run import run_of
from lstm_core.lessons.record import Attempt, Prediction
from lstm_core.lessons.sample_class import sample_class
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.verdict import MISSED, OUTCOMES, RIGHT, SKIPPED
from lstm_core.words import Words
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.lessons.hand_ins import CLASS, OTHER_RUN, REFUSED, RUN, missed, student, work

EN = Words("en")


def read_back(rows) -> list[dict]:
    return list(csv.DictReader(io.StringIO(summary_csv(rows))))


# -- files ----------------------------------------------------------------------------------------


@collected("reason, content", [(reason, contents[-1]) for reason, contents in REFUSED.items()])
def test_a_hostile_file_is_refused_and_named_without_harm(reason, content):
    received = receive("=<img src=x>`[a](http://x.example).zip", content)
    assert received.hand_in is None and received.refused.reason == reason
    assert not set(received.file) & set("<>`[]") and not received.file.startswith("=")
    assert received.refused.said(EN) and str(received.refused)


def test_a_good_file_is_judged_when_it_comes_and_not_again(monkeypatch):
    received = receive("min-ji.zip", to_zip(work()))
    monkeypatch.setattr("lstm_core.lessons.record.check", None)
    monkeypatch.setattr("lstm_core.lessons.record.judge", None)
    apart, _ = told_apart([received.hand_in], "No name")
    rows = summary(apart)
    assert len(rows) == len(work().predictions) + len(work().attempts) and errors(apart) == []
    assert {row.work.outcome for row in rows} == {RIGHT, SKIPPED}


def test_files_are_told_from_each_other_by_their_content():
    assert digest(to_zip(work())) == digest(to_zip(work())) != digest(to_zip(work(name="Ada")))


def test_the_same_name_twice_is_told_and_each_has_a_row():
    named = [HandIn(name, (), (), preset("latch")) for name in ("Ada", "", "Ada", "Ada (2)", "Ada", "")]
    apart, twice = told_apart(named, "No name")
    assert [one.name for one in apart] == ["Ada", "No name", "Ada (3)", "Ada (2)", "Ada (4)", "No name (2)"]
    assert twice == ("Ada",)


# -- the table ------------------------------------------------------------------------------------


def test_a_row_for_everything_that_somebody_did():
    assert [(row.name, row.work.kind, row.work.key, row.work.outcome) for row in summary(CLASS)] == [
        ("Ada", "item", "silent", RIGHT), ("Ada", "item", "keep_share", MISSED),
        ("Ada", "item", "draw_hold", MISSED), ("민지", "item", "silent", MISSED),
        ("민지", "item", "keep_share", SKIPPED), ("민지", "task", "hold", RIGHT),
        ("1+1", "item", "silent", MISSED), ("1+1", "item", "silent", MISSED), ("1+1", "task", "hold", MISSED),
    ]  # fmt: skip


def test_counts_for_the_chart_in_the_order_of_the_tables():
    found = tallies(summary(CLASS))
    assert [tally.key for tally in found] == ["keep_share", "silent", "draw_hold", "hold"]
    silent = found[1]
    assert (silent.right, silent.missed, silent.skipped) == (1, 3, 0)
    assert sum(t.right + t.missed + t.skipped for t in found) == len(summary(CLASS)) and tallies([]) == []


def test_the_csv_reads_back():
    rows = read_back(summary(CLASS))
    assert len(rows) == 9 and tuple(rows[0]) == COLUMNS and all(name.isascii() for name in COLUMNS)
    assert rows[3]["name"] == "민지" and re.fullmatch(r"\[[-0-9. ]+\]", rows[2]["answer"])
    assert float(rows[1]["answer"]) != float(rows[1]["truth"])
    assert rows[1]["misconception"] == "f_1_forgets" == ITEMS["keep_share"].misconception
    assert rows[1]["why"] == next(iter(make("keep_share", 1).beliefs)) and rows[0]["why"] == ""
    assert (rows[4]["outcome"], rows[4]["answer"], rows[4]["truth"]) == (SKIPPED, "", "")
    assert (rows[5]["hints_said"], rows[5]["tries_said"], rows[5]["why"]) == ("2", "4", "")
    assert rows[8]["why"] == "held" and rows[8]["misconception"] == ""
    assert rows[0]["truth"] == make("silent", 1).truth


def test_answers_about_a_run_that_was_brought_are_judged_by_it_and_counted_together():
    key = "gate_on_what"
    right = Prediction(key, 2, make(key, 2, RUN).truth, RUN)
    of_class = [
        student("Ada", missed(key, 2, RUN), missed(key, 2)),
        student("민지", missed(key, 2, RUN), missed(key, 3, OTHER_RUN)),
        student("Bo", right, missed(key, 3, RUN)),
    ]
    rows = summary(of_class)
    assert [(one.run, one.right, one.missed) for one in tallies(rows)] == [(0, 0, 1), (1, 1, 3), (2, 0, 1)]
    assert runs(rows) == {1: run_of(RUN), 2: run_of(OTHER_RUN)} and runs(summary(CLASS)) == {}
    assert len({name(EN, one.kind, one.key, one.run) for one in tallies(rows)}) == 3
    assert all(error.text(EN) and error.said(EN) for error in errors(of_class))
    assert {error.run for error in errors(of_class)} == {0, 1, 2}
    assert [row["run"] for row in read_back(rows)] == ["1", "", "1", "2", "1", "1"]
    own = errors(of_class)[-1].example
    assert own.verdict.values["f"] == make(key, 3, OTHER_RUN).values["f"] != make(key, 3).values["f"]


# -- what the wrong answers show ------------------------------------------------------------------


def test_errors_are_counted_by_belief_with_an_example_of_each():
    found = errors(CLASS)
    assert list(dict.fromkeys(error.key for error in found)) == ["keep_share", "silent", "draw_hold", "hold"]
    silent = [error for error in found if error.key == "silent"]
    assert {name for error in silent for name in error.names} == {"민지", "1+1"}
    assert [len(error.names) for error in silent] == sorted((len(e.names) for e in silent), reverse=True)
    for error in found:
        assert error.text(EN) and bool(error.said(EN)) == (error.kind == "item")


def test_a_rule_that_a_task_breaks_has_its_text_too():
    params = TASKS["hold"].solution().resized(H=2).params
    [error] = errors([work(attempts=(Attempt("hold", 1, params),), predictions=())])
    assert error.belief == "size" and error.text(EN) == EN("failed.size")


def test_the_class_that_was_made_up_is_always_the_same_and_shows_every_outcome():
    one, other = sample_class("ABC"), sample_class("ABC")
    assert one == other and [hand_in.name for hand_in in one] == ["A", "B", "C"]
    assert {row.work.outcome for row in summary(one)} == set(OUTCOMES)
    assert {"loses_all", "erased", "gone", "memory"} <= {error.belief for error in errors(one)}
    assert [receive("a.zip", to_zip(hand_in)).hand_in for hand_in in one] == one

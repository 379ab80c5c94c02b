"""A class's files as one table: who missed what, counted, and safe in a spreadsheet."""

import csv
import io

from lstm_core.lessons.classroom import COLUMNS, errors, name, runs, summary, summary_csv, tallies
from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.own_run import run_of
from lstm_core.lessons.record import Prediction, outcome_key
from lstm_core.lessons.verdict import MISSED, OUTCOMES, RIGHT, SKIPPED
from lstm_core.words import LANGUAGES, Words, texts
from tests.lstm_core.lessons.hand_ins import CLASS, OTHER_RUN, RUN, missed, student


def test_a_row_for_everything_that_somebody_did():
    rows = summary(CLASS)
    assert [(row.name, row.work.key, row.work.outcome) for row in rows] == [
        ("Ada", "silent", RIGHT), ("Ada", "keep_share", MISSED), ("Ada", "draw_hold", MISSED),
        ("민지", "silent", MISSED), ("민지", "keep_share", SKIPPED), ("민지", "hold", RIGHT),
        ("1+1", "silent", MISSED), ("1+1", "silent", MISSED), ("1+1", "hold", MISSED),
    ]  # fmt: skip
    assert [row.work.kind for row in rows] == [*["item"] * 5, "task", "item", "item", "task"]
    assert all(outcome_key(row.work.outcome) in texts("ko") for row in rows)
    assert {row.work.outcome for row in rows} == set(OUTCOMES)


def test_counts_for_the_chart_in_the_order_of_the_tables():
    found = tallies(summary(CLASS))
    assert [tally.key for tally in found] == ["keep_share", "silent", "draw_hold", "hold"]
    silent = found[1]
    assert (silent.right, silent.missed, silent.skipped) == (1, 3, 0)
    assert sum(t.right + t.missed + t.skipped for t in found) == len(summary(CLASS)) and tallies([]) == []
    assert len(OUTCOMES) == 3


def test_the_csv_reads_back():
    rows = list(csv.DictReader(io.StringIO(summary_csv(summary(CLASS)))))
    assert len(rows) == 9 and tuple(rows[0]) == COLUMNS and all(name.isascii() for name in COLUMNS)
    assert [row["name"] for row in rows][3] == "민지" and rows[2]["answer"].startswith("[")
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
    for words in map(Words, LANGUAGES):
        names = [name(words, one.kind, one.key, one.run) for one in tallies(rows)]
        assert len(set(names)) == 3 and all("{" not in one for one in names)
        assert all(error.text(words) and error.said(words) for error in errors(of_class))
    assert {error.run for error in errors(of_class)} == {0, 1, 2}
    cells = [row["run"] for row in csv.DictReader(io.StringIO(summary_csv(rows)))]
    assert cells == ["1", "", "1", "2", "1", "1"]
    own = errors(of_class)[-1].example
    assert own.verdict.values["f"] == make(key, 3, OTHER_RUN).values["f"] != make(key, 3).values["f"]

"""A class's files as one table: who missed what, counted, and safe in a spreadsheet."""

import csv
import io

from lstm_core.lessons.classroom import (
    COLUMNS,
    MISSED,
    OUTCOMES,
    RIGHT,
    SKIPPED,
    summary,
    summary_csv,
    tallies,
)
from lstm_core.lessons.hand_in import HandIn, read_zip, to_zip
from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.record import Attempt, Prediction
from lstm_core.lessons.tasks import TASKS
from lstm_core.words import texts
from lstm_core.workbench.presets import preset


def missed(key, seed):
    q = make(key, seed)
    answer = next((o for o in q.options if o != q._truth), None) or next(iter(q._beliefs.values()))
    return Prediction(key, seed, answer)


def student(name, *predictions, attempts=()):
    return read_zip(to_zip(HandIn(name, predictions, attempts, preset("latch"))))


CLASS = [
    student("Ada", Prediction("silent", 1, make("silent", 1)._truth), missed("keep_share", 1),
            missed("draw_hold", 1)),
    student("민지", missed("silent", 2), Prediction("keep_share", 2, None),
            attempts=(Attempt("hold", 1, TASKS["hold"].solution().params, 2, 4),)),
    student("=1+1", missed("silent", 3), missed("silent", 4),
            attempts=(Attempt("hold", 1, TASKS["hold"].start(1).params),)),
    student(""),
]  # fmt: skip


def test_a_row_for_everything_that_somebody_did():
    rows = summary(CLASS)
    assert [(row.name, row.key, row.outcome) for row in rows] == [
        ("Ada", "silent", RIGHT), ("Ada", "keep_share", MISSED), ("Ada", "draw_hold", MISSED),
        ("민지", "silent", MISSED), ("민지", "keep_share", SKIPPED), ("민지", "hold", RIGHT),
        ("1+1", "silent", MISSED), ("1+1", "silent", MISSED), ("1+1", "hold", MISSED),
    ]  # fmt: skip
    assert rows[1].misconception == "f_1_forgets" == ITEMS["keep_share"].misconception
    assert rows[1].why == next(iter(make("keep_share", 1)._beliefs)) and rows[1].answer != rows[1].truth
    assert (rows[5].hints, rows[5].tries, rows[5].why) == (2, 4, "") and rows[8].why == "held"
    assert all(row.outcome_key in texts("ko") for row in rows) and len({row.outcome for row in rows}) == 3


def test_counts_for_the_chart_in_the_order_of_the_tables():
    found = tallies(summary(CLASS))
    assert [tally.key for tally in found] == ["keep_share", "silent", "draw_hold", "hold"]
    silent = found[1]
    assert (silent.right, silent.missed, silent.skipped, silent.missed_by) == (1, 3, 0, ("민지", "1+1"))
    assert sum(t.right + t.missed + t.skipped for t in found) == len(summary(CLASS)) and tallies([]) == []
    assert len(OUTCOMES) == 3


def test_the_csv_reads_back():
    rows = list(csv.DictReader(io.StringIO(summary_csv(summary(CLASS)))))
    assert len(rows) == 9 and tuple(rows[0]) == COLUMNS and all(name.isascii() for name in COLUMNS)
    assert [row["name"] for row in rows][3] == "민지" and rows[2]["answer"].startswith("[")
    float(rows[1]["answer"])
    assert rows[0]["truth"] == make("silent", 1)._truth

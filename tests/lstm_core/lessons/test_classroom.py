"""A class's files as one table: who missed what, counted, and safe in a spreadsheet."""

import csv
import io

from lstm_core.lessons.classroom import COLUMNS, summary, summary_csv, tallies
from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.record import outcome_key
from lstm_core.lessons.verdict import MISSED, OUTCOMES, RIGHT, SKIPPED
from lstm_core.words import texts
from tests.lstm_core.lessons.hand_ins import CLASS


def test_a_row_for_everything_that_somebody_did():
    rows = summary(CLASS)
    assert [(row.name, row.key, row.outcome) for row in rows] == [
        ("Ada", "silent", RIGHT), ("Ada", "keep_share", MISSED), ("Ada", "draw_hold", MISSED),
        ("민지", "silent", MISSED), ("민지", "keep_share", SKIPPED), ("민지", "hold", RIGHT),
        ("1+1", "silent", MISSED), ("1+1", "silent", MISSED), ("1+1", "hold", MISSED),
    ]  # fmt: skip
    assert [row.kind for row in rows] == [*["item"] * 5, "task", "item", "item", "task"]
    assert all(outcome_key(row.outcome) in texts("ko") for row in rows)
    assert {row.outcome for row in rows} == set(OUTCOMES)


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
    assert float(rows[1]["answer"]) != float(rows[1]["truth"])
    assert rows[1]["misconception"] == "f_1_forgets" == ITEMS["keep_share"].misconception
    assert rows[1]["why"] == next(iter(make("keep_share", 1).beliefs)) and rows[0]["why"] == ""
    assert (rows[4]["outcome"], rows[4]["answer"], rows[4]["truth"]) == (SKIPPED, "", "")
    assert (rows[5]["hints_said"], rows[5]["tries_said"], rows[5]["why"]) == ("2", "4", "")
    assert rows[8]["why"] == "held" and rows[8]["misconception"] == ""
    assert rows[0]["truth"] == make("silent", 1).truth

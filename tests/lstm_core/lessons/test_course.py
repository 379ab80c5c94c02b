"""A course that is marked: many students with own variants hand in by the zip of a learning platform."""

import csv
import io
import math
import random
import zipfile

import numpy as np
import pytest

from lstm_core.lessons.class_zip import MAX_CLASS_ZIP, MOST_ENTRIES, student_of, unpacked
from lstm_core.lessons.classroom import COLUMNS, order_of_works, summary, summary_csv, told_apart
from lstm_core.lessons.hand_in import MAX_ZIP, HandIn, receive, to_zip
from lstm_core.lessons.items import make
from lstm_core.lessons.lesson_link import from_query
from lstm_core.lessons.marks import grades_csv, marks, parts_met
from lstm_core.lessons.record import Attempt, Prediction
from lstm_core.lessons.roster import Student, read_roster
from lstm_core.lessons.tasks import TASKS
from lstm_core.view.lessons import marks_table
from lstm_core.words import Words
from lstm_core.workbench.presets import preset
from tests.collected import collected
from tests.lstm_core.answers import ANSWERS
from tests.lstm_core.lessons.hand_ins import CLASS, GOOD, missed, packed, student, with_json

LESSON = (
    "item.keep_share.each~item.next_memory.each~item.draw_hold.each~item.silent.each~task.repair.each"
    "~item.keep_share.each2"
)
MANY = 25
ROSTER = b"Student ID,Last name,First name\n" + b"".join(
    b"s%d,Family%d,Given\n" % (n, n) for n in range(MANY)
)


def answered(part, right: bool):
    """An answer that is right or wrong, as far from the truth as it may be or a little further."""
    if part.kind == "task":
        tried = (TASKS[part.key].solution if right else TASKS[part.key].start)(part.number)
        return Attempt(part.key, part.number, tried.params)
    asked = make(*part.place)
    if asked.options:
        return Prediction(part.key, part.number, asked.truth) if right else missed(part.key, part.number)
    off, high = (0.9 if right else 1.1) * asked.item.tolerance, asked.bounds[1]
    truth = np.atleast_1d(ANSWERS[part.key](asked))
    moved = tuple(np.where(truth + off <= high, truth + off, truth - off).tolist())
    return Prediction(part.key, part.number, moved if len(moved) > 1 else moved[0])


def hand_in_of(number: str, right) -> HandIn:
    """The hand-in of a student. right : for each part whether it is; None where it is left out."""
    parts = from_query({"lesson": LESSON, "student": number})[0].parts
    works = [answered(part, one) for part, one in zip(parts, right, strict=True) if one is not None]
    of = {kind: tuple(work for work in works if work.kind == kind) for kind in ("item", "task")}
    return HandIn("typed by hand", of["item"], of["task"], preset("latch"), student=number)


@pytest.fixture(scope="module")
def planted():
    """What each student of the roster got right; None for the two who handed nothing in."""
    draw = random.Random(7)
    of = {f"s{n}": [draw.random() < 0.3 + 0.02 * n for _ in range(6)] for n in range(MANY)}
    return of | {"s3": [True, None, False, None, True, None], "s10": None, "s20": None}


@pytest.fixture(scope="module")
def class_zip(planted) -> bytes:
    """As Moodle packs it: a folder a student, other files beside, and somebody who is on no list."""
    members = []
    for n, (number, right) in enumerate(planted.items()):
        if right is not None:
            folder = f"Given Family{n}_{1000 + n}_assignsubmission_file"
            members.append((f"{folder}/lstm.zip", to_zip(hand_in_of(number, right))))
    members += [
        ("Given Family5_1005_assignsubmission_file/notes.pdf", b"%PDF"),
        ("Given Family5_1005_assignsubmission_file/lstm_again.zip", to_zip(hand_in_of("s5", [True] * 6))),
        ("Some Body_1_assignsubmission_file/lstm.zip", to_zip(hand_in_of("s7", [True] * 6))),
        ("Given Family10_1010_assignsubmission_onlinetext/onlinetext.html", b"<p>"),
        ("__MACOSX/._x.zip", b""),
    ]  # fmt: skip
    return packed(members)


@pytest.fixture(scope="module")
def hand_ins(class_zip) -> list[HandIn]:
    found, refused = [], []
    for file in unpacked("class.zip", class_zip):
        if file.content is None:
            refused.append(file.path)
            continue
        received = receive(file.path, file.content)
        assert received.hand_in, received
        found.append(HandIn(**{**vars(received.hand_in), "name": file.student}))
    assert len(refused) == 1 and "Family10" in refused[0]
    return found


@pytest.fixture(scope="module")
def course(hand_ins):
    points = {0: 2.0, 4: 0.5}
    return marks(hand_ins, read_roster(ROSTER), from_query({"lesson": LESSON})[0].parts, points)


def test_the_variants_of_all_are_marked_right(planted, course):
    worth = [2.0, 1, 1, 1, 0.5, 1]
    assert [one.student.number for one in course.marked] == list(planted)
    for one, right in zip(course.marked, planted.values(), strict=True):
        wanted = [w if r else 0 for w, r in zip(worth, right or [False] * 6, strict=True)]
        assert list(one.got) == wanted and one.total == pytest.approx(sum(wanted)), one.student
    assert [one.number for one in course.missing] == ["s10", "s20"]
    assert course.strangers == ("Some Body",) and course.other_numbers == ()
    assert [one.files for one in course.marked[4:7]] == [1, 2, 1]


def test_difficulty_and_discrimination_are_those_of_the_plain_formulas(planted, course):
    right = np.array([[bool(one) for one in row] for row in planted.values() if row is not None], float)
    got = right * [2.0, 1, 1, 1, 0.5, 1]
    for k, one in enumerate(course.statistics()):
        a, b = right[:, k] - right[:, k].mean(), np.delete(got, k, 1).sum(1)
        b = b - b.mean()
        assert one.difficulty == pytest.approx(right[:, k].mean())
        assert one.discrimination == pytest.approx((a @ b) / math.sqrt((a @ a) * (b @ b)))


def test_the_grades_go_home_in_plain_words(course):
    words = Words("ko")
    head, *rows = csv.reader(io.StringIO(grades_csv(course, words)))
    assert len(head) == 3 + 6 + 1 and len(rows) == MANY and "{" not in "".join(head)
    for row, one in zip(rows, course.marked, strict=True):
        assert row[0] == one.student.number and float(row[-1]) == pytest.approx(one.total)
        assert row[3:-1] == ([f"{got:g}" for got in one.got] if one.files else [""] * 6)
    assert marks_table(course, words).count("<tr>") == 1 + MANY + 2


def test_the_csv_for_analysis_says_which_answers_count(hand_ins):
    course = marks(hand_ins, (), from_query({"lesson": LESSON})[0].parts)
    apart, twice = told_apart(hand_ins, "No name")
    rows = list(csv.DictReader(io.StringIO(summary_csv(summary(apart), course))))
    assert twice == ("Given Family5",) and "Given Family5 (2)" in {row["name"] for row in rows}
    assert tuple(rows[0]) == COLUMNS and {row["part"] for row in rows} == {*"123456"}
    assert sum(float(row["points"]) for row in rows) == sum(one.total for one in course.marked)
    assert {row["number"] for row in rows} >= {"s0", "s24"}


def test_without_a_lesson_every_question_that_was_met_counts_in_any_variant():
    parts = parts_met(CLASS, order_of_works())
    course = marks(CLASS, (), parts, any_variant=True)
    assert [part.key for part in parts] == ["keep_share", "silent", "draw_hold", "hold"]
    assert [one.total for one in course.marked] == [1, 1, 0, 0]
    assert [one.difficulty for one in course.statistics()][:2] == [0, 0.25]
    assert course.statistics()[0].discrimination is None
    assert marks([], (), parts).statistics()[0].difficulty is None


def test_a_name_on_the_roster_counts_before_a_number_and_no_file_has_two_owners():
    names = ("Ada Lovelace", "김민지", "김민지", "X")
    students = [Student(str(number), name) for number, name in enumerate(names, start=1)]
    files = [
        HandIn(name, (), (), preset("latch"), student=number)
        for name, number in [("Lovelace, Ada", "2"), ("lovelaceada", ""), ("민지 김", "3"), ("김민지", "3"),
                             ("김민지", ""), ("", "4"), ("Eve", "4")]
    ]  # fmt: skip
    course = marks(files, students, ())
    assert [one.files for one in course.marked] == [2, 0, 1, 1]
    assert course.strangers == ("민지 김", "김민지", "Eve") and course.other_numbers == ("Ada Lovelace",)


@collected("path, name", [
    ("Ada Lovelace_12_assignsubmission_file_/lstm.zip", "Ada Lovelace"),
    ("Ada Lovelace_12_assignsubmission_file_lstm_x.zip", "Ada Lovelace"),
    ("lovelaceada_LATE_12_34_lstm_x.zip", "lovelaceada"), ("김민지_12_34_lstm.zip", "김민지"),
    ("12-34 - Ada Lovelace - Nov 3, 2026 935 AM/lstm.zip", "Ada Lovelace"),
    ("Homework 1_alovelace_attempt_2026-11-03-09-35-00_lstm.zip", "alovelace"),
    ("Ada/lstm.zip", "Ada"), ("lstm_Ada.zip", ""), ("=1+1<b>/lstm.zip", "1+1 b"),
])  # fmt: skip
def test_the_platform_says_whose_file_it_is(path, name):
    assert student_of(path) == name


def test_a_single_hand_in_is_taken_as_it_is():
    [file] = unpacked("lstm_Ada.zip", to_zip(student("Ada")))
    assert file.content and file.student == "" and file.path == "lstm Ada.zip"


RANDOM = random.Random(1).randbytes(MAX_ZIP)


def lying_about_its_list() -> bytes:
    """Says in its end that the list of entries is much longer."""
    content = bytearray(packed([("a/x.zip", RANDOM)]))
    content[-10:-6] = (50_000_000).to_bytes(4, "little")
    return bytes(content)


HOSTILE = {
    "too_many_bytes": [b"\0" * (MAX_CLASS_ZIP + 1), packed([("a.txt", bytes(MAX_ZIP))], zipfile.ZIP_STORED)],
    "too_many": [
        packed([(f"{n}/x.zip", RANDOM[:300]) for n in range(MOST_ENTRIES + 1)]), lying_about_its_list(),
    ],
    "members": [
        packed([(path, b""), ("filler", RANDOM)])
        for path in ("../x.zip", "/x.zip", "a/../x.zip", "a\\x.zip", "a/" + "b" * 500 + ".zip")
    ],
    "not_zip": [b"PK\3\4" + bytes(MAX_ZIP), packed([("a/x.zip", RANDOM)])[:-30]],
}  # fmt: skip


@collected("reason", HOSTILE)
def test_a_hostile_class_zip_is_refused_before_anything_is_unpacked(reason, monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    for content in HOSTILE[reason]:
        [file] = unpacked("<b>=x.zip", content)
        assert file.content is None and file.refused.reason == reason and file.path == "b =x.zip"


def test_a_hostile_file_of_one_student_leaves_the_others_in_peace():
    bomb = zipfile.ZipInfo("c/x.zip")
    bomb.compress_type = zipfile.ZIP_DEFLATED
    content = packed([
        ("a/x.zip", to_zip(student("Ada"))), ("b/x.zip", packed([("y.zip", with_json(GOOD))])),
        (bomb, bytes(50_000_000)), ("d/x.zip", b"no zip"), ("e/x.exe", b"MZ"),
    ])  # fmt: skip
    found = {}
    for file in unpacked("class.zip", content):
        refused = file.refused if file.content is None else receive(file.path, file.content).refused
        found[file.path[0]] = refused.reason if refused else "taken"
    assert found == {"a": "taken", "b": "members", "c": "too_many_bytes", "d": "not_zip", "e": "not_zip"}

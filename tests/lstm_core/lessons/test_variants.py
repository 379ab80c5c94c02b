"""A variant for each student: drawn by a number, the same each time, in links, key and hand-in."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.lessons.hand_in import read_zip, to_zip
from lstm_core.lessons.items import make
from lstm_core.lessons.lesson_link import MOST_PARTS, LessonLink, Part, from_address, from_query, to_query
from lstm_core.lessons.opened import opened, page_of, start_of
from lstm_core.lessons.plan import Plan, path
from lstm_core.lessons.plan_link import plan_from
from lstm_core.lessons.plan_link import to_query as plan_query
from lstm_core.lessons.question import SEEDS
from lstm_core.lessons.roster import MAX_ROSTER, MOST_STUDENTS, Student, numbered, read_roster
from lstm_core.lessons.student import number_of, seed_of
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.tasks.task import check
from lstm_core.lessons.variants import key_csv, links_csv, right_answer
from lstm_core.lessons.verdict import judge
from lstm_core.words import Words
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.presets import preset
from lstm_core.workbench.refused import Refused
from tests.collected import collected
from tests.lstm_core.lessons.hand_ins import changed, work
from tests.nightly import examples

EACH = "item.keep_share.each~item.keep_share.each2~item.silent.7~task.repair.each"


def rows(content: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content)))


def test_a_lesson_waits_for_a_number_and_then_has_variants_of_its_own():
    waits, problems = from_query({"lesson": EACH})
    assert waits.waits and not problems and waits.part is None and start_of(waits) is None
    assert page_of(waits) == "lessons" == opened({"lesson": EACH}, "", ()).page
    assert to_query(waits) == {"lesson": EACH, "at": "0"}
    begun, problems = from_query({"lesson": EACH, "student": " Ｓ20 24 "})
    assert not problems and not begun.waits and begun.student == "s2024" and begun.at == 1
    first, second, fixed, task = begun.parts
    assert first.number != second.number and {first.key, second.key} == {"keep_share"}
    assert fixed == Part("item", "silent", 7) and task.number in SEEDS
    assert from_query(to_query(begun))[0] == begun
    address = f"http://x/ko?view=embed&lesson={EACH}&student=s2024#a".replace("~", "%7E")
    assert from_address(address).parts == begun.parts
    assert from_address("nothing=here") == LessonLink() == from_address("")
    other, _ = from_query({"lesson": EACH, "student": "s2025"})
    assert other.parts[0] != first and other.parts[2] == fixed


@given(st.text(max_size=30))
def test_a_number_is_plain_or_none(typed):
    number = number_of(typed)
    assert number_of(number) == number and number.isascii() and len(number) <= 20
    said, problems = from_query({"lesson": EACH, "student": typed})
    assert said.waits == (not number) and bool(problems) == (not number)


@collected("text", ["item.silent.each0", "item.silent.each99", "tour.short.each", "task.hold.each",
                    "own.silent.each", "item.silent.", "item.silent.each.2", "item.nope.each"])  # fmt: skip
def test_what_cannot_have_a_variant_for_each_is_named(text):
    lesson, problems = from_query({"lesson": text})
    assert lesson == LessonLink() and problems == ("lesson",)


def test_seeds_are_spread_and_differ_within_a_lesson():
    drawn = [seed_of(str(n), "item", "silent", 1) for n in range(400)]
    assert all(seed in SEEDS and seed for seed in drawn) and len(set(drawn)) > 370
    assert 0.4 < sum(seed < 5000 for seed in drawn) / 400 < 0.6
    several = [seed_of("1", "item", "silent", which) for which in range(1, MOST_PARTS + 1)]
    assert len(set(several)) == MOST_PARTS
    assert seed_of("1", "item", "silent", 1) != seed_of("1", "item", "keep_share", 1)


def test_a_plan_has_any_number_of_variants_and_its_address_brings_them_back():
    plan = Plan("overview").with_parts("item", ["silent", "keep_share"])
    plan = plan.with_another(0).with_each(2, True).with_another(2)
    assert [str(part) for part in plan.parts] == [
        "item.silent.1", "item.silent.2", "item.keep_share.each", "item.keep_share.each2",
    ]  # fmt: skip
    assert plan_from(plan_query(plan)["make"], ["overview"]) == (plan, True)
    link = path(plan, preset("latch"), Focus(1))
    assert link == "/?lesson=item.silent~item.silent.2~item.keep_share.each~item.keep_share.each2"
    assert plan.with_each(3, False).parts[3] == Part("item", "keep_share", 1)
    full = Plan("overview").with_parts("item", ["silent"])
    for _ in range(2 * MOST_PARTS):
        full = full.with_another(0)
    assert len(full.parts) == len(set(full.parts)) == MOST_PARTS


def test_the_key_has_the_right_answers_of_every_student():
    words, lesson = Words("ko"), from_query({"lesson": f"tour.short~{EACH}~item.draw_hold.each"})[0]
    students = numbered(examples(15, 60))
    head, *table = rows(key_csv(students, lesson.parts, words))
    assert len(table) == len(students) and len(head) == 2 + 2 * 5 and "{" not in "".join(head)
    for one, row in zip(students, table, strict=True):
        parts = [part for part in lesson.begun_by(one.number).parts if part.kind != "tour"]
        assert [int(cell) for cell in row[2::2]] == [part.number for part in parts]
        for part, cell in zip(parts, row[3::2], strict=True):
            if part.kind == "task":
                solved = TASKS[part.key].start(part.number)
                for change in cell.split(", "):
                    address, value = change.split(": ")
                    solved = solved.edited(address, float(value.replace("−", "-")))
                assert check(TASKS[part.key], solved, part.number).passed
                continue
            asked = make(*part.place)
            if asked.options:
                assert cell == str(right_answer(asked, words)) != ""
                assert asked.option_label(words, asked.truth) in cell
            else:
                numbers = [float(number) for number in cell.strip("[]").split()]
                assert judge(asked, numbers if len(numbers) > 1 else numbers[0]).right
    assert len({tuple(row[2::2]) for row in table}) == len(table)


def test_the_links_lead_to_the_variants_of_the_key_and_no_name_is_a_formula():
    students = [Student("7", '=HYPERLINK("http://x")'), Student("8", "민지")]
    head, *table = rows(links_csv(students, "http://x/?lesson=item.silent.each", Words("ko")))
    assert table[0][1].startswith("'=") and table[1][1] == "민지" and len(head) == 3
    assert table[1][2] == "http://x/?lesson=item.silent.each&student=8"


ROSTERS = [
    ("Number,Name\n7,Ada\n8,=1+1\n", [("7", "Ada"), ("8", "1+1")]),
    ("First name,Last name,ID number,Email address\nAda,Lovelace,,a@x\n민지,김,,b@x\n",
     [("1", "Ada Lovelace"), ("2", "민지 김")]),
    ("Student,ID,SIS User ID,Section\n    Points Possible,,,\n\"Lovelace, Ada\",12,S-7,A\n",
     [("s-7", "Lovelace, Ada")]),
    ("이름;학번\n김민지;２０24 1\n", [("20241", "김민지")]),
    ("Ada\nBo\n", [("1", "Ada"), ("2", "Bo")]),
    ("학번\n5\n", [("5", "")]),
    ("ID,姓名\n7,王小明\n", [("7", "王小明")]),
]  # fmt: skip


@collected("content, expected", ROSTERS)
def test_a_roster_is_read_as_platforms_write_it(content, expected):
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp949"):
        assert [(one.number, one.name) for one in read_roster(content.encode(encoding))] == expected


@collected("reason, content", [
    ("too_many_bytes", b"a" * (MAX_ROSTER + 1)), ("encoding", b"\xff\x00\xff"), ("empty", b"\n \n"),
    ("no_names", b"a,b\n1,2\n"), ("no_rows", b"name\n"), ("same_number", b"id,name\n1,A\n1,B\n"),
    ("bad_number", b"id,name\n1,A\n,B\n"), ("bad_number", b"id\n<b>\n"),
    ("too_many", b"name\n" + b"a\n" * (MOST_STUDENTS + 1)), ("not_csv", b'name\n"' + b"a" * 200_000),
])  # fmt: skip
def test_a_list_that_is_none_is_refused_in_words(reason, content):
    with pytest.raises(Refused) as refused:
        read_roster(content)
    assert refused.value.reason == reason
    said = refused.value.said(Words("en"))
    assert said == Words("en")(f"variants.refused.{reason}", **refused.value.details)


def test_the_number_is_in_the_file_that_is_handed_in():
    assert read_zip(to_zip(work(student="s2024"))).student == "s2024"
    assert read_zip(to_zip(work())).student == ""
    for wrong in ("S 1", "=1", 7, ["a"], "a" * 21):
        with pytest.raises(Refused):
            read_zip(changed(student=wrong))

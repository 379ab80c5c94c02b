"""A study: codes and conditions by chance, three tests that are equally hard, one table that is right."""

import csv
import io
from collections import Counter

import pytest

from lstm_core.lessons.evidence import (
    QUESTIONS,
    TIMES,
    evidence_csv,
    form_of,
    links_csv,
    participants,
    scores,
)
from lstm_core.lessons.hand_in import HandIn
from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.lesson_link import from_address
from lstm_core.lessons.record import Prediction
from lstm_core.lessons.student import number_of
from lstm_core.lessons.verdict import judge
from lstm_core.workbench.presets import preset
from tests.lstm_core.lessons.hand_ins import missed
from tests.nightly import examples

PEOPLE = participants(41, ["a", "b"], seed=3)


def handed_in(code: str, time: str, right) -> HandIn:
    """A hand-in of a test. right : for each question whether it is; None where it was left out."""
    parts = [part.of(code) for part in form_of(time)]
    answers = tuple(
        Prediction(part.key, part.number, make(*part.place).truth) if one else missed(part.key, part.number)
        for part, one in zip(parts, right, strict=True)
        if one is not None
    )
    return HandIn("", answers, (), preset("latch"), student=code)


def test_codes_differ_and_chance_keeps_the_conditions_equally_large():
    codes = [one.code for one in PEOPLE]
    assert len(set(codes)) == 41 and all(number_of(code) == code for code in codes)
    assert participants(41, ["a", "b"], seed=3) == PEOPLE != participants(41, ["a", "b"], seed=4)
    for first in range(0, 40, 4):
        block = Counter(one.condition for one in PEOPLE[first : first + 4])
        assert block == {"a": 2, "b": 2}
    orders = {tuple(one.condition for one in PEOPLE[k : k + 4]) for k in range(0, 40, 4)}
    assert len(orders) > 2


def test_the_links_lead_to_the_tests_of_the_code_and_to_the_lesson_of_its_condition():
    lessons = {"a": "lesson=tour.short", "b": "lesson=tour.short&hide=weights"}
    rows = list(csv.DictReader(io.StringIO(links_csv(PEOPLE, "http://x", lessons))))
    assert len(rows) == 41
    for row, one in zip(rows, PEOPLE, strict=True):
        for time in TIMES:
            link = from_address(row[time])
            assert link.parts == tuple(part.of(one.code) for part in form_of(time))
            assert link.student == one.code == row["code"] and not link.shows("answers")
        lesson = from_address(row["lesson"])
        assert lesson.hide == (("weights",) if one.condition == "b" else ()) and lesson.student == one.code


def test_the_three_tests_are_equally_hard():
    """The same items in other variants: who guesses, or holds a wrong idea, does as well in each."""
    assert len({ITEMS[key].misconception for key in QUESTIONS}) >= 8
    for key in QUESTIONS:
        for one in PEOPLE[: examples(2, 12)]:
            places = [part.of(one.code).place for time in TIMES for part in form_of(time) if part.key == key]
            asked = [make(*place) for place in places]
            assert len({question.seed for question in asked}) == 3
            assert len({len(question.options) for question in asked}) == 1
            for question in asked:
                wrong = [option for option in question.options if option != question.truth]
                wrong = wrong or list(question.beliefs.values())
                assert len(wrong) > 1 and not any(judge(question, answer).right for answer in wrong)


def test_the_table_has_the_share_of_each_test_and_says_what_is_missing():
    first, second, third = PEOPLE[:3]
    right = [True, False, None, True, True, False, True, True, False, True]
    files = [
        handed_in(first.code, "pre", right),
        handed_in(first.code, "pre", [True] * 10),  # the first answer counts; the one left out comes with it
        handed_in(first.code, "delayed", [False] * 10),
        handed_in(second.code, "post", [True] * 10),
        handed_in("nobody", "pre", [True] * 10),
    ]
    found = scores(files, PEOPLE[:3])
    assert found[0].share("pre") == 0.7 and found[0].share("post") is None and found[0].share("delayed") == 0
    rows = list(csv.DictReader(io.StringIO(evidence_csv(found))))
    assert [row["code"] for row in rows] == [first.code, second.code, third.code]
    assert (rows[0]["pre"], rows[0]["post"], rows[0]["delayed"]) == ("0.7", "", "0.0")
    assert rows[0][f"pre_{QUESTIONS[1]}"] == "0" and rows[0][f"pre_{QUESTIONS[2]}"] == "1"
    assert rows[1]["post"] == "1.0" and set(list(rows[2].values())[2:]) == {""}


def test_a_test_at_another_time_is_refused():
    with pytest.raises(ValueError, match="expected"):
        form_of("later")

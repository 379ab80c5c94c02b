"""The end of a lesson: what was done, what to look at again, what is next."""

from lstm_core.lessons.items import make
from lstm_core.lessons.lesson_link import Part
from lstm_core.lessons.record import Attempt, Prediction, Record
from lstm_core.lessons.review import review
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.verdict import MISSED, RIGHT, SKIPPED

PARTS = (Part("tour", "short"), Part("item", "silent", 3), Part("task", "hold"), Part("item", "joined", 2))


def record(*predictions, attempts=()):
    kept = Record()
    kept.add(predictions, attempts)
    return kept


def test_nothing_is_done_at_first_and_the_first_question_is_next():
    found = review(PARTS, record())
    assert [line.outcome for line in found.lines] == [""] * 4 and not found.done
    assert found.following.part == PARTS[1] and found.following.number == 2


def test_each_part_says_what_came_of_it_and_the_first_undone_is_next():
    silent = make("silent", 3)
    wrong = next(option for option in silent.options if option != silent.truth)
    tried = Attempt("hold", 1, TASKS["hold"].solution().params)
    found = review(PARTS, record(Prediction("silent", 3, wrong), attempts=(tried,)))
    assert [line.outcome for line in found.lines] == ["", MISSED, RIGHT, ""]
    assert found.following.number == 4
    all_done = review(PARTS, record(Prediction("silent", 3, silent.truth), Prediction("joined", 2, None),
                                    attempts=(tried,)))  # fmt: skip
    assert [line.outcome for line in all_done.lines][-1] == SKIPPED and all_done.following is None
    assert len(all_done.done) == len(all_done.counted) == 3


def test_another_variant_is_another_question():
    silent = make("silent", 4)
    assert not review(PARTS, record(Prediction("silent", 4, silent.truth))).done

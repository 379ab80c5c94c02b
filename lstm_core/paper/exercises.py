"""What there is to do on paper: parts of a lesson -> **exercises**, questions and tasks in their order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..lessons.items import make
from ..lessons.lesson_link import Part
from ..lessons.question import Item, Question
from ..lessons.tasks import TASKS
from ..lessons.tasks.task import Task
from ..lessons.tours import TOURS


@dataclass(frozen=True)
class Exercise:
    """One exercise: a question, or a task with the seed that it starts from. The other one is None.

    beside : other questions of the sheet about the same step of the same run, which its picture must not
        answer.
    """

    question: Question | None = None
    task: Task | None = None
    seed: int = 1
    beside: tuple[Question, ...] = ()

    @property
    def known(self) -> Item | Task:
        """What it is an exercise of: the item of its question, or its task."""
        known = self.question.item if self.question else self.task
        assert known is not None
        return known


def exercises(parts: Iterable[Part]) -> list[Exercise]:
    """The questions and tasks of a lesson, each once.

    Those of a tour are what its stops ask, from the stop of the part's number on.
    """
    single: list[Part] = []
    for part in parts:
        single += _of_tour(part) if part.kind == "tour" else [part]
    found = [_exercise(part) for part in dict.fromkeys(single)]
    return [replace(one, beside=_beside(one.question, found)) if one.question else one for one in found]


def _beside(asked: Question, found: list[Exercise]) -> tuple[Question, ...]:
    others = (
        one.question for one in found if one.question and one.question.run and one.question is not asked
    )
    return tuple(other for other in others if (other.run, other.case.t) == (asked.run, asked.case.t))


def _of_tour(part: Part) -> list[Part]:
    stops = TOURS[part.key].stops[part.number - 1 :]
    return [
        Part(kind, key, stop.seed)
        for stop in stops
        for kind, key in (("item", stop.item), ("task", stop.task))
        if key
    ]


def _exercise(part: Part) -> Exercise:
    if part.kind == "task":
        return Exercise(task=TASKS[part.key], seed=part.number)
    return Exercise(question=make(*part.place), seed=part.number)

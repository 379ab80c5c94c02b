"""What a lesson is in a room: parts -> **slides**, one thing at a time for everybody.

A tour becomes its stops, each followed by the question that is asked there; a question and a task are a slide
each.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ..lessons.items import make
from ..lessons.lesson_link import Part
from ..lessons.question import Question
from ..lessons.tasks import TASKS
from ..lessons.tasks.task import Task
from ..lessons.tours import TOURS, Stop

STOP, ITEM, TASK = "stop", "item", "task"

MOST = 60
"""Slides of a room."""


@dataclass(frozen=True)
class Slide:
    """One thing that the whole class looks at. part : of the lesson; for a stop, the tour at its number."""

    kind: str
    part: Part

    @property
    def stop(self) -> Stop:
        """The stop of a tour, of a slide of this kind."""
        return TOURS[self.part.key].stop(self.part.number)

    @property
    def question(self) -> Question:
        """The question, of a slide of this kind."""
        return make(*self.part.place)

    @property
    def task(self) -> Task:
        """The task, of a slide of this kind."""
        return TASKS[self.part.key]

    @property
    def title_key(self) -> str:
        """The text that names it in a few words."""
        if self.kind == STOP:
            return self.stop.title_key
        return self.question.item.name_key if self.kind == ITEM else self.task.name_key


def slides_of(parts: Iterable[Part]) -> tuple[Slide, ...]:
    """The slides of a lesson, in order, at most MOST."""
    found: list[Slide] = []
    for part in parts:
        if part.kind != "tour":
            found.append(Slide(part.kind, part))
            continue
        for number in range(part.number, len(TOURS[part.key].stops) + 1):
            stop = TOURS[part.key].stop(number)
            found.append(Slide(STOP, Part("tour", part.key, number)))
            if stop.item:
                found.append(Slide(ITEM, Part("item", stop.item, stop.seed)))
            if stop.task:
                found.append(Slide(TASK, Part("task", stop.task, stop.seed)))
    return tuple(found[:MOST])

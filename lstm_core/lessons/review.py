"""What came of a lesson at its end: parts, record -> **review**: what was done, what is next."""

from dataclasses import dataclass

from .lesson_link import Part
from .record import Attempt, Prediction, Record


@dataclass(frozen=True)
class Line:
    """One part of a lesson and what came of it.

    number : its number in the lesson, from 1.
    outcome : one of `record.OUTCOMES`; "" where nothing was done yet, and for tours, of which there is none.
    """

    number: int
    part: Part
    outcome: str


@dataclass(frozen=True)
class Review:
    """The end of a lesson, with every part in order."""

    lines: tuple[Line, ...]

    @property
    def counted(self) -> tuple[Line, ...]:
        """The questions and tasks."""
        return tuple(line for line in self.lines if line.part.kind != "tour")

    @property
    def done(self) -> tuple[Line, ...]:
        """The questions and tasks that were answered, tried or skipped."""
        return tuple(line for line in self.counted if line.outcome)

    @property
    def following(self) -> Line | None:
        """The first question or task that nothing was done of; None where all are done."""
        return next((line for line in self.counted if not line.outcome), None)


def review(parts: tuple[Part, ...], record: Record) -> Review:
    """What came of the parts of a lesson, from what the reader did."""
    return Review(tuple(Line(n, part, _outcome(part, record)) for n, part in enumerate(parts, start=1)))


def _outcome(part: Part, record: Record) -> str:
    work: Prediction | Attempt | None = None
    if part.kind == "item":
        work = record.predictions.get(part.place)
    elif part.kind == "task":
        work = record.attempts.get((part.key, part.number))
    return work.outcome if work else ""

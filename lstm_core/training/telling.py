"""All that a course tells, read off in small steps: course -> **telling** -> events, effects."""

from collections.abc import Generator
from dataclasses import dataclass

from .course import Course
from .effects import Effects, measuring
from .events import Event, events
from .learned import learned_along


@dataclass(frozen=True)
class Told:
    """What happened in a course, in its order, and what its network needs at the end."""

    events: list[Event]
    effects: Effects


def telling(course: Course) -> Generator[None, None, Told]:
    """Reads a course, one snapshot or one run over the test at a time; a generator that returns it all."""
    along = []
    for row in learned_along(course):
        along.append(row)
        yield
    found = yield from measuring(course.network(), course.problem)
    return Told(events(course, along), found)

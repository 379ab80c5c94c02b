"""What a lesson adds to a link: `?lesson=item.silent.7~task.hold.1&at=2&hide=weights~start&view=student`.

`own.silent.7` is the same item asked of a run of the teacher's own, whose word stands in `run`
(see `own_run.py`). `item.silent.each` is a variant of its own for each student, `item.silent.each2` a second
one; `student` holds the number that draws them (see `student.py`).

`workbench/link.py` reads the parameters of the experiment and knows none of these: `split` takes them
out of a query first. Reading never fails: what is valid is used, and what is not is named.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from .items import ITEMS, suits
from .own_run import HERE, MAX_WORD
from .question import SEEDS
from .student import number_of, seed_of
from .tasks import TASKS
from .tours import TOURS

CONTROLS = (
    "preset", "step", "unit", "weights", "inputs", "start", "size", "variant", "downloads", "table",
    "answers",
)  # fmt: skip
"""What a link can hide or lock. With the right answers hidden, a lesson is a test."""

BROUGHT = ("preset", "weights", "inputs", "start", "size", "variant")
"""Controls of what another experiment brings along: a preset, a file, or the one that Reset goes back to."""

SET_BY_TASK = ("preset", "inputs", "start", "size", "variant", "table")
"""Controls that are hidden while a task is worked on, because a change of them breaks its rules."""

VIEWS = ("student", "presenter", "embed")
"""How a page is shown: with everything, large and without controls, or within a frame of another page."""

PARAMETERS = ("lesson", "run", "at", "ask", "hide", "lock", "view", "student")
"""The parameters that are read and written here."""

MOST_PARTS = 20

EACH = "each"
"""Stands in a link for the number of a variant that each student has alone."""

OWN = "own"
"""What an item is called in a link that is asked of a run of the teacher's own."""

_ASKED = re.compile(r"(own\.)?([a-zA-Z0-9_]{1,30})\.(\d{1,4})", re.ASCII)
_PART = re.compile(
    r"(tour|item|own|task)\.([a-zA-Z0-9_]{1,30})(?:\.(?:(each)(\d{1,2})?|(\d{1,4})))?", re.ASCII
)
_SEPARATOR = re.compile("[~, ]")
_LONGEST = 1000


@dataclass(frozen=True)
class Part:
    """One thing to do: an item or a task with its seed, or a tour from the stop of a number on.

    run : for an item, the word of the run that it is asked of (`own_run.HERE` in a lesson that is being
        made); "" for the run that the seed draws.
    each : whether the number of each student draws a variant. Then `number` is 1 for the first variant of
        the item or task in the lesson, 2 for the second, and so on.
    """

    kind: str
    key: str
    number: int = 1
    run: str = ""
    each: bool = False

    @property
    def group(self) -> str:
        """Its kind; OWN for an item that is asked of a run of the teacher's own."""
        return OWN if self.run else self.kind

    @property
    def place(self) -> tuple[str, int, str]:
        """For an item, what `items.make` makes its question of."""
        return self.key, self.number, self.run

    @property
    def has_variants(self) -> bool:
        """Whether a seed draws it, so that each student can have another one."""
        return not self.run and (self.kind == "item" or (self.kind == "task" and TASKS[self.key].seeded))

    def of(self, student: str) -> Part:
        """The part with the variant that a student's number draws, where each student has another one."""
        if not self.each:
            return self
        return replace(self, number=seed_of(student, self.kind, self.key, self.number), each=False)

    def __str__(self) -> str:
        if self.each:
            return f"{self.group}.{self.key}.{EACH}{self.number if self.number > 1 else ''}"
        return f"{self.group}.{self.key}.{self.number}"


@dataclass(frozen=True)
class LessonLink:
    """What a link says about the lesson.

    parts : what there is to do, in order.
    hide, lock : the controls that a reader can't see, or can see and not move, in the order of CONTROLS.
    view : one of VIEWS; None where the link says nothing about it.
    at : the number of the open part, from 1; 0 where no part is open, before the first or after the last.
    ask : the item, with its seed, whose question is on screen; None where no question is.
    student : the number that the student gave; "" where none was asked for.
    """

    parts: tuple[Part, ...] = ()
    hide: tuple[str, ...] = ()
    lock: tuple[str, ...] = ()
    view: str | None = None
    at: int = 0
    ask: Part | None = None
    student: str = ""

    @property
    def waits(self) -> bool:
        """Whether the lesson can't begin before the student has given a number. No part is open then."""
        return any(part.each for part in self.parts)

    def begun_by(self, student: str) -> LessonLink:
        """The lesson with the variants that a student's number draws."""
        parts = tuple(dict.fromkeys(part.of(student) for part in self.parts))
        return replace(self, parts=parts, student=student)

    @property
    def part(self) -> Part | None:
        """The open part; None where none is."""
        return self.parts[self.at - 1] if self.at else None

    @property
    def figure_alone(self) -> bool:
        """Whether a frame of another page shows the figure with one slider: no lesson is in it."""
        return self.view == "embed" and not self.parts and self.ask is None

    def shows(self, control: str) -> bool:
        """Whether a control is on the page: neither the link hides it nor the open task sets it."""
        of_task = self.part is not None and self.part.kind == "task" and control in SET_BY_TASK
        return not of_task and control not in self.hide

    def locks(self, control: str) -> bool:
        """Whether a control can be seen and not moved."""
        return control in self.lock

    def allows(self, control: str) -> bool:
        """Whether a reader may change what a control is about: it can be seen and moved."""
        return self.shows(control) and not self.locks(control)

    @property
    def keeps_experiment(self) -> bool:
        """Whether something is locked that another experiment would change."""
        return bool({*BROUGHT} & {*self.lock})

    def leaves(self, *controls: str) -> bool:
        """Whether the link leaves all of these to the reader: none is hidden and none is locked."""
        return not set(controls) & {*self.hide, *self.lock}


def to_query(lesson: LessonLink) -> dict[str, str]:
    """The parameters that `from_query` reads back. What is not set has none."""
    asked = [lesson.ask] if lesson.ask else []
    query = {
        "lesson": "~".join(map(str, lesson.parts)),
        "run": next((part.run for part in (*asked, *lesson.parts) if part.run), ""),
        "at": str(lesson.at) if lesson.parts and lesson.at != 1 else "",
        "ask": str(lesson.ask).removeprefix("item.") if lesson.ask else "",
        "hide": "~".join(lesson.hide),
        "lock": "~".join(lesson.lock),
        "view": lesson.view or "",
        "student": lesson.student,
    }
    return {name: text for name, text in query.items() if text}


def from_query(query: Mapping[str, str]) -> tuple[LessonLink, tuple[str, ...]]:
    """What the parameters of a lesson say, and the names of those that hold something invalid.

    A lesson without `at` is at its first part; one that waits for the number of a student is at none.
    """
    longest = {name: MAX_WORD if name == "run" else _LONGEST for name in PARAMETERS}
    said = {name: str(query[name])[: longest[name] + 1] for name in PARAMETERS if name in query}
    problems = [name for name, text in said.items() if len(text) > longest[name]]
    words = {name: [w for w in _SEPARATOR.split(text[:_LONGEST]) if w] for name, text in said.items()}
    run = "" if said.get("run") == HERE else said.get("run", "")
    found = parts_in(words.get("lesson", []), run)
    lists = {name: tuple(one for one in CONTROLS if one in words.get(name, [])) for name in ("hide", "lock")}
    parts = tuple(dict.fromkeys(found))
    student = number_of(said.get("student"))
    view, at, ask = said.get("view"), _at(said.get("at", "1"), parts), _asked(said.get("ask", ""), run)
    understood = {
        "run": any(part.run for part in (*parts, ask) if part),
        "lesson": len(parts) == len(words.get("lesson", [])) > 0,
        "at": at is not None,
        "ask": ask is not None,
        "view": view in VIEWS,
        "student": bool(student),
        **{name: set(lists[name]) == set(words.get(name, [])) != set() for name in lists},
    }
    problems += [name for name in said if not understood[name] and name not in problems]
    at = (1 if parts else 0) if at is None else at
    lesson = LessonLink(parts, view=view if view in VIEWS else None, at=at, ask=ask, student=student, **lists)
    if lesson.waits:
        lesson = lesson.begun_by(student) if student else replace(lesson, at=0)
    return lesson, tuple(name for name in PARAMETERS if name in problems)


def from_address(address: str) -> LessonLink:
    """The lesson of a whole address, as somebody copies it; one without parts where there is none in it."""
    said = address[: MAX_WORD + 2 * _LONGEST].partition("?")[2].partition("#")[0]
    pairs = (pair.partition("=") for pair in said.replace("%7E", "~").split("&"))
    return from_query({name: value for name, _, value in pairs})[0]


def split(query: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """A query in two parts: what `workbench.link.from_link` reads, and what `from_query` reads."""
    lesson = {name: value for name, value in query.items() if name in PARAMETERS}
    return {name: value for name, value in query.items() if name not in PARAMETERS}, lesson


def parts_in(said: Iterable[str], run: str) -> list[Part]:
    """The parts that texts such as `item.silent.7` name, without those that are none.

    run : the word of the run that items are asked of which are called OWN.
    """
    return [part for part in (_part(text, run) for text in list(said)[:MOST_PARTS]) if part]


def _part(text: str, run: str) -> Part | None:
    match = _PART.fullmatch(text)
    if not match:
        return None
    kind, key, each, number = match[1], match[2], match[3], int(match[4] or match[5] or 1)
    every: dict[str, Collection[str]] = {"tour": TOURS, "item": ITEMS, OWN: ITEMS, "task": TASKS}
    known = every[kind]
    if key not in known or (kind == OWN and not _can_ask(key, run)):
        return None
    part = Part("item", key, number, run) if kind == OWN else Part(kind, key, number, each=bool(each))
    if each:
        numbers = range(1, MOST_PARTS + 1) if part.has_variants else range(0)
    else:
        numbers = range(1, len(TOURS[key].stops) + 1) if kind == "tour" else SEEDS
    return part if number in numbers else None


def _can_ask(key: str, run: str) -> bool:
    """Whether an item can be asked of a run; of the one on screen that is not known here."""
    if run == HERE:
        return ITEMS[key].suits is not None
    try:
        return suits(key, run)
    except ValueError:
        return False


def _at(text: str, parts: tuple[Part, ...]) -> int | None:
    whole = text.isascii() and text.isdigit() and len(text) <= 2
    return int(text) if whole and int(text) <= len(parts) else None


def _asked(text: str, run: str) -> Part | None:
    match = _ASKED.fullmatch(text)
    return _part(f"{match[1] or 'item.'}{match[2]}.{match[3]}", run) if match else None

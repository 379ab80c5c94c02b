"""What the work of a class is worth: hand-ins, roster, parts, points -> **marks** -> totals, statistics, CSV.

Points are given for a right answer and for a task that is solved. Of several answers to the same variant
the first one counts. Where each student has a variant alone, only that one counts.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..words import Words
from ..workbench.harmless import to_csv
from .hand_in import HandIn
from .lesson_link import Part
from .record import Attempt, Prediction, outcome_key
from .roster import Student
from .variants import part_name
from .verdict import RIGHT

Work = Prediction | Attempt

LEAST_FOR_STATISTICS = 3
"""So many students have to have handed in before a question's discrimination is told."""


@dataclass(frozen=True)
class Marked:
    """One student with what was handed in.

    files : how many files the student handed in; 0 for one who is missing.
    works : for each part the answer or attempt that counts; None where there is none.
    points : for each part what it is worth.
    """

    student: Student
    files: int
    works: tuple[Work | None, ...]
    points: tuple[float, ...]

    @property
    def got(self) -> tuple[float, ...]:
        """The points of each part."""
        return tuple(
            worth if work is not None and work.outcome == RIGHT else 0.0
            for work, worth in zip(self.works, self.points, strict=True)
        )

    @property
    def total(self) -> float:
        return sum(self.got)


@dataclass(frozen=True)
class Statistics:
    """How a part of a lesson did, over the students who handed in.

    difficulty : the share of them who got it right, from 0 to 1; None where nobody handed in.
    discrimination : the correlation of its points with those of all other parts, from -1 to 1; None where
        too few students handed in, or one of the two is the same for all.
    """

    difficulty: float | None
    discrimination: float | None


@dataclass(frozen=True)
class Course:
    """The marks of a class.

    parts : of the lesson, questions and tasks alone. marked : a line for each student of the roster in its
        order; without a roster for each who handed in. strangers : names on files that belong to nobody on
        the roster.
    other_numbers : names of students whose file holds another number than the roster, so that its variants
        are not theirs.
    """

    parts: tuple[Part, ...]
    marked: tuple[Marked, ...]
    strangers: tuple[str, ...] = ()
    other_numbers: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[Student, ...]:
        """Who handed nothing in."""
        return tuple(one.student for one in self.marked if not one.files)

    def statistics(self) -> tuple[Statistics, ...]:
        """For each part its difficulty and discrimination."""
        right = np.array([[work is not None and work.outcome == RIGHT for work in one.works]
                          for one in self.marked if one.files], float)  # fmt: skip
        got = np.array([one.got for one in self.marked if one.files])
        found = []
        for k in range(len(self.parts)):
            if not len(got):
                found.append(Statistics(None, None))
                continue
            rest = got.sum(axis=1) - got[:, k]
            told = len(got) >= LEAST_FOR_STATISTICS and np.ptp(right[:, k]) > 0 and np.ptp(rest) > 0
            r = float(np.corrcoef(right[:, k], rest)[0, 1]) if told else None
            found.append(Statistics(float(right[:, k].mean()), r))
        return tuple(found)


def parts_met(hand_ins: Iterable[HandIn], order: Sequence[tuple[str, str]]) -> tuple[Part, ...]:
    """A part for each question and task that somebody met, where no lesson says what there was to do.

    order : of kinds and keys, see `classroom.order_of_works`.
    """
    met = {_as_part(work) for one in hand_ins for work in _works(one)}
    return tuple(sorted(met, key=lambda part: (order.index((part.kind, part.key)), part.run)))


def marks(
    hand_ins: Iterable[HandIn],
    students: Sequence[Student],
    parts: Sequence[Part],
    points: Mapping[int, float] | None = None,
    any_variant: bool = False,
) -> Course:
    """The marks of a class.

    hand_ins : in the order in which they came. students : of the roster; none to mark whoever handed in.
    parts : of the lesson; tours are left out. points : the number of a part, from 0 -> what it is worth; 1
        where nothing else is said. any_variant : whether any variant of a question counts, as with
        `parts_met`.
    """
    todo = tuple(part for part in parts if part.kind != "tour")
    worth = tuple(float((points or {}).get(k, 1)) for k in range(len(todo)))
    of, strangers = _by_student(list(hand_ins), students)
    marked = []
    for student, handed_in in of:
        works: dict[object, Work] = {}
        for work in (work for one in handed_in for work in _works(one)):
            works.setdefault(_as_part(work) if any_variant else (work.kind, *work.place), work)
        wanted = (part if any_variant else _place(part.of(student.number)) for part in todo)
        marked.append(Marked(student, len(handed_in), tuple(map(works.get, wanted)), worth))
    others = tuple(
        student.name
        for student, handed_in in of
        if any(one.student not in ("", student.number) for one in handed_in)
    )
    return Course(todo, tuple(marked), strangers, others)


def grades_csv(course: Course, words: Words) -> str:
    """A row for each student in plain words: number, name, handed in or not, points of each part, sum."""
    header = [words("variants.number"), words("variants.name"), words("marks.handed_in")]
    worth = course.marked[0].points if course.marked else ()
    header += [
        words("marks.column", n=n, name=part_name(part, words), points=f"{most:g}")
        for n, (part, most) in enumerate(zip(course.parts, worth, strict=False), 1)
    ]
    header.append(words("marks.sum", points=f"{sum(worth):g}"))
    rows = (
        [one.student.number, one.student.name, words(f"marks.{'yes' if one.files else 'no'}"),
         *((f"{got:g}" for got in one.got) if one.files else ("" for _ in one.got)), f"{one.total:g}"]
        for one in course.marked
    )  # fmt: skip
    return to_csv(header, rows)


def outcome_text(work: Work | None, words: Words) -> str:
    """What came of a part, in a word."""
    return words(outcome_key(work.outcome)) if work is not None else words("marks.nothing")


# -- whose file it is -----------------------------------------------------------------------------


def _by_student(
    hand_ins: list[HandIn], students: Sequence[Student]
) -> tuple[list[tuple[Student, list[HandIn]]], tuple[str, ...]]:
    """Each student with the files of that student, and the names on files that are nobody's.

    A name on the roster counts before a number, which anybody can type: platforms name files by student.
    """
    if not students:
        # Where nobody says who is in the class, each file is a line, under a name of its own.
        return [(Student(one.student, one.name), [one]) for one in hand_ins], ()
    of: dict[str, list[HandIn]] = {student.number: [] for student in students}
    named: dict[str, set[str]] = {}
    for student in students:
        for form in _forms(student.name):
            named.setdefault(form, set()).add(student.number)
    strangers = []
    for one in hand_ins:
        whose = named.get(_plain(one.name), set())
        if len(whose) > 1 and one.student in whose:
            whose = {one.student}
        if not whose and one.student in of and not _plain(one.name):
            whose = {one.student}
        if len(whose) == 1:
            of[next(iter(whose))].append(one)
        else:
            strangers.append(one.name or one.student)
    return [(student, of[student.number]) for student in students], tuple(dict.fromkeys(strangers))


def _forms(name: str) -> set[str]:
    """The name in each order in which a platform may write it: Ada Lovelace, Lovelace Ada, lovelaceada."""
    words = [_plain(word) for word in re.split(r"[\s,]+", name) if _plain(word)]
    return {"".join(words[k:] + words[:k]) for k in range(len(words))}


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


# -- which answer it is ---------------------------------------------------------------------------


def _works(hand_in: HandIn) -> list[Work]:
    return [*hand_in.predictions, *hand_in.attempts]


def _place(part: Part) -> tuple:
    return (part.kind, *part.place) if part.kind == "item" else (part.kind, part.key, part.number)


def _as_part(work: Work) -> Part:
    return replace(Part(work.kind, work.key), run=work.run if isinstance(work, Prediction) else "")

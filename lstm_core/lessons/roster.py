"""The list of a class: CSV out of a learning platform or a spreadsheet -> **roster** -> students by number.

A file may be hostile: its size is bounded before anything is parsed, and what stands in it is made harmless.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from ..spreadsheet import plain_cell
from ..workbench import refused
from ..workbench.dialect import decoded, dialect
from ..workbench.harmless import harmless
from .student import LONGEST_NUMBER, number_of

MAX_ROSTER, MOST_STUDENTS = 300_000, 1000
"""Most bytes of the file, and most students in it."""

_NUMBERS = (
    "number", "studentnumber", "studentid", "idnumber", "sisuserid", "matriculationnumber", "id", "학번",
    "번호", "学号", "学籍番号",
)  # fmt: skip
_NAMES = ("name", "fullname", "student", "studentname", "이름", "성명", "성함", "姓名", "氏名")
_FIRST, _LAST = ("firstname", "givenname", "이름"), ("lastname", "surname", "familyname", "성")
"""What the columns are called in Moodle, Canvas and by hand, in small letters without spaces and signs."""


_NO_STUDENT = "points possible"
"""What Canvas writes under the names of its columns, before the students."""


class Refused(refused.Refused):
    """A list of a class that is not taken."""

    table = "variants.refused"


@dataclass(frozen=True)
class Student:
    """One student of a class.

    number : what draws the variants; see `student.py`. name : without what could be markup or a formula.
    """

    number: str
    name: str


def read_roster(content: bytes) -> tuple[Student, ...]:
    """The students of a CSV file, in its order. Raises Refused.

    The first line names the columns: a name, or first and last name, and a number. Where there is no column
    of numbers, or nothing in it, the place in the list is the number. A single column without such a line
    holds names.
    """
    if len(content) > MAX_ROSTER:
        raise Refused("too_many_bytes", most=MAX_ROSTER // 1000)
    try:
        text, encoding = decoded(content)
    except UnicodeDecodeError:
        raise Refused("encoding") from None
    how, text = dialect(text, encoding)
    try:
        rows = [
            [plain_cell(cell) for cell in row]
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=how.separator)
            if any(cell.strip() for cell in row)
        ]
    except csv.Error:
        raise Refused("not_csv") from None
    if not rows:
        raise Refused("empty")
    return _students(rows)


def numbered(count: int) -> tuple[Student, ...]:
    """Students without names, whose numbers are 1, 2, 3 and so on: seats, or places in a list."""
    return tuple(Student(str(n), "") for n in range(1, count + 1))


def _students(rows: list[list[str]]) -> tuple[Student, ...]:
    head = ["".join(c for c in name.lower() if c.isalpha()) for name in rows[0]]
    first, last = _column(head, _FIRST), _column(head, _LAST)
    names = [first, last] if first is not None and last is not None else [_column(head, _NAMES)]
    number = _column(head, _NUMBERS)
    if names == [None] and number is None:
        if len(rows[0]) > 1:
            raise Refused("no_names")
        names, body = [0], rows
    else:
        body = [row for row in rows[1:] if row[0].strip().lower() != _NO_STUDENT]
    if not body:
        raise Refused("no_rows")
    if len(body) > MOST_STUDENTS:
        raise Refused("too_many", name="CSV", most=MOST_STUDENTS)
    typed = [row[number] if number is not None and number < len(row) else "" for row in body]
    found = []
    for place, (row, said) in enumerate(zip(body, typed, strict=True), 1):
        name = harmless(" ".join(row[k] for k in names if k is not None and k < len(row)))
        if any(cell.strip() for cell in typed) and not number_of(said):
            raise Refused("bad_number", line=place, most=LONGEST_NUMBER)
        found.append(Student(number_of(said) or str(place), name))
    twice = _twice(one.number for one in found)
    if twice:
        raise Refused("same_number", number=twice)
    return tuple(found)


def _column(head: list[str], known: tuple[str, ...]) -> int | None:
    """The place of the first column that is called by one of these names; the names in their order."""
    return next((head.index(name) for name in known if name in head), None)


def _twice(numbers: Iterable[str]) -> str | None:
    seen: set[str] = set()
    for number in numbers:
        if number in seen:
            return number
        seen.add(number)
    return None

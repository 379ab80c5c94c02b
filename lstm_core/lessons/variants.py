"""A variant for each student: roster, parts of a lesson -> **two files**, the links and the key to all."""

from collections.abc import Iterable, Sequence

from ..rounding import text
from ..words import Words
from ..workbench.harmless import to_csv
from .items import make
from .lesson_link import Part
from .question import Numbers, Question, number_of
from .roster import Student
from .tasks import TASKS


def links_csv(students: Iterable[Student], link: str, words: Words) -> str:
    """A row for each student with the link that holds the student's number, as CSV text.

    link : of the lesson, as `plan.path` makes it, with at least one parameter.
    """
    header = [words(f"variants.{key}") for key in ("number", "name", "link")]
    return to_csv(header, ((one.number, one.name, f"{link}&student={one.number}") for one in students))


def key_csv(students: Iterable[Student], parts: Sequence[Part], words: Words) -> str:
    """A row for each student with the variant and the right answer of each question and task, as CSV text.

    The answers are computed from the runs, as they are when an answer is judged.
    """
    todo = [part for part in parts if part.kind != "tour"]
    header = [words("variants.number"), words("variants.name")]
    for n, part in enumerate(todo, 1):
        header += [words("variants.variant_of", n=n), f"{n}. {part_name(part, words)}"]
    rows = (
        [one.number, one.name, *(cell for part in todo for cell in _cells(part.of(one.number), words))]
        for one in students
    )
    return to_csv(header, rows)


def part_name(part: Part, words: Words) -> str:
    """What a question or task is called."""
    return words(f"{part.kind}.{part.key}.name")


def right_answer(asked: Question, words: Words) -> str | float:
    """The right answer in the words of a file: an option, a number, or numbers in brackets."""
    if not isinstance(asked.truth, str):
        return answer_cell(asked.truth)
    return number_of(asked.labels[asked.truth]) if asked.labels else asked.option_label(words, asked.truth)


def answer_cell(answer: str | Numbers) -> str | float:
    """A number as a number; several in brackets, so that no spreadsheet takes a minus for a formula."""
    if isinstance(answer, tuple):
        return "[" + " ".join(f"{number:.2f}" for number in answer) + "]"
    return answer if isinstance(answer, str) else round(answer, 2) + 0.0


def _cells(part: Part, words: Words) -> tuple[int, str | float]:
    if part.kind == "item":
        return part.number, right_answer(make(*part.place), words)
    start, solved = TASKS[part.key].start(part.number), TASKS[part.key].solution(part.number)
    changed = [address for address in start.addresses() if solved.value(address) != start.value(address)]
    return part.number, ", ".join(f"{address}: {text(solved.value(address))}" for address in changed)

"""What a question bank takes of an exercise, whatever its format: exercise -> **entry**, HTML and a picture.

Every right answer comes from the run of its question, and each wrong one brings what it shows as feedback.
All HTML here is well-formed XML too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ..lessons.question import CHOOSE, DRAW, Question
from ..lessons.tasks.task import Task
from ..lessons.verdict import judge
from ..rounding import text
from ..view.diagram import cell_diagram, to_file
from ..view.lessons import CurveSheet, curve_sheet_picture
from ..view.palette import INK, MUTED
from ..words import Words
from ..workbench.opening import first_look
from .document import STYLES, inline, on_paper
from .exercises import Exercise
from .gift import end_of, text_of, wrong_numbers
from .question_picture import covered_picture
from .task_tables import task_tables

CHOICE, NUMBER, ESSAY = "choice", "number", "essay"

_WIDE, _NARROW = 760, 380  # pixels: of a cell, and of the sheet with a curve


@dataclass(frozen=True)
class Answer:
    """One answer that the bank knows. said : HTML of an option, or a number. why : HTML of the feedback."""

    said: str
    right: bool
    why: str


@dataclass(frozen=True)
class Entry:
    """One exercise. kind : CHOICE, NUMBER or ESSAY. name : plain text. page : the key of its page.

    body : HTML. picture : a whole SVG file, "" for none; it is shown `wide` pixels wide, and `alt` says what
    it shows, escaped.
    answers : of a choice, in their order; of a number, the right one first, each with `tolerance`.
    wanted : HTML of what an essay gets a point for each. way : HTML of one solution.
    """

    kind: str
    name: str
    page: str
    body: str
    picture: str = ""
    answers: Sequence[Answer] = ()
    tolerance: float = 0.0
    wanted: Sequence[str] = ()
    way: str = ""

    @property
    def alt(self) -> str:
        return self.picture.partition('aria-label="')[2].partition('"')[0]

    @property
    def wide(self) -> int:
        return _NARROW if 'class="curve"' in self.picture else _WIDE


def entry(one: Exercise, words: Words) -> Entry:
    """A question, or a task as an essay with the conditions that its weights have to meet."""
    known = one.question.item if one.question else one.task
    assert known is not None  # an exercise is a question or a task
    name = f"{words(known.name_key)} ({words('paper.variant', seed=one.seed)})"
    if one.question:
        return _of_question(one.question, name, words)
    assert one.task is not None
    return _of_task(one.task, one.seed, name, words)


def _of_question(asked: Question, name: str, words: Words) -> Entry:
    choice = asked.item.kind == CHOOSE
    answers = []
    for answer in asked.options if choice else (asked.truth, *wrong_numbers(asked)):
        said = judge(asked, answer)
        label = inline(asked.option_label(words, str(answer))) if choice else f"{end_of(answer):.4f}"
        answers.append(Answer(label, said.right, inline(words(said.why_key, **said.values))))
    return Entry(
        CHOICE if choice else NUMBER, name, asked.item.page, inline(text_of(asked, words)),
        _picture(asked, words), answers, asked.item.tolerance,
    )  # fmt: skip


def _of_task(task: Task, seed: int, name: str, words: Words) -> Entry:
    start, solved = task.start(seed), task.solution(seed)
    wanted = [inline(words(task.condition_text(key))) for key in task.condition_keys]
    listed = "".join(f"<li>{condition}</li>" for condition in wanted)
    body = f"<p>{inline(words(task.aim_key))}</p><ul>{listed}</ul><p>{escape(words('paper.change'))}</p>"
    picture = cell_diagram(start.trace(), first_look(start), 1, words)
    changed = ", ".join(
        f"<code>{escape(address)}</code> = {text(solved.value(address))}"
        for address in start.addresses()
        if solved.value(address) != start.value(address)
    )
    return Entry(
        ESSAY, name, task.page, body + task_tables(task, start, words), to_file(on_paper(picture)),
        wanted=wanted, way=f"{escape(words('paper.one_way'))} {changed}",
    )  # fmt: skip


def _picture(asked: Question, words: Words) -> str:
    """The picture beside a question as a file of its own, without what would answer it; "" for none."""
    if asked.item.kind != DRAW:
        picture = covered_picture(asked, words, "bank")
        return to_file(picture) if picture else ""
    picture = on_paper(curve_sheet_picture(CurveSheet.of(asked), words, locked=True, drawn_on=False))
    sheet = (STYLES / "worksheet.css").read_text("utf-8").splitlines()
    rules = [f".curve {{ --ink: {INK}; --muted: {MUTED}; color: {INK}; font-family: sans-serif; }}"]
    rules += [line for line in sheet if line.startswith(".curve ")]
    style = f"><style>{' '.join(rules)}</style>"
    return picture.replace("<svg", '<svg class="curve"', 1).replace(">", style, 1)

"""What a question bank takes of an exercise, whatever its format: exercise -> **entry**, HTML and a picture.

Every right answer comes from the run of its question, and each wrong one brings what it shows as feedback.
All HTML here is well-formed XML too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from string import Formatter

from ..lessons.question import CHOOSE, DRAW, Numbers, Question
from ..lessons.tasks.task import Task
from ..lessons.verdict import judge
from ..quantities import QUANTITIES
from ..view.diagram import cell_diagram, to_file
from ..view.lessons import CurveSheet, curve_sheet_picture
from ..view.palette import INK, MUTED
from ..words import Words, texts
from ..workbench.opening import first_look
from .document import STYLES, inline, on_paper
from .exercises import Exercise
from .question_picture import covered_picture
from .task_tables import aim, solution, task_tables

CHOICE, NUMBER, ESSAY = "choice", "number", "essay"

_TIMES = {"t", "T", "s", "n", "values"}
"""Placeholders of texts that say themselves which steps they are about."""

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
    name = f"{words(one.known.name_key)} ({words('paper.variant', seed=one.seed)})"
    if one.question:
        return _of_question(one.question, name, words)
    assert one.task is not None
    return _of_task(one.task, one.seed, name, words)


def category_of(title: str, words: Words) -> str:
    """The category of a lesson in a bank. It is a path, whose parts a slash would separate."""
    return " ".join(title.replace("/", "∕").split()) or words("paper.lesson")


def _of_question(asked: Question, name: str, words: Words) -> Entry:
    choice = asked.item.kind == CHOOSE
    answers = []
    for answer in asked.options if choice else (asked.truth, *wrong_numbers(asked)):
        said = judge(asked, answer)
        label = inline(asked.option_label(words, str(answer))) if choice else f"{end_of(answer):.4f}"
        answers.append(Answer(label, said.right, inline(words(said.why_key, **said.values))))
    return Entry(
        CHOICE if choice else NUMBER, name, asked.item.page, inline(_text_of(asked, words)),
        _picture(asked, words), answers, asked.item.tolerance,
    )  # fmt: skip


def _text_of(asked: Question, words: Words) -> str:
    """What is asked, with the step it is about; of a curve to draw, the number at its end is asked for."""
    told = f"{_when(asked, words)}{asked.text(words)}"
    return f"{told} {words('paper.at_step', t=asked.steps[-1])}" if asked.item.kind == DRAW else told


def _when(asked: Question, words: Words) -> str:
    """Which step of which unit is now, where no picture shows it and the text does not say it itself.

    "" also for a question that is about no step, such as how many weights there are.
    """
    mentioned = {name for _, name, _, _ in Formatter().parse(texts(words.language)[asked.text_key]) if name}
    hides = {key for key in asked.item.hidden if key in QUANTITIES and QUANTITIES[key].in_trace}
    if asked.run or mentioned & _TIMES or not (hides or asked.item.kind == DRAW):
        return ""
    one = asked.experiment.H == 1
    return f"{words('ask.at_step' if one else 'ask.at_step_of_unit', **asked.values)} "


def wrong_numbers(asked: Question) -> list[Numbers]:
    """What wrong ideas lead to, where the number that is asked for is not right by it, too."""
    # Two curves may differ, and still end so close together that both ends count as right.
    near = 2 * asked.item.tolerance
    return [answer for answer in asked.beliefs.values() if abs(end_of(answer) - end_of(asked.truth)) > near]


def end_of(answer) -> float:
    """The number itself, or the last one of a curve."""
    return float(answer[-1] if isinstance(answer, tuple) else answer)


def _of_task(task: Task, seed: int, name: str, words: Words) -> Entry:
    start = task.start(seed)
    wanted = [inline(words(task.condition_text(key))) for key in task.condition_keys]
    body = f"{aim(task, words)}<p>{escape(words('paper.change'))}</p>"
    picture = cell_diagram(start.trace(), first_look(start), 1, words)
    changed = ", ".join(f"<code>{escape(name)}</code> = {now}" for name, _, now in solution(task, seed))
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

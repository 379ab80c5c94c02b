"""Questions and tasks for a question bank: exercises -> **Moodle XML** with pictures and feedback.

The format is that of Moodle's own importer, `question/format/xml/format.php`: questions of the types
category, multichoice, numerical and essay. Every right answer comes from the run of its question, and each
wrong one brings what it shows as feedback.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from html import escape
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..lessons.question import CHOOSE, DRAW, Question
from ..lessons.verdict import judge
from ..rounding import text
from ..view.diagram import cell_diagram, to_file
from ..view.lessons import CurveSheet, curve_sheet_picture
from ..view.palette import INK, MUTED
from ..words import Words
from ..workbench.opening import first_look
from .document import STYLES, inline, on_paper
from .exercises import Exercise
from .gift import end_of, when, wrong_numbers
from .question_picture import covered_picture
from .task_tables import task_tables

_PICTURE = "cell.svg"
_WIDE, _NARROW = 760, 380  # pixels: of a cell, and of the sheet with a curve


def moodle_xml(todo: Sequence[Exercise], words: Words, title: str) -> str:
    """All questions and tasks as one file, to be saved as UTF-8; those of a page stand in one category.

    title : of the category above them, plain text. A curve to draw becomes the number at its end; a task
    becomes an essay, with the conditions that its weights have to meet as a rubric for who marks it.
    """
    # A category is a path whose parts a slash would separate.
    above = " ".join(title.replace("/", "∕").split()) or words("paper.lesson")
    quiz, page = Element("quiz"), None
    for one in todo:
        known = one.question.item if one.question else one.task
        assert known is not None  # an exercise is a question or a task
        if known.page != page:
            page = known.page
            category = SubElement(quiz, "question", type="category")
            _text(SubElement(category, "category"), f"{above}/{words(f'page.{page}')}")
        name = f"{words(known.name_key)} ({words('paper.variant', seed=one.seed)})"
        _question(quiz, one.question, name, words) if one.question else _task(quiz, one, name, words)
    indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(quiz, encoding="unicode") + "\n"


def _question(quiz: Element, asked: Question, name: str, words: Words) -> None:
    choice = asked.item.kind == CHOOSE
    body = f"{when(asked, words)}{asked.text(words)}"
    if asked.item.kind == DRAW:
        body += f" {words('paper.at_step', t=asked.steps[-1])}"
    question = _begin(
        quiz, "multichoice" if choice else "numerical", name, inline(body), _picture(asked, words)
    )
    if choice:
        for key, value in (("single", "true"), ("shuffleanswers", "false"), ("answernumbering", "ABCD")):
            SubElement(question, key).text = value
    for answer in asked.options if choice else (asked.truth, *wrong_numbers(asked)):
        said = judge(asked, answer)
        given = SubElement(question, "answer", fraction="100" if said.right else "0")
        if choice:
            given.set("format", "html")
            _text(given, inline(asked.option_label(words, str(answer))))
        else:
            _text(given, f"{end_of(answer):.4f}")
            SubElement(given, "tolerance").text = f"{asked.item.tolerance:g}"
        _html(given, "feedback", inline(words(said.why_key, **said.values)))


def _task(quiz: Element, one: Exercise, name: str, words: Words) -> None:
    task = one.task
    assert task is not None  # only called for exercises that are tasks
    start, solved = task.start(one.seed), task.solution(one.seed)
    wanted = [inline(words(task.condition_text(key))) for key in task.condition_keys]
    listed = "".join(f"<li>{condition}</li>" for condition in wanted)
    picture = cell_diagram(start.trace(), first_look(start), 1, words)
    body = f"<p>{inline(words(task.aim_key))}</p><ul>{listed}</ul><p>{escape(words('paper.change'))}</p>"
    essay = _begin(quiz, "essay", name, body + task_tables(task, start, words), to_file(on_paper(picture)))
    for key, value in (("responseformat", "editor"), ("responserequired", "1"), ("attachments", "1")):
        SubElement(essay, key).text = value
    changed = ", ".join(
        f"<code>{escape(address)}</code> = {text(solved.value(address))}"
        for address in start.addresses()
        if solved.value(address) != start.value(address)
    )
    rubric = "".join(f"<tr><td>1</td><td>{condition}</td></tr>" for condition in wanted)
    way = f"<p>{escape(words('paper.one_way'))} {changed}</p>"
    _html(essay, "graderinfo", f"<table>{rubric}</table>{way}")
    SubElement(essay, "defaultgrade").text = str(len(wanted))


def _picture(asked: Question, words: Words) -> str:
    """The picture beside a question as a file of its own, without what would answer it; "" for none."""
    if asked.item.kind != DRAW:
        picture = covered_picture(asked, words, "moodle")
        return to_file(picture) if picture else ""
    picture = on_paper(curve_sheet_picture(CurveSheet.of(asked), words, locked=True, drawn_on=False))
    sheet = (STYLES / "worksheet.css").read_text("utf-8").splitlines()
    rules = [f".curve {{ --ink: {INK}; --muted: {MUTED}; color: {INK}; font-family: sans-serif; }}"]
    rules += [line for line in sheet if line.startswith(".curve ")]
    style = f"><style>{' '.join(rules)}</style>"
    return picture.replace("<svg", '<svg class="curve"', 1).replace(">", style, 1)


def _begin(quiz: Element, kind: str, name: str, body: str, picture: str) -> Element:
    """A question with its name, its text, and the picture under the text."""
    question = SubElement(quiz, "question", type=kind)
    _text(SubElement(question, "name"), name)
    seen = ""
    if picture:
        said = picture.partition('aria-label="')[2].partition('"')[0]  # escaped already
        wide = _NARROW if 'class="curve"' in picture else _WIDE
        seen = f'<p><img src="@@PLUGINFILE@@/{_PICTURE}" alt="{said}" width="{wide}" /></p>'
    told = _html(question, "questiontext", f"<div>{body}</div>{seen}")
    if picture:
        file = SubElement(told, "file", name=_PICTURE, path="/", encoding="base64")
        file.text = b64encode(picture.encode()).decode()
    return question


def _html(parent: Element, name: str, html: str) -> Element:
    element = SubElement(parent, name, format="html")
    _text(element, html)
    return element


def _text(parent: Element, value: str) -> None:
    # XML has no letters for most control codes, not even escaped.
    SubElement(parent, "text").text = "".join(c for c in value if c.isprintable() or c in "\n\t")

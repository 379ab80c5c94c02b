"""Questions and tasks for a question bank: exercises -> **Moodle XML** with pictures and feedback.

The format is that of Moodle's own importer, `question/format/xml/format.php`: questions of the types
category, multichoice, numerical and essay.
"""

from base64 import b64encode
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..words import Words
from .bank_entry import CHOICE, ESSAY, Entry, category_of, entry
from .exercises import Exercise

_TYPES = {CHOICE: "multichoice", ESSAY: "essay"}
_SETTINGS = {
    CHOICE: (("single", "true"), ("shuffleanswers", "false"), ("answernumbering", "ABCD")),
    ESSAY: (("responseformat", "editor"), ("responserequired", "1"), ("attachments", "1")),
}
_PICTURE = "cell.svg"


def moodle_xml(todo: Sequence[Exercise], words: Words, title: str) -> str:
    """All questions and tasks as one file, to be saved as UTF-8; those of a page stand in one category.

    title : of the category above them, plain text. A curve to draw becomes the number at its end; a task
    becomes an essay, with the conditions that its weights have to meet as a rubric for who marks it.
    """
    above = category_of(title, words)
    quiz, page = Element("quiz"), None
    for one in todo:
        taken = entry(one, words)
        if taken.page != page:
            page = taken.page
            category = SubElement(quiz, "question", type="category")
            _text(SubElement(category, "category"), f"{above}/{words(f'page.{page}')}")
        _question(quiz, taken)
    indent(quiz)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(quiz, encoding="unicode") + "\n"


def _question(quiz: Element, taken: Entry) -> None:
    question = SubElement(quiz, "question", type=_TYPES.get(taken.kind, "numerical"))
    _text(SubElement(question, "name"), taken.name)
    seen = ""
    if taken.picture:
        seen = f'<p><img src="@@PLUGINFILE@@/{_PICTURE}" alt="{taken.alt}" width="{taken.wide}" /></p>'
    told = _html(question, "questiontext", f"<div>{taken.body}</div>{seen}")
    if taken.picture:
        file = SubElement(told, "file", name=_PICTURE, path="/", encoding="base64")
        file.text = b64encode(taken.picture.encode()).decode()
    for key, value in _SETTINGS.get(taken.kind, ()):
        SubElement(question, key).text = value
    for one in taken.answers:
        given = SubElement(question, "answer", fraction="100" if one.right else "0")
        _text(given, one.said)
        if taken.kind == CHOICE:
            given.set("format", "html")
        else:
            SubElement(given, "tolerance").text = f"{taken.tolerance:g}"
        _html(given, "feedback", one.why)
    if taken.kind == ESSAY:
        rubric = "".join(f"<tr><td>1</td><td>{condition}</td></tr>" for condition in taken.wanted)
        _html(question, "graderinfo", f"<table>{rubric}</table><p>{taken.way}</p>")
        SubElement(question, "defaultgrade").text = str(len(taken.wanted))


def _html(parent: Element, name: str, html: str) -> Element:
    element = SubElement(parent, name, format="html")
    _text(element, html)
    return element


def _text(parent: Element, value: str) -> None:
    # XML has no letters for most control codes, not even escaped.
    SubElement(parent, "text").text = "".join(c for c in value if c.isprintable() or c in "\n\t")

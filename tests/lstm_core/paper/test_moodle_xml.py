"""Moodle XML, read as Moodle's importer reads it: answers judged by the run, pictures that stand alone.

What the importer takes is that of Moodle's `question/format/xml/format.php`.
"""

from base64 import b64decode
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.lesson_link import Part
from lstm_core.lessons.question import CHOOSE, DRAW
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.verdict import judge
from lstm_core.paper import exercises, moodle_xml
from lstm_core.paper.document import inline
from lstm_core.words import LANGUAGES, Words
from tests.collected import collected

WORDS = {language: Words(language) for language in LANGUAGES}
BANK = [*(Part("item", key, 2) for key in ITEMS), *(Part("task", key) for key in TASKS)]
FILES = {
    language: moodle_xml(exercises(BANK), words, "A/B <course> & ]]>") for language, words in WORDS.items()
}
FORMATS = {"moodle_auto_format", "html", "plain_text", "wiki_like", "markdown"}
KNOWN = {
    "multichoice": {"name", "questiontext", "single", "shuffleanswers", "answernumbering", "answer"},
    "numerical": {"name", "questiontext", "answer"},
    "essay": {"name", "questiontext", "responseformat", "responserequired", "attachments", "graderinfo",
              "defaultgrade"},
}  # fmt: skip


def at(element, *path: str) -> str:
    """The text at the first element of each name, as the importer's `getpath` takes it."""
    for name in path:
        element = element.find(name)
        assert element is not None, path
    return (element.text or "").strip()


def plain(html: str) -> str:
    """The text without tags; it has to be well-formed, so that Moodle's cleaning leaves it as it is."""
    return "".join(ElementTree.fromstring(f"<div>{html}</div>").itertext())


def said(text: str) -> str:
    """A text of the app as it reads in HTML."""
    return plain(inline(text))


def asked_in(language: str):
    """Each question of the file beside the part that it was made of, with the category that it stands in."""
    quiz = ElementTree.fromstring(FILES[language].encode())
    assert quiz.tag == "quiz"
    category, found = "", []
    for question in quiz:
        if question.get("type") == "category":
            category = at(question, "category", "text")
        else:
            found.append((category, question))
    return list(zip(found, BANK, strict=True))


@collected("language", LANGUAGES)
def test_the_importer_knows_all_that_is_in_the_file(language):
    names = set()
    for (category, question), part in asked_in(language):
        kind = question.get("type")
        assert {one.tag for one in question} == KNOWN[kind], part
        assert category.split("/")[0] == "A∕B <course> & ]]>" and len(category.split("/")) == 2
        names.add(at(question, "name", "text"))
        for one in question.iter():
            assert one.get("format", "html") in FORMATS
            if one.tag == "answer":
                assert one.get("fraction") in ("0", "100") and at(one, "text") and at(one, "feedback", "text")
    assert len(names) == len(BANK)


@collected("language", LANGUAGES)
def test_every_answer_is_what_the_run_says(language):
    words = WORDS[language]
    for (_, question), part in asked_in(language):
        if part.kind == "task":
            continue
        asked = make(*part.place)
        assert said(asked.text(words)) in plain(at(question, "questiontext", "text"))
        answers = question.findall("answer")
        right = [one for one in answers if one.get("fraction") == "100"]
        assert len(right) == 1 and len(answers) > 1
        if asked.item.kind == CHOOSE:
            labels = {said(asked.option_label(words, option)): option for option in asked.options}
            assert question.get("type") == "multichoice" and len(answers) == len(labels) == len(asked.options)
            for one in answers:
                verdict = judge(asked, labels[plain(at(one, "text"))])
                assert verdict.right == (one in right)
                assert plain(at(one, "feedback", "text")) == said(words(verdict.why_key, **verdict.values))
            continue
        truth = asked.item.truth(asked.case)
        truth = truth[-1] if asked.item.kind == DRAW else truth
        # Moodle takes the first answer within whose tolerance a number lies.
        assert answers[0] is right[0] and float(at(right[0], "tolerance")) == asked.item.tolerance
        assert abs(float(at(right[0], "text")) - truth) < 0.0001
        for one in answers[1:]:
            assert abs(float(at(one, "text")) - truth) > 2 * asked.item.tolerance - 0.0002


@collected("language", LANGUAGES)
def test_every_picture_is_a_file_that_stands_alone(language):
    with_picture = 0
    for (_, question), part in asked_in(language):
        told = question.find("questiontext")
        files = told.findall("file")
        shown = "@@PLUGINFILE@@/cell.svg" in at(told, "text")
        assert len(files) == shown, part
        if shown:
            [image] = ElementTree.fromstring(f"<div>{at(told, 'text')}</div>").iter("img")
            assert image.get("alt")
        for file in files:
            with_picture += 1
            assert (file.get("encoding"), file.get("path"), file.get("name")) == ("base64", "/", "cell.svg")
            svg = b64decode(file.text, validate=True).decode()
            root = ElementTree.fromstring(svg)
            assert root.tag == "{http://www.w3.org/2000/svg}svg" and root.get("viewBox")
            assert "<script" not in svg and "var(--st" not in svg and 'href="http' not in svg
    assert with_picture > 0.7 * len(BANK)


def test_a_task_is_an_essay_whose_rubric_has_a_point_for_each_condition():
    words = WORDS["en"]
    for (_, question), part in asked_in("en"):
        if part.kind == "task":
            task = TASKS[part.key]
            rubric = plain(at(question, "graderinfo", "text"))
            assert question.get("type") == "essay" and said(words(task.aim_key)) in plain(
                at(question, "questiontext", "text")
            )
            assert all(said(words(task.condition_text(key))) in rubric for key in task.condition_keys)
            assert at(question, "defaultgrade") == str(len(task.condition_keys))


@given(st.text(max_size=80))
def test_any_title_is_one_category(title):
    quiz = ElementTree.fromstring(
        moodle_xml(exercises([Part("item", "parameters")]), WORDS["en"], title).encode()
    )
    assert [one.get("type") for one in quiz] == [
        "category",
        "multichoice" if ITEMS["parameters"].kind == CHOOSE else "numerical",
    ]
    assert at(quiz[0], "category", "text").count("/") == 1

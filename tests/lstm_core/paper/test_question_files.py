"""Questions in files for learning platforms, read back by the rules of each format: each answer is the run's.

GIFT and Moodle XML are read as Moodle's importers do it, `question/format/…/format.php`. QTI 3 is held
against the schemas of 1EdTech, too: `tests/fixtures/qti/schemas.zip` has them as they were released, that of
the package, and of items and tests the SBAC profile, which leaves attributes of the base out and adds some
that no item of ours has.
"""

import io
import re
import zipfile
from base64 import b64decode
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.lesson_link import Part
from lstm_core.lessons.question import CHOOSE
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.verdict import judge
from lstm_core.paper import exercises, gift, moodle_xml, qti
from lstm_core.paper.bank_entry import end_of
from lstm_core.paper.document import inline
from lstm_core.words import FIRST, LANGUAGES, Words
from tests.collected import collected
from tests.nightly import sample

QUESTIONS = [Part("item", key, 2) for key in ITEMS]
BANK = [*QUESTIONS, *(Part("task", key) for key in TASKS)]
TITLE = 'A/B <course> & ]]>"'
ITEM = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"
PACKAGE = "{http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1}"


class Answer(NamedTuple):
    """The first that matches counts. near : how far a number may be off; None for a choice."""

    said: str
    score: float
    why: str
    near: float | None = None


class Read(NamedTuple):
    """A question or a task of a file, with its HTML as text."""

    name: str
    text: str
    answers: list[Answer]
    pictures: list[str]
    points: str = ""
    rubric: str = ""

    def marked(self, given: str | float) -> Answer | None:
        for one in self.answers:
            matches = one.said == given if one.near is None else abs(float(one.said) - given) <= one.near
            if matches:
                return one
        return None


def text(element) -> str:
    return " ".join("".join(element.itertext()).split())


def plain(html: str) -> str:
    """The text without tags; it has to be well-formed, so that Moodle's cleaning leaves it as it is."""
    return text(ElementTree.fromstring(f"<div>{html}</div>"))


def said(told: str) -> str:
    """A text of the app as it reads in HTML."""
    return plain(inline(told))


# -- the three formats ------------------------------------------------------------------------------

PLAIN, SPECIAL = r"(?:[^\\~=#{}:]|\\.)*", re.compile(r"\\([~=#{}:\\])")


def read_gift(content: str) -> list[Read]:
    head, *blocks = content.strip().split("\n\n")
    assert re.fullmatch("[$]CATEGORY: [^/\n]+", head)
    found = []
    for block in blocks:
        match = re.fullmatch(rf"::({PLAIN})::\[html\]({PLAIN})\{{(#?)((?:\n[=~].*)+)\n\}}", block)
        assert match, block
        name, body, numbers, lines = match.groups()
        answers = []
        for line in lines.strip().split("\n"):
            sign, share, given, near, why = re.fullmatch(
                rf"([=~])(%0%)?({PLAIN}?)(?::([\d.]+))?#({PLAIN})", line
            ).groups()
            given, why = (plain(SPECIAL.sub(r"\1", one)) for one in (given, why))
            right = sign == "=" and not share
            answers.append(Answer(given, right, why, float(near) if numbers else None))
        found.append(Read(name, plain(SPECIAL.sub(r"\1", body)), answers, []))
    return found


def read_moodle(content: str) -> list[Read]:
    found, category = [], ""
    for question in ElementTree.fromstring(content.encode()):
        if question.get("type") == "category":
            category = question.findtext("category/text")
            continue
        assert re.fullmatch('A∕B <course> & ]]>"/[^/]+', category)
        told = question.find("questiontext")
        html = told.findtext("text")
        pictures = list(ElementTree.fromstring(f"<div>{html}</div>").iter("img"))
        assert all(image.get("alt") and image.get("src") == "@@PLUGINFILE@@/cell.svg" for image in pictures)
        files = told.findall("file")
        assert len(files) == len(pictures)
        assert all(one.attrib == {"name": "cell.svg", "path": "/", "encoding": "base64"} for one in files)
        choice = question.get("type") == "multichoice"
        answers = [
            Answer(
                plain(one.findtext("text")) if choice else one.findtext("text"),
                int(one.get("fraction")) / 100,
                plain(one.findtext("feedback/text")),
                None if choice else float(one.findtext("tolerance")),
            )
            for one in question.findall("answer")
        ]
        assert (question.get("type") == "essay") == (not answers)
        svg = [b64decode(one.text, validate=True).decode() for one in files]
        points, rubric = question.findtext("defaultgrade"), question.findtext("graderinfo/text") or ""
        found.append(Read(question.findtext("name/text"), plain(html), answers, svg, points, plain(rubric)))
    return found


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_qti(content: bytes) -> list[Read]:
    files, found = unpacked(content), []
    for n in range(1, len(BANK) + 1):
        item = ElementTree.fromstring(files[f"q{n}.xml"])
        why = {one.get("identifier"): text(one) for one in item.iter(f"{ITEM}qti-modal-feedback")}
        choices = {one.get("identifier"): text(one) for one in item.iter(f"{ITEM}qti-simple-choice")}
        answers = []
        for test, score, shown in item.findall(f".//{ITEM}qti-response-condition/*"):
            given, near = text(test), None
            if test.tag == f"{ITEM}qti-equal":
                assert test.get("tolerance-mode") == "absolute"
                near, above = map(float, test.get("tolerance").split())
                assert near == above
            answers.append(Answer(choices.get(given, given), float(text(score)), why[text(shown)], near))
        images = [*item.iter(f"{ITEM}img")]
        assert all(image.get("alt") for image in images)
        pictures = [files[image.get("src")].decode() for image in images]
        outcome, rubric = (
            item.find(f".//{ITEM}{name}") for name in ("qti-outcome-declaration", "qti-rubric-block")
        )
        points = ""
        if rubric is not None:
            assert rubric.get("view") == "scorer", "students do not see it"
            assert outcome.get("external-scored") == "human"
            points = outcome.get("normal-maximum")
        body = text(item.find(f"{ITEM}qti-item-body"))
        told = "" if rubric is None else text(rubric)
        found.append(Read(item.get("title"), body, answers, pictures, points, told))
    return found


FORMS = {"gift": (gift, read_gift), "moodle": (moodle_xml, read_moodle), "qti": (qti, read_qti)}


@cache
def file_of(form: str, language: str) -> str | bytes:
    return FORMS[form][0](exercises(BANK), Words(language), TITLE)


@cache
def read(form: str, language: str = FIRST) -> list[tuple[Part, Read]]:
    found = FORMS[form][1](file_of(form, language))
    assert len({one.name for one in found}) == len(found)
    return list(zip(QUESTIONS if form == "gift" else BANK, found, strict=True))


# -- what they say ----------------------------------------------------------------------------------


@collected("language", sample(LANGUAGES, 2))
@pytest.mark.parametrize("form", FORMS)
def test_every_answer_is_marked_as_the_run_says(form, language):
    words = Words(language)
    for part, question in read(form, language):
        if part.kind == "task":
            continue
        asked = make(*part.place)
        assert said(asked.text(words)) in question.text
        assert [one.score for one in question.answers].count(1) == 1 < len(question.answers)
        if asked.item.kind == CHOOSE:
            labels = {said(asked.option_label(words, option)): option for option in asked.options}
            assert [one.said for one in question.answers] == list(labels)
            for label, option in labels.items():
                verdict, marked = judge(asked, option), question.marked(label)
                assert marked.score == verdict.right
                assert marked.why == said(words(verdict.why_key, **verdict.values))
            continue
        truth, near = end_of(asked.truth), asked.item.tolerance
        assert question.marked(truth + 0.9 * near).score == question.marked(truth - 0.9 * near).score == 1
        for number in (truth + 1.1 * near, *map(end_of, asked.beliefs.values())):
            marked = question.marked(number)
            assert (marked is not None and marked.score == 1) == (abs(number - truth) <= near)


@pytest.mark.parametrize("form", ["moodle", "qti"])
def test_a_task_is_marked_by_a_person_with_a_point_for_each_condition(form):
    words = Words(FIRST)
    for part, found in read(form):
        if part.kind == "task":
            task = TASKS[part.key]
            assert said(words(task.aim_key)) in found.text
            assert all(said(words(task.condition_text(key))) in found.rubric for key in task.condition_keys)
            assert found.points == str(len(task.condition_keys))


@pytest.mark.parametrize("form", ["moodle", "qti"])
def test_every_picture_is_a_file_that_stands_alone(form):
    pictures = [svg for _, found in read(form) for svg in found.pictures]
    assert len(pictures) > 0.7 * len(BANK)
    for svg in pictures:
        root = ElementTree.fromstring(svg)
        assert root.tag == "{http://www.w3.org/2000/svg}svg" and root.get("viewBox")
        assert "<script" not in svg and "var(--st" not in svg and 'href="http' not in svg


@collected(
    "key, begins", [("next_memory", True), ("c_or_h", True), ("draw_hold", False), ("parameters", False)]
)
def test_a_question_without_a_picture_says_which_step_is_now(key, begins):
    [found] = [found for part, found in read("gift") if part.key == key]
    asked = make(key, 2)
    assert found.text.startswith(said(Words(FIRST)("ask.at_step", t=asked.case.t))) == begins
    assert begins or str(asked.case.t) in found.text or not asked.item.hidden


@given(st.text(max_size=80))
def test_any_title_is_one_category_and_begins_no_question(title):
    todo, words = exercises([Part("item", "parameters")]), Words(FIRST)
    assert len(read_gift(gift(todo, words, title))) == 1
    category, question = ElementTree.fromstring(moodle_xml(todo, words, title).encode())
    assert category.get("type") == "category" != question.get("type")
    assert category.findtext("category/text").count("/") == 1


# -- QTI alone --------------------------------------------------------------------------------------

SCHEMAS = Path(__file__).parents[2] / "fixtures" / "qti" / "schemas.zip"
OF_PACKAGE, OF_ITEM = "imsqtiv3p0_imscpv1p2_v1p0.xsd", "imsqti_asiv3p0_sbacv1p0_v1p0.xsd"
SPOKEN = "speak p s say-as phoneme sub voice emphasis break prosody mark audio"
NO_SPEECH = (
    '<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/2001/10/synthesis">'
    f"{''.join(f'<element name={name!r}/>' for name in SPOKEN.split())}</schema>"
)
"""In the place of the W3C's schema for speech, of which no item has anything."""


def schema(etree, name: str):
    files = unpacked(SCHEMAS.read_bytes())

    class InTheZip(etree.Resolver):
        def resolve(self, address, _, context):
            return self.resolve_string(files.get(address.rsplit("/", 1)[-1], NO_SPEECH.encode()), context)

    parser = etree.XMLParser()
    parser.resolvers.add(InTheZip())
    return etree.XMLSchema(etree.fromstring(files[name], parser))


@pytest.mark.nightly  # reading the schema of items takes 2 s
def test_every_file_is_valid_by_the_schemas_of_the_standard():
    etree = pytest.importorskip("lxml.etree")
    of_package, of_item = schema(etree, OF_PACKAGE), schema(etree, OF_ITEM)
    files = unpacked(file_of("qti", FIRST))
    for name, content in files.items():
        if name.endswith(".xml"):
            known = of_package if name == "imsmanifest.xml" else of_item
            known.assertValid(etree.fromstring(content))
    broken = files["q1.xml"].replace(b"qti-simple-choice", b"qti-choice")
    assert not of_item.validate(etree.fromstring(broken)), "the schema refuses what is wrong"


def test_the_manifest_names_every_file_and_the_test_every_item():
    files = unpacked(file_of("qti", FIRST))
    manifest, test = (ElementTree.fromstring(files[name]) for name in ("imsmanifest.xml", "test.xml"))
    named = [one.get("href") for one in manifest.iter(f"{PACKAGE}file")]
    assert sorted([*named, "imsmanifest.xml"]) == sorted(files)
    items = [one.get("href") for one in test.iter(f"{ITEM}qti-assessment-item-ref")]
    assert items == [f"q{n}.xml" for n in range(1, len(BANK) + 1)] and test.get("title") == TITLE

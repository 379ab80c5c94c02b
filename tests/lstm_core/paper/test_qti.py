"""QTI 3 packages, held against the schemas of 1EdTech; each item's marking is run as a platform does.

`tests/fixtures/qti/schemas.zip` holds the schemas as they were released: that of the package, and of items
and tests the SBAC profile, which leaves attributes of the base out and adds some that no item of ours has.
"""

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.lesson_link import Part
from lstm_core.lessons.question import CHOOSE
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.verdict import judge
from lstm_core.paper import exercises, qti
from lstm_core.paper.bank_entry import end_of
from lstm_core.paper.document import inline
from lstm_core.words import LANGUAGES, Words
from tests.collected import collected

SCHEMAS = Path(__file__).parents[2] / "fixtures" / "qti" / "schemas.zip"
OF_PACKAGE, OF_ITEM = "imsqtiv3p0_imscpv1p2_v1p0.xsd", "imsqti_asiv3p0_sbacv1p0_v1p0.xsd"
SPOKEN = "speak p s say-as phoneme sub voice emphasis break prosody mark audio"
NO_SPEECH = (
    '<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/2001/10/synthesis">'
    f"{''.join(f'<element name={name!r}/>' for name in SPOKEN.split())}</schema>"
)
"""In the place of the W3C's schema for speech, of which no item has anything."""

BANK = [*(Part("item", key, 2) for key in ITEMS), *(Part("task", key) for key in TASKS)]
ITEM = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"
PACKAGE = "{http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1}"


@pytest.fixture(scope="module")
def packages():
    made = {}
    for language in LANGUAGES:
        content = qti(exercises(BANK), Words(language), 'A/B <course> & ]]>"\x00\n')
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            made[language] = {name: archive.read(name) for name in archive.namelist()}
    return made


@pytest.fixture(scope="module")
def items(packages):
    """Of each language the exercise of the bank -> its file."""
    return {
        language: [(part, ElementTree.fromstring(files[f"q{n}.xml"])) for n, part in enumerate(BANK, 1)]
        for language, files in packages.items()
    }


def schema(etree, name: str):
    with zipfile.ZipFile(SCHEMAS) as archive:
        files = {file: archive.read(file) for file in archive.namelist()}

    class InTheZip(etree.Resolver):
        def resolve(self, address, _, context):
            return self.resolve_string(files.get(address.rsplit("/", 1)[-1], NO_SPEECH.encode()), context)

    parser = etree.XMLParser()
    parser.resolvers.add(InTheZip())
    return etree.XMLSchema(etree.fromstring(files[name], parser))


def test_every_file_is_valid_by_the_schemas_of_the_standard(packages):
    etree = pytest.importorskip("lxml.etree")
    of_package, of_item = schema(etree, OF_PACKAGE), schema(etree, OF_ITEM)
    for files in packages.values():
        for name, content in files.items():
            if name.endswith(".xml"):
                known = of_package if name == "imsmanifest.xml" else of_item
                known.assertValid(etree.fromstring(content))
    broken = files["q1.xml"].replace(b"qti-simple-choice", b"qti-choice")
    assert not of_item.validate(etree.fromstring(broken)), "the schema refuses what is wrong"


@collected("language", LANGUAGES)
def test_the_manifest_names_every_file_and_every_picture_is_one(language, packages):
    files = packages[language]
    manifest = ElementTree.fromstring(files["imsmanifest.xml"])
    named = [one.get("href") for one in manifest.iter(f"{PACKAGE}file")]
    assert sorted([*named, "imsmanifest.xml"]) == sorted(files)
    test = ElementTree.fromstring(files["test.xml"])
    assert test.get("title") == 'A/B <course> & ]]>"'
    assert [one.get("href") for one in test.iter(f"{ITEM}qti-assessment-item-ref")] == [
        f"q{n}.xml" for n in range(1, len(BANK) + 1)
    ]
    pictures = {name for name in files if name.endswith(".svg")}
    shown = {
        image.get("src")
        for name in files
        if name.endswith(".xml")
        for image in ElementTree.fromstring(files[name]).iter(f"{ITEM}img")
        if image.get("alt")
    }
    assert shown == pictures and len(pictures) > 0.7 * len(BANK)
    for name in pictures:
        assert ElementTree.fromstring(files[name]).get("viewBox") and b"var(--st" not in files[name]


def marked(item, answer: str) -> tuple[float, str]:
    """Score and feedback of an answer, by the item's own response processing."""
    branches = item.find(f"{ITEM}qti-response-processing/{ITEM}qti-response-condition")
    feedback = {one.get("identifier"): text(one) for one in item.iter(f"{ITEM}qti-modal-feedback")}
    for branch in branches:
        test, score, shown = branch
        wanted = text(test)
        if test.tag == f"{ITEM}qti-match":
            holds = answer == wanted
        else:
            assert test.get("tolerance-mode") == "absolute"
            below, above = map(float, test.get("tolerance").split())
            holds = float(wanted) - below <= float(answer) <= float(wanted) + above
        if holds:
            return float(text(score)), feedback[text(shown)]
    return 0.0, ""


def text(element) -> str:
    return "".join(element.itertext())


def plain(html: str) -> str:
    return " ".join(text(ElementTree.fromstring(f"<div>{html}</div>")).split())


@collected("language", LANGUAGES)
def test_each_answer_is_marked_as_the_run_says(language, items):
    words = Words(language)
    for part, item in items[language]:
        if part.kind == "task":
            continue
        asked = make(*part.place)
        correct = text(item.find(f"{ITEM}qti-response-declaration"))
        assert marked(item, correct)[0] == 1
        if asked.item.kind == CHOOSE:
            letters = [one.get("identifier") for one in item.iter(f"{ITEM}qti-simple-choice")]
            answers = dict(zip(letters, asked.options, strict=True))
        else:
            answers = {f"{end_of(one):.4f}": one for one in asked.beliefs.values()}
            truth, near = end_of(asked.truth), asked.item.tolerance
            assert (
                marked(item, f"{truth + 0.9 * near}")[0] == 1
                and marked(item, f"{truth + 1.1 * near}")[0] == 0
            )
        for given, answer in answers.items():
            verdict = judge(asked, answer)
            score, why = marked(item, given)
            if asked.item.kind == CHOOSE:
                assert score == verdict.right
                assert " ".join(why.split()) == plain(inline(words(verdict.why_key, **verdict.values)))
            elif score:
                assert abs(float(given) - truth) <= near


def test_a_task_is_marked_by_a_person_with_a_point_for_each_condition(items):
    words = Words("en")
    for part, item in items["en"]:
        if part.kind == "task":
            task = TASKS[part.key]
            outcome, rubric = (
                item.find(f".//{ITEM}{name}") for name in ("qti-outcome-declaration", "qti-rubric-block")
            )
            assert outcome.get("external-scored") == "human"
            assert outcome.get("normal-maximum") == str(len(task.condition_keys))
            assert rubric.get("view") == "scorer", "students do not see it"
            assert all(
                plain(inline(words(task.condition_text(key)))) in text(rubric) for key in task.condition_keys
            )

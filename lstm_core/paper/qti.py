"""Questions and tasks for platforms that read **QTI 3**: exercises -> a zip with one file an item.

The format is "Question and Test Interoperability 3.0" of 1EdTech. An item says itself how its answer is
marked: a choice by its letter, a number within its tolerance, a task by a person with a rubric.
"""

import io
import zipfile
from collections.abc import Sequence
from itertools import groupby
from string import ascii_uppercase
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from ..words import Words
from .bank_entry import CHOICE, ESSAY, Answer, Entry, entry
from .exercises import Exercise

ITEM_NAMESPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
PACKAGE_NAMESPACE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"

_TYPE = "imsqti_{kind}_xmlv3p0"
_RESPONSE, _SCORE, _FEEDBACK = "RESPONSE", "SCORE", "FEEDBACK"


def qti(todo: Sequence[Exercise], words: Words, title: str) -> bytes:
    """All questions and tasks as one package, with a test in which those of a page stand in one section.

    title : of the test, plain text. A curve to draw becomes the number at its end; a task becomes a text that
    a person marks, with a point for each condition that its weights have to meet.
    """
    entries = {f"q{n}": entry(one, words) for n, one in enumerate(todo, 1)}
    files = {"test.xml": _written(_test(entries, words, _clean(title) or words("paper.lesson")))}
    for name, one in entries.items():
        files[f"{name}.xml"] = _written(_item(name, one, words))
        if one.picture:
            files[f"{name}.svg"] = one.picture.encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"imsmanifest.xml": _written(_manifest(entries)), **files}.items():
            # ZipInfo has a fixed date, so that the same lesson is the same file.
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _manifest(entries: dict[str, Entry]) -> Element:
    manifest = Element("manifest", xmlns=PACKAGE_NAMESPACE, identifier="lstm")
    about = SubElement(manifest, "metadata")
    SubElement(about, "schema").text = "QTI Package"
    SubElement(about, "schemaversion").text = "3.0.0"
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    test = _resource(resources, "test", "test")
    for name in entries:
        SubElement(test, "dependency", identifierref=name)
    for name, one in entries.items():
        item = _resource(resources, name, "item")
        if one.picture:
            SubElement(item, "file", href=f"{name}.svg")
    return manifest


def _resource(resources: Element, name: str, kind: str) -> Element:
    href = f"{name}.xml"
    made = SubElement(resources, "resource", identifier=name, type=_TYPE.format(kind=kind), href=href)
    SubElement(made, "file", href=href)
    return made


def _test(entries: dict[str, Entry], words: Words, title: str) -> Element:
    test = Element("qti-assessment-test", xmlns=ITEM_NAMESPACE, identifier="lstm", title=title)
    part = SubElement(test, "qti-test-part", {
        "identifier": "all", "navigation-mode": "nonlinear", "submission-mode": "individual",
    })  # fmt: skip
    for n, (page, names) in enumerate(groupby(entries, lambda name: entries[name].page), 1):
        section = SubElement(
            part, "qti-assessment-section", identifier=f"s{n}", title=words(f"page.{page}"), visible="true"
        )
        for name in names:
            SubElement(section, "qti-assessment-item-ref", identifier=name, href=f"{name}.xml")
    return test


def _item(name: str, one: Entry, words: Words) -> Element:
    item = Element("qti-assessment-item", {
        "xmlns": ITEM_NAMESPACE, "identifier": name, "title": _clean(one.name), "xml:lang": words.language,
        "adaptive": "false", "time-dependent": "false",
    })  # fmt: skip
    base = {CHOICE: "identifier", ESSAY: "string"}.get(one.kind, "float")
    asked = _declared(item, "response", _RESPONSE, base)
    score = _declared(item, "outcome", _SCORE, "float")
    score.set("normal-maximum", str(len(one.wanted) or 1))
    named = dict(zip(ascii_uppercase, one.answers, strict=False))
    if one.kind == ESSAY:
        score.set("external-scored", "human")
    else:
        _declared(item, "outcome", _FEEDBACK, "identifier")
        right = next(key for key, answer in named.items() if answer.right)
        value = right if one.kind == CHOICE else named[right].said
        SubElement(SubElement(asked, "qti-correct-response"), "qti-value").text = value
    body = SubElement(item, "qti-item-body")
    _html(body, f"<div>{one.body}</div>")
    if one.picture:
        _html(body, f'<p><img src="{name}.svg" alt="{one.alt}" width="{one.wide}"/></p>')
    _interaction(body, one, named)
    if one.kind != ESSAY:
        _processing(item, one, named)
        for key, answer in named.items():
            said = {"outcome-identifier": _FEEDBACK, "identifier": key, "show-hide": "show"}
            _html(
                SubElement(SubElement(item, "qti-modal-feedback", said), "qti-content-body"),
                f"<p>{answer.why}</p>",
            )
    return item


def _interaction(body: Element, one: Entry, named: dict[str, Answer]) -> None:
    """What is answered with."""
    of = {"response-identifier": _RESPONSE}
    if one.kind == CHOICE:
        choice = SubElement(body, "qti-choice-interaction", of | {"max-choices": "1", "shuffle": "false"})
        for key, answer in named.items():
            _html(SubElement(choice, "qti-simple-choice", identifier=key), f"<p>{answer.said}</p>")
    elif one.kind == ESSAY:
        SubElement(body, "qti-extended-text-interaction", of | {"expected-lines": "10"})
        points = "".join(f"<tr><td>1</td><td>{condition}</td></tr>" for condition in one.wanted)
        rubric = SubElement(body, "qti-rubric-block", use="scoring", view="scorer")
        _html(SubElement(rubric, "qti-content-body"), f"<div><table>{points}</table><p>{one.way}</p></div>")
    else:
        SubElement(SubElement(body, "p"), "qti-text-entry-interaction", of | {"expected-length": "8"})


def _processing(item: Element, one: Entry, named: dict[str, Answer]) -> None:
    """The first answer that what was given is equal to brings its score and its feedback."""
    condition = SubElement(SubElement(item, "qti-response-processing"), "qti-response-condition")
    for key, answer in named.items():
        branch = SubElement(condition, f"qti-response-{'else-' if len(condition) else ''}if")
        if one.kind == CHOICE:
            test = SubElement(branch, "qti-match")
        else:
            near = f"{one.tolerance:g}"
            test = SubElement(
                branch, "qti-equal", {"tolerance-mode": "absolute", "tolerance": f"{near} {near}"}
            )
        SubElement(test, "qti-variable", identifier=_RESPONSE)
        _value(test, *(("identifier", key) if one.kind == CHOICE else ("float", answer.said)))
        _value(
            SubElement(branch, "qti-set-outcome-value", identifier=_SCORE), "float", str(int(answer.right))
        )
        _value(SubElement(branch, "qti-set-outcome-value", identifier=_FEEDBACK), "identifier", key)


def _declared(item: Element, kind: str, name: str, base: str) -> Element:
    said = {"identifier": name, "cardinality": "single", "base-type": base}
    return SubElement(item, f"qti-{kind}-declaration", said)


def _value(parent: Element, base: str, value: str) -> None:
    SubElement(parent, "qti-base-value", {"base-type": base}).text = value


def _html(parent: Element, html: str) -> None:
    parent.append(fromstring(_clean(html)))


def _clean(value: str) -> str:
    """Text without line breaks and without the control codes that XML has no letters for."""
    return "".join(c for c in " ".join(value.split()) if c.isprintable())


def _written(root: Element) -> bytes:
    return tostring(root, encoding="UTF-8", xml_declaration=True)

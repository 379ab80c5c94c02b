"""The page of hand-ins: files that are dropped on it, and what it then shows."""

import json
from xml.etree import ElementTree

from lstm_core.words import LANGUAGES, Words

WORDS = {language: Words(language) for language in LANGUAGES}


def drop(at, *files: tuple[str, bytes]):
    box = at.file_uploader[0]
    return box.set_value([(name, content, "application/zip") for name, content in files]).run()


def table(at) -> list[list[str]]:
    """The rows of the table: a name, and the words of what was done."""
    [html] = [html for html in pictures(at) if 'class="class-legend"' in html]
    body = ElementTree.fromstring(f"<body>{html}</body>")
    return [[row.find("th").text, *map(_said, row.findall("td"))] for row in list(body.iter("tr"))[1:]]


def _said(cell) -> str:
    return "".join(span.text for span in cell.iter("span") if span.get("class") == "unseen")


def pictures(at) -> list[str]:
    """The markup of all pictures on the page."""
    data = (json.loads(one.proto.json) for one in at.get("bidi_component"))
    return [one[0][0] for one in data if isinstance(one[0], list) and one[0]]


def messages(at) -> str:
    return "\n".join(one.value for kind in (at.info, at.warning, at.error) for one in kind)

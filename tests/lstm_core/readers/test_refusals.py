"""The refusals: each has its sentence and is used, and what a file says can't spoil it."""

import re

from lstm_core.readers import Refused
from lstm_core.readers.refusals import Phrase
from lstm_core.words import texts
from tests.collected import collected
from tests.conftest import ROOT

ROOMS = ("readers", "reading")
CODE = "".join(path.read_text("utf-8") for room in ROOMS for path in (ROOT / "lstm_core" / room).glob("*.py"))


def keys(part: str) -> set[str]:
    """Of the texts under `network.PART`."""
    return {key.rpartition(".")[2] for key in texts("en") if key.startswith(f"network.{part}.")}


def test_every_reason_has_a_sentence_and_every_sentence_a_use():
    used = set(re.findall(r'Refused\(\s*"(\w+)"', CODE))
    used |= set(re.findall(r'problem = "(\w+)"', CODE))
    assert used == keys("refused")


def test_every_phrase_is_used_and_none_is_written_out_where_a_page_could_not_translate_it():
    broken = set(sum(re.findall(r'broken\(\s*"(\w+)", "(\w+)"', CODE), ()))
    phrases = set(re.findall(r'Phrase\("(\w+)"', CODE)) | set(re.findall(r'"(\w+(?:_function))"', CODE))
    assert broken | phrases | {"activation"} == keys("phrase")
    assert not re.findall(r"(?:what|by|which|kind)=f?\"[^\"]* ", CODE)


def test_a_phrase_in_a_sentence_is_kept_as_what_it_is():
    refused = Refused("no_layer_known", first=Refused("sequence", what=Phrase("columns", got=3, expected=2)))
    assert str(refused).endswith("The table can't be read: it has 3 columns, and 2 are needed.")
    assert refused.details["first"].details["what"].key == "columns"


def test_every_note_is_given_somewhere():
    assert not [note for note in keys("note") if f'"{note}"' not in CODE]


@collected("name", ["x" * 10_000, "a\nb\x00\x1b[31m", "<b>", "{0}{name}", "망각"])
def test_a_name_from_a_file_is_cut_and_printable(name):
    refused = Refused("link", name=name)
    assert str(refused).isprintable() and len(str(refused)) < 250
    assert len(refused.details["name"]) <= 120

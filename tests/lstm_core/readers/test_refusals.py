"""The refusals: each has its sentence and is used, and what a file says can't spoil it."""

import re

import pytest

from lstm_core.readers import NOTES, SENTENCES, Refused
from tests.conftest import ROOT

CODE = "".join(path.read_text("utf-8") for path in sorted((ROOT / "lstm_core" / "readers").glob("*.py")))


def test_every_reason_has_a_sentence_and_every_sentence_a_use():
    used = set(re.findall(r'Refused\(\s*"(\w+)"', CODE))
    used |= set(re.findall(r'problem = "(\w+)"', CODE))
    assert used == SENTENCES.keys()


@pytest.mark.parametrize("note", NOTES)
def test_every_note_is_given_somewhere(note):
    assert CODE.count(f'"{note}"') > 1


@pytest.mark.parametrize("name", ["x" * 10_000, "a\nb\x00\x1b[31m", "<b>", "{0}{name}", "망각"])
def test_a_name_from_a_file_is_cut_and_printable(name):
    refused = Refused("link", name=name)
    assert str(refused).isprintable() and len(str(refused)) < 250
    assert len(refused.details["name"]) <= 120

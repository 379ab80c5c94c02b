"""The page of all numbers: what happened at the step in focus, in one sentence above the table."""

import re
import xml.etree.ElementTree as ET

import pytest

from lstm_core.words import LANGUAGES, Words
from tests.pages.apps import is_sound, opened
from tests.pages.panels import on_line, rest
from tests.pages.walks import picture


def said(markup: str) -> str:
    """The sentence of the ledger, without its samples of bars."""
    return re.sub(r"<[^>]*>", "", markup)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ledger_of_the_step_in_focus_stands_above_the_table(language):
    words, at = Words(language), opened("trace", lang=language)
    numbers = {"C_prev": "0.78", "kept": "0.01", "erased": "0.77", "written": "+0.01", "C": "0.02"}
    told = words("strip.ledger", t=13, unit=1, **numbers)
    assert is_sound(at) and said(picture(at, "ledger.trace")) == told
    row = ET.fromstring(picture(at, "table"))[0].findall("tbody/tr")[12]
    assert row.get("aria-current") == "step"
    told = {cell.get("data-quantity"): cell.text for cell in row}
    assert {key: told[key] for key in numbers} == numbers


def test_it_follows_the_step_slider_on_the_line_and_the_table_when_the_hand_rests():
    at = opened("trace", lang="en", preset="leaky", t="2")
    [sent, digest] = on_line(at, look={"t": 5})["pictures"]["ledger"]
    rest(at, look={"t": 5})
    assert said(sent).startswith("At step 5, unit 1 ") and picture(at, "ledger.trace") == sent and digest

"""The page of all numbers: what happened at the step in focus, in one sentence above the table."""

import pytest

from lstm_core.words import LANGUAGES, Words
from tests.pages.apps import is_sound, opened


def said(at, words: Words) -> list[str]:
    """The sentences on screen that begin as that of the ledger does."""
    start = words("strip.ledger", t=13, unit=1, C_prev="|", kept="|", erased="|", written="|", C="|")
    return [line.value for line in at.markdown if line.value.startswith(start.partition("|")[0])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ledger_of_the_step_in_focus_stands_above_the_table(language):
    words, at = Words(language), opened("trace", lang=language)
    numbers = {"C_prev": "0.78", "kept": "0.01", "erased": "0.77", "written": "+0.01", "C": "0.02"}
    told = words("strip.ledger", t=13, unit=1, **{key: f"**{number}**" for key, number in numbers.items()})
    assert is_sound(at) and said(at, words) == [told]
    frame = next(one for one in at.dataframe).value
    assert list(frame["t"]) == list(range(1, 17)) and round(frame["erased"][12], 2) == 0.77

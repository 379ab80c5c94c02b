"""Choices that were never offered, as a forged browser sends them: nothing is opened, and nothing kept."""

import pytest

from lstm_core import words
from lstm_core.words import KNOWN, Words
from tests.collected import collected
from tests.pages.apps import is_sound, link, opened, screen
from tests.pages.forged import forge

STRANGE = [
    "../../.streamlit", "../../.streamlit/config", "**/*", "../en", "/etc", "xx", "", "en\0",
    "en/../ko",
]  # fmt: skip


@collected("language", STRANGE)
def test_no_texts_are_looked_for_outside_the_languages_that_there_are(language):
    words.texts.cache_clear()
    with pytest.raises(ValueError, match="^language: "):
        Words(language)
    assert words.texts.cache_info().currsize == 0


@collected("language", STRANGE)
def test_a_forged_language_changes_nothing(language):
    at = opened("forget_gate", lang="ko", preset="leaky")
    shown, before = screen(at), link(at)
    forge(at, at.selectbox(key="language.switch").proto.id, string_value=language)
    assert is_sound(at) and link(at) == before and link(at)["lang"] in KNOWN
    texts = [one for one in screen(at) if one[1] != "language.switch"]
    assert texts == [one for one in shown if one[1] != "language.switch"]


@pytest.mark.parametrize("name", ["page", "view", "language"])
def test_a_forged_choice_makes_no_lesson(name):
    at = opened("make_lesson", lang="en")
    made = at.code[0].value
    forge(at, at.selectbox(key=f"make.{name}").proto.id, string_value="../../.streamlit/config")
    assert is_sound(at) and at.code[0].value == made


@pytest.mark.parametrize("key", ["preset", "variant.overview"])
def test_a_forged_choice_of_an_experiment_changes_nothing(key):
    at = opened("overview", lang="en", preset="leaky")
    before = link(at)
    found = [one for one in at.selectbox if one.key.startswith(key.partition(".")[0])][0]
    forge(at, found.proto.id, string_value="../latch")
    assert is_sound(at) and link(at) == before

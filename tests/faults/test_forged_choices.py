"""Choices that were never offered, as a forged browser sends them: nothing is opened, and nothing kept."""

import pytest

from lstm_core import words
from lstm_core.words import KNOWN, Words
from tests.collected import collected
from tests.pages.apps import is_sound, link, opened, screen
from tests.pages.forged import forge

STRANGE = ["../../.streamlit/config", "**/*", "../en", "/etc", "xx", "", "en\0", "en/../ko"]


@collected("language", STRANGE)
def test_no_texts_are_looked_for_outside_the_languages_that_there_are(language):
    words.texts.cache_clear()
    with pytest.raises(ValueError, match="^language: "):
        Words(language)
    assert words.texts.cache_info().currsize == 0


def select(at, key: str, chosen: str) -> None:
    [box] = [one for one in at.selectbox if one.key == key]
    forge(at, box.proto.id, string_value=chosen)
    assert is_sound(at)


def test_a_forged_language_changes_nothing():
    at = opened("forget_gate", lang="ko", preset="leaky")
    shown, before = screen(at), link(at)
    for language in STRANGE:
        select(at, "language.switch", language)
        assert link(at) == before and link(at)["lang"] in KNOWN, language
        assert [one for one in screen(at) if one[1] != "language.switch"] == [
            one for one in shown if one[1] != "language.switch"
        ], language


def test_a_forged_choice_makes_no_lesson_and_no_experiment():
    at = opened("make_lesson", lang="en")
    made = at.code[0].value
    for name in ("page", "view", "language"):
        select(at, f"make.{name}", "../../.streamlit/config")
        assert at.code[0].value == made
    at = opened("overview", lang="en", preset="leaky")
    before = link(at)
    for key in ("preset", "variant.overview"):
        select(at, key, "../latch")
        assert link(at) == before

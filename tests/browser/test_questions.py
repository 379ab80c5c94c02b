"""A question under a hand: the keys that answer it, wherever the focus is."""

import pytest
from playwright.sync_api import expect

from lstm_core.words import LANGUAGES, Words


@pytest.mark.parametrize("language", LANGUAGES)
def test_l_locks_right_after_the_slider_was_moved(reader, language):
    words = Words(language)
    reader.open(f"/forget_gate?lang={language}&ask=keep_share.1")
    thumb = reader.page.locator(".st-key-answer-value input[type=range]")
    lock = reader.page.locator(".st-key-ask-lock button").first
    expect(lock).to_be_disabled()
    thumb.press("ArrowRight")
    expect(lock).to_be_enabled()
    reader.settle()
    thumb.press("l")
    expect(reader.page.locator(".st-key-ask-on button").first).to_have_text(words("ask.on"))

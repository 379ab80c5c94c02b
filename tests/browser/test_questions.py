"""A question under a hand: the keys that answer it, wherever the focus is."""

import pytest
from playwright.sync_api import expect

from lstm_core.lessons.items import make
from lstm_core.lessons.plan import Plan, path
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.presets import preset


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


def test_questions_about_a_teachers_run_are_still_there_after_a_reload_and_back(reader):
    words, run = Words("en"), preset("random", 4).edited("b_f.1", -0.5)
    plan = Plan("overview", language="en").with_parts("own", ["keep_share", "gate_on_what"])
    reader.open(path(plan.in_order_of_steps(run), run, Focus(1)))
    parts = [*plan.in_order_of_steps(run).asked_of(run).parts]
    first, second = (make(*part.place).text(words) for part in parts)
    said = reader.page.locator("main, [data-testid=stMain]").first
    expect(said).to_contain_text(first)
    reader.page.locator(".st-key-ask-skip button").first.click()
    expect(said).to_contain_text(second)
    reader.settle()
    reader.page.reload()
    expect(said).to_contain_text(second)
    expect(reader.page.locator(".st-key-ask-skip button").first).to_be_enabled()
    reader.settle()
    reader.page.go_back()
    expect(said).to_contain_text(first)
    expect(said).to_contain_text(words("ask.skipped"))

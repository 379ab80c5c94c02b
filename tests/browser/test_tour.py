"""The tour of 20 minutes as a teacher gives it: by keys alone, each question asked, locked and explained."""

import pytest
from playwright.sync_api import expect

from lstm_core.lessons.items import make
from lstm_core.lessons.question import CHOOSE, VALUE
from lstm_core.lessons.tours import TOURS
from lstm_core.lessons.verdict import judge
from lstm_core.words import LANGUAGES, Words
from pages._ui.lessons.question import STEP
from tests.browser.conftest import reading
from tests.browser.window import PHONE

SHORT = TOURS["short"].stops


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_short_tour_by_keys_alone(reader, language):
    words = Words(language)
    reader.open(f"/?lang={language}&lesson=tour.short.1")
    for number, stop in enumerate(SHORT, start=1):
        heading = reader.page.locator(".st-key-heading h2")
        expect(heading).to_have_text(words(stop.title_key))
        reader.wait_for_link(lambda link, n=number: link["lesson"] == f"tour.short.{n}")
        listening(reader)
        assert reader.path() == f"/{stop.page}"
        if stop.item:
            predicts(reader, words, stop)
        if number < len(SHORT):
            reader.page.keyboard.press("n")
    assert not reader.errors and not reader.foreign_requests


def listening(reader):
    """Until the page stands still and hears keys."""
    reader.settle()
    reader.page.locator(".picture.live").first.wait_for(state="attached")


def predicts(reader, words, stop):
    """Asks the stop's question, answers it wrongly where that is the first choice, and reads why."""
    question = make(stop.item, stop.seed)
    reader.page.keyboard.press("q")
    card = reader.page.locator(".st-key-layout_question")
    expect(card).to_contain_text(words("ask.choose"))
    reader.settle()
    pictures = reader.page.locator(".st-key-layout_pictures")
    # Their pictures would answer it, and come after it.
    waits = stop.page in ("why_forget", "gradient", "learning", "reading")
    expect(pictures).to_contain_text(words("ask.picture_follows") if waits else "?")
    if question.item.kind == CHOOSE:
        reader.page.keyboard.press("1")
        expect(card.get_by_role("radio").first).to_be_checked()
        reader.settle()
        answer = question.options[0]
    else:
        assert question.item.kind == VALUE
        answer = sum(question.bounds) / 2 + STEP
        card.get_by_role("slider").focus()
        reader.page.keyboard.press("ArrowRight")
        reader.settle()
    reader.page.keyboard.press("l")
    verdict = judge(question, answer)
    expect(card).to_contain_text(words(verdict.heading_key))
    reader.settle()


def test_a_question_on_a_phone_stands_before_the_pictures(browser, app):
    with reading(browser, app, **PHONE) as phone:
        phone.open("/forget_gate?lang=en&ask=open_or_shut.1")
        question = phone.page.locator(".st-key-layout_question").bounding_box()
        pictures = phone.page.locator(".st-key-layout_pictures").bounding_box()
        assert question["y"] + question["height"] <= pictures["y"] and phone.side_scroll() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_buttons_of_a_tour_stand_in_one_row_on_a_phone(browser, app, language):
    with reading(browser, app, **PHONE) as phone:
        for stop in (9, 10):
            phone.open(f"/?lang={language}&lesson=tour.long.{stop}")
            phone.page.locator(".narrow svg.cell").wait_for()
            phone.settle()
            first, last = (
                phone.page.locator(f".st-key-{key} button:visible").first.bounding_box()
                for key in ("ask-predict", "tour-leave")
            )
            assert abs(first["y"] - last["y"]) < 4, (stop, first, last)
            assert last["x"] + last["width"] <= 390 and last["width"] >= 30


def test_in_front_of_a_class_questions_are_off_until_a_key_turns_them_on(reader):
    reader.page.goto(f"{reader.address}/forget_gate?lang=en&present=1")
    reader.page.locator("h2").wait_for()
    expect(reader.page.locator(".st-key-ask-predict")).to_be_hidden()
    reader.page.locator("svg.cell").first.wait_for()
    reader.page.keyboard.press("q")
    expect(reader.page.locator(".st-key-layout_question")).to_be_visible()
    expect(reader.page.locator(".st-key-layout_question")).to_contain_text(Words("en")("ask.choose"))

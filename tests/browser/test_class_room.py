"""A teacher, a projector and two phones through a question, as one class does it: predict, argue, reveal."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from lstm_core.lessons.items import make
from lstm_core.words import Words
from tests.browser.conftest import watched
from tests.browser.window import LAPTOP, PHONE

LESSON = "item.open_or_shut.1~item.open_or_shut.2"
EN, KO = Words("en"), Words("ko")


@pytest.fixture
def people(browser):
    """Opens a page in a window of its own."""
    with ExitStack() as windows:
        yield lambda device=LAPTOP, **more: windows.enter_context(watched(browser, **device, **more))


def test_a_class_predicts_argues_predicts_again_and_is_told(people, server):
    teacher, first = people(locale="en-US"), people(PHONE, locale="en-US")
    second = people(PHONE, locale="ko-KR", color_scheme="dark")
    teacher.goto(f"{server}/room/new?lesson={LESSON}&lang=en")
    teacher.get_by_role("button", name=EN("room.make")).click()
    code = teacher.locator(".huge").inner_text()
    expect(teacher.locator("#hall svg")).to_be_visible()
    assert "key=" in teacher.url.partition("#")[2]

    first.goto(f"{server}/room/")
    first.get_by_role("textbox").fill(code.lower())
    first.keyboard.press("Enter")
    second.goto(f"{server}/room/{code}")
    expect(first.locator("#slide")).to_have_text(EN("room.lobby_phone"))
    expect(second.locator("#slide")).to_have_text(KO("room.lobby_phone"))
    expect(teacher.locator("#count")).to_have_text(EN("room.here", n=2))

    second.wait_for_function("() => [...document.fonts].some(font => font.status === 'loaded')")

    asked = make("open_or_shut", 1)
    teacher.keyboard.press("PageDown")
    for phone, words in ((first, EN), (second, KO)):
        expect(phone.locator(".asked")).to_have_text(asked.text(words))
        expect(phone.locator("#hall")).to_be_hidden()
    right = EN(f"item.open_or_shut.option.{asked.truth}", **asked.values)
    wrong_key = next(option for option in asked.options if option != asked.truth)
    wrong = EN(f"item.open_or_shut.option.{wrong_key}", **asked.values)
    first.get_by_role("button", name=wrong, exact=True).click()
    expect(first.locator("#says")).to_have_text(EN("room.kept"))
    expect(teacher.locator("#count")).to_have_text(EN("room.answered", n=1, of=2))
    expect(teacher.locator(".bars .bar").first).to_be_hidden()

    first.reload()  # a phone that was asleep
    expect(first.locator("#says")).to_have_text(EN("room.kept"))
    second.get_by_role("button", name=asked.option_label(KO, asked.truth), exact=True).click()
    expect(second.locator("#says")).to_have_text(KO("room.kept"))

    teacher.keyboard.press("PageDown")
    expect(first.locator("#says")).to_have_text(EN("room.closed"))
    expect(first.get_by_role("button", name=right, exact=True)).to_be_disabled()
    bar = teacher.locator(f'[data-row="{wrong_key}"] [data-round="1"]')
    expect(bar).to_have_text("1")
    expect(teacher.locator(".right")).to_have_count(0)

    teacher.get_by_role("button", name=EN("room.ask_again")).click()
    expect(first.locator("#says")).to_have_text(EN("room.again"))
    first.get_by_role("button", name=right, exact=True).click()
    expect(first.locator("#says")).to_have_text(EN("room.kept"))
    teacher.keyboard.press("PageDown")
    expect(teacher.locator(f'[data-row="{asked.truth}"] [data-round="2"]')).to_have_text("1")
    expect(bar).to_have_text("1")
    teacher.wait_for_timeout(400)  # a second press right after the first is taken for a slip
    teacher.keyboard.press("PageDown")
    expect(teacher.locator(".right")).to_have_attribute("data-row", str(asked.truth))
    expect(first.locator(".verdict")).to_contain_text(EN("verdict.right"))
    expect(second.locator(".verdict")).to_contain_text(KO("verdict.right"))

    notes = people(locale="en-US")
    notes.goto(teacher.url + "&notes=1")
    expect(notes.locator("#stuck")).to_have_text(EN("room.silent_closed", n=1, of=2))
    expect(teacher.locator("#stuck")).to_be_hidden()
    expect(notes.locator("#notes")).to_contain_text(EN("room.then", title=EN("item.open_or_shut.name")))
    teacher.wait_for_timeout(400)
    teacher.keyboard.press("PageDown")
    expect(notes.locator("#place")).to_have_text("2 / 2")
    expect(first.locator(".asked")).to_have_text(make("open_or_shut", 2).text(EN))


def test_who_has_no_code_or_a_wrong_one_is_told_so(people, server):
    page = people(PHONE, locale="en-US")
    page.goto(f"{server}/room/AAAAA")
    expect(page.locator("#says")).to_have_text(EN("room.refused_code"))
    page.goto(f"{server}/room/12345")
    expect(page.locator("main")).to_contain_text(EN("room.refused_code"))
    page.goto(f"{server}/room/new?lesson=nothing")
    expect(page.locator("main")).to_contain_text(EN("room.refused_lesson"))

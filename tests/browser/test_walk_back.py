"""The walk back in a browser: by keys, by buttons and on a phone, and what it shows is what was computed."""

import pytest
from playwright.sync_api import expect

from lstm_core.backprop import backprop
from lstm_core.view.backward.shown import ShownWalk, gradient_text
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.presets import preset
from tests.browser.conftest import reading
from tests.browser.window import PHONE


def begin(reader, language: str) -> None:
    reader.open(f"/gradient?lang={language}")
    reader.page.get_by_role("radio", name=Words(language)("back.back")).click()
    reader.wait_for_link(lambda link: link.get("back") == "arrive" and link["t"] == "24")
    reader.settle()


def origins(reader):
    return reader.page.locator(".origins")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_walk_goes_back_by_keys_and_the_link_follows_when_it_rests(reader, language):
    begin(reader, language)
    walk = backprop(preset("far").trace())
    for _ in range(7):
        reader.page.keyboard.press("ArrowLeft")
    there = ShownWalk(walk, 23, 1)
    expect(origins(reader)).to_contain_text(f"= {gradient_text(there.C().total)}")
    reader.wait_for_link(lambda link: link["back"] == "gates" and link["t"] == "23")
    reader.page.keyboard.press("ArrowRight")
    reader.wait_for_link(lambda link: link["back"] == "split" and link["t"] == "23")


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_all_of_it_is_within_the_window(browser, app, language):
    with reading(browser, app, **PHONE) as phone:
        begin(phone, language)
        expect(phone.page.locator(".narrow svg.backward")).to_be_visible()
        assert phone.side_scroll() == 0
        for button in phone.page.locator(".walk button").all():
            assert button.bounding_box()["height"] >= 40

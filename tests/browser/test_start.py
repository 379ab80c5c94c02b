"""The story is played by hand from its first chapter to its last, and plays by itself until it is touched."""

import re

from playwright.sync_api import expect

from lstm_core.words import Words
from tests.browser.conftest import reading
from tests.browser.hands import cell, centre, drag, drag_by_finger

EN = Words("en")
FIRST = "8"
"""The step on which the story begins: two letters before the bracket that opens."""

BARS = {"forget": "pin_f", "write": "pin_i", "sign": "pin_c", "show": "pin_o"}


def on(reader, key: str):
    """Go on to the next chapter."""
    reader.page.locator(".story .on").click()
    expect(reader.page.locator(".story .do")).to_have_text(EN(f"story.{key}.do"))
    reader.settle()


def is_done(reader):
    expect(reader.page.locator(".story .answer[data-done]")).to_be_visible()


def bar(reader, gate: str):
    """The bar of a gate, in the arrangement that is on screen."""
    return reader.page.locator(f'[data-grab^="{gate}."]:visible').first


def pull_down(reader, gate: str):
    drag(reader, bar(reader, gate), up=-120)
    is_done(reader)  # while the hand is still down
    reader.page.mouse.up()
    reader.wait_for_link(lambda link: gate in link.get("did", ""))


def test_the_whole_story_is_played_by_hand_and_its_link_tells_it(reader):
    reader.open("/?lang=en")
    reader.page.locator(".over-time").first.wait_for()
    x, y = centre(cell(reader, 1, 24))
    reader.page.mouse.click(x, y)
    is_done(reader)
    for key, gate in BARS.items():
        on(reader, key)
        pull_down(reader, gate)
    on(reader, "join")
    drag(reader, cell(reader, 2, 17), up=60)
    is_done(reader)
    reader.page.mouse.up()
    reader.wait_for_link(lambda link: "x.17.2" in link.get("did", ""))
    on(reader, "why")
    reader.page.locator('.panel [data-address="length"] input[type=range]').press("End")
    is_done(reader)
    on(reader, "learn")
    on(reader, "hold")
    on(reader, "recap")
    told = reader.page.locator(".story li")
    expect(told).to_have_count(5)
    said = told.all_inner_texts()
    reader.reload()
    expect(told).to_have_text(said)
    reader.page.get_by_role("button", name=EN("story.recap.button")).click()
    reader.page.wait_for_url(re.compile("/overview"))
    reader.wait_for_link(lambda link: link["preset"] == "nested")


def test_it_plays_by_itself_until_it_is_touched(browser, app):
    with reading(browser, app, reduced_motion="no-preference") as reader:
        reader.open("/?lang=en")
        shown = reader.page.locator("svg.cell:visible")
        expect(shown).to_have_attribute("data-t", re.compile("^1[0-9]$"))
        reader.page.mouse.click(2, 400)
        expect(reader.page.locator(".picture.playing")).to_have_count(0)
        reader.page.locator(".story .on").click()
        reader.page.locator(".story .back").click()
        expect(reader.page.locator(".story .do")).to_have_text(EN("story.run.do"))
        reader.page.wait_for_timeout(1500)
        expect(shown).to_have_attribute("data-t", FIRST)


def test_it_stands_still_where_less_motion_is_asked_for(browser, app):
    with reading(browser, app, reduced_motion="reduce") as reader:
        reader.open("/?lang=en")
        reader.page.wait_for_timeout(1500)
        expect(reader.page.locator("svg.cell:visible")).to_have_attribute("data-t", FIRST)


def test_a_chapter_is_played_by_a_finger_and_its_answer_stays_in_sight(phone):
    phone.open("/?lang=en&chapter=2")
    drag_by_finger(phone, bar(phone, "pin_f"), up=-80)
    answer = phone.page.locator(".story .answer[data-done]")
    expect(answer).to_be_in_viewport()
    assert phone.side_scroll() <= 0

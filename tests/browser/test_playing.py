"""Play runs the walk by itself, and stops at any touch or key; each step can be heard."""

import re

import pytest
from playwright.sync_api import expect

from lstm_core.words import LANGUAGES
from tests.browser.conftest import reading
from tests.browser.sounds import SOUNDS
from tests.browser.walking import open_walk, press

WALK = "/overview?lang=en&preset=latch&t=2"


def button(reader):
    return reader.page.locator(".play .go")


def play(reader):
    reader.page.locator(".play select").select_option(label="fast")
    button(reader).click()


def comes_to(reader, step: int, phase: str):
    """Waits for a picture of what plays; the link follows when it rests."""
    expect(reader.page.locator(".walk [role=radio][aria-checked=true]")).to_have_attribute(
        "data-value", phase
    )
    expect(reader.page.locator("svg.cell:visible")).to_have_attribute("data-t", str(step))


def rests(reader):
    expect(reader.page.locator(".picture.playing")).to_have_count(0)


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_it_goes_on_by_itself_until_a_key_is_pressed(browser, app, motion):
    with reading(browser, app, reduced_motion=motion) as reader:
        open_walk(reader, f"{WALK}&phase=write")
        play(reader)
        for phase in ("output", "show"):
            comes_to(reader, 2, phase)
        comes_to(reader, 3, "concatenate")
        reader.page.keyboard.press("Shift")
        rests(reader)
        reader.wait_for_link(lambda link: (link["t"], link.get("phase")) == ("3", "concatenate"))
        expect(button(reader).locator(".start")).to_be_visible()


def test_without_a_phase_it_plays_the_steps_to_the_last_and_can_begin_again(reader):
    open_walk(reader, "/overview?lang=en&preset=latch&t=15&phase=all")
    play(reader)
    rests(reader)
    reader.wait_for_link(lambda link: link["t"] == "16")
    button(reader).click()
    comes_to(reader, 1, "all")
    reader.page.mouse.click(5, 400)
    rests(reader)
    reader.wait_for_link(lambda link: int(link["t"]) < 16)


def test_a_first_visitor_is_invited_until_it_was_pressed(phone):
    open_walk(phone, WALK, narrow=True)
    expect(phone.page.locator(".play .invite")).to_be_visible()
    button(phone).tap()
    expect(phone.page.locator(".play .invite")).to_be_hidden()
    button(phone).tap()
    phone.reload()
    expect(button(phone)).to_be_visible()
    expect(phone.page.locator(".play .invite")).to_be_hidden()


COVERED = """bar => {
  const boxes = [bar, ...bar.children].map(e => e.getBoundingClientRect());
  const others = bar.parentElement.querySelectorAll("svg.cell [data-part] :is(rect, text, circle)");
  return [...others].map(e => e.getBoundingClientRect()).filter(b => b.width && boxes.some(box =>
    b.left < box.right && box.left < b.right && b.top < box.bottom && box.top < b.bottom)).length;
}"""


SCREENS = [(1920, 1080), (1366, 768), (1024, 768)]


@pytest.mark.parametrize(("wide", "high"), SCREENS)
def test_it_covers_nothing_and_plays_in_presenter_mode(browser, app, wide, high):
    with reading(browser, app, viewport={"width": wide, "height": high}) as reader:
        bar = reader.page.locator(".play")
        for language in LANGUAGES:
            open_walk(reader, f"/cell_state?lang={language}&preset=replace")
            assert bar.evaluate(COVERED) == 0, language
        open_walk(reader, f"{WALK}&phase=write&present=1")
        assert bar.evaluate(COVERED) == 0
        size = float(button(reader).evaluate("e => getComputedStyle(e).fontSize").removesuffix("px"))
        assert size >= 0.0095 * wide, "it can be read from the last row"
        play(reader)
        comes_to(reader, 2, "show")
        assert bar.evaluate(COVERED) == 0
        reader.page.keyboard.press("Escape")
        reader.wait_for_link(lambda link: "present" not in link)
        rests(reader)


def made(reader):
    return reader.page.evaluate("[made.contexts.length, made.noises, made.tones.length]")


def switch(reader):
    return reader.page.get_by_role("switch", name="Sound")


@pytest.fixture
def listener(browser, app):
    with reading(browser, app) as reader:
        reader.page.add_init_script(SOUNDS)
        yield reader


def test_each_step_sounds_once_from_the_press_on_until_escape(listener):
    """At step 2 nothing is erased, at step 13 nearly all; each has a bell and a tone where it writes."""
    open_walk(listener, "/overview?lang=en&preset=latch&t=1&phase=all")
    press(listener, "PageDown", t="2")
    assert made(listener) == [0, 0, 0], "nothing is made before a press"
    switch(listener).check()
    assert made(listener) == [1, 0, 3], "what is in focus: a bell of two tones, and C"
    expect(switch(listener)).to_have_accessible_description(re.compile("octave"))
    press(listener, "ArrowRight", t="2", phase="concatenate")
    assert made(listener) == [1, 0, 3], "a phase of the same step"
    listener.page.locator(".focus").first.focus()
    press(listener, "PageDown", t="3")
    contexts, _, tones = made(listener)
    assert contexts == 1 and tones > 3
    listener.page.keyboard.press("Escape")
    expect(switch(listener)).not_to_be_checked()
    before = made(listener)
    press(listener, "PageDown", t="4")
    assert made(listener) == before
    assert listener.page.evaluate("made.closed") == 1


def test_a_run_that_plays_is_heard_until_the_page_is_left(listener):
    open_walk(listener, "/overview?lang=en&preset=latch&t=11&phase=all")
    play(listener)
    switch(listener).check()
    expect(listener.page.locator("svg.cell:visible")).to_have_attribute("data-t", "16")
    contexts, noises, tones = made(listener)
    assert contexts == 1
    assert noises >= 1, "step 13 erases"
    assert tones >= 4, "a C at least for each step from 13 on"
    listener.page.get_by_role("link", name="The story").first.click()
    expect(switch(listener)).not_to_be_checked()
    assert listener.page.evaluate("made.closed") == 1


def test_where_there_is_no_sound_there_is_no_switch(browser, app):
    with reading(browser, app) as reader:
        reader.page.add_init_script("delete window.AudioContext")
        open_walk(reader, WALK)
        expect(button(reader)).to_be_visible()
        expect(reader.page.locator(".sound")).to_be_hidden()

"""Pages of learned networks under a hand: training and its slider, a unit that is held, odds that answer."""

import re

from playwright.sync_api import expect

from lstm_core import reading as reading_code
from lstm_core.training import shipped as courses
from pages._ui.reading.held import example
from tests.browser.conftest import reading
from tests.browser.reader import PATIENCE


def opened(reader, query: str) -> None:
    reader.open(f"/learning?lang=en{query}")
    expect(label(reader)).to_have_text(re.compile(r"Update \d+"))


def label(reader):
    return reader.page.locator(".timeline label")


def update(reader) -> int:
    """The update on screen."""
    return int(label(reader).inner_text().split()[1])


def test_a_training_goes_on_by_itself_and_can_be_looked_through(reader):
    opened(reader, "&learn=recall~updates.60")
    expect(label(reader)).to_have_text("Update 60")
    expect(reader.page.get_by_role("button", name="Train", exact=True)).to_be_visible()
    slider = reader.page.locator("#snapshot")
    expect(slider).to_be_enabled()
    slider.focus()
    reader.page.keyboard.press("Home")
    expect(label(reader)).to_have_text("Update 0")
    reader.wait_for_link(lambda link: link.get("update") == "0")
    reader.page.keyboard.press("ArrowRight")
    reader.wait_for_link(lambda link: link.get("update") == "1")


def test_what_it_learned_follows_the_training(reader):
    opened(reader, "&learn=text~updates.20000")
    said = reader.page.get_by_text(re.compile(r"^After update \d+"))
    coloured = reader.page.locator("[class*=st-key-coloured_text] .picture")

    def follows():
        """Until it has been brought up to date."""
        seen, drawn = set(), set()
        for _ in range(PATIENCE // 100):
            seen.add(said.inner_text())
            drawn.add(coloured.inner_html())
            if len(seen) > 1 and len(drawn) > 1:
                return
            reader.page.wait_for_timeout(100)
        raise AssertionError(f"after the updates {seen}, {len(drawn)} texts")

    follows()
    for name, then in (("Pause", "Go on"), ("Stop", "Train")):
        reader.page.get_by_role("button", name=name, exact=True).click()
        go_on = reader.page.get_by_role("button", name=then, exact=True)
        go_on.wait_for()
        expect(said).to_have_text(re.compile(f"^After update {update(reader)},"))
        go_on.click()
        follows()


def test_the_slider_is_dragged_and_the_button_plays_on(reader):
    opened(reader, "&learn=recall")
    box = reader.page.locator("#snapshot").bounding_box()
    y = box["y"] + box["height"] / 2
    reader.page.mouse.move(box["x"] + box["width"] - 8, y)
    reader.page.mouse.down()
    for share in (0.9, 0.7, 0.5):
        reader.page.mouse.move(box["x"] + share * box["width"], y)
    expect(label(reader)).not_to_have_text("Update 700")
    reader.page.mouse.up()
    reader.wait_for_link(lambda link: "update" in link)
    there = update(reader)
    assert there in courses.shipped("recall").snapshot_at
    reader.page.locator(".timeline .play").click()
    expect(label(reader)).not_to_have_text(f"Update {there}")
    reader.page.locator(".timeline .play").click()
    assert update(reader) > there


def test_train_loss_moments_answers_and_gates_are_on_one_screen_of_a_laptop_and_of_a_phone(browser, app):
    for window in ({"width": 1366, "height": 768}, {"width": 390, "height": 844}):
        with reading(browser, app, viewport=window) as reader:
            opened(reader, "&learn=recall")
            expect(reader.page.locator(".moments button").first).to_contain_text(": the loss begins to fall")
            gates = "course_strip] [data-key=line-f" if window["width"] < 500 else "course_strip"
            for part in ("train", "course_curve", "course_moments", "answers", gates):
                box = reader.page.locator(f"[class*=st-key-{part}]:visible").first.bounding_box()
                assert box["y"] + box["height"] <= window["height"], (part, window, box)
            assert reader.side_scroll() == 0
            slider = reader.page.locator(".timeline").bounding_box()
            assert slider["width"] >= 0.95 * reader.page.locator(".st-key-stage").bounding_box()["width"]


def test_whoever_leaves_stops_training(browser, app):
    with reading(browser, app) as leaver:
        opened(leaver, "&learn=text~updates.20000")
        leaver.page.get_by_role("button", name="Pause").wait_for()
    with reading(browser, app) as other:
        opened(other, "&learn=recall~updates.30")
        expect(label(other)).to_have_text("Update 30")


def test_a_hand_on_c_of_the_bracket_unit_moves_the_odds_and_the_link_brings_it_back(reader):
    unit = reading_code.shipped().features()[0].unit
    reader.open("/reading?lang=en")
    letters, odds = reader.page.locator(".read .letters b"), reader.page.locator(".next tr")
    expect(letters).to_have_count(len(example("code")), timeout=PATIENCE)
    expect(odds.first).not_to_contain_text("→")
    slider = reader.page.locator(f'[id="C.{unit}"]')
    slider.focus()
    reader.page.keyboard.press("ArrowRight")
    expect(odds.first).to_contain_text("→")
    reader.wait_for_link(lambda link: link.get("hold", "").startswith(f"{unit}~"))
    letters.nth(4).click()
    reader.wait_for_link(lambda link: link.get("letter") == "5")
    reader.page.reload()
    expect(odds.first).to_contain_text("→", timeout=PATIENCE)
    reader.page.get_by_role("radio", name="reads freely").click()
    expect(odds.first).not_to_contain_text("→")
    reader.wait_for_link(lambda link: "hold" not in link)

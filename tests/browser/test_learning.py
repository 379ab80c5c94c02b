"""The page where a network learns under a hand: training goes on by itself, the slider goes back over it."""

import re

from playwright.sync_api import expect

from lstm_core.training.shipped import shipped
from tests.browser.conftest import reading
from tests.browser.reader import PATIENCE


def opened(reader, query: str) -> None:
    reader.open(f"/learning?lang=en{query}")
    expect(reader.page.locator(".timeline label")).to_have_text(re.compile(r"Update \d+"))


def update(reader) -> int:
    """The update on screen."""
    return int(reader.page.locator(".timeline label").inner_text().split()[1])


def test_a_training_goes_on_by_itself_and_can_be_looked_through(reader):
    opened(reader, "&learn=recall~updates.60")
    expect(reader.page.locator(".timeline label")).to_have_text("Update 60")
    expect(reader.page.get_by_role("button", name="Train", exact=True)).to_be_visible()
    slider = reader.page.locator("#snapshot")
    expect(slider).to_be_enabled()
    slider.focus()
    reader.page.keyboard.press("Home")
    expect(reader.page.locator(".timeline label")).to_have_text("Update 0")
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
            seen.add(int(re.findall(r"\d+", said.inner_text())[0]))
            drawn.add(coloured.inner_html())
            if len(seen) > 1 and len(drawn) > 1:
                return
            reader.page.wait_for_timeout(100)
        raise AssertionError(f"after the updates {seen}, {len(drawn)} texts")

    def press(name):
        reader.page.get_by_role("button", name=name, exact=True).click()

    follows()
    press("Pause")
    reader.page.get_by_role("button", name="Go on", exact=True).wait_for()
    expect(said).to_have_text(re.compile(f"^After update {update(reader)},"))
    press("Go on")
    follows()
    press("Stop")
    reader.page.get_by_role("button", name="Train", exact=True).wait_for()
    expect(said).to_have_text(re.compile(f"^After update {update(reader)},"))
    press("Train")
    follows()


def test_the_slider_is_dragged_and_the_button_plays_on(reader):
    opened(reader, "&learn=recall")
    box = reader.page.locator("#snapshot").bounding_box()
    y = box["y"] + box["height"] / 2
    reader.page.mouse.move(box["x"] + box["width"] - 8, y)
    reader.page.mouse.down()
    for share in (0.9, 0.7, 0.5):
        reader.page.mouse.move(box["x"] + share * box["width"], y)
    expect(reader.page.locator(".timeline label")).not_to_have_text("Update 700")
    reader.page.mouse.up()
    reader.wait_for_link(lambda link: "update" in link)
    there = update(reader)
    assert there in shipped("recall").snapshot_at
    reader.page.locator(".timeline .play").click()
    expect(reader.page.locator(".timeline label")).not_to_have_text(f"Update {there}")
    reader.page.locator(".timeline .play").click()
    assert update(reader) > there


def test_train_loss_moments_answers_and_gates_are_on_one_screen_of_a_laptop_and_of_a_phone(browser, app):
    for window in ({"width": 1366, "height": 768}, {"width": 390, "height": 844}):
        with reading(browser, app, viewport=window) as reader:
            opened(reader, "&learn=recall")
            expect(reader.page.locator(".moments button").first).to_contain_text(": the loss begins to fall")
            for part in ("train", "course_curve", "course_moments", "answers", "course_strip"):
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
        expect(other.page.locator(".timeline label")).to_have_text("Update 30")


def test_a_unit_is_held_where_the_hand_drags_it_and_the_score_follows(reader):
    opened(reader, "&learn=recall")
    effect = reader.page.locator("[class*=st-key-effect] .said")
    reader.page.get_by_role("button", name="hold C of unit 2").or_(
        reader.page.get_by_role("radio", name="hold C of unit 2")
    ).click()
    expect(effect).to_contain_text("undisturbed it is 100 %")
    first = effect.inner_text()
    row = reader.page.locator('[data-address="C.2"]')
    row.locator("input.range").focus()
    reader.page.keyboard.press("End")
    expect(effect).to_contain_text("held at 1.00")
    assert effect.inner_text() != first
    expect(reader.page.locator("[class*=st-key-course_strip]")).to_contain_text("Undisturbed")

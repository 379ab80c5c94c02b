"""The walk on a projector, on a phone, on paper, without motion, and over a pinned run's ghost."""

import pytest
from playwright.sync_api import expect

from lstm_core.explain import Place
from lstm_core.rounding import text
from lstm_core.words import LANGUAGES
from lstm_core.workbench.presets import preset
from tests.browser.conftest import reading
from tests.browser.walking import (
    COUNT_MOTION,
    RANDOM,
    WORDS,
    diagram,
    number,
    open_walk,
    panel,
    press,
    says,
    settle,
)
from tests.browser.window import PHONE
from tests.servers import ARTEFACTS

PROJECTOR = {"width": 1024, "height": 768}
LARGE_PROJECTOR = {"width": 1920, "height": 1080}
HIDDEN = (
    ".st-key-preset",
    ".st-key-sliders-t",
    ".st-key-layout_below",
    "[data-testid=stHeader]",
    "[data-testid=stSidebar]",
)
SHOWN = ("h2", ".wide svg.cell", ".st-key-walk", ".over-time .plot", ".panel")
LARGE = "&H=4&D=4&U_f.1.4=-11.25&x.5.4=-1.75&h0.4=-0.5&C0.1=-4.5"


@pytest.mark.parametrize(("page", "language"), [("overview", "en"), ("cell_state", "ko")])
def test_presenting_shows_the_picture_alone(browser, app, page, language):
    with reading(browser, app, viewport=PROJECTOR) as reader:
        open_walk(reader, f"/{page}?preset=random&t=5&phase=write&present=1&lang={language}")
        for hidden in HIDDEN:
            assert not reader.page.locator(hidden).first.is_visible(), hidden
        for shown in SHOWN:
            expect(reader.page.locator(shown).first).to_be_visible()
        press(reader, "ArrowRight", phase="output", present="1")
        assert reader.side_scroll() <= 0
        press(reader, "Escape", present=None)


def test_escape_brings_everything_back(reader):
    open_walk(reader, RANDOM + "&present=1")
    press(reader, "Escape", present=None)
    for back in (".st-key-layout_below", ".st-key-layout_controls", "[data-testid=stHeader]"):
        expect(reader.page.locator(back)).to_be_visible()


@pytest.mark.parametrize("pins", ["", "&pin_f.1.5=0&pin_i.1=0.5&pin_c.2=-0.25"])
@pytest.mark.parametrize("page", ["overview", "forget_gate", "cell_state"])
def test_presenting_fits_a_projector(browser, app, page, pins):
    with reading(browser, app, viewport=PROJECTOR) as reader:
        open_walk(reader, f"/{page}?preset=random&t=5&phase=write&present=1&lang=en{pins}")
        reader.page.locator(".over-time .plot").wait_for()
        reader.page.screenshot(path=ARTEFACTS / f"walk_projector_{page}.png")
        boxes = {shown: reader.page.locator(shown).first.bounding_box() for shown in SHOWN}
        over = reader.page.get_by_test_id("stMain").evaluate("e => e.scrollHeight - e.clientHeight")
        assert over <= 6, boxes
        assert all(box["y"] >= 0 and box["y"] + box["height"] <= 768 for box in boxes.values()), boxes


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_things_move_unless_the_reader_wants_no_motion(browser, app, motion):
    with reading(browser, app, reduced_motion=motion) as reader:
        open_walk(reader, "/overview?lang=en&preset=random&t=3")
        diagram(reader).evaluate(COUNT_MOTION)
        for t in (4, 5):
            press(reader, "PageDown", t=str(t))
            says(reader, preset("random").trace(), t)
        reader.page.wait_for_timeout(100)
        moved = reader.page.evaluate("window.moved")
        assert (moved > 0) == (motion == "no-preference"), moved
        running = "svg => svg.getAnimations({subtree: true}).filter(a => a.playState === 'running').length"
        assert motion != "reduce" or diagram(reader).evaluate(running) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_shows_the_narrow_diagram_and_nothing_leaves_the_side(browser, app, language):
    with reading(browser, app, **PHONE) as reader:
        open_walk(reader, f"/overview?lang={language}&preset=random&t=5{LARGE}&pin_c.1.2=-0.75", narrow=True)
        trace = reader.experiment().trace()
        expect(diagram(reader, narrow=True)).to_be_visible()
        assert not diagram(reader).is_visible() and reader.side_scroll() <= 0
        reader.page.locator(".st-key-walk").get_by_text(WORDS[language]("walk.write")).tap()
        reader.wait_for_link(lambda link: link.get("phase") == "write")
        caption = diagram(reader, narrow=True).locator(".caption")
        expect(caption).to_contain_text(WORDS[language]("diagram.phase.write"))
        number(diagram(reader, narrow=True), Place("f", 5, 1)).first.tap()
        expect(panel(reader).locator(".value")).to_have_text(text(trace.f[4, 0]))
        number(panel(reader), Place("z_f", 5, 1)).tap()
        expect(panel(reader).locator("svg")).to_be_visible()
        assert reader.side_scroll() <= 0
        for part in (diagram(reader, narrow=True), panel(reader)):
            box = part.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 390
        reader.page.screenshot(path=ARTEFACTS / f"walk_phone_{language}.png", full_page=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_space_bar_and_a_clicker_go_from_phase_to_phase_right_after_present(reader, language):
    open_walk(reader, f"/forget_gate?preset=random&t=5&phase=erase&lang={language}")
    reader.page.locator(".walk-present").click()
    reader.wait_for_link(lambda link: link.get("present") == "1")
    expect(reader.page.locator(".walk-leave")).to_be_visible()
    reader.settle()  # until the button that was pressed, and has the focus, is gone
    press(reader, " ", phase="candidate", present="1", t="5")
    press(reader, "PageDown", phase="write", present="1", t="5")
    press(reader, "PageUp", phase="candidate", present="1", t="5")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("projector", [PROJECTOR, {"width": 1366, "height": 768}, LARGE_PROJECTOR])
def test_the_keys_are_told_below_everything_and_closed_by_a_key(browser, app, language, projector):
    with reading(browser, app, viewport=projector) as reader:
        open_walk(reader, f"/overview?lang={language}&present=1&preset=latch")
        reader.page.locator(".over-time .plot").wait_for()
        told = reader.page.locator(".st-key-keys")
        assert told.count() == 0
        for close in ("?", "Escape"):
            reader.page.keyboard.press("?")
            expect(told).to_have_text(WORDS[language]("walk.keys"))
            settle(reader)
            shown = (*SHOWN[:-1], ".panel label", ".panel .range")
            boxes = [reader.page.locator(one).first.bounding_box() for one in shown]
            box = told.bounding_box()
            assert box["y"] >= max(other["y"] + other["height"] for other in boxes), (box, boxes)
            assert box["y"] + box["height"] <= projector["height"]
            reader.page.keyboard.press(close)
            expect(told).to_have_count(0)
            settle(reader)
        assert reader.link()["present"] == "1"
        press(reader, "Escape", present=None)


@pytest.mark.parametrize("projector", [PROJECTOR, LARGE_PROJECTOR])
def test_an_origin_and_a_question_stand_beside_the_pictures_of_a_projector(browser, app, projector):
    with reading(browser, app, viewport=projector) as reader:
        open_walk(reader, "/forget_gate?lang=en&preset=leaky&t=3&present=1")
        number(diagram(reader), Place("f", 3, 1)).first.click()
        panel(reader).wait_for()
        for asked in ("", "lesson=item.keep_share", "lesson=item.batch_shape", "lesson=item.draw_hold"):
            if asked:
                open_walk(reader, f"/forget_gate?lang=en&present=1&{asked}")
            card = reader.page.locator(".st-key-layout_question")
            card.wait_for()
            settle(reader)
            beside, *pictures = [
                reader.page.locator(place).first.bounding_box()
                for place in (".st-key-layout_question", ".wide svg.cell", ".over-time .plot")
            ]
            for box in (beside, *pictures):
                assert box["y"] >= 0 and box["y"] + box["height"] <= projector["height"], (asked, box)
            assert all(beside["x"] + beside["width"] < box["x"] for box in pictures), (asked, beside)
            assert reader.side_scroll() <= 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_presenter_turns_the_pages_and_is_told_the_keys(reader, language):
    words = WORDS[language]
    open_walk(reader, f"/output_gate?lang={language}&present=1")
    for key, page in (("]", "why_forget"), ("]", "gradient"), ("[", "why_forget"), ("[", "output_gate")):
        reader.page.keyboard.press(key)
        expect(reader.page.locator("h2").first).to_have_text(words(f"question.{page}"))
        reader.wait_for_link(lambda link: link.get("present") == "1")
        reader.settle()
    reader.page.keyboard.press("]")
    expect(reader.page.locator("h2").first).to_have_text(words("question.why_forget"))
    reader.settle()
    told = reader.page.locator(".st-key-keys")
    for key, there in (("?", 1), ("?", 0), ("?", 1), ("Escape", 0)):
        reader.page.keyboard.press(key)
        expect(told).to_have_count(there)
        reader.settle()
    reader.page.keyboard.press("Escape")
    expect(reader.page.get_by_test_id("stHeader")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_diagram_fills_a_large_projector(browser, app, language):
    with reading(browser, app, viewport=LARGE_PROJECTOR) as reader:
        open_walk(reader, f"/forget_gate?lang={language}&present=1&preset=latch")
        reader.page.locator(".over-time .plot").wait_for()
        drawn = diagram(reader).bounding_box()
        assert drawn["width"] * drawn["height"] > 0.45 * 1920 * 1080 and drawn["height"] > 600
        over = reader.page.get_by_test_id("stMain").evaluate("e => e.scrollHeight - e.clientHeight")
        assert over <= 6


def test_what_is_read_off_and_typed_stands_at_the_pointer_on_a_large_projector(browser, app):
    with reading(browser, app, viewport=LARGE_PROJECTOR) as reader:
        open_walk(reader, "/forget_gate?lang=en&present=1&preset=leaky&t=9")
        cell = reader.page.locator('.over-time .cells[data-index="1"] rect').nth(8)
        box = cell.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        reader.page.mouse.move(x, y)
        tip = reader.page.locator(".tip:visible").bounding_box()
        assert 0 < tip["x"] - x < 40 and 0 < y - tip["y"] - tip["height"] < 30, tip
        reader.page.mouse.dblclick(x, y)
        typed = reader.page.locator(".typed").bounding_box()
        assert abs(typed["x"] + typed["width"] / 2 - x) < 12, typed
        assert abs(typed["y"] + typed["height"] / 2 - y) < 12, typed
        reader.page.keyboard.press("Escape")


@pytest.mark.parametrize("page", ["why_forget", "gradient"])
def test_charts_fill_a_large_projector_too(browser, app, page):
    with reading(browser, app, viewport=LARGE_PROJECTOR) as reader:
        reader.page.goto(f"{reader.address}/{page}?lang=en&present=1")
        reader.page.locator(".over-time .plot").last.wait_for()
        drawn = reader.page.locator(".st-key-pictures").bounding_box()
        assert drawn["height"] > 0.6 * 1080 and drawn["y"] + drawn["height"] <= 1080
        slider = reader.page.locator(".panel .row").bounding_box()
        assert slider["y"] + slider["height"] <= 1080
        assert reader.side_scroll() <= 0
        texts = reader.page.locator(".over-time text, .over-time .said, .panel label")
        sizes = texts.evaluate_all(
            "all => all.map(e => parseFloat(getComputedStyle(e).fontSize) * (e.currentCSSZoom ?? 1))"
        )
        assert min(sizes) >= 21.9, "the last row reads them"

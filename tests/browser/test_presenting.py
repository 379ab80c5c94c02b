"""The walk on a projector, on a phone, and without motion."""

import pytest
from playwright.sync_api import expect

from lstm_core.explain import Place
from lstm_core.rounding import text
from lstm_core.words import LANGUAGES
from lstm_core.workbench.presets import preset
from tests.browser.conftest import reading
from tests.browser.hands import cell, centre
from tests.browser.walking import COUNT_MOTION, WORDS, diagram, number, open_walk, panel, press, says, settle

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


def is_within(box: dict, window: dict) -> bool:
    """Whether a box has its whole height in the window."""
    return box["y"] >= 0 and box["y"] + box["height"] <= window["height"]


def boxes(reader, places) -> dict[str, dict]:
    return {place: reader.page.locator(place).first.bounding_box() for place in places}


def beyond(reader) -> int:
    """By how many pixels the page is higher than the window."""
    return reader.page.get_by_test_id("stMain").evaluate("e => e.scrollHeight - e.clientHeight")


@pytest.mark.parametrize(
    ("page", "language", "pins"),
    [
        ("overview", "en", ""),
        ("cell_state", "ko", ""),
        ("forget_gate", "en", "&pin_f.1.5=0&pin_i.1=0.5&pin_c.2=-0.25"),
    ],
)
def test_presenting_shows_the_picture_alone_and_fits_a_projector(browser, app, page, language, pins):
    with reading(browser, app, viewport=PROJECTOR) as reader:
        open_walk(reader, f"/{page}?preset=random&t=5&phase=write&present=1&lang={language}{pins}")
        for hidden in HIDDEN:
            assert not reader.page.locator(hidden).first.is_visible(), hidden
        for shown in SHOWN:
            expect(reader.page.locator(shown).first).to_be_visible()
        found = boxes(reader, SHOWN)
        assert beyond(reader) <= 6 and reader.side_scroll() <= 0
        assert all(is_within(box, PROJECTOR) for box in found.values()), found
        press(reader, "ArrowRight", phase="output", present="1")
        press(reader, "Escape", present=None)
        for back in (".st-key-layout_below", ".st-key-layout_controls", "[data-testid=stHeader]"):
            expect(reader.page.locator(back)).to_be_visible()


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


LARGE = "&H=4&D=4&U_f.1.4=-11.25&x.5.4=-1.75&h0.4=-0.5&C0.1=-4.5"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_shows_the_narrow_diagram_and_nothing_leaves_the_side(phone, language):
    open_walk(phone, f"/overview?lang={language}&preset=random&t=5{LARGE}&pin_c.1.2=-0.75", narrow=True)
    trace = phone.experiment().trace()
    expect(diagram(phone, narrow=True)).to_be_visible()
    assert not diagram(phone).is_visible() and phone.side_scroll() <= 0
    phone.page.locator(".st-key-walk").get_by_text(WORDS[language]("walk.write")).tap()
    phone.wait_for_link(lambda link: link.get("phase") == "write")
    caption = diagram(phone, narrow=True).locator(".caption")
    expect(caption).to_contain_text(WORDS[language]("diagram.phase.write"))
    number(diagram(phone, narrow=True), Place("f", 5, 1)).first.tap()
    expect(panel(phone).locator(".value")).to_have_text(text(trace.f[4, 0]))
    number(panel(phone), Place("z_f", 5, 1)).tap()
    expect(panel(phone).locator("svg")).to_be_visible()
    assert phone.side_scroll() <= 0
    for part in (diagram(phone, narrow=True), panel(phone)):
        box = part.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390


def test_the_space_bar_and_a_clicker_go_from_phase_to_phase_right_after_present(reader):
    open_walk(reader, "/forget_gate?preset=random&t=5&phase=erase&lang=en")
    reader.page.locator(".walk-present").click()
    reader.wait_for_link(lambda link: link.get("present") == "1")
    expect(reader.page.locator(".walk-leave")).to_be_visible()
    reader.settle()  # until the button that was pressed, and has the focus, is gone
    press(reader, " ", phase="candidate", present="1", t="5")
    press(reader, "PageDown", phase="write", present="1", t="5")
    press(reader, "PageUp", phase="candidate", present="1", t="5")


@pytest.mark.parametrize(
    ("projector", "language"),
    [(PROJECTOR, "ko"), ({"width": 1366, "height": 768}, "en"), (LARGE_PROJECTOR, "en")],
)
def test_the_keys_are_told_below_everything_and_closed_by_a_key(browser, app, projector, language):
    with reading(browser, app, viewport=projector) as reader:
        open_walk(reader, f"/overview?lang={language}&present=1&preset=latch")
        reader.page.locator(".over-time .plot").wait_for()
        told = reader.page.locator(".st-key-keys")
        assert told.count() == 0
        for close in ("?", "Escape"):
            reader.page.keyboard.press("?")
            expect(told).to_have_text(WORDS[language]("walk.keys"))
            settle(reader)
            found = boxes(reader, (*SHOWN[:-1], ".panel label", ".panel .range"))
            box = told.bounding_box()
            assert box["y"] >= max(other["y"] + other["height"] for other in found.values()), (box, found)
            assert is_within(box, projector)
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
            reader.page.locator(".st-key-layout_question").wait_for()
            settle(reader)
            found = boxes(reader, (".st-key-layout_question", ".wide svg.cell", ".over-time .plot"))
            assert all(is_within(box, projector) for box in found.values()), (asked, found)
            beside, *pictures = found.values()
            assert all(beside["x"] + beside["width"] < box["x"] for box in pictures), (asked, beside)
            assert reader.side_scroll() <= 0


def test_a_presenter_turns_the_pages(reader):
    words = WORDS["en"]
    open_walk(reader, "/output_gate?lang=en&present=1")
    for key, page in (("]", "why_forget"), ("]", "gradient"), ("[", "why_forget"), ("[", "output_gate")):
        reader.page.keyboard.press(key)
        expect(reader.page.locator("h2").first).to_have_text(words(f"question.{page}"))
        reader.wait_for_link(lambda link: link.get("present") == "1")
        reader.settle()


def test_on_a_large_projector_the_diagram_fills_it_and_what_is_typed_stands_at_the_pointer(browser, app):
    with reading(browser, app, viewport=LARGE_PROJECTOR) as reader:
        open_walk(reader, "/forget_gate?lang=en&present=1&preset=leaky&t=9")
        reader.page.locator(".over-time .plot").wait_for()
        drawn = diagram(reader).bounding_box()
        assert drawn["width"] * drawn["height"] > 0.45 * 1920 * 1080 and drawn["height"] > 600
        assert beyond(reader) <= 6
        x, y = centre(cell(reader, 1, 9))
        reader.page.mouse.move(x, y)
        tip = reader.page.locator(".tip:visible").bounding_box()
        assert 0 < tip["x"] - x < 40 and 0 < y - tip["y"] - tip["height"] < 30, tip
        reader.page.mouse.dblclick(x, y)
        typed = centre(reader.page.locator(".typed"))
        assert abs(typed[0] - x) < 12 and abs(typed[1] - y) < 12
        reader.page.keyboard.press("Escape")


@pytest.mark.parametrize("page", ["why_forget", "gradient"])
def test_charts_fill_a_large_projector_too(browser, app, page):
    with reading(browser, app, viewport=LARGE_PROJECTOR) as reader:
        reader.page.goto(f"{reader.address}/{page}?lang=en&present=1")
        reader.page.locator(".over-time .plot").last.wait_for()
        found = boxes(reader, (".st-key-pictures", ".panel .row"))
        assert found[".st-key-pictures"]["height"] > 0.6 * 1080 and reader.side_scroll() <= 0
        assert all(is_within(box, LARGE_PROJECTOR) for box in found.values()), found
        texts = reader.page.locator(".over-time text, .over-time .said, .panel label")
        sizes = texts.evaluate_all(
            "all => all.map(e => parseFloat(getComputedStyle(e).fontSize) * (e.currentCSSZoom ?? 1))"
        )
        assert min(sizes) >= 21.9, "the last row reads them"

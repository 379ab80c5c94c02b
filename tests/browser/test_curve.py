"""A curve under a hand: mouse, finger, keys, a report that is lost, and what it shows once it is locked."""

import re
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page, expect

from lstm_core.lessons.items import make
from lstm_core.rounding import rounded, text
from lstm_core.view.lessons.curve_sheet import CurveSheet
from tests.browser.conftest import reading
from tests.browser.hands import centre, swipe
from tests.browser.window import PHONE

ASKED = make("draw_fade", 3)
START = CurveSheet.of(ASKED).level[0]
"""Where each point stands before it is moved: the end of the scale that is farther from the last C."""
TRUTH = [rounded(value) for value in ASKED.case.trace.C[ASKED.case.t :, 0]]


@pytest.fixture
def asked(browser, app):
    """Opens the question with the curve in a window of its own; `before(page)` runs first."""
    with ExitStack() as readers:

        def opened(language: str = "en", before=lambda page: None, **device) -> Page:
            reader = readers.enter_context(reading(browser, app, **device))
            before(reader.page)
            reader.open(f"/cell_state?lang={language}&ask=draw_fade.3")
            expect(points(reader.page)).to_have_count(4)
            points(reader.page).last.scroll_into_view_if_needed()
            return reader.page

        yield opened


def points(page: Page):
    return page.locator(".curve .point")


def place(page: Page, k: int) -> tuple[float, float]:
    return centre(points(page).nth(k).locator(".ring"))


def height(page: Page) -> float:
    """Pixels for 1 on the axis, which goes from −3 to 3."""
    return page.locator(".curve .next").bounding_box()["height"] / 6


def values(page: Page) -> list[float]:
    """What the points say that they stand at, and do stand at."""
    found = [float(point.get_attribute("aria-valuenow")) for point in points(page).all()]
    zero = page.locator(".curve .zero").bounding_box()["y"]
    for k, value in enumerate(found):
        assert (zero - place(page, k)[1]) / height(page) == pytest.approx(value, abs=0.06)
    assert written(page) == [text(value) for value in found]
    return found


def written(page: Page) -> list[str]:
    return page.locator(".curve .number").all_text_contents()


def drag(page: Page, k: int, by: float) -> None:
    """Take a point up so far; the hand stays down."""
    x, y = place(page, k)
    page.mouse.move(x + 3, y + 3)
    page.mouse.down()
    page.mouse.move(x + 3, y + 3 - by * height(page), steps=8)


def lock(page: Page) -> list[str]:
    """Lock the answer; what Python was told, as the page says it then."""
    page.locator(".st-key-ask-lock button:visible").first.click()
    expect(page.locator(".curve .over > .step")).to_have_count(4)
    return written(page)


def test_a_point_is_dragged_up_and_down_and_reported_when_it_is_let_go(asked):
    page = asked()
    assert values(page) == [START] * 4
    drag(page, 1, -1.2)
    assert values(page)[1] == pytest.approx(START - 1.2, abs=0.06)
    expect(points(page).nth(1).locator(".bubble")).to_be_visible()
    expect(page.locator(".st-key-ask-lock button:visible").first).to_be_disabled()
    # Far away: a point stays in its column and within the bounds.
    page.mouse.move(0, page.viewport_size["height"] - 1)
    page.mouse.up()
    assert values(page) == [START, -3, START, START]
    drag(page, 1, 0.73)
    page.mouse.up()
    drawn = values(page)
    assert drawn[1] * 20 == pytest.approx(round(drawn[1] * 20)), "steps of 0.05"
    assert lock(page) == [text(value) for value in drawn]


def test_a_press_beside_a_point_takes_it_there_and_draws_on_through_the_steps(asked):
    page = asked()
    y = page.locator(".curve .zero").bounding_box()["y"]
    xs = [place(page, k)[0] for k in range(4)]
    page.mouse.click(xs[2], y - height(page))
    assert values(page) == [START, START, 1, START]
    page.mouse.move(xs[0], y)
    page.mouse.down()
    page.mouse.move(xs[3] + 5, y - 2 * height(page), steps=2)
    page.mouse.up()
    drawn = values(page)
    assert drawn[0] == 0 and drawn[3] == 2 and drawn == sorted(drawn)


def test_keys_move_as_on_any_slider_and_count_although_the_answer_is_locked_at_once(asked):
    page = asked()
    page.get_by_role("slider", name="C at step").nth(1).focus()
    page.keyboard.press("Tab")
    point = page.locator(".curve .point:focus")
    for key, reads in [
        ("Home", "−3.00"), ("ArrowUp", "−2.95"), ("PageUp", "−2.45"), ("Shift+ArrowRight", "−1.95"),
        ("ArrowLeft", "−2.00"), ("PageDown", "−2.50"), ("Shift+ArrowDown", "−3.00"), ("End", "3.00"),
        ("ArrowUp", "3.00"), ("ArrowDown", "2.95"),
    ]:  # fmt: skip
        page.keyboard.press(key)
        expect(point).to_have_attribute("aria-valuetext", reads)
    assert values(page) == [START, START, 2.95, START]
    expect(page.locator(".st-key-ask-lock button:visible").first).to_be_enabled()
    page.keyboard.press("Home")
    assert lock(page)[2] == "−3.00"


def test_a_finger_drags_a_point_scrolls_beside_it_and_taps(asked):
    page = asked(**PHONE, is_mobile=True)
    scrolled = "document.querySelector('.stMain').scrollTop"
    before = page.evaluate(scrolled)
    swipe(page, place(page, 2), height(page))
    first = values(page)
    assert first[2] == pytest.approx(START - 1, abs=0.06) and page.evaluate(scrolled) == before
    x, y = place(page, 1)
    swipe(page, (x, y + 70), -100)
    assert page.evaluate(scrolled) > before + 50 and values(page) == first
    x, y = place(page, 1)
    page.touchscreen.tap(x, y + 1.5 * height(page))
    assert values(page)[1] == pytest.approx(START - 1.5, abs=0.06)


@pytest.mark.server_only("on the site no line lies between the page and its Python")
def test_a_lost_report_is_sent_again(asked):
    lost = []

    def connect(socket):
        server = socket.connect_to_server()
        server.on_message(socket.send)

        def to_server(message):
            if b'"values"' in message and not lost:
                lost.append(message)
            else:
                server.send(message)

        socket.on_message(to_server)

    page = asked(before=lambda page: page.route_web_socket(re.compile("_stcore/stream"), connect))
    drag(page, 0, -1)
    page.mouse.up()
    drawn = values(page)
    assert lock(page) == [text(value) for value in drawn] and len(lost) == 1


def test_the_truth_comes_over_what_was_drawn(asked):
    page = asked()
    drag(page, 1, -1)
    page.mouse.up()
    drawn = values(page)
    told = lock(page)
    expect(page.get_by_role("slider", name="C at step")).to_have_count(0)
    assert page.locator(".over .is").all_text_contents() == [text(value) for value in TRUTH]
    apart = page.locator(".over .step text:not(.is)").all_text_contents()
    assert apart == [text(abs(rounded(a - b))) for a, b in zip(drawn, TRUTH, strict=True)]
    zero = page.locator(".curve .zero").bounding_box()["y"]
    for dot, value in zip(page.locator(".over circle").all(), TRUTH, strict=True):
        assert (zero - centre(dot)[1]) / height(page) == pytest.approx(value, abs=0.06)
    dashes, solid = (
        page.locator(f".curve {name}").first.evaluate("e => getComputedStyle(e).strokeDasharray")
        for name in ("path.drawn", "path.C")
    )
    assert dashes != "none" and solid == "none"
    drag(page, 2, -1)
    page.mouse.up()
    assert written(page) == told
    assert "The largest difference" in page.locator(".curve .spoken").inner_text()


@pytest.mark.parametrize(
    ("scheme", "language", "device", "ink"),
    [("light", "en", {}, "rgb(27, 31, 36)"), ("dark", "ko", PHONE, "rgb(236, 239, 244)")],
)
def test_it_fits_and_nothing_stands_on_top_of_another(asked, scheme, language, device, ink):
    page = asked(language, color_scheme=scheme, reduced_motion="reduce", **device)
    drag(page, 1, -1)
    page.mouse.up()
    for look in (values, lock):
        look(page)
        card = page.locator(".curve").bounding_box()
        boxes = [found.bounding_box() for found in page.locator(".curve text:visible").all()]
        for k, box in enumerate(boxes):
            assert box["x"] >= card["x"] - 1 and box["x"] + box["width"] <= card["x"] + card["width"] + 1
            for other in boxes[:k]:
                apart_x = box["x"] >= other["x"] + other["width"] or other["x"] >= box["x"] + box["width"]
                assert apart_x or abs(box["y"] - other["y"]) >= 0.7 * box["height"]
    expect(page.locator(".curve path.C").first).to_have_css("stroke", ink)

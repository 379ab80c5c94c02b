"""A curve under a hand: mouse, finger, keys, a slow line, and what it shows once it is locked."""

from __future__ import annotations

import re
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page, expect

from lstm_core.lessons.items import ITEMS
from lstm_core.lessons.posing import question
from lstm_core.rounding import rounded, text
from lstm_core.view.lessons.curve_sheet import CurveSheet
from tests.browser.curves import arrived, curve_page, drag, height, place, points, sliders, values
from tests.servers import serving

ASKED = question(ITEMS["draw_fade"], 3)
START = CurveSheet.of(ASKED).level[0]
"""Where each point stands before it is moved: the end of the scale that is farther from the last C."""
TRUTH = [rounded(value) for value in ASKED.case.trace.C[ASKED.case.t :, 0]]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def curves(browser):
    """The address of an app with one question to draw."""
    with serving("tests/browser/apps/curve.py", "curve.log") as server:
        yield server.address


@pytest.fixture
def open_page(browser, curves):
    with ExitStack() as pages:
        yield lambda **options: pages.enter_context(curve_page(browser, curves, **options))


# -- mouse ----------------------------------------------------------------------------------------


def test_a_point_is_dragged_up_and_down_and_reported_when_it_is_let_go(open_page):
    page = open_page()
    assert values(page) == [START] * 4
    drag(page, 1, -1.2, release=False)
    assert values(page)[1] == pytest.approx(START - 1.2, abs=0.06)
    expect(points(page).nth(1).locator(".bubble")).to_be_visible()
    assert arrived(page, 0) == []
    # Far away: a point stays in its column and within the bounds.
    page.mouse.move(0, page.viewport_size["height"] - 1)
    page.mouse.up()
    assert arrived(page, 1) == values(page) == [START, -3, START, START]
    drag(page, 1, 0.73)
    assert arrived(page, 2) == values(page)
    assert values(page)[1] * 20 == pytest.approx(round(values(page)[1] * 20)), "steps of 0.05"


def test_a_press_beside_a_point_takes_it_there_and_draws_on_through_the_steps(open_page):
    page = open_page()
    y = page.locator(".curve .zero").bounding_box()["y"]
    xs = [place(page, k)[0] for k in range(4)]
    page.mouse.click(xs[2], y - height(page))
    assert arrived(page, 1) == values(page) == [START, START, 1, START]
    page.mouse.move(xs[0], y)
    page.mouse.down()
    page.mouse.move(xs[3] + 5, y - 2 * height(page), steps=2)
    page.mouse.up()
    told = arrived(page, 2)
    assert told == values(page) and told[0] == 0 and told[3] == 2 and told == sorted(told)


# -- keys -----------------------------------------------------------------------------------------


def test_keys_move_as_on_any_slider(open_page):
    page = open_page()
    sliders(page).nth(1).focus()
    page.keyboard.press("Tab")
    point = page.get_by_role("slider", name="C at step 5")
    expect(point).to_be_focused()
    for key, reads in [
        ("Home", "−3.00"), ("ArrowUp", "−2.95"), ("PageUp", "−2.45"), ("Shift+ArrowRight", "−1.95"),
        ("ArrowLeft", "−2.00"), ("PageDown", "−2.50"), ("Shift+ArrowDown", "−3.00"), ("End", "3.00"),
        ("ArrowUp", "3.00"), ("ArrowDown", "2.95"),
    ]:  # fmt: skip
        page.keyboard.press(key)
        expect(point).to_have_attribute("aria-valuetext", reads)
    assert values(page) == [START, START, 2.95, START]
    expect(page.get_by_text(f"times: {(START, START, 2.95, START)}")).to_be_visible()
    expect(point).to_be_focused()


def test_a_key_counts_although_the_answer_is_locked_at_once(open_page):
    page = open_page()
    sliders(page).nth(3).focus()
    page.keyboard.press("Home")
    page.get_by_role("button", name="Lock").click()
    expect(page.locator(".curve.locked")).to_be_visible()
    assert arrived(page, 1) == [START, START, START, -3]
    assert page.locator(".curve .number").last.text_content() == "−3.00"


# -- a finger -------------------------------------------------------------------------------------


def swipe(page: Page, start: tuple[float, float], by: float) -> None:
    session = page.context.new_cdp_session(page)
    for k in range(16):
        spot = {"x": start[0], "y": start[1] + by * k / 15}
        session.send(
            "Input.dispatchTouchEvent", {"type": "touchMove" if k else "touchStart", "touchPoints": [spot]}
        )
        page.wait_for_timeout(16)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(500)


def scrolled(page: Page) -> float:
    return page.evaluate("document.querySelector('.stMain').scrollTop")


def test_a_finger_drags_a_point_scrolls_beside_it_and_taps(open_page):
    page = open_page(query="width=358", **PHONE)
    swipe(page, place(page, 2), height(page))
    first = arrived(page, 1)
    assert first == values(page) and first[2] == pytest.approx(START - 1, abs=0.06) and scrolled(page) == 0
    x, y = place(page, 1)
    swipe(page, (x, y + 70), -100)
    assert scrolled(page) > 50 and values(page) == first and arrived(page, 1) == first
    x, y = place(page, 1)
    page.touchscreen.tap(x, y + 1.5 * height(page))
    assert arrived(page, 2) == values(page)
    assert values(page)[1] == pytest.approx(START - 1.5, abs=0.06)


# -- the line -------------------------------------------------------------------------------------


def test_a_lost_report_is_sent_again(open_page):
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

    page = open_page(before=lambda page: page.route_web_socket(re.compile("_stcore/stream"), connect))
    drag(page, 0, -1)
    assert arrived(page, 1) == values(page) and len(lost) == 1


# -- locked ---------------------------------------------------------------------------------------


def test_the_truth_comes_over_what_was_drawn(open_page):
    page = open_page()
    drag(page, 1, -1)
    told = arrived(page, 1)
    page.get_by_role("button", name="Lock").click()
    expect(page.locator(".curve .over > .step")).to_have_count(4)
    expect(sliders(page)).to_have_count(0)
    assert page.locator(".over .is").all_text_contents() == [text(value) for value in TRUTH]
    numbers = page.locator(".over .step text:not(.is)").all_text_contents()
    assert numbers == [text(abs(rounded(a - b))) for a, b in zip(told, TRUTH, strict=True)]
    zero = page.locator(".curve .zero").bounding_box()["y"]
    for dot, value in zip(page.locator(".over circle").all(), TRUTH, strict=True):
        box = dot.bounding_box()
        assert (zero - box["y"] - box["height"] / 2) / height(page) == pytest.approx(value, abs=0.06)
    dashes, solid = (
        page.locator(f".curve {name}").first.evaluate("e => getComputedStyle(e).strokeDasharray")
        for name in ("path.drawn", "path.C")
    )
    assert dashes != "none" and solid == "none"
    drag(page, 2, -1)
    assert page.locator(".curve .number").all_text_contents() == [text(value) for value in told]
    assert "The largest difference" in page.locator(".curve .spoken").inner_text()
    page.get_by_role("button", name="Again").click()
    expect(sliders(page)).to_have_count(4)
    expect(page.locator(".curve .over > .step")).to_have_count(0)
    assert values(page) == [START] * 4


# -- how it looks ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("scheme", "language"), [("light", "en"), ("dark", "ko")])
@pytest.mark.parametrize("width", [268, 300, 358])
def test_it_fits_and_nothing_stands_on_top_of_another(open_page, scheme, language, width, tmp_path):
    page = open_page(query=f"lang={language}&width={width}", color_scheme=scheme, reduced_motion="reduce")
    for locked in (False, True):
        if locked:
            page.get_by_role("button", name="Lock").click()
            expect(page.locator(".curve .over > .step")).to_have_count(4)
        page.locator(".st-key-card").screenshot(path=tmp_path / f"{locked}.png")
        card = page.locator(".curve").bounding_box()
        boxes = [found.bounding_box() for found in page.locator(".curve text:visible").all()]
        for k, box in enumerate(boxes):
            assert box["x"] >= card["x"] - 1 and box["x"] + box["width"] <= card["x"] + card["width"] + 1
            for other in boxes[:k]:
                apart_x = box["x"] >= other["x"] + other["width"] or other["x"] >= box["x"] + box["width"]
                apart_y = abs(box["y"] - other["y"]) >= 0.7 * box["height"]
                assert apart_x or apart_y
    ink = page.locator(".curve path.C").first.evaluate("e => getComputedStyle(e).stroke")
    assert ink == {"light": "rgb(27, 31, 36)", "dark": "rgb(236, 239, 244)"}[scheme]

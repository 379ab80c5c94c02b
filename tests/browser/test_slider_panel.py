"""The slider panel under a hand: mouse, keys, typing, touch, themes, and lines that are slow or break."""

import re
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page, expect

from lstm_core.rounding import text as shown
from lstm_core.words import Words
from tests.browser.hands import swipe
from tests.browser.panels import (
    LEAKY,
    centre,
    expect_link,
    kept,
    let_go,
    number,
    panel_page,
    position,
    press,
    row,
    settled,
    thumb,
)
from tests.browser.window import PHONE


@pytest.fixture
def open_page(browser, app):
    """Opens a link where the panel is on screen."""
    with ExitStack() as pages:
        yield lambda link=LEAKY, **options: pages.enter_context(panel_page(browser, app, link, **options))


def test_values_arrive_while_dragging_and_the_last_is_where_the_thumb_is(open_page):
    page = open_page()
    link, history = page.url, page.evaluate("history.length")
    x, y = press(page, "b_f.1")
    seen = set()
    for k in range(60):
        page.mouse.move(x - 1.5 * k, y)
        page.wait_for_timeout(15)
        seen.add(kept(page))
    assert len(seen) > 3, seen  # how many depends on the machine
    assert page.url == link, "the link waits for the hand to let go"
    let_go(page, "b_f.1")
    assert page.evaluate("history.length") == history + 1


def test_a_double_click_on_thumb_or_label_goes_back_to_the_preset(open_page):
    page = open_page(LEAKY + "&b_f.1=-3&V_f.1.1=2")
    settled(page, "b_f.1", "−3.00")
    page.mouse.dblclick(*centre(page, "b_f.1"))
    settled(page, "b_f.1", "2.00")
    row(page, "V_f.1.1").locator("label").dblclick()
    settled(page, "V_f.1.1", "0.00")
    expect(page).not_to_have_url(re.compile("b_f|V_f"))


def test_keys_move_as_on_any_slider(open_page):
    page = open_page()
    thumb(page, "b_f.1").focus()
    for key, reads in [
        ("ArrowRight", "2.05"), ("ArrowLeft", "2.00"), ("PageUp", "2.50"), ("PageDown", "2.00"),
        ("ArrowDown", "1.95"), ("End", "15.00"), ("Home", "−15.00"), ("Delete", "2.00"),
    ]:  # fmt: skip
        page.keyboard.press(key)
        expect(number(page, "b_f.1")).to_have_value(reads)
    page.keyboard.press("Home")
    settled(page, "b_f.1", "−15.00")
    expect_link(page, "b_f.1=-15&")


def test_a_number_can_be_typed_and_escape_leaves_it_as_it_was(open_page):
    page = open_page()
    for typed, key, reads, link in [
        ("two", "Enter", "2.00", None), ("", "Enter", "2.00", None), ("NaN", "Enter", "2.00", None),
        ("7", "Escape", "2.00", None),
        ("-1.234", "Enter", "−1.23", "b_f.1=-1.234"), ("3,5", "Enter", "3.50", "b_f.1=3.5"),
        ("−0.5", "Enter", "−0.50", "b_f.1=-0.5"), ("99", "Enter", "15.00", "b_f.1=15"),
        ("-1e3", "Enter", "−15.00", "b_f.1=-15"),
    ]:  # fmt: skip
        number(page, "b_f.1").click()
        page.keyboard.type(typed) if typed else page.keyboard.press("Delete")
        page.keyboard.press(key)
        settled(page, "b_f.1", reads)
        assert thumb(page, "b_f.1").evaluate("e => e.getRootNode().activeElement === e")
        expect_link(page, link) if link else expect(page).not_to_have_url(re.compile("b_f"))


def test_preset_reset_and_back_move_the_thumbs(open_page):
    page = open_page()
    thumb(page, "b_f.1").focus()
    page.keyboard.press("PageUp")
    expect_link(page, "b_f.1=2.5")
    page.locator(".st-key-preset [role=combobox]").click()
    page.get_by_role("option", name=re.compile("^Counter")).click()
    settled(page, "b_f.1", "12.00")
    page.go_back()
    settled(page, "b_f.1", "2.50")
    page.go_back()
    settled(page, "b_f.1", "2.00")


def test_a_finger_drags_a_thumb_sideways_and_scrolls_the_page_up_and_down(open_page):
    page = open_page(**PHONE, is_mobile=True)
    thumb(page, "b_f.1").scroll_into_view_if_needed()
    swipe(page, centre(page, "b_f.1"), right=-80, pieces=40)
    value = position(page, "b_f.1")
    assert value < 0
    expect_link(page, f"b_f.1={value:g}")
    settled(page, "b_f.1", shown(value))
    x, y = centre(page, "b_f.1")
    scrolled = "document.querySelector('.stMain').scrollTop"
    before = page.evaluate(scrolled)
    swipe(page, (x + 60, y), down=-180, pieces=30)
    assert page.evaluate(scrolled) > before + 50
    settled(page, "b_f.1", shown(value))


@pytest.mark.parametrize(("language", "options"), [("en", {}), ("ko", PHONE)])
def test_every_row_is_low_and_stands_within_the_panel(open_page, language, options):
    page = open_page(f"/forget_gate?preset=latch&lang={language}", color_scheme="light", **options)
    panel = page.locator(".panel:has([data-address*='.'])")
    inside = panel.bounding_box()
    for found in panel.locator(".row").all():
        assert found.bounding_box()["height"] <= 44
    for label in panel.locator("label").all():
        assert label.evaluate("e => e.scrollWidth <= e.clientWidth"), "a label is cut off"
        assert label.bounding_box()["x"] >= inside["x"] - 0.5
    for scheme, colour in [("light", "rgb(27, 31, 36)"), ("dark", "rgb(236, 239, 244)")]:
        page.emulate_media(color_scheme=scheme)
        expect(panel).to_have_css("color", colour)


on_a_line = pytest.mark.server_only("on the site no line lies between the page and its Python")


class Line:
    """The websockets between page and server: that of the figure, and Streamlit's.

    delay : ms by which answers of either are late. lines : the figure's, each that was opened.
    refused : whether nobody gets through to it, as behind a proxy that knows none.
    """

    def __init__(self, refused: bool = False):
        self.delay, self.refused, self.lines = 0, refused, []

    def attach(self, page: Page) -> None:
        page.route_web_socket(re.compile("_stcore/stream"), lambda socket: self._open(page, socket, False))
        page.route_web_socket(re.compile("/line$"), lambda socket: self._open(page, socket, True))

    def _open(self, page: Page, socket, is_line: bool) -> None:
        if is_line and self.refused:
            socket.close(code=1011)
            return
        server = socket.connect_to_server()
        if is_line:
            self.lines.append(socket)

        def to_page(message):
            if self.delay:
                page.wait_for_timeout(self.delay)
            socket.send(message)

        socket.on_message(server.send)
        server.on_message(to_page)


@on_a_line
def test_a_line_that_breaks_during_a_drag_loses_nothing(browser, app):
    line = Line()
    with panel_page(browser, app, before=line.attach) as page:
        x, y = press(page, "b_f.1")
        for k in range(20):
            page.mouse.move(x - k, y)
        before = len(line.lines)
        line.lines[-1].close()
        for k in range(20, 60):
            page.mouse.move(x - k, y)
            page.wait_for_timeout(10)
        let_go(page, "b_f.1")
        page.wait_for_timeout(1500)
        assert len(line.lines) > before, "it was opened again"


@on_a_line
def test_behind_a_proxy_that_refuses_the_line_the_page_works_and_says_so_once(browser, app):
    line = Line(refused=True)
    with panel_page(browser, app, LEAKY.replace("lang=en", "lang=ko"), before=line.attach) as page:
        told = page.get_by_text(Words("ko")("line.refused"), exact=True)
        expect(told).to_be_visible()
        assert told.count() == 1
        x, y = press(page, "b_f.1")
        page.mouse.move(x - 30, y, steps=10)
        let_go(page, "b_f.1")
        page.locator(".walk-next").click()  # what is looked at goes to the page, too
        expect_link(page, "phase=candidate")
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        expect_link(page, "phase=show")
        thumb(page, "t").press("ArrowRight")
        expect_link(page, "t=3")


@on_a_line
def test_a_page_that_returns_to_what_it_showed_before_goes_on(browser, app):
    """Streamlit's cache of messages would send the old chart by its hash, when the browser has it no more."""
    line = Line()
    with panel_page(browser, app, before=line.attach) as page:
        thumb(page, "b_f.1").focus()
        page.keyboard.press("End")
        expect_link(page, "b_f.1=15")
        page.wait_for_timeout(1500)  # until its chart is there, which no answer says
        line.delay = 40
        for key in ("Home", "PageUp", "PageUp", "Delete", "End"):
            page.keyboard.press(key)
            page.wait_for_timeout(80)
        line.delay = 0
        settled(page, "b_f.1", "15.00")
        expect_link(page, "b_f.1=15")
        assert page.get_by_role("dialog").count() == 0

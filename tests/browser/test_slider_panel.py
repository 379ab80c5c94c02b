"""The slider panel under a hand: mouse, keys, typing, touch, a slow server and a broken line."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
LEAKY = "/forget_gate?preset=leaky&t=2&lang=en"

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def url():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health")
            break
        except OSError:
            time.sleep(0.2)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, url):
    """Opens a link in a window of its own, where the panel is on screen; `before(page)` runs first."""
    contexts = []

    def opened(link=LEAKY, before=lambda page: None, **options) -> Page:
        context = chromium.new_context(**({"viewport": {"width": 1366, "height": 768}} | options))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        before(page)
        page.goto(url + link)
        expect(page.locator(".panel .row").first).to_be_visible(timeout=30_000)
        return page

    yield opened
    for context in contexts:
        context.close()


class Line:
    """The websocket between page and server: counts the panel's reports, slows answers, breaks."""

    def __init__(self, delay: int = 0):
        self.delay, self.reports, self.sockets = delay, 0, []

    def attach(self, page: Page) -> None:
        page.route_web_socket(re.compile("_stcore/stream"), lambda socket: self._open(page, socket))

    def _open(self, page, socket):
        server = socket.connect_to_server()
        self.sockets.append(socket)

        def to_server(message):
            self.reports += b'"final"' in (message if isinstance(message, bytes) else message.encode())
            server.send(message)

        def to_page(message):
            if self.delay:
                page.wait_for_timeout(self.delay)
            socket.send(message)

        socket.on_message(to_server)
        server.on_message(to_page)


def row(page: Page, address: str):
    return page.locator(f".row[data-address='{address}']")


def thumb(page: Page, address: str):
    return row(page, address).locator("input[type=range]")


def number(page: Page, address: str):
    return row(page, address).locator("input.number")


def kept(page: Page) -> str:
    """The gate's number in the page's sentence, which comes from the server."""
    return page.get_by_text("of what was there is kept").locator("strong").inner_text()


def centre(page: Page, address: str) -> tuple[float, float]:
    box = thumb(page, address).bounding_box()
    low, high, value = (float(thumb(page, address).evaluate(f"e => e.{name}")) for name in ("min", "max", "value"))
    return box["x"] + 9 + (value - low) / (high - low) * (box["width"] - 18), box["y"] + box["height"] / 2


def expect_link(page: Page, text: str) -> None:
    expect(page).to_have_url(re.compile(re.escape(text)))


def settled(page: Page, address: str, shown: str) -> None:
    """The number stands, and still does when every answer has arrived."""
    expect(number(page, address)).to_have_value(shown)
    page.wait_for_timeout(400)
    expect(number(page, address)).to_have_value(shown)


# -- mouse ----------------------------------------------------------------------------------------


def test_values_arrive_while_dragging_and_the_last_is_where_the_thumb_is(open_page):
    page = open_page()
    x, y = centre(page, "b_f.1")
    link, history = page.url, page.evaluate("history.length")
    page.mouse.move(x, y)
    page.mouse.down()
    seen = set()
    for k in range(60):
        page.mouse.move(x - 1.5 * k, y)
        page.wait_for_timeout(15)
        seen.add(kept(page))
    assert len(seen) > 10, seen
    assert page.url == link, "the link waits for the hand to let go"
    page.mouse.up()
    value = thumb(page, "b_f.1").evaluate("e => e.value")
    expect_link(page, f"b_f.1={value}")
    assert page.evaluate("history.length") == history + 1
    settled(page, "b_f.1", f"{float(value):.2f}".replace("-", "−"))


def test_a_double_click_on_thumb_or_label_goes_back_to_the_preset(open_page):
    page = open_page(LEAKY + "&b_f.1=-3&V_f.1.1=2")
    settled(page, "b_f.1", "−3.00")
    page.mouse.dblclick(*centre(page, "b_f.1"))
    settled(page, "b_f.1", "2.00")
    row(page, "V_f.1.1").locator("label").dblclick()
    settled(page, "V_f.1.1", "0.00")
    expect(page).not_to_have_url(re.compile("b_f|V_f"))


def test_two_clicks_on_the_track_are_no_double_click_on_the_thumb(open_page):
    page = open_page()
    x, y = centre(page, "b_f.1")
    page.mouse.dblclick(x + 70, y)
    assert float(thumb(page, "b_f.1").evaluate("e => e.value")) > 6


# -- keys and typing ------------------------------------------------------------------------------


def test_keys_move_as_on_any_slider(open_page):
    page = open_page()
    thumb(page, "b_f.1").focus()
    for key, shown in [
        ("ArrowRight", "2.05"), ("ArrowLeft", "2.00"), ("PageUp", "2.50"), ("PageDown", "2.00"),
        ("ArrowDown", "1.95"), ("End", "15.00"), ("Home", "−15.00"), ("Delete", "2.00"),
    ]:  # fmt: skip
        page.keyboard.press(key)
        expect(number(page, "b_f.1")).to_have_value(shown)
    page.keyboard.press("Home")
    settled(page, "b_f.1", "−15.00")
    expect_link(page, "b_f.1=-15&")


@pytest.mark.parametrize(
    ("typed", "shown", "link"),
    [
        ("-1.234", "−1.23", "b_f.1=-1.234"),
        ("3,5", "3.50", "b_f.1=3.5"),
        ("−0.5", "−0.50", "b_f.1=-0.5"),
        ("99", "15.00", "b_f.1=15"),
        ("-1e3", "−15.00", "b_f.1=-15"),
        ("two", "2.00", None),
        ("", "2.00", None),
        ("NaN", "2.00", None),
    ],
)
def test_a_number_can_be_typed(open_page, typed, shown, link):
    page = open_page()
    number(page, "b_f.1").click()
    page.keyboard.type(typed) if typed else page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    settled(page, "b_f.1", shown)
    assert thumb(page, "b_f.1").evaluate("e => e.getRootNode().activeElement === e")
    expect_link(page, link) if link else expect(page).not_to_have_url(re.compile("b_f"))


def test_escape_leaves_the_number_as_it_was(open_page):
    page = open_page()
    thumb(page, "b_f.1").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("7")
    page.keyboard.press("Escape")
    settled(page, "b_f.1", "2.00")


def test_thumb_and_number_have_a_name_and_are_reached_by_tab(open_page):
    page = open_page()
    page.get_by_role("slider", name="weight of value x1").focus()
    page.keyboard.press("Tab")
    assert page.get_by_role("textbox", name="weight of value x1").evaluate(
        "e => e.getRootNode().activeElement === e"
    )
    expect(thumb(page, "b_f.1")).to_have_attribute("aria-valuetext", "2.00")


# -- what Python sends ----------------------------------------------------------------------------


def test_preset_reset_and_back_move_the_thumbs(open_page):
    page = open_page()
    thumb(page, "b_f.1").focus()
    page.keyboard.press("PageUp")
    expect_link(page, "b_f.1=2.5")
    page.get_by_role("combobox").click()
    page.get_by_role("option", name=re.compile("^Counter")).click()
    settled(page, "b_f.1", "12.00")
    page.go_back()
    settled(page, "b_f.1", "2.50")
    page.go_back()
    settled(page, "b_f.1", "2.00")


# -- a slow server, a broken line -----------------------------------------------------------------


def test_on_a_slow_line_one_report_is_under_way_and_nothing_is_lost(open_page):
    line = Line()
    page = open_page(before=line.attach)
    line.delay = 120
    thumb(page, "b_f.1").focus()
    for _ in range(40):
        page.keyboard.press("ArrowLeft", delay=5)
        assert number(page, "b_f.1").input_value() not in ("2.00",)
    settled(page, "b_f.1", "0.00")
    thumb(page, "V_f.1.1").focus()
    page.keyboard.press("PageUp")
    thumb(page, "U_f.1.1").focus()
    page.keyboard.press("End")
    expect_link(page, "U_f.1.1=15")
    line.delay = 0
    for address, shown in [("b_f.1", "0.00"), ("V_f.1.1", "0.50"), ("U_f.1.1", "15.00")]:
        settled(page, address, shown)
    expect_link(page, "b_f.1=0&U_f.1.1=15&V_f.1.1=0.5")


def test_a_drag_sends_no_more_than_the_server_answers(open_page):
    line = Line()
    page = open_page(before=line.attach)
    line.delay = 60
    x, y = centre(page, "b_f.1")
    page.mouse.move(x, y)
    page.mouse.down()
    moves = 80
    for k in range(moves):
        page.mouse.move(x - k, y)
    dragged = line.reports
    page.mouse.up()
    line.delay = 0
    assert 1 <= dragged < moves / 2
    value = float(thumb(page, "b_f.1").evaluate("e => e.value"))
    expect_link(page, f"b_f.1={value:g}")
    settled(page, "b_f.1", f"{value:.2f}".replace("-", "−"))


def test_a_line_that_breaks_during_a_drag_loses_nothing(open_page):
    line = Line()
    page = open_page(before=line.attach)
    x, y = centre(page, "b_f.1")
    page.mouse.move(x, y)
    page.mouse.down()
    for k in range(20):
        page.mouse.move(x - k, y)
    line.sockets[-1].close()
    for k in range(20, 60):
        page.mouse.move(x - k, y)
        page.wait_for_timeout(10)
    value = float(thumb(page, "b_f.1").evaluate("e => e.value"))
    page.mouse.up()
    expect_link(page, f"b_f.1={value:g}")
    settled(page, "b_f.1", f"{value:.2f}".replace("-", "−"))
    assert len(line.sockets) > 1


# -- touch, themes, widths ------------------------------------------------------------------------


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def touch(page: Page, points: list[tuple[float, float]]) -> None:
    session = page.context.new_cdp_session(page)
    for k, (x, y) in enumerate(points):
        kind = "touchMove" if k else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        page.wait_for_timeout(16)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_finger_drags_a_thumb_sideways_and_scrolls_the_page_up_and_down(open_page):
    page = open_page(**PHONE)
    thumb(page, "b_f.1").scroll_into_view_if_needed()
    x, y = centre(page, "b_f.1")
    touch(page, [(x - 2 * k, y) for k in range(40)])
    value = float(thumb(page, "b_f.1").evaluate("e => e.value"))
    assert value < 0
    expect_link(page, f"b_f.1={value:g}")
    settled(page, "b_f.1", f"{value:.2f}".replace("-", "−"))
    x, y = centre(page, "b_f.1")
    before = page.evaluate("document.querySelector('.stMain').scrollTop")
    touch(page, [(x + 60, y - 6 * k) for k in range(30)])
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('.stMain').scrollTop") > before + 50
    settled(page, "b_f.1", f"{value:.2f}".replace("-", "−"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_every_row_is_low_and_stands_within_the_panel(open_page, scheme, language, options, tmp_path):
    page = open_page(f"/forget_gate?preset=latch&lang={language}", color_scheme=scheme, **options)
    panel = page.locator(".panel")
    panel.screenshot(path=tmp_path / "panel.png")
    inside = panel.bounding_box()
    for box in [found.bounding_box() for found in panel.locator(".row").all()]:
        assert box["height"] <= 44
    for label in panel.locator("label").all():
        assert label.evaluate("e => e.scrollWidth <= e.clientWidth"), "a label is cut off"
        assert label.bounding_box()["x"] >= inside["x"] - 0.5
    colour = panel.evaluate("e => getComputedStyle(e).color")
    assert colour == {"light": "rgb(27, 31, 36)", "dark": "rgb(236, 239, 244)"}[scheme]

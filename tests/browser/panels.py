"""What a hand does to a slider panel, what it shows, and the line between the page and its server."""

from __future__ import annotations

import re
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from tests.browser.window import window

LEAKY = "/forget_gate?preset=leaky&t=2&lang=en"


@contextmanager
def panel_page(browser, address: str, link: str = LEAKY, before=lambda page: None, **options):
    """A link in a window of its own, with the panel on screen; `before(page)` runs first."""
    with window(browser, address, **options) as context:
        page = context.new_page()
        page.set_default_timeout(15_000)
        before(page)
        page.goto(address + link)
        expect(page.locator(".panel .row").first).to_be_visible(timeout=30_000)
        yield page


class Line:
    """The websockets between page and server: that of the figure, and Streamlit's, which tells what rests.

    delay : ms by which answers of either are late. reports : on the figure's, so far. told : how often
    the page was told what rests. lost : how many of the figure's next answers never arrive.
    refused : whether nobody gets through to the figure's, as behind a proxy that does not know it.
    """

    def __init__(self, delay: int = 0, refused: bool = False):
        self.delay, self.refused = delay, refused
        self.reports, self.told, self.lost = 0, 0, 0
        self.sockets, self.lines = [], []

    def attach(self, page: Page) -> None:
        page.route_web_socket(re.compile("_stcore/stream"), lambda socket: self._open(page, socket))
        page.route_web_socket(re.compile("/line$"), lambda socket: self._open(page, socket, is_line=True))

    def _open(self, page, socket, is_line=False):
        if is_line and self.refused:
            socket.close(code=1011)
            return
        server = socket.connect_to_server()
        (self.lines if is_line else self.sockets).append(socket)

        def to_server(message):
            self.reports += is_line
            self.told += not is_line and b'"moved"' in (
                message if isinstance(message, bytes) else message.encode()
            )
            server.send(message)

        def to_page(message):
            if is_line and self.lost:
                self.lost -= 1
                return
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
    """The gate's number in the diagram, which Python draws."""
    return page.locator('.wide .num[data-quantity="f"] > text').first.text_content()


def centre(page: Page, address: str) -> tuple[float, float]:
    box = thumb(page, address).bounding_box()
    share = thumb(page, address).evaluate("e => (e.value - e.min) / (e.max - e.min)")
    return box["x"] + 9 + share * (box["width"] - 18), box["y"] + box["height"] / 2


def position(page: Page, address: str) -> float:
    return float(thumb(page, address).input_value())


def expect_link(page: Page, text: str) -> None:
    expect(page).to_have_url(re.compile(re.escape(text)))


def settled(page: Page, address: str, reads: str) -> None:
    """The number stands, and still does when every answer has arrived."""
    expect(number(page, address)).to_have_value(reads)
    page.wait_for_timeout(400)
    expect(number(page, address)).to_have_value(reads)

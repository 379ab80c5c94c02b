"""What a hand does to a slider panel, and what it shows."""

import re
from contextlib import contextmanager

from playwright.sync_api import Page, expect

from lstm_core.rounding import text as shown
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


def press(page: Page, address: str) -> tuple[float, float]:
    """The mouse takes hold of a thumb; where that is."""
    x, y = centre(page, address)
    page.mouse.move(x, y)
    page.mouse.down()
    return x, y


def position(page: Page, address: str) -> float:
    return float(thumb(page, address).input_value())


def expect_link(page: Page, text: str) -> None:
    expect(page).to_have_url(re.compile(re.escape(text)))


def let_go(page: Page, address: str) -> float:
    """The mouse lets go of a thumb, and link and number say where it stands; so does this."""
    value = position(page, address)
    page.mouse.up()
    expect_link(page, f"{address}={value:g}")
    settled(page, address, shown(value))
    return value


def settled(page: Page, address: str, reads: str) -> None:
    """The number stands, and still does when every answer has arrived."""
    expect(number(page, address)).to_have_value(reads)
    page.wait_for_timeout(400)
    expect(number(page, address)).to_have_value(reads)

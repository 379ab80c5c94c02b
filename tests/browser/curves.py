"""What a hand does to a curve, and what it shows: page -> **curves** -> where its points stand."""

from __future__ import annotations

import ast
import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from lstm_core.rounding import text
from tests.browser.window import window


@contextmanager
def curve_page(browser, address: str, query: str = "", before=lambda page: None, **options):
    """The question with the curve on screen, in a window of its own; `before(page)` runs first."""
    errors = []
    with window(browser, address, **options) as context:
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        before(page)
        page.goto(f"{address}/?seed=3&{query}")
        expect(points(page)).to_have_count(4, timeout=30_000)
        yield page
        assert errors == []


def points(page: Page):
    return page.locator(".curve .point")


def sliders(page: Page):
    return page.get_by_role("slider", name=re.compile("C at step"))


def place(page: Page, k: int) -> tuple[float, float]:
    box = points(page).nth(k).locator(".ring").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def height(page: Page) -> float:
    """Pixels for 1 on the axis, which goes from −3 to 3."""
    return page.locator(".curve .next").bounding_box()["height"] / 6


def values(page: Page) -> list[float]:
    """What the points say that they stand at, and do stand at."""
    found = [float(point.get_attribute("aria-valuenow")) for point in points(page).all()]
    zero = page.locator(".curve .zero").bounding_box()["y"]
    for k, value in enumerate(found):
        assert (zero - place(page, k)[1]) / height(page) == pytest.approx(value, abs=0.06)
    assert page.locator(".curve .number").all_text_contents() == [text(value) for value in found]
    return found


def arrived(page: Page, times: int) -> list[float]:
    """What Python was told the last time, once it was told as often as that, and no more often."""
    said = page.get_by_text(re.compile(rf"^drawn {times} times"))
    expect(said).to_be_visible()
    page.wait_for_timeout(500)
    return list(ast.literal_eval(said.inner_text().partition(": ")[2]) or ())


def drag(page: Page, k: int, by: float, steps: int = 8, release: bool = True) -> None:
    x, y = place(page, k)
    page.mouse.move(x + 3, y + 3)
    page.mouse.down()
    page.mouse.move(x + 3, y + 3 - by * height(page), steps=steps)
    if release:
        page.mouse.up()

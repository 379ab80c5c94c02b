"""A figure on a slow line, on one that breaks and on one that is refused: nothing that was done is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from lstm_core.rounding import text as shown
from lstm_core.words import LANGUAGES, Words
from tests.browser.panels import (
    LEAKY,
    Line,
    centre,
    expect_link,
    panel_page,
    position,
    settled,
    thumb,
)

pytestmark = pytest.mark.server_only("on the site no line lies between the page and its Python")


def test_a_drag_sends_no_more_than_the_server_answers(browser, app):
    line = Line()
    with panel_page(browser, app, before=line.attach) as page:
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
        value = position(page, "b_f.1")
        expect_link(page, f"b_f.1={value:g}")
        settled(page, "b_f.1", shown(value))


def test_a_line_that_breaks_during_a_drag_loses_nothing(browser, app):
    line = Line()
    with panel_page(browser, app, before=line.attach) as page:
        x, y = centre(page, "b_f.1")
        page.mouse.move(x, y)
        page.mouse.down()
        for k in range(20):
            page.mouse.move(x - k, y)
        before = len(line.lines)
        line.lines[-1].close()
        for k in range(20, 60):
            page.mouse.move(x - k, y)
            page.wait_for_timeout(10)
        value = position(page, "b_f.1")
        page.mouse.up()
        expect_link(page, f"b_f.1={value:g}")
        settled(page, "b_f.1", shown(value))
        page.wait_for_timeout(1500)
        assert len(line.lines) > before, "it was opened again"


@pytest.mark.parametrize("language", LANGUAGES)
def test_behind_a_proxy_that_refuses_the_line_the_page_works_and_says_so_once(browser, app, language):
    line = Line(refused=True)
    link = LEAKY.replace("lang=en", f"lang={language}")
    with panel_page(browser, app, link, before=line.attach) as page:
        told = page.get_by_text(Words(language)("line.refused"), exact=True)
        expect(told).to_be_visible()
        assert told.count() == 1
        x, y = centre(page, "b_f.1")
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 30, y, steps=10)
        value = position(page, "b_f.1")
        page.mouse.up()
        expect_link(page, f"b_f.1={value:g}")
        settled(page, "b_f.1", shown(value))
        page.locator(".walk-next").click()  # what is looked at goes to the page, too
        expect_link(page, "phase=candidate")
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        expect_link(page, "phase=show")
        row = page.locator(".row[data-address=t] input[type=range]")
        row.focus()
        row.press("ArrowRight")
        expect_link(page, "t=3")


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

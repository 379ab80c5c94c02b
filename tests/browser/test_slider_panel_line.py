"""The slider panel on a slow line and on one that breaks: nothing that was moved is lost."""

from __future__ import annotations

import pytest

from lstm_core.rounding import text as shown
from tests.browser.panels import Line, centre, expect_link, number, panel_page, position, settled, thumb

pytestmark = pytest.mark.server_only("on the site no line lies between the page and its Python")


def test_on_a_slow_line_one_report_is_under_way_and_nothing_is_lost(browser, app):
    line = Line()
    with panel_page(browser, app, before=line.attach) as page:
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
        for address, reads in [("b_f.1", "0.00"), ("V_f.1.1", "0.50"), ("U_f.1.1", "15.00")]:
            settled(page, address, reads)
        expect_link(page, "b_f.1=0&U_f.1.1=15&V_f.1.1=0.5")


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
        line.sockets[-1].close()
        for k in range(20, 60):
            page.mouse.move(x - k, y)
            page.wait_for_timeout(10)
        value = position(page, "b_f.1")
        page.mouse.up()
        expect_link(page, f"b_f.1={value:g}")
        settled(page, "b_f.1", shown(value))
        assert len(line.sockets) > 1


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

"""A server that dies under its readers: the link holds the experiment, so the next one goes on with it."""

import pytest
from playwright.sync_api import expect

from lstm_core.rounding import text as shown
from tests.browser.conftest import reading
from tests.browser.panels import centre, expect_link, panel_page, position, settled, thumb
from tests.servers import free_port, serving

LINK = "/forget_gate?preset=leaky&lang=en&t=2&b_f.1=-0.5"
CONNECTED = ("data-test-connection-state", "CONNECTED")


def test_a_killed_server_comes_back_and_a_reload_shows_the_same_numbers(browser):
    port = free_port()
    with serving("app.py", "killed.log", port) as server, reading(browser, server.address) as reader:
        reader.open(LINK)
        reader.nudge("b_f.1", "ArrowLeft", times=3)
        numbers, link, url = reader.numbers(), reader.link(), reader.page.url
        server.kill()
    with serving("app.py", "restarted.log", port) as server, reading(browser, server.address) as reader:
        reader.page.goto(url)
        reader.settle()
        assert reader.shows(numbers) and reader.link() == link


def test_a_page_left_open_connects_again_and_goes_on(browser):
    port = free_port()
    with (
        serving("app.py", "killed_open.log", port) as first,
        panel_page(browser, first.address, LINK) as page,
    ):
        diagram = page.locator("svg.cell:visible")
        thumb(page, "b_f.1").press("ArrowLeft")
        settled(page, "b_f.1", "−0.55")
        expect_link(page, "b_f.1=-0.55")
        before = diagram.get_attribute("aria-label")
        first.kill()
        expect(page.get_by_test_id("stApp")).not_to_have_attribute(*CONNECTED)
        with serving("app.py", "restarted_open.log", port):
            expect(page.get_by_test_id("stApp")).to_have_attribute(*CONNECTED, timeout=60_000)
            settled(page, "b_f.1", "−0.55")
            expect(diagram).to_have_attribute("aria-label", before)
            thumb(page, "b_f.1").press("ArrowLeft")
            expect_link(page, "b_f.1=-0.6")
            settled(page, "b_f.1", "−0.60")


@pytest.mark.parametrize("at_once", [False, True], ids=["the page connects again", "reloaded at once"])
@pytest.mark.parametrize("moves", [0, 12], ids=["held still", "moved on"])
def test_a_move_that_is_released_while_the_server_is_down_is_not_lost(browser, at_once, moves):
    port = free_port()
    with (
        serving("app.py", "killed_drag.log", port) as first,
        panel_page(browser, first.address, LINK) as page,
    ):
        x, y = centre(page, "b_f.1")
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 20, y, steps=10)
        page.wait_for_timeout(500)
        first.kill()
        page.mouse.move(x - 20 - moves, y, steps=5)
        value = position(page, "b_f.1")
        page.mouse.up()
        assert value < -0.5
        with serving("app.py", "restarted_drag.log", port):
            if at_once:
                page.reload()
            expect_link(page, f"b_f.1={value:g}")
            settled(page, "b_f.1", shown(value))
            page.reload()
            settled(page, "b_f.1", shown(value))

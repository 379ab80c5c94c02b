"""A server that dies under its readers: the link holds the experiment, so the next one goes on with it."""

from playwright.sync_api import expect

from tests.browser.conftest import reading
from tests.browser.panels import expect_link, panel_page, settled, thumb
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

"""A server that dies under its readers: the link holds the experiment, so the next one goes on with it.

KILLS, a variable of the environment, says how many random moments are tried; 50 take a quarter of an hour.
"""

import os
import random
import re
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from lstm_core.rounding import text as shown
from tests.browser.panels import expect_link, panel_page, position, press, settled, thumb
from tests.servers import free_port, serving

LINK = "/forget_gate?preset=leaky&lang=en&t=2&b_f.1=-0.5"
CONNECTED = ("data-test-connection-state", "CONNECTED")


class Mortal:
    """A server that can be killed, and comes back at the same address."""

    def __init__(self, life: ExitStack):
        self._life, self._port, self._server = life, free_port(), None

    @property
    def address(self) -> str:
        return self._server.address

    def start(self) -> None:
        """Does nothing where it is alive."""
        if self._server is None:
            self._server = self._life.enter_context(serving("app.py", "mortal.log", self._port))

    def kill(self) -> None:
        self._server.kill()
        self._life.close()
        self._server = None


@pytest.fixture(scope="module")
def one_server():
    with ExitStack() as life:
        yield Mortal(life)


@pytest.fixture
def mortal(one_server):
    """The same server in each test, alive when the test begins: to start another takes some seconds."""
    one_server.start()
    return one_server


def dies_and_comes_back(page, mortal, until=lambda: None):
    """The server is gone until the page has noticed, and `until` returns."""
    mortal.kill()
    expect(page.get_by_test_id("stApp")).not_to_have_attribute(*CONNECTED)
    until()
    mortal.start()
    expect(page.get_by_test_id("stApp")).to_have_attribute(*CONNECTED, timeout=60_000)


def moves_on(page, reads: str):
    """One key on the slider of the bias is answered."""
    thumb(page, "b_f.1").press("ArrowLeft")
    expect_link(page, f"b_f.1={reads}")
    settled(page, "b_f.1", shown(float(reads)))


def test_a_page_left_open_connects_again_and_goes_on(browser, mortal):
    with panel_page(browser, mortal.address, LINK) as page:
        diagram = page.locator("svg.cell:visible")
        moves_on(page, "-0.55")
        before = diagram.get_attribute("aria-label")
        dies_and_comes_back(page, mortal)
        settled(page, "b_f.1", "−0.55")
        expect(diagram).to_have_attribute("aria-label", before)
        moves_on(page, "-0.6")


@pytest.mark.parametrize("at", ["forget_gate", "gradient"])
def test_a_page_that_nobody_touched_before_the_server_died_goes_on(browser, mortal, at):
    with panel_page(browser, mortal.address, LINK.replace("forget_gate", at)) as page:
        expect(page.locator(".picture svg:visible").first).to_be_visible()
        page.wait_for_timeout(500)
        dies_and_comes_back(page, mortal)
        moves_on(page, "-0.55")


def test_keys_go_where_they_went_before_the_page_said_that_the_server_is_gone(browser, mortal):
    with panel_page(browser, mortal.address, LINK) as page:
        thumb(page, "t").press("ArrowRight")
        expect_link(page, "t=3")
        said = page.get_by_role("dialog", name="Connection error")
        dies_and_comes_back(page, mortal, until=lambda: expect(said).to_be_visible(timeout=60_000))
        expect(said).to_have_count(0)
        page.keyboard.press("ArrowRight")
        expect_link(page, "t=4")
        assert "phase=" not in page.url


KILLS = int(os.environ.get("KILLS", "4"))


def drags(page, draw, wait) -> dict[str, str]:
    """A hand that moves the bias and lets go; what the link has to say then."""
    x, y = press(page, "b_f.1")
    far = draw.randint(8, 40)
    for k in range(1, far + 1):
        page.mouse.move(x - k, y)
        wait(k / far)
    value = position(page, "b_f.1")
    page.mouse.up()
    return {"b_f.1": f"{value:g}"}


def pressed(page, key: str, times: int, wait) -> None:
    for k in range(times):
        page.keyboard.press(key)
        wait((k + 1) / times)


def slides(address: str, key: str):
    """Keys on a slider. One that a dialog takes moves nothing; none goes to the walk."""

    def hand(page, draw, wait) -> dict[str, str]:
        thumb(page, address).focus()
        pressed(page, key, draw.randint(3, 10), wait)
        assert "phase=" not in page.url
        return {address: f"{position(page, address):g}"}

    return hand


def walks(page, draw, wait) -> dict[str, str]:
    """Keys of the walk, which are choices: each counts once."""
    phases = ["candidate", "write", "output", "show"]
    times = draw.randint(1, len(phases))
    pressed(page, "ArrowRight", times, wait)
    return {"phase": phases[times - 1]}


HANDS = [drags, walks, slides("t", "ArrowRight"), slides("b_f.1", "ArrowLeft")]


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_server_that_is_killed_at_any_moment_loses_nothing(browser, mortal, seed):
    draw = random.Random(seed)
    hand, moment, lives = HANDS[seed % len(HANDS)], draw.random(), draw.random() < 0.5
    killed = False

    def wait(share: float) -> None:
        nonlocal killed
        if not killed and share >= moment:
            killed = True
            page.wait_for_timeout(draw.randint(0, 400))
            mortal.kill()
            if lives:  # it is back while the hand is still at work
                mortal.start()
        page.wait_for_timeout(draw.randint(0, 40))

    with panel_page(browser, mortal.address, LINK) as page:
        expected = hand(page, draw, wait)
        mortal.start()
        told = {"b_f.1": "-0.5", "t": "2"} | expected
        for name, value in told.items():
            expect(page).to_have_url(re.compile(rf"[?&]{re.escape(name)}={re.escape(value)}(&|$)"))
        settled(page, "b_f.1", shown(float(told["b_f.1"])))
        url = page.url
        page.reload()
        settled(page, "b_f.1", shown(float(told["b_f.1"])))
        assert page.url == url

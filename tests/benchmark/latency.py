"""How long a drag takes to be painted: input event -> new number in the diagram, and -> new chart.

Each move is made when the one before is painted, with the button held down; the time is that from the
input event's own stamp to the first animation frame after the number stands in the page, and to the
last one after the charts changed. The native slider is moved by key, because it is mute while dragged.
"""

import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import TimeoutError, sync_playwright

from tests.benchmark.percentiles import against, milliseconds, percentile, table
from tests.browser.conftest import FLAGS, find_chromium
from tests.browser.panels import centre
from tests.browser.reader import SETTLED
from tests.pages.apps import PAGES
from tests.servers import serving

HERE = Path(__file__).parent
WATCH = (HERE / "watch.js").read_text("utf-8").partition("\n")[2]
LINK = "?preset=leaky&lang=en&t=2"
DRAGGED = [page for page in PAGES if page != "trace"]
"""The table of “Numbers” is painted on a canvas, where nobody can see a number change."""

NUMBER = "svg.cell, .said"
"""Where the first number stands that a change shows: in the diagram, or in the sentence above a strip."""

NUMBERS = ".panel .row[data-address*='.']"
"""Sliders that move a number; the others look at another step."""

SHARES, TIMES_ECHO = (0.5, 0.95), (0.85, 0.9)
"""Goals for p50 and p95 of what is painted last, as multiples of those of the echo."""


@dataclass
class Times:
    """Milliseconds to the number and to the charts, strip included; `missed` moves got no answer."""

    number: list[float] = field(default_factory=list)
    chart: list[float] = field(default_factory=list)
    missed: int = 0

    def take(self, painted) -> None:
        if painted is None:
            self.missed += 1
            return
        self.number.append(painted[0])
        if painted[1]:
            self.chart.append(painted[1])

    def last(self) -> list[float]:
        """Milliseconds until number and charts are both painted."""
        if len(self.chart) != len(self.number):
            return self.number
        return [max(pair) for pair in zip(self.number, self.chart, strict=True)]


def measure(moves: int) -> dict[str, Times]:
    """Of the echo app, of the naive one, and of each page."""
    found = {}
    with a_browser() as browser:
        for name in ("echo", "naive"):
            with serving(str(HERE / "apps" / f"{name}.py"), f"{name}.log") as server:
                found[name] = by_key(browser, server.address, moves)
        with serving("app.py", "latency.log") as server:
            for page in DRAGGED:
                print(f"… {page}", file=sys.stderr)
                found[page] = by_drag(browser, f"{server.address}/{page}{LINK}", moves)
    return found


@contextmanager
def a_browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def opened(browser, url: str):
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector(SETTLED, timeout=60_000)
    yield page
    context.close()


def by_key(browser, url: str, moves: int) -> Times:
    """A native slider, one key press after the other."""
    times = Times()
    with opened(browser, url) as page:
        page.get_by_role("slider").focus()
        page.evaluate(WATCH_CALL, ["[data-testid=stMarkdown]", "keydown"])
        for k in range(moves + 3):
            page.evaluate("arm()")
            page.keyboard.press("ArrowRight" if k // 20 % 2 else "ArrowLeft")
            painted = answer(page)
            if k >= 3:  # the first ones load what the others find loaded
                times.take(painted)
    return times


def by_drag(browser, url: str, moves: int) -> Times:
    """The first slider of a number, dragged to and fro without letting go."""
    times = Times()
    with opened(browser, url) as page:
        page.locator(NUMBERS).first.wait_for()
        page.wait_for_timeout(1000)
        address = page.locator(NUMBERS).first.get_attribute("data-address")
        page.evaluate(WATCH_CALL, [NUMBER, "input"])
        x, y = centre(page, address)
        page.mouse.move(x, y)
        page.mouse.down()
        for k in range(moves + 3):
            page.evaluate("arm()")
            page.mouse.move(x - 40 + 2 * abs(k % 40 - 20), y)
            painted = answer(page)
            if k >= 3:
                times.take(painted)
        page.mouse.up()
    return times


def answer(page):
    """Milliseconds to number and charts, or None where nothing came within five seconds."""
    try:
        return page.wait_for_function("() => window.painted", polling=50, timeout=5000).json_value()
    except TimeoutError:
        return None


WATCH_CALL = f"([number, trigger]) => ({WATCH})(number, trigger)"


def report(moves: int) -> str:
    """The table, with each page beside the echo app and the naive one."""
    found = measure(moves)
    last = {
        name: [percentile(times.last(), p) for p in SHARES] for name, times in found.items() if times.last()
    }
    rows = []
    for name, times in found.items():
        if name not in last:
            rows.append([name, *["–"] * 9, times.missed])
            continue
        row = [name, *milliseconds(times.number), *(milliseconds(times.chart) if times.chart else "––")]
        for mine, echo, goal in zip(last[name], last["echo"], TIMES_ECHO, strict=True):
            row += [f"{mine / echo:.2f}", against(mine / echo, goal) if name in PAGES else ""]
        rows.append([*row, f"{last[name][0] / last['naive'][0]:.2f}", times.missed])
    head = ["ms to the painted", "number p50", "p95", "charts p50", "p95"]
    return table([*head, "p50 × echo", "goal", "p95 × echo", "goal", "p50 × naive", "missed"], rows)

"""The first picture of a first visit on the server, beside an empty Streamlit page in the same run."""

from __future__ import annotations

from statistics import median

from tests.benchmark.latency import a_browser
from tests.benchmark.percentiles import against, table
from tests.benchmark.start import EMPTY
from tests.browser.reader import DRAWING, SETTLED
from tests.servers import serving

FIRST_PICTURE = 0.6
"""The goal: seconds from the start of the visit until the picture that the server drew is painted."""

DRAWN = "() => (performance.getEntriesByName('drawn')[0]?.startTime ?? performance.now()) / 1000"
NOW = "() => performance.now() / 1000"


def visit(browser, address: str) -> tuple[float, float]:
    """Seconds of a reader with nothing stored: until a picture is painted, and until the page answers."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(SETTLED, timeout=120_000)
    page.wait_for_selector("h2")
    page.wait_for_selector(DRAWING, state="detached")
    answers = page.evaluate(NOW)
    drawn = page.evaluate(DRAWN)  # an empty page has no other picture than the one that answers
    context.close()
    return drawn, answers


def report(rounds: int) -> str:
    """Visits in turns, so that whatever else runs falls on both; the first of each is not counted."""
    pages = {
        "app": "/overview?lang=en",
        "app, an open question": "/cell_state?ask=silent.3",
        "empty page": "/",
    }
    visits: dict[str, list[tuple[float, float]]] = {name: [] for name in pages}
    with a_browser() as browser, serving("app.py", "first.log") as app, serving(EMPTY, "empty.log") as empty:
        for _ in range(rounds + 1):
            for name, path in pages.items():
                server = empty if name == "empty page" else app
                visits[name].append(visit(browser, server.address + path))
    rows = []
    for name, found in visits.items():
        drawn, answers = (median(times) for times in zip(*found[1:], strict=True))
        goal = against(drawn, FIRST_PICTURE, " s") if name != "empty page" else ""
        rows.append([name, f"{drawn:.2f}", f"{answers:.2f}", goal])
    return table(["first visit, s", "first picture", "the page answers", "goal of the picture"], rows)

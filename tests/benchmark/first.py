"""A cold start and the first picture of a first visit, beside an empty page with the same imports."""

from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmark.latency import a_browser
from tests.benchmark.percentiles import against, table
from tests.browser.reader import DRAWING, SETTLED
from tests.servers import serving

EMPTY = str(Path(__file__).parent / "apps" / "empty.py")
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


START = 1.2
"""The goal of a cold start: times that of the empty page."""


def first_page(browser, script: str, path: str, ready: str) -> tuple[float, float]:
    """Seconds from the command until the page is complete, and kB that the browser received for it."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    received = [0.0]
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
    start = perf_counter()
    with serving(script, "start.log") as server:
        page.goto(server.address + path)
        page.wait_for_selector(SETTLED, timeout=60_000)
        page.wait_for_selector(ready, timeout=60_000)
        took = perf_counter() - start
        context.close()
    return took, sum(received) / 1000


def cold(rounds: int) -> str:
    """Starts in turns, so that whatever else runs falls on both."""
    starts: dict[str, list[tuple[float, float]]] = {"app": [], "empty page": []}
    with a_browser() as browser:
        for _ in range(rounds):
            starts["empty page"].append(first_page(browser, EMPTY, "/", "h2"))
            starts["app"].append(first_page(browser, "app.py", "/overview?lang=en", "svg.cell .num"))
    seconds = {name: median(took for took, _ in found) for name, found in starts.items()}
    ratio = seconds["app"] / seconds["empty page"]
    rows = [
        [name, f"{seconds[name]:.2f}", f"{median(kB for _, kB in found):.0f}"]
        for name, found in starts.items()
    ]
    rows[0] += [f"{ratio:.2f}", against(ratio, START)]
    rows[1] += ["1", ""]
    return table(["cold start", "s to the first page", "kB received", "× empty", "goal"], rows)

"""From the command to the first page complete, beside an empty page with the same imports."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmark.latency import a_browser
from tests.benchmark.percentiles import against, table
from tests.browser.reader import SETTLED
from tests.servers import serving

EMPTY = str(Path(__file__).parent / "apps" / "empty.py")
START = 1.2
"""The goal: times the empty page's start."""


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


def report(rounds: int) -> str:
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

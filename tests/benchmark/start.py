"""From the command to the first page complete, beside an empty page with the same imports; and bytes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmark.latency import a_browser
from tests.benchmark.percentiles import against, table
from tests.benchmark.student import Student
from tests.browser.reader import SETTLED
from tests.pages.apps import PAGES
from tests.servers import serving

EMPTY = str(Path(__file__).parent / "apps" / "empty.py")
START, CHANGE = 1.3, 16
"""Budgets: times the empty page's start, kB on the wire a change."""


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


async def change(address: str, page: str) -> tuple[float, float]:
    """kB on the wire until the page stands, and for one change."""
    async with Student(address, page, "preset=leaky&lang=en&t=2") as student:
        first = student.bytes_received
        for k in range(4):
            await student.move(student.addresses()[0], 0.3 + 0.1 * k, final=False)
        return first / 1000, (student.bytes_received - first) / 4000


def report(rounds: int) -> str:
    """Two tables: starts in turns, so that whatever else runs falls on both; then bytes."""
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
    with serving("app.py", "bytes.log") as server:
        sizes = {page: asyncio.run(change(server.address, page)) for page in PAGES}
    sent = [
        [page, f"{first:.0f}", f"{each:.1f}", against(each, CHANGE)] for page, (first, each) in sizes.items()
    ]
    return "\n\n".join([
        table(["cold start", "s to the first page", "kB received", "× empty", "budget"], rows),
        table(["on the wire", "kB to open", "kB a change", "budget"], sent),
    ])  # fmt: skip

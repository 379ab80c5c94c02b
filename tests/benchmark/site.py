"""The site without a server beside the server and the echo app: starts, drags, size."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmark.latency import LINK, a_browser, by_drag, by_key
from tests.benchmark.percentiles import percentile, table
from tests.browser.reader import SETTLED
from tests.browser.site import built_site, serving_files
from tests.deploy.built import load
from tests.servers import serving

ECHO = str(Path(__file__).parent / "apps" / "echo.py")
MARK = "() => performance.getEntriesByName('drawn')[0]?.startTime ?? NaN"
BUILD = load("build")


def opened(page, address: str) -> float:
    """Seconds until the page answers."""
    start = perf_counter()
    page.goto(address)
    page.wait_for_selector(SETTLED, timeout=120_000)
    return perf_counter() - start


def visits(browser, address: str) -> list[float]:
    """Seconds of one reader: first picture, first visit, again, and again without a line."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    first = opened(page, f"{address}/forget_gate")
    drawn = page.evaluate(MARK) / 1000
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    page.wait_for_timeout(1000)
    again = opened(page, f"{address}/forget_gate")
    context.set_offline(True)
    offline = opened(page, f"{address}/forget_gate")
    context.close()
    return [drawn, first, again, offline]


def on_a_phone(browser, address: str) -> float:
    """Seconds until the page answers where the processor is four times slower."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    took = opened(page, f"{address}/forget_gate")
    context.close()
    return took


def on_the_wire() -> float:
    """MB that a first visit loads from a server that compresses."""
    (version,) = [path.parent for path in built_site().glob("*/host.js")]
    return BUILD.on_the_wire(version)


def report(rounds: int, moves: int) -> str:
    """Two tables: starts; and drags of the same slider on the echo, the server and the site, in turn."""
    with a_browser() as browser, serving_files(built_site()) as site:
        found = [visits(browser, site) for _ in range(rounds)]
        phone = on_a_phone(browser, site)
        with serving(ECHO, "echo.log") as server:
            drags = {"echo": by_key(browser, server.address, moves)}
        with serving("app.py", "site_latency.log") as server:
            drags["server"] = by_drag(browser, f"{server.address}/forget_gate{LINK}", moves)
        drags["site"] = by_drag(browser, f"{site}/forget_gate{LINK}", moves)
    starts = [f"{median(column):.1f}" for column in zip(*found, strict=True)]
    echo = percentile(drags["echo"].number, 0.5)
    rows = []
    for name, times in drags.items():
        p50, p95 = (percentile(times.number, share) for share in (0.5, 0.95))
        rows.append([name, f"{p50:.0f}", f"{p95:.0f}", f"{p50 / echo:.2f}", times.missed])
    return "\n\n".join([
        table(["s to the", "first picture", "first visit", "again", "offline", "phone, 4 × slower", "MB"],
              [["site", *starts, f"{phone:.1f}", f"{on_the_wire():.2f}"]]),
        table(["ms to the painted number", "p50", "p95", "× echo", "missed"], rows),
    ])  # fmt: skip

"""The site without a server beside server and echo: starts, drags, size, memory, slow lines and phones."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmark.conditions import megabytes, on_a_line, slowed
from tests.benchmark.latency import LINK, a_browser, by_drag, by_key
from tests.benchmark.latency import opened as opened_tab
from tests.benchmark.percentiles import against, percentile, table
from tests.benchmark.pointer import in_hand
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


def on_the_wire() -> float:
    """MB that a first visit loads from a server that compresses."""
    (version,) = [path.parent for path in built_site().glob("*/host.js")]
    return BUILD.on_the_wire(version)


def on_a_slow_line(browser) -> tuple[float, float]:
    """Seconds to the first picture and until the page answers, at 20 Mbit/s."""
    with on_a_line(built_site(), 20e6) as address:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        page = context.new_page()
        answers = opened(page, f"{address}/forget_gate")
        seen = page.evaluate(MARK) / 1000
        context.close()
    return seen, answers


def on_a_phone(address: str, moves: int) -> tuple[float, float]:
    """Where the processor is four times slower: seconds until the page answers, and ms of a drag, p50."""
    with a_browser() as browser, slowed(browser, 4):
        context = browser.new_context(viewport={"width": 390, "height": 844})
        took = opened(context.new_page(), f"{address}/forget_gate")
        context.close()
        return took, percentile(by_drag(browser, f"{address}/forget_gate{LINK}", moves).number, 0.5)


def of_a_tab(address: str) -> float:
    """MB of a tab after a drag."""
    with a_browser() as browser, opened_tab(browser, f"{address}/forget_gate{LINK}") as page:
        page.locator(".panel input[type=range]").first.focus()
        for _ in range(30):
            page.keyboard.press("ArrowRight")
        page.wait_for_timeout(1000)
        return megabytes(browser)


def report(rounds: int, moves: int) -> str:
    """Two tables: the goals; and drags of the same slider on the echo, the server and the site, in turn."""
    with serving_files(built_site()) as site:
        phone, phone_drag = on_a_phone(site, max(moves // 4, 5))
        memory = of_a_tab(site)
        with a_browser() as browser:
            found = [visits(browser, site) for _ in range(rounds)]
            seen, answers = (
                median(times) for times in zip(*[on_a_slow_line(browser) for _ in range(3)], strict=True)
            )
            with serving(ECHO, "echo.log") as server:
                drags = {"echo": by_key(browser, server.address, moves)}
            with serving("app.py", "site_latency.log") as server:
                drags["server"] = by_drag(browser, f"{server.address}/forget_gate{LINK}", moves)
            drags["site"] = by_drag(browser, f"{site}/forget_gate{LINK}", moves)
            pictures = median(a for a, _ in in_hand(browser, f"{site}/forget_gate{LINK}", rounds))
    drawn, first, again, offline = (median(column) for column in zip(*found, strict=True))
    painted = {name: [percentile(times.number, p) for p in (0.5, 0.95)] for name, times in drags.items()}
    over = [site / echo for site, echo in zip(painted["site"], painted["echo"], strict=True)]
    goals = [
        ["first picture, s", f"{drawn:.2f}", against(drawn, 0.6)],
        ["answers at the first visit, s", f"{first:.1f}", against(first, 2.5)],
        ["again, s", f"{again:.1f}", ""],
        ["without a line, s", f"{offline:.1f}", against(offline, 1.6)],
        ["drag p50, × echo", f"{over[0]:.2f}", against(over[0], 1.1)],
        ["drag p95, × echo", f"{over[1]:.2f}", against(over[1], 1.2)],
        [
            "pictures a second under a pointer at 60 Hz",
            f"{pictures:.0f}",
            f"≥ 45 {'✓' if pictures >= 45 else '✗'}",
        ],
        ["first visit, MB, compressed", f"{on_the_wire():.2f}", against(on_the_wire(), 8)],
        ["memory of the tab, MB", f"{memory:.0f}", against(memory, 260)],
        ["at 20 Mbit/s: first picture, s", f"{seen:.1f}", ""],
        ["at 20 Mbit/s: answers, s", f"{answers:.1f}", against(answers, 5)],
        ["a processor four times slower: answers, s", f"{phone:.1f}", against(phone, 9)],
        ["a processor four times slower: drag p50, ms", f"{phone_drag:.0f}", against(phone_drag, 90)],
    ]
    rows = [[name, *(f"{time:.0f}" for time in painted[name]), times.missed] for name, times in drags.items()]
    return "\n\n".join([
        table(["the site without a server", "measured", "goal"], goals),
        table(["ms to the painted number", "p50", "p95", "missed"], rows),
    ])  # fmt: skip

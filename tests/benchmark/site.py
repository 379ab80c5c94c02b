"""The site without a server beside server and echo: starts, drags, size, memory, slow lines and phones."""

import gzip
import os
import signal
import threading
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter, sleep

from tests.benchmark.latency import LINK, a_browser, by_drag, by_key
from tests.benchmark.latency import opened as opened_tab
from tests.benchmark.percentiles import against, at_least, percentile, table
from tests.benchmark.pointer import in_hand
from tests.browser.reader import SETTLED
from tests.browser.site import built_site, serving_files
from tests.deploy.built import load
from tests.servers import serving

ECHO = str(Path(__file__).parent / "apps" / "echo.py")
MARK = "() => performance.getEntriesByName('drawn')[0]?.startTime ?? NaN"


# -- a line and a processor as readers have them --------------------------------------------------

SLICE, ROUND_TRIP = 0.005, 0.02
"""Seconds for which a slowed browser runs at a time; and after which a slow server begins to answer."""


@lru_cache(maxsize=500)
def _compressed(path: str) -> bytes:
    return gzip.compress(Path(path).read_bytes())


class _Slow(SimpleHTTPRequestHandler):
    """Compresses as the hosts of such sites do, and takes a round trip before it answers."""

    protocol_version = "HTTP/1.1"

    def __init__(self, bits: float, line: threading.Lock, *rest, **more):
        self._bits, self._line = bits, line
        super().__init__(*rest, **more)

    def do_GET(self) -> None:
        sleep(ROUND_TRIP)
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = _compressed(str(path))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):
            for k in range(0, len(content), 16_384):
                piece = content[k : k + 16_384]
                with self._line:  # all requests together have so many bits a second
                    sleep(8 * len(piece) / self._bits)
                self.wfile.write(piece)

    def log_message(self, *_) -> None:
        pass


@contextmanager
def on_a_line(folder: Path, bits: float):
    """A server of files behind a line of so many bits a second; yields its address."""
    for path in folder.rglob("*"):
        if path.is_file():
            _compressed(str(path))
    with serving_files(folder, partial(_Slow, bits, threading.Lock())) as address:
        yield address


def _main_process(browser) -> int:
    session = browser.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return next(process["id"] for process in found if process["type"] == "browser")


def _renderers(main: int) -> list[int]:
    """The processes of a browser that run pages; it starts them by way of others."""
    parents, found = {}, []
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):  # ended meanwhile
            parents[int(path.name)] = int((path / "stat").read_text().rpartition(")")[2].split()[1])
            if b"--type=renderer" in (path / "cmdline").read_bytes():
                found.append(int(path.name))

    def below(pid: int) -> bool:
        return pid == main or (pid in parents and below(parents[pid]))

    return [pid for pid in found if below(pid)]


@contextmanager
def slowed(browser, times: int):
    """Pages run one `times`-th of the time, and their workers too, which DevTools' own brake leaves out."""
    main = _main_process(browser)
    ended = threading.Event()

    def tell(pids, what) -> None:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, what)

    def brake() -> None:
        looked, pids = 0.0, []
        while not ended.is_set():
            if monotonic() - looked > 0.1:  # a page may get another process
                looked, pids = monotonic(), _renderers(main)
            sleep(SLICE)
            tell(pids, signal.SIGSTOP)
            sleep(SLICE * (times - 1))
            tell(pids, signal.SIGCONT)

    thread = threading.Thread(target=brake, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(20)


def megabytes(browser) -> float:
    """The memory of the largest process that runs a page, and its share of what others have too."""
    sizes = [0]
    for pid in _renderers(_main_process(browser)):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        sizes += [int(line.split()[1]) for line in lines if line.startswith("Pss:")]
    return max(sizes) / 1000


# -- what is measured ------------------------------------------------------------------------------


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
    (version,) = [path.parent for path in built_site().glob("*/host.js")]
    loaded = load("build").on_the_wire(version)
    goals = [
        ["first picture, s", f"{drawn:.2f}", against(drawn, 0.6)],
        ["answers at the first visit, s", f"{first:.1f}", against(first, 2.5)],
        ["again, s", f"{again:.1f}", ""],
        ["without a line, s", f"{offline:.1f}", against(offline, 1.6)],
        ["drag p50, × echo", f"{over[0]:.2f}", against(over[0], 1.1)],
        ["drag p95, × echo", f"{over[1]:.2f}", against(over[1], 1.2)],
        ["pictures a second under a pointer at 60 Hz", f"{pictures:.0f}", at_least(pictures, 45)],
        ["first visit, MB, compressed", f"{loaded:.2f}", against(loaded, 8)],
        ["memory of the tab, MB", f"{memory:.0f}", against(memory, 260)],
        ["at 20 Mbit/s: first picture, s", f"{seen:.1f}", ""],
        ["at 20 Mbit/s: answers, s", f"{answers:.1f}", against(answers, 5)],
        ["a processor four times slower: answers, s", f"{phone:.1f}", against(phone, 9)],
        ["a processor four times slower: drag p50, ms", f"{phone_drag:.0f}", against(phone_drag, 90)],
    ]
    rows = [[name, *(f"{time:.0f}" for time in painted[name]), times.missed] for name, times in drags.items()]
    drags = table(["ms to the painted number", "p50", "p95", "missed"], rows)
    return table(["the site without a server", "measured", "goal"], goals) + "\n\n" + drags

"""A line and a processor as readers have them: a slow server of files, a browser that often stands still."""

from __future__ import annotations

import gzip
import os
import signal
import threading
from contextlib import contextmanager, suppress
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from time import monotonic, sleep

from tests.browser.site import serving_files

SLICE = 0.005
"""Seconds for which a slowed browser runs at a time."""


class _Line:
    """So many bits a second for all requests together."""

    def __init__(self, bits: float):
        self._bits, self._free, self._lock = bits, 0.0, threading.Lock()

    def send(self, out, content: bytes) -> None:
        for k in range(0, len(content), 16_384):
            piece = content[k : k + 16_384]
            with self._lock:
                self._free = max(self._free, monotonic()) + 8 * len(piece) / self._bits
                due = self._free
            sleep(max(0.0, due - monotonic()))
            out.write(piece)


@lru_cache(maxsize=500)
def _compressed(path: str) -> bytes:
    return gzip.compress(Path(path).read_bytes())


class _Slow(SimpleHTTPRequestHandler):
    """Compresses as the hosts of such sites do, and takes a round trip before it answers."""

    protocol_version = "HTTP/1.1"

    def __init__(self, line: _Line, round_trip: float, *rest, **more):
        self._line, self._round_trip = line, round_trip
        super().__init__(*rest, **more)

    def do_GET(self) -> None:
        sleep(self._round_trip)
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
            self._line.send(self.wfile, content)

    def log_message(self, *_) -> None:
        pass


@contextmanager
def on_a_line(folder: Path, bits: float, round_trip: float = 0.02):
    """A server of files behind a line of so many bits a second; yields its address."""
    for path in folder.rglob("*"):
        if path.is_file():
            _compressed(str(path))
    with serving_files(folder, partial(_Slow, _Line(bits), round_trip)) as address:
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

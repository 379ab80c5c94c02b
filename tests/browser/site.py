"""The site that needs no server, as its build made it, and a server of files for it."""

import os
import subprocess
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.servers import ARTEFACTS

SITE = ARTEFACTS / "site"
BUILD = "assets/deploy/static/build tests/artefacts/site"

_SOURCES = (
    "app.py",
    "lstm_core",
    "pages",
    "assets/text",
    "assets/components",
    "assets/figure",
    "assets/style.css",
    "assets/deploy/static",
)


def built_site() -> Path:
    """The built folder. Where it is missing or older than the code the test is skipped; in CI it fails."""
    reason = _missing()
    if reason:
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return SITE


def _missing() -> str | None:
    made = SITE / "index.html"
    if not made.exists():
        return f"there is no site; build it with {BUILD}"
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *_SOURCES], cwd=ROOT, capture_output=True, text=True
    )
    newer = [
        name for name in listed.stdout.split("\n") if name and _changed(ROOT / name) > made.stat().st_mtime
    ]
    return f"the site is older than {newer[0]}; build it with {BUILD}" if newer else None


def _changed(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0.0


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_) -> None:
        pass


@contextmanager
def serving_files(folder: Path, handler=_Quiet):
    """A plain server of files on a port of this machine, as `python -m http.server`; yields its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(20)

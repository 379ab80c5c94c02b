"""A running app and a real Chromium: server -> browser -> reader, whose requests are written down."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.reader import Reader
from tests.conftest import ROOT

ARTEFACTS = ROOT / "tests" / "artefacts"

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # What asks for another host fails, and is seen to have asked.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


def find_chromium() -> str | None:
    """The browser that CHROMIUM names, or one on the PATH."""
    names = [os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"]
    return next((path for name in names if name and (path := shutil.which(name))), None)


@contextmanager
def running_app(log_name: str):
    """`streamlit run app.py` as the README says, on a free port of this machine; yields its address."""
    ARTEFACTS.mkdir(exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.address=127.0.0.1", "--server.headless=true"]
    with (ARTEFACTS / log_name).open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            _wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _wait_until_healthy(url: str, server: subprocess.Popen) -> None:
    for _ in range(600):
        assert server.poll() is None, "the app did not start, see tests/artefacts"
        try:
            urllib.request.urlopen(url, timeout=5).read()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail("the app did not answer within a minute")


@pytest.fixture(scope="module")
def browser():
    path = find_chromium()
    if path is None:
        reason = "no Chromium or Chrome on this machine; install one or name it in CHROMIUM"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def app(browser):
    """The address of an app that all tests of a module share."""
    with running_app("server.log") as address:
        yield address


@pytest.fixture
def cold_app(browser):
    """The address of an app that nobody has opened yet."""
    with running_app("cold_server.log") as address:
        yield address


@pytest.fixture
def reader(browser, app):
    """Somebody with a laptop; whatever they do, no error comes and nothing leaves for another host."""
    with reading(browser, app) as reader:
        yield reader


@contextmanager
def reading(browser, address: str, **device):
    """A reader with a browser of their own. Looks at the end whether anything went wrong meanwhile."""
    laptop = {"viewport": {"width": 1366, "height": 768}, "locale": "en-US"}
    context = browser.new_context(**laptop | device)
    try:
        reader = Reader(context, address)
        yield reader
        assert reader.foreign_requests == []
        assert reader.errors == []
    finally:
        context.close()

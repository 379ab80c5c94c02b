"""A running app and a real Chromium: server -> browser -> reader, whose requests are written down."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.reader import PATIENCE, Reader
from tests.browser.site import built_site, serving_files
from tests.browser.window import PHONE, window
from tests.servers import serving

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

expect.set_options(timeout=PATIENCE)


def find_chromium() -> str | None:
    """The browser that CHROMIUM names, or one on the PATH."""
    names = [os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"]
    return next((path for name in names if name and (path := shutil.which(name))), None)


@contextmanager
def running_app(log_name: str):
    """The app on a free port of this machine; yields its address."""
    with serving("app.py", log_name) as server:
        yield server.address


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser. Where there is none, what needs it is skipped, and fails in the pipeline."""
    path = find_chromium()
    if path is None:
        reason = "no Chromium or Chrome on this machine; install one or name it in CHROMIUM"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return path


@pytest.fixture(scope="module")
def browser(chromium):
    """A browser for a module and no longer, because its loop of events would be in the way of other tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


HOSTS = ("server", "site")
"""The two ways to run the pages: Streamlit's server, and a folder of files with Python in the browser."""


def pytest_collection_modifyitems(items):
    """What is server_only(why) is skipped on the site, and says why."""
    for item in items:
        params = item.callspec.params if hasattr(item, "callspec") else {}
        mark = item.get_closest_marker("server_only")
        if mark and "site" in (params.get("app"), params.get("cold_app")):
            item.add_marker(pytest.mark.skip(reason=mark.args[0]))


@contextmanager
def hosting(host: str, log_name: str):
    """The app on a free port of this machine, on one of the HOSTS; yields its address."""
    with running_app(log_name) if host == "server" else serving_files(built_site()) as address:
        yield address


@pytest.fixture(scope="session")
def server(chromium):
    """The address of a server that all tests of a process share; each reader has a session of their own."""
    with running_app("server.log") as address:
        yield address


@pytest.fixture(scope="session")
def site(chromium):
    """The address of the site that needs no server."""
    with serving_files(built_site()) as address:
        yield address


@pytest.fixture(scope="session", params=HOSTS)
def app(request):
    """The address of either."""
    return request.getfixturevalue(request.param)


@pytest.fixture(params=HOSTS)
def cold_app(request, chromium):
    """The address of an app that nobody has opened yet."""
    with hosting(request.param, "cold_server.log") as address:
        yield address


@pytest.fixture
def reader(browser, app):
    """Somebody with a laptop; whatever they do, no error comes and nothing leaves for another host."""
    with reading(browser, app) as reader:
        yield reader


@pytest.fixture
def phone(browser, app):
    """Somebody with a phone."""
    with reading(browser, app, **PHONE) as reader:
        yield reader


@pytest.fixture
def visitor(browser, site):
    """Somebody with a laptop, on that site."""
    with reading(browser, site) as reader:
        yield reader


@contextmanager
def watched(browser: Browser, **device):
    """A page in a window of its own. Looks at the end whether a script of it failed."""
    context, wrong = browser.new_context(**device), []
    page = context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


@contextmanager
def empty_page(browser: Browser, folder: Path, before: str = ""):
    """An empty page that can import the scripts of a folder as they lie there; `before` runs first."""
    with serving_files(folder) as address, reading(browser, address) as reader:
        reader.page.route("**/empty", lambda route: route.fulfill(body="<body>", content_type="text/html"))
        reader.page.add_init_script(before)
        reader.page.goto(f"{address}/empty")
        yield reader.page


@contextmanager
def reading(browser: Browser, address: str, **device):
    """A reader with nothing stored. Looks at the end whether anything went wrong meanwhile."""
    with window(browser, address, **{"locale": "en-US"} | device) as context:
        reader = Reader(context, address)
        yield reader
        assert reader.foreign_requests == []
        assert reader.errors == []

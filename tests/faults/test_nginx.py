"""Two processes behind nginx as assets/deploy has it: load spread, readers kept, one process killed."""

import os
import re
import shutil
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from urllib.error import HTTPError

import pytest
from playwright.sync_api import expect

from lstm_core.lessons.items import make
from lstm_core.lessons.plan import Plan, frame, path
from lstm_core.words import Words
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.presets import preset
from pages._ui.server.security import security_headers
from tests.browser.panels import expect_link, settled, thumb
from tests.conftest import ROOT
from tests.servers import PATIENCE, free_port, redis, serving

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
LATCH, QUESTION = preset("latch"), Words("en")("question.forget_gate")
CONNECTED = ("data-test-connection-state", "CONNECTED")


@pytest.fixture(scope="module", autouse=True)
def nginx_is_here():
    if NGINX is None:
        reason = "no nginx on this machine: apt-get install nginx-light"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)


@contextmanager
def behind_nginx(folder, *ports: int, frames: str = "'self'"):
    """nginx with the configuration of the repository, on other ports; yields its address and its log.

    frames : who may show it within a page.
    """
    port, log = free_port(), folder / "access.log"
    conf = (ROOT / "assets" / "deploy" / "nginx.conf").read_text("utf-8")
    changes = {
        "/tmp/lstm-nginx": str(folder),
        "listen 8600": f"listen 127.0.0.1:{port}",
        ":8601": f":{ports[0]}",
        ":8602": f":{ports[1]}",
        "access_log off;": f"log_format which '$uri $upstream_addr'; access_log {log} which;",
        "worker_processes auto": "worker_processes 1",
        "default \"'self'\";": f'default "{frames}";',
    }
    for old, new in changes.items():
        assert old in conf
        conf = conf.replace(old, new)
    (folder / "nginx.conf").write_text(conf, "utf-8")
    command = [NGINX, "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    process = subprocess.Popen(command)
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5).read()
                break
            except OSError:
                assert process.poll() is None, (folder / "error.log").read_text("utf-8")
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", log
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def farming(folder, **variables: str):
    """Two servers and the address before them: (first, second, address, log)."""
    with (
        serving("app.py", "farm_1.log", variables=variables) as first,
        serving("app.py", "farm_2.log", variables=variables) as second,
    ):
        ports = [int(server.address.rpartition(":")[2]) for server in (first, second)]
        with behind_nginx(folder, *ports) as (address, log):
            yield first, second, address, log


@pytest.fixture(scope="module")
def farm(tmp_path_factory):
    """Two servers that stay alive, for the tests that kill none."""
    with farming(tmp_path_factory.mktemp("farm")) as farm:
        yield farm


def answered_by(log, uri: str, at_least: int = 1) -> list[str]:
    """Which process answered each request for a path; nginx notes a request when it is over."""
    for _ in range(50):
        found = re.findall(rf"^{re.escape(uri)} 127\.0\.0\.1:(\d+)$", log.read_text("utf-8"), re.M)
        if len(found) >= at_least:
            break
        time.sleep(0.1)
    return found


def get(url: str, ticket: str = ""):
    request = urllib.request.Request(url, headers={"Cookie": f"lstm_ticket={ticket}"} if ticket else {})
    return urllib.request.urlopen(request, timeout=20)


def test_load_is_spread_and_who_has_a_ticket_stays(farm):
    *_, address, log = farm
    for k in range(20):
        with get(f"{address}/robots.txt?{k}") as answer:
            assert answer.headers["Set-Cookie"].startswith("lstm_ticket=")
    assert len(set(answered_by(log, "/robots.txt", at_least=20))) == 2
    for _ in range(10):
        with get(f"{address}/favicon.png", "mine") as answer:
            assert "lstm_ticket" not in answer.headers.get("Set-Cookie", "")
    assert len(set(answered_by(log, "/favicon.png", at_least=10))) == 1


def test_long_links_pass_and_each_answer_has_the_headers_of_the_app_once(farm):
    *_, address, _ = farm
    with get(f"{address}/forget_gate?" + "x.1.1=0.123456789012345&" * 400) as answer:
        headers = answer.headers
    own = security_headers(address.partition("://")[2])
    assert own and all(headers.get_all(name) == [value] for name, value in own.items())
    assert "nginx/" not in headers["Server"]
    with pytest.raises(HTTPError, match="404"):
        get(f"{address}/_stcore/metrics")


LMS = "http://127.0.0.1:9"
"""Another origin; nothing listens there, its one page is made up in the browser."""


def shown_within_another_page(browser, address: str) -> str:
    """What a page of another origin shows of the lesson: the heading, or "" where the frame is refused."""
    context = browser.new_context(permissions=["local-network-access"])
    page, refusals = context.new_page(), []
    page.on("console", lambda told: refusals.append(told) if "frame-ancestors" in told.text else None)
    html = frame(address + path(Plan("forget_gate", language="en", view="embed"), LATCH, Focus()), "cell")
    page.route(f"{LMS}/**", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{LMS}/course")
    heading = page.frame_locator("iframe").get_by_role("heading", level=2)
    end = time.monotonic() + PATIENCE
    while not (refusals or heading.is_visible()):
        assert time.monotonic() < end, "the browser neither shows the lesson nor says why not"
        page.wait_for_timeout(50)
    shown = "" if refusals else heading.inner_text()
    context.close()
    return shown


@pytest.mark.parametrize("frames", ["'self'", f"'self' {LMS}"])
def test_a_lesson_is_shown_within_the_pages_that_are_allowed_and_no_other(browser, farm, tmp_path, frames):
    allowed = LMS in frames
    ports = [int(server.address.rpartition(":")[2]) for server in farm[:2]]
    with behind_nginx(tmp_path, *ports, frames=frames) as (address, _):
        with get(address) as answer:
            headers = answer.headers
        assert f"frame-ancestors {frames}" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == (None if allowed else "SAMEORIGIN")
        kept = "SameSite=None; Secure; Partitioned" if allowed else "SameSite=Lax"
        assert headers["Set-Cookie"].endswith(kept)
        assert shown_within_another_page(browser, address) == (QUESTION if allowed else "")


def test_one_process_is_killed_and_its_readers_go_on_with_the_other(browser, tmp_path):
    with farming(tmp_path) as farm:
        its_readers_go_on(browser, *farm)


def its_readers_go_on(browser, first, second, address, log):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/forget_gate?preset=leaky&lang=en&t=2&b_f.1=-0.5")
    thumb(page, "b_f.1").press("ArrowLeft", timeout=60_000)
    expect_link(page, "b_f.1=-0.55")
    settled(page, "b_f.1", "−0.55")
    diagram = page.locator("svg.cell:visible")
    before = diagram.get_attribute("aria-label")
    cookie = next(c["value"] for c in context.cookies() if c["name"] == "lstm_ticket")
    with get(f"{address}/robots.txt", cookie):
        home = answered_by(log, "/robots.txt")[-1]
    (first if first.address.endswith(home) else second).kill()
    app = page.get_by_test_id("stApp")
    expect(app).not_to_have_attribute(*CONNECTED, timeout=30_000)
    expect(app).to_have_attribute(*CONNECTED, timeout=60_000)
    settled(page, "b_f.1", "−0.55")
    expect(diagram).to_have_attribute("aria-label", before)
    thumb(page, "b_f.1").press("ArrowLeft")
    expect_link(page, "b_f.1=-0.6")
    context.close()


def test_a_class_meets_over_both_processes_and_loses_no_answer_with_one(browser, tmp_path):
    """Teacher and phones are spread by nginx; the process of the teacher is killed in an open question."""
    words, asked = Words("en"), make("open_or_shut", 1)
    with redis(tmp_path) as rooms, farming(tmp_path, ROOMS=rooms) as (first, second, address, log):
        contexts = [browser.new_context(locale="en-US")]
        teacher = contexts[0].new_page()
        teacher.goto(f"{address}/room/new?lesson=item.open_or_shut.1&lang=en")
        teacher.get_by_role("button", name=words("room.make")).click()
        code = teacher.locator(".huge").inner_text()
        homes, phones = answered_by(log, f"/room/{code}"), []
        while len(phones) < 2 or len({*homes}) < 2:
            assert len(phones) < 20, "nginx sends everybody to the same process"
            contexts.append(browser.new_context(locale="en-US"))
            phones.append(contexts[-1].new_page())
            phones[-1].goto(f"{address}/room/{code}")
            homes = answered_by(log, f"/room/{code}", at_least=len(homes) + 1)
        n = len(phones)
        expect(teacher.locator("#count")).to_have_text(words("room.here", n=n))
        teacher.keyboard.press("PageDown")
        right = asked.option_label(words, asked.truth)
        for phone in phones:
            phone.get_by_role("button", name=right, exact=True).click()
            expect(phone.locator("#says")).to_have_text(words("room.kept"))
        expect(teacher.locator("#count")).to_have_text(words("room.answered", n=n, of=n))
        with teacher.expect_websocket(timeout=60_000):
            (first if first.address.endswith(homes[0]) else second).kill()
        reveal = teacher.get_by_role("button", name=words("room.reveal"))
        for _ in range(60):  # a press before the line is there again is lost
            teacher.keyboard.press("PageDown")
            teacher.wait_for_timeout(1000)
            if reveal.is_visible():
                break
        bar = teacher.locator(f'[data-row="{asked.truth}"] [data-round="1"]')
        expect(bar).to_have_text(str(n), timeout=60_000)
        for phone in phones:
            expect(phone.locator("#says")).to_have_text(words("room.closed"), timeout=60_000)
        for context in contexts:
            context.close()

"""The server as it is set up: its sockets, the files that it gives out, its errors, sessions and memory."""

import asyncio
import json
import platform
import re
import subprocess
import sys
import urllib.request
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from lstm_core.words import texts
from pages._ui.server import departed
from pages._ui.server.departed import Departed
from tests.benchmark.student import Student
from tests.conftest import ROOT
from tests.pages.sockets import run_page
from tests.servers import serving

APP = "tests/pages/server/apps/served.py"
FILES = ROOT / "assets" / "figure"


def imported(name: str) -> set[str]:
    """The scripts that a script imports, and those that they import."""
    direct = set(re.findall(r'from "\./([\w.]+)"', (FILES / name).read_text("utf-8")))
    return direct.union(*map(imported, direct))


def test_every_connection_of_a_running_server_sends_at_once_and_it_gives_out_the_files_of_a_component():
    with serving(APP, "at_once.log") as server:
        with run_page(server.address), run_page(server.address):
            pass
        for name in ("picture.js", "picture.css", *imported("picture.js")):
            url = f"{server.address}/_stcore/bidi-components/lstm.figure/{name}"
            served = urllib.request.urlopen(url, timeout=30).read()
            assert served == (FILES / name).read_bytes(), (
                f"Streamlit does not serve {url}: see pages/_ui/browser/component.py for how it was told."
            )
        log = server.log.read_text("utf-8")
    first, second = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    for run, connections in ((first, 1), (second, 2)):
        assert sum(run["listening"]) == 1 and len(run["listening"]) > connections
        assert all(run["at_once"]), (
            "The server has sockets without TCP_NODELAY, so that answers to a slider take 40 ms longer: "
            f"another release makes its sockets in another way, see pages/_ui/server/start.py. {log}"
        )


def test_what_is_sent_with_a_change_only_names_the_files_of_a_component():
    def page():
        from pages._ui.browser.picture import picture

        picture("<svg></svg>", key="picture")

    for _ in range(2):  # the first reader of a server, and one of a server that was started later
        at = AppTest.from_function(page, default_timeout=60).run()
        [component] = at.get("bidi_component")
        proto = component.proto
        assert "lstm.figure/picture.js" in proto.js_content and len(proto.js_content) < 400, proto.js_content
        assert "picture.css" in proto.css_source_path and not proto.css_content, (
            "Streamlit sends the whole style with each change: see pages/_ui/browser/component.py."
        )


# -- an error of the app itself -------------------------------------------------------------------


@pytest.fixture(scope="module")
def failing():
    with serving("tests/pages/server/apps/failing.py", "failing.log") as server:
        yield server


@pytest.mark.parametrize("where", ["run", "fragment", "callback"])
def test_an_error_is_one_sentence_with_what_to_do_and_stands_in_the_log(failing, where):
    async def shown() -> tuple[list, list]:
        async with Student(failing.address, "", f"where={where}") as student:
            if where == "callback":
                await student.slide(3)
            return student.said(), student.shown("exception")

    assert asyncio.run(shown()) == ([texts("en")["app.fault"]], [])
    log = failing.log.read_text("utf-8")
    assert "KeyError: 'hush'" in log and "Traceback" in log
    failing.log.write_text("", "utf-8")


def test_the_app_is_served_with_it():
    assert "on_script_error=show_fault" in (ROOT / "app.py").read_text("utf-8")


# -- sessions and memory --------------------------------------------------------------------------


class Session:
    """As far as `Departed` knows one of Streamlit's sessions."""

    def __init__(self, name: str = "one"):
        self.id, self.ended, self._scriptrunner = name, False, None
        self.session_state = {"line": "a figure"}
        self._script_event_loop = asyncio.new_event_loop()

    def shutdown(self) -> None:
        self.ended = True

    def has_loop(self) -> bool:
        return not self._script_event_loop.is_closed()


def test_a_session_is_kept_for_a_reader_who_comes_back_and_ended_for_one_who_does_not(monkeypatch):
    monkeypatch.setattr(departed, "_REST", 0.01)

    async def leave():
        kept, session = Departed(0.08), Session()
        session._scriptrunner = "at work"
        kept.save(SimpleNamespace(session=session))
        await asyncio.sleep(0.02)
        assert session.has_loop()  # until its run has stopped
        session._scriptrunner = None
        await asyncio.sleep(0.04)
        assert not session.has_loop() and not session.ended
        back = kept.get("one").session
        assert back is session and back.has_loop()
        kept.delete("one")
        await asyncio.sleep(0.1)
        assert not session.ended and kept.list() == []
        session._script_event_loop.close()
        kept.save(SimpleNamespace(session=session))
        await asyncio.sleep(0.15)
        assert session.ended and kept.get("one") is None and not session.session_state

    asyncio.run(leave())


def test_of_too_many_sessions_the_one_that_left_first_is_ended(monkeypatch):
    monkeypatch.setattr(departed, "MOST", 3)

    async def leave():
        kept, sessions = Departed(9), [Session(str(k)) for k in range(5)]
        for session in sessions:
            kept.save(SimpleNamespace(session=session))
        assert [session.ended for session in sessions] == [True, True, False, False, False]
        for session in sessions:
            session._script_event_loop.close()

    asyncio.run(leave())


def test_what_the_pages_need_is_loaded_before_anyone_comes_and_never_searched_for_garbage():
    script = (
        "import gc, sys\n"
        "from pages._ui.server.start import load_pages\n"
        "before = gc.get_freeze_count()\n"
        "load_pages()\n"
        "print('lstm_core.view.diagram' in sys.modules, 'pandas' in sys.modules)\n"
        "print(gc.get_freeze_count() - before > 10_000)"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert run.stdout.split() == ["True", "False", "True"], run.stderr


HOLDS = """
import os, sys
from pages._ui.server.start import give_memory_back
if sys.argv[1:]: give_memory_back()
first = bytearray(8_000_000)
del first  # after which the C library would keep all that is smaller, for later
small, large = [], []
for _ in range(40):
    large.append(bytearray(4_000_000))
    large[-1][::4096] = b"x" * len(large[-1][::4096])
    small.append(bytearray(200_000))  # stays, and would keep what lies before it
large.clear()
print(int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE"))
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library keeps memory in its own way")
def test_large_pieces_of_memory_go_back_to_the_system_when_they_are_let_go():
    def left(*options: str) -> int:
        ran = subprocess.run(
            [sys.executable, "-c", HOLDS, *options], cwd=ROOT, capture_output=True, check=True
        )
        return int(ran.stdout)

    assert left() - left("gives back") > 100e6

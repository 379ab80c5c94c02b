"""Who speaks on the line without a browser: strangers, forged reports, floods, and sessions that are gone."""

import asyncio
import json
import time

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from lstm_core.figure.line import MOST_VALUES
from pages._ui.server.websocket import A_SECOND, LONGEST, PATH, POLICY, TOO_LONG
from tests.benchmark.student import Student
from tests.faults.attacker import PATIENCE
from tests.servers import serving

LINK = "preset=leaky&lang=en&t=2"


@pytest.fixture(scope="module")
def server():
    with serving("app.py", "line.log") as server:
        yield server


def on_line(address: str, path: str = PATH):
    url = address.replace("http", "ws", 1) + path
    return connect(url, origin=address, proxy=None, open_timeout=PATIENCE, max_size=None)


def asked(connection, **report) -> dict:
    connection.send(json.dumps(report))
    return json.loads(connection.recv(PATIENCE))


@pytest.fixture
def open_page(server):
    """What a page on screen is known by, while a reader has it open."""

    async def begin():
        student = Student(server.address, "forget_gate", LINK)
        await student.__aenter__()
        return student

    with asyncio.Runner() as runner:
        student = runner.run(begin())
        yield student._told()[0]
        runner.run(student.__aexit__())


NO_REPORTS = [
    "", "x", "{", "null", "7", "[]", '"x"', "{}", '{"seq":1}', "[" * 8000, '{"a":' * 2700, "NaN", "\ud83e",
    json.dumps({"seq": 1, "turn": "x/1"}), json.dumps({"seq": 1, "turn": ["x"]}),
    json.dumps({"seq": 1, "turn": "/1"}), json.dumps({"seq": 1, "turn": ""}),
]  # fmt: skip


def test_what_is_no_report_of_a_page_gets_nothing_and_the_line_goes_on(server, open_page):
    name = open_page.partition("/")[0]
    forged = [
        {"turn": f"{name}/2"}, {"turn": name}, {"turn": f"{name}/1/1"}, {"turn": f"{name[:-1]}x/1"},
        {"turn": open_page, "values": [1]}, {"turn": open_page, "acts": {"a": 1}},
        {"turn": open_page, "look": "t"},
        {"turn": open_page, "values": {f"x.{k}.1": 1 for k in range(MOST_VALUES + 1)}},
        {"turn": open_page, "digests": {str(k): "x" for k in range(MOST_VALUES + 1)}},
    ]  # fmt: skip
    with on_line(server.address) as connection:
        for text in [*(t.encode("utf-8", "replace").decode() for t in NO_REPORTS), *map(json.dumps, forged)]:
            connection.send(text)
        # One line answers in turn: had any of them been answered, that would come first.
        answer = asked(connection, seq=7, turn=open_page, values={"b_f.1": 1.0})
    assert (answer["seq"], answer["turn"]) == (7, open_page) and answer["pictures"].keys() == {
        "cell", "walk", "strip"
    }  # fmt: skip


def test_nothing_that_is_not_on_the_page_is_drawn_and_no_number_that_is_none_is_taken(server, open_page):
    sent = '{"seq": 1, "turn": "%s", "values": {"b_f.1": NaN, "V_f.1.1": Infinity, "nope": 1, "b_f.99": 1}, '
    sent += '"digests": {"paths": "x"}, "pictures": ["paths"], "look": {"t": -Infinity, "phase": "x"}}'
    with on_line(server.address) as connection:
        connection.send(sent % open_page)
        forged = json.loads(connection.recv(PATIENCE))
        honest = asked(connection, seq=2, turn=open_page)
    assert forged["pictures"].keys() == {"cell", "walk", "strip"} and forged["look"] == honest["look"]
    assert {n: p[0] for n, p in forged["pictures"].items()} == {
        n: p[0] for n, p in honest["pictures"].items()
    }


def closed_with(connection) -> int:
    """The code by which the server closes; whatever it answers before is read away."""
    with pytest.raises(ConnectionClosed) as closed:
        while True:
            connection.recv(PATIENCE)
    return closed.value.rcvd.code


def test_a_report_that_is_too_long_and_bytes_end_the_line_and_nothing_else(server, open_page):
    for sent, code in (("x" * (LONGEST + 1), TOO_LONG), (b"\x00\x01", POLICY)):
        with on_line(server.address) as connection:
            assert asked(connection, seq=1, turn=open_page, more="x" * (LONGEST - 200))["seq"] == 1
            connection.send(sent)
            assert closed_with(connection) == code
    log = server.log.read_text("utf-8")
    assert "Traceback" not in log and "Exception" not in log, log[-2000:]


def test_a_line_that_floods_is_ended(server):
    """An honest report takes its time, so that nobody gets more than that; a forged one takes none."""
    report = json.dumps({"seq": 1, "turn": "x"})
    with on_line(server.address) as connection:
        try:
            for _ in range(20 * A_SECOND):
                connection.send(report)
        except ConnectionClosed:
            pass
        assert closed_with(connection) == POLICY


def test_who_sends_as_fast_as_a_browser_does_is_never_ended(server, open_page):
    with on_line(server.address) as connection:
        start = time.monotonic()
        for k in range(1, 3 * A_SECOND):
            time.sleep(max(0.0, start + k / A_SECOND - time.monotonic()))
            assert asked(connection, seq=k, turn=open_page)["seq"] == k


def test_a_figure_goes_with_its_session():
    kept = "--server.disconnectedSessionTTL=1"
    with serving("app.py", "line_gone.log", None, kept) as server:

        async def leave() -> str:
            async with Student(server.address, "forget_gate", LINK) as student:
                await student.move("b_f.1", 1.0)
                assert student.errors == []
                return student._told()[0]

        turn = asyncio.run(leave())
        with on_line(server.address) as connection:
            for k in range(120):
                connection.send(json.dumps({"seq": k + 1, "turn": turn}))
                try:
                    connection.recv(0.5)
                except TimeoutError:
                    return
                time.sleep(0.5)
    raise AssertionError("the figure of a reader who left is answered for a minute after")


def test_the_line_is_where_the_pages_are():
    with serving("app.py", "line_base.log", None, "--server.baseUrlPath=/lstm/") as server:
        with on_line(server.address, f"/lstm{PATH}") as connection:
            connection.send("{}")
        with pytest.raises(Exception, match="40[34]"), on_line(server.address):
            pass

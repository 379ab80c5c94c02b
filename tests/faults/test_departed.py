"""Readers who come and go: what their sessions held is free again, and there is room for many."""

import asyncio
import re
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.benchmark.student import Student
from tests.servers import Server, serving

resource = pytest.importorskip("resource", reason="Windows has no limit of open files to raise")
if not Path("/proc/self/fd").exists():
    pytest.skip("this system does not tell what a process has open", allow_module_level=True)

STUDENTS = 10
SOME = 12
"""Descriptors that the server may have more than before: its own files, and connections about to close."""


@contextmanager
def few_files(most: int):
    """Processes that are started meanwhile may open no more files at first, as on most systems."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, hard), hard))
    try:
        yield hard
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def come_and_go(server: Server, reloads: int) -> list[str]:
    """A class that reloads its page again and again; what went wrong."""
    errors: list[str] = []

    async def student(k: int) -> None:
        for _ in range(reloads):
            async with Student(server.address, "overview", "preset=leaky&lang=en") as reader:
                await reader.move("b_f.1", k / 10)
                errors.extend(reader.errors)

    await asyncio.gather(*map(student, range(STUDENTS)))
    return errors


def settles_below(server: Server, most: int) -> bool:
    """Whether the server comes to have no more descriptors open; a minute at most."""
    for _ in range(120):
        if server.descriptors() <= most:
            return True
        time.sleep(0.5)
    return False


def test_the_server_may_open_as_many_files_as_the_system_allows():
    with few_files(512) as hard, serving("app.py", "limit.log") as server:
        limits = Path(f"/proc/{server.process.pid}/limits").read_text("ascii")
    soft = int(re.search(r"^Max open files +(\d+)", limits, re.M)[1])
    assert soft == hard


def test_who_left_holds_no_file_descriptor():
    with serving("app.py", "departed.log") as server:
        assert asyncio.run(come_and_go(server, 1)) == []
        time.sleep(3)
        before = server.descriptors()
        assert asyncio.run(come_and_go(server, 4)) == []
        assert settles_below(server, before + SOME), (before, server.descriptors())


def test_a_session_that_left_is_ended_and_its_memory_used_again():
    """Kept for a second only, so that the test need not wait two minutes."""
    kept = "--server.disconnectedSessionTTL=1"
    with serving("app.py", "ended.log", None, kept) as server:
        for _ in range(3):
            assert asyncio.run(come_and_go(server, 4)) == []
        before = server.resident()
        for _ in range(3):
            assert asyncio.run(come_and_go(server, 4)) == []
        assert not server.resident() - before > 4  # MB; 120 sessions held 8
        log = server.log.read_text("utf-8")
    assert not re.search("Traceback|Exception|Error", log), log[-2000:]

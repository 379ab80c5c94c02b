"""A lesson in short: changes without end on every page, and the server neither fails nor grows."""

import asyncio
import re

import pytest

from tests.benchmark.student import Student
from tests.servers import Server, serving

PAGES = ["overview", "forget_gate", "why_forget", "trace"]
REPORTS = 20
"""Of each student in each of the two halves."""


async def lesson(server: Server) -> tuple[list[str], float, float]:
    """Errors, and the server's memory when everything was seen once and again at the end."""
    students = [Student(server.address, page, "preset=leaky&lang=en&t=2") for page in PAGES]
    for student in students:
        await student.__aenter__()
    first = students[0].addresses()[0]
    for half in range(2):
        for k in range(REPORTS):
            value = -3 + 0.2 * k + 0.1 * half
            await asyncio.gather(*(s.move(first, value, final=k % 10 == 9) for s in students))
        if half == 0:
            before = server.resident()
    after = server.resident()
    assert all(s.value(first) == pytest.approx(value) for s in students)
    for student in students:
        await student.__aexit__()
    return [error for s in students for error in s.errors], before, after


def test_a_class_that_never_rests_leaves_a_server_that_is_well_and_no_larger():
    with serving("app.py", "soak.log") as server:
        errors, before, after = asyncio.run(lesson(server))
        log = server.log.read_text("utf-8")
    assert errors == []
    assert not after - before > 40  # MB; where the system does not tell there is nothing to compare
    assert not re.search("Traceback|Exception|Error", log), log[-2000:]

"""What a hand on a slider costs a running server: report -> what is sent again."""

from __future__ import annotations

import asyncio
import re

import pytest

from tests.benchmark.student import Student
from tests.pages.apps import PAGES
from tests.servers import serving

WITH_PICTURES = [page for page in PAGES if page != "trace"]


@pytest.fixture(scope="module")
def server():
    with serving("app.py", "under_hand.log") as server:
        yield server


MOST_SENT_BYTES = 5_000
"""The most that a change may send on the wire, packed; mostly 1 to 2 kB, and a whole strip where most of it
changed."""

PINNED = "&pin_f.1.2=0.5"


@pytest.mark.parametrize(
    "page, more", [*((page, "") for page in PAGES), ("forget_gate", PINNED), ("output_gate", PINNED)]
)
def test_while_the_hand_is_down_no_page_runs_and_the_pictures_follow_all_the_same(server, page, more):
    async def drag():
        async with Student(server.address, page, f"preset=leaky&lang=en&t=4{more}") as student:
            address, before = student.addresses()[0], dict(student.pictures)
            runs = student.runs
            for value in (0.4, 0.45, 0.5):
                await student.move(address, value, final=False)
            dragged = dict(student.pictures)
            await student.move(address, 0.5, final=True)
            ran = student.runs - runs
            assert student.errors == [] and student.value(address) == 0.5
            return before, dragged, ran, list(student.sent)

    before, dragged, ran, let_go = asyncio.run(drag())
    assert ran == 1, "the page runs once, when the hand rests"
    assert dragged.keys() == before.keys() and dragged != before
    assert len(let_go) > 5, "when the hand rests, all else follows"


@pytest.mark.parametrize("link", ["lang=en&preset=leaky&t=2", "lang=en", "lang=en&preset=random" + PINNED])
@pytest.mark.parametrize("page", WITH_PICTURES)
def test_a_drag_sends_little_and_the_exact_numbers_follow_when_the_hand_rests(server, page, link):
    async def drag() -> tuple[list[str], list[int]]:
        async with Student(server.address, page, link) as student:
            pictures, sent = [], []
            for value, final in ((0.3, False), (0.4, False), (0.5, False), (0.6, True)):
                before = student.bytes_received
                await student.move(student.addresses()[0], value, final=final)
                sent.append(student.bytes_received - before)
                pictures.append(student.over_time())
            assert student.errors == []
            return pictures, sent

    (_, _, dragged, let_go), (_, _, sent, _) = asyncio.run(drag())
    assert "over-time" in dragged
    own = [name for name in re.findall(r'data-name="([^"]*)"', let_go) if not name.startswith("x ")]
    assert own and not any(f'data-name="{name}"' in dragged for name in own if "half-life" not in name)
    assert 0 < sent <= MOST_SENT_BYTES, sent

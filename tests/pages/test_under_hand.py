"""What a hand on a slider costs a running server: report -> what is sent again."""

import asyncio
import re

import pytest

from tests.benchmark.student import Student
from tests.pages.apps import PAGES
from tests.servers import serving

MOST_SENT_BYTES = 5_000
"""The most that a change may send on the wire, packed; mostly 1 to 2 kB, and a whole strip where most of it
changed."""


@pytest.fixture(scope="module")
def server():
    with serving("app.py", "under_hand.log") as server:
        yield server


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "link", ["lang=en&preset=leaky&t=2", "lang=en", "lang=en&preset=random&pin_f.1.2=0.5"]
)
def test_while_the_hand_is_down_no_page_runs_and_the_pictures_follow_in_few_bytes(server, page, link):
    async def drag():
        async with Student(server.address, page, link) as student:
            address, runs = student.addresses()[0], student.runs
            shown, sent = [(student.pictures.copy(), student.over_time())], []
            for value, final in ((0.3, False), (0.4, False), (0.5, False), (0.6, True)):
                before = student.bytes_received
                await student.move(address, value, final=final)
                sent.append(student.bytes_received - before)
                shown.append((student.pictures.copy(), student.over_time()))
            assert student.errors == [] and student.value(address) == 0.6
            return shown, sent, student.runs - runs, len(student.sent)

    shown, sent, ran, elements = asyncio.run(drag())
    (before, _), (dragged, over_time), (_, let_go) = shown[0], shown[3], shown[4]
    assert ran == 1 and elements > 5, "when the hand rests the page runs once, and all else follows"
    assert dragged.keys() == before.keys() and dragged != before
    assert 0 < sent[2] <= MOST_SENT_BYTES, sent
    if page != "trace":  # which has no strip
        own = [name for name in re.findall(r'data-name="([^"]*)"', let_go) if not name.startswith("x ")]
        exact = [name for name in own if f'data-name="{name}"' in over_time and "half-life" not in name]
        assert "over-time" in over_time and own and not exact

"""What runs while a hand is on a slider, against a running server: report -> what is sent again."""

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


MOST_BYTES = 2_500
"""The most that a change may send on the wire: what changed in the pictures, packed."""

PINNED = "&pin_f.1.2=0.5"


@pytest.mark.parametrize(
    "page, more", [*((page, "") for page in WITH_PICTURES), ("forget_gate", PINNED), ("output_gate", PINNED)]
)
def test_while_the_hand_is_down_the_sliders_and_the_pictures_are_sent_and_nothing_else(server, page, more):
    async def drag() -> tuple[list[str], list[str]]:
        async with Student(server.address, page, f"preset=leaky&lang=en&t=2{more}") as student:
            await student.move(student.addresses()[0], 0.4, final=False)
            dragged = list(student.sent)
            await student.move(student.addresses()[0], 0.5, final=True)
            assert student.errors == []
            return dragged, list(student.sent)

    dragged, let_go = asyncio.run(drag())
    assert 2 <= len(dragged) <= 3 and set(dragged) == {"bidi_component"}, dragged
    assert len(let_go) > 5, "when the hand lets go, all else follows"


@pytest.mark.parametrize("link", ["lang=en&preset=leaky&t=2", "lang=en", "lang=en&preset=random" + PINNED])
@pytest.mark.parametrize("page", WITH_PICTURES)
def test_a_drag_sends_little_and_the_exact_numbers_follow_when_the_hand_lets_go(server, page, link):
    async def drag() -> tuple[list[str], list[int]]:
        async with Student(server.address, page, link) as student:
            pictures, sent = [], []
            for value, final in ((0.3, False), (0.4, False), (0.5, False), (0.6, True)):
                before = student.bytes_received
                await student.move(student.addresses()[0], value, final=final)
                sent.append(student.bytes_received - before)
                pictures.append(student.over_time())
            return pictures, sent

    (_, _, dragged, let_go), (_, _, sent, _) = asyncio.run(drag())
    assert "over-time" in dragged
    own = [name for name in re.findall(r'data-name="([^"]*)"', let_go) if not name.startswith("x ")]
    assert own and not any(f'data-name="{name}"' in dragged for name in own if "half-life" not in name)
    assert 0 < sent <= MOST_BYTES, sent

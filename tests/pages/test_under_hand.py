"""What runs while a hand is on a slider, against a running server: report -> what is sent again."""

from __future__ import annotations

import asyncio

import pytest

from tests.benchmark.student import Student
from tests.pages.apps import PAGES
from tests.servers import serving

WITH_PICTURES = [page for page in PAGES if page != "trace"]


@pytest.fixture(scope="module")
def server():
    with serving("app.py", "under_hand.log") as server:
        yield server


@pytest.mark.parametrize("page", WITH_PICTURES)
def test_while_the_hand_is_down_the_sliders_and_the_pictures_are_sent_and_nothing_else(server, page):
    async def drag() -> tuple[list[str], list[str]]:
        async with Student(server.address, page, "preset=leaky&lang=en&t=2") as student:
            await student.move(student.addresses()[0], 0.4, final=False)
            dragged = list(student.sent)
            await student.move(student.addresses()[0], 0.5, final=True)
            assert student.errors == []
            return dragged, list(student.sent)

    dragged, let_go = asyncio.run(drag())
    assert 2 <= len(dragged) <= 3 and set(dragged) == {"bidi_component"}, dragged
    assert len(let_go) > 5, "when the hand lets go, all else follows"

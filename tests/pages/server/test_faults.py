"""An error of the app itself: one sentence on the page, and the error in the log."""

import asyncio

import pytest

from lstm_core.words import texts
from tests.benchmark.student import Student
from tests.conftest import ROOT
from tests.servers import serving


@pytest.fixture(scope="module")
def server():
    with serving("tests/pages/server/apps/failing.py", "failing.log") as server:
        yield server


async def shown(address: str, where: str) -> list[tuple[str, str]]:
    """Kind and words of what is on screen after an error."""
    async with Student(address, "", f"where={where}") as student:
        if where == "callback":
            await student.slide(3)
        elements = list(student.elements.values())
    kinds = [(element, element.WhichOneof("type")) for element in elements]
    return [(kind, element.alert.body if kind == "alert" else "") for element, kind in kinds]


@pytest.mark.parametrize("where", ["run", "fragment", "callback"])
def test_an_error_is_one_sentence_with_what_to_do_and_stands_in_the_log(server, where):
    seen = asyncio.run(shown(server.address, where))
    assert [words for kind, words in seen if kind == "alert"] == [texts("en")["app.fault"]]
    assert "exception" not in [kind for kind, _ in seen]
    log = server.log.read_text("utf-8")
    assert "KeyError: 'hush'" in log and "Traceback" in log
    server.log.write_text("", "utf-8")


def test_the_app_is_served_with_it():
    assert "on_script_error=show_fault" in (ROOT / "app.py").read_text("utf-8")

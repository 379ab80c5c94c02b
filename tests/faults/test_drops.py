"""Files that once stopped the server are dropped while others drag, who notice nothing."""

import asyncio

from lstm_core.workbench.process_memory import MOST_PROCESS_BYTES
from tests.benchmark.drops import lesson
from tests.faults.layer_corpus.dropped import dropped
from tests.servers import serving

FILES = ("lists within lists", "a layer of 32 MB", "a type that is a list", "weights of 1e307", "one byte")
SOME = 40
"""Megabytes that a server may have more than what it holds for its readers: what pages are drawn with."""


def test_who_drags_is_answered_while_others_drop_what_once_stopped_the_server():
    files = {what: dropped()[what] for what in FILES}
    with serving("app.py", "drops.log") as server:
        found = asyncio.run(lesson(server, drags=5, drops=3, files=files))
        log = server.log.read_text("utf-8")
        children = server.children()
    assert found.errors == [] and children == 0
    assert len(found.busy) > len(found.quiet) > 0
    for what in FILES:
        assert not found.memory[what] - found.before > MOST_PROCESS_BYTES / 1e6 + SOME, what
        if "32 MB" not in what:
            assert all("\n" not in said for said in found.said[what]), what
    for what in ("lists within lists", "a type that is a list", "one byte"):
        assert all(len(said) > 15 for said in found.said[what]), (what, found.said[what])
    assert "Uncaught app execution" not in log

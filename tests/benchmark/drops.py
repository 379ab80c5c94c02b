"""Readers drop hostile and large files while a class drags: files -> **drops** -> answers, memory."""

import asyncio
import random
from dataclasses import dataclass, field

from lstm_core.workbench.presets import preset
from lstm_core.workbench.process_memory import MOST_PROCESS_BYTES
from tests.benchmark.percentiles import milliseconds, table
from tests.benchmark.student import Student, come, go
from tests.faults.layer_corpus.dropped import dropped
from tests.servers import Server, serving

SMALL = preset("latch").params.to_json().encode()

PAUSE = 3.0
"""Seconds of the class alone, before the first file."""


@dataclass
class Lesson:
    """What happened: answers of those who drag, in ms, before files are dropped and meanwhile.

    said : of each file, what the page said; refused : uploads for which there was no room.
    memory : megabytes of the server after each file, with what it had before; children : of it, at the end.
    """

    quiet: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    said: dict[str, list[str]] = field(default_factory=dict)
    took: dict[str, list[float]] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    before: float = 0.0
    refused: int = 0


async def lesson(server: Server, drags: int, drops: int, files: dict[str, tuple[str, bytes]]) -> Lesson:
    """So many readers drag, while others drop all files one after the other, each of them every file."""
    found = Lesson()
    pages = ["overview", "forget_gate", "cell_state"]
    link = "preset=leaky&lang=en&t=2"
    students = [Student(server.address, pages[k % 3], link) for k in range(drags)]
    droppers = [Student(server.address, "network", "lang=en") for _ in range(drops)]
    over, dropping = asyncio.Event(), asyncio.Event()

    async def drag(student: Student, draw: random.Random) -> None:
        async for _, took in student.changes(draw, over.is_set):
            (found.busy if dropping.is_set() else found.quiet).append(1000 * took)

    await come([*students, *droppers])
    works = [asyncio.create_task(drag(student, random.Random(k))) for k, student in enumerate(students)]
    await asyncio.sleep(PAUSE)
    for dropper in droppers:  # what the first table loads is no matter of the files
        await dropper.drop("small.json", SMALL)
    found.before = server.resident()
    dropping.set()
    for what, (name, content) in files.items():
        found.took[what] = list(await asyncio.gather(*(one.drop(name, content) for one in droppers)))
        found.said[what] = [" ".join(one.said()) for one in droppers]
        found.memory[what] = server.resident()
    over.set()
    await asyncio.gather(*works)
    found.refused = sum(one.refused for one in droppers)
    found.errors = await go([*students, *droppers])
    return found


def report(drags: int = 30, drops: int = 8) -> str:
    """One row a file, and one for those who drag."""
    with serving("app.py", "drops.log") as server:
        found = asyncio.run(lesson(server, drags, drops, dropped()))
    rows = [
        [what, f"{max(found.took[what]):.1f}", f"{memory:.0f}", found.said[what][0][:70]]
        for what, memory in found.memory.items()
    ]
    told = [
        ["alone", len(found.quiet), *milliseconds(found.quiet), f"{max(found.quiet):.0f}"],
        ["meanwhile", len(found.busy), *milliseconds(found.busy), f"{max(found.busy):.0f}"],
    ]
    head = (
        f"{drops} readers drop each file at once; the server had {found.before:.0f} MB before, and may hold "
        f"{MOST_PROCESS_BYTES / 1e6:.0f} MB for them. {found.refused} uploads found no room; "
        f"errors: {found.errors}."
    )
    files = table(["file", "slowest s", "server MB", "what it says"], rows)
    return "\n\n".join(
        [head, files, table([f"{drags} who drag", "changes", "p50 ms", "p95", "slowest"], told)]
    )

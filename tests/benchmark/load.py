"""A whole class at once: students over Streamlit's own messages, each with a change every two seconds."""

import asyncio
import random
from itertools import cycle, islice
from pathlib import Path

from tests.benchmark.percentiles import against, milliseconds, percentile, table
from tests.benchmark.student import Student, come, go
from tests.servers import Server, serving

PAGES = ["overview", "forget_gate", "cell_state", "why_forget"]
GOALS = {100: 40, 300: 250}
"""Students -> p95 in ms."""

MOST_MEMORY = 230
"""MB that the server may hold."""

TRAINING = "lang=en&learn=reber~updates.20000"
"""What those train who train: it lasts longer than the lesson."""

RELOADS = 5
"""How often each student reloads the page before the lesson."""


async def lesson(
    server: Server, n: int, seconds: float, pages: list[str], trainers: int = 0
) -> tuple[list[float], list[str], float]:
    """Milliseconds to each answer, errors, and the server's memory in MB while all are there.

    pages : that the students look at in turn; an empty name is an app with one native slider.
    trainers : how many more are on the page where a network learns, and train all the time.
    """
    link = "preset=leaky&lang=en&t=2"
    students = [Student(server.address, page, link if page else "") for page in islice(cycle(pages), n)]
    others = [Student(server.address, "learning", TRAINING) for _ in range(trainers)]
    times: list[float] = []
    errors: list[str] = []
    clock = asyncio.get_running_loop().time

    async def work(student: Student, draw: random.Random) -> None:
        try:
            async for _, took in student.changes(draw, lambda: clock() > end):
                times.append(took * 1000)
        except (TimeoutError, OSError) as error:
            errors.append(repr(error))

    async def train(student: Student) -> None:
        while clock() < end:
            await student.train_on()

    await come([*students, *others], RELOADS)
    end = clock() + seconds
    works = [work(student, random.Random(k)) for k, student in enumerate(students)]
    await asyncio.gather(*works, *map(train, others))
    memory = server.resident()
    return times, errors + await go([*students, *others]), memory


def report(classes: list[int], seconds: float, naive: int = 100) -> str:
    """One row a class, each on a fresh server; the naive app has one class of its own."""
    rows = []
    naive_app = str(Path(__file__).parent / "apps" / "naive.py")
    ours = [(n, 0, "app.py", PAGES) for n in classes] + [(30, 5, "app.py", PAGES)]
    for n, trainers, script, pages in [*ours, (naive, 0, naive_app, [""])]:
        with serving(script, f"load_{n}.log") as server:
            times, errors, memory = asyncio.run(lesson(server, n, seconds, pages, trainers))
        is_ours = script == "app.py"
        kept = against(percentile(times, 0.95), GOALS[n]) if is_ours and not trainers and n in GOALS else ""
        fits = against(memory, MOST_MEMORY, " MB") if is_ours else ""
        name = f"{n}, and {trainers} who train" if trainers else n if is_ours else f"{n}, naive app"
        rows.append([name, len(times), *milliseconds(times), kept, len(errors), f"{memory:.0f}", fits])
    head = [f"students, {RELOADS} reloads each", "changes", "answer p50 ms", "p95", "goal", "errors"]
    return table([*head, "server MB", "goal"], rows)

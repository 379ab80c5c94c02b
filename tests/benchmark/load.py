"""A whole class at once: students over Streamlit's own messages, each with a change every two seconds."""

from __future__ import annotations

import asyncio
import random

from tests.benchmark.percentiles import against, milliseconds, percentile, table
from tests.benchmark.student import Student
from tests.servers import Server, serving

EVERY = 2.0
"""Seconds between two changes of a student."""

PAGES = ["overview", "forget_gate", "cell_state", "why_forget"]
BUDGETS = {100: 50, 300: 250}
"""Students -> p95 in ms."""


TRAINING = "lang=en&learn=reber~updates.20000"
"""What those train who train: it lasts longer than the lesson."""


async def lesson(
    server: Server, n: int, seconds: float, trainers: int = 0
) -> tuple[list[float], list[str], float]:
    """Milliseconds to each answer, errors, and the server's memory in MB while all are there.

    trainers : how many more are on the page where a network learns, and train all the time.
    """
    students = [Student(server.address, PAGES[k % len(PAGES)], "preset=leaky&lang=en&t=2") for k in range(n)]
    others = [Student(server.address, "learning", TRAINING) for _ in range(trainers)]
    door = asyncio.Semaphore(4)  # a class does not open its laptops in one instant
    times: list[float] = []
    errors: list[str] = []

    async def come(student: Student) -> None:
        async with door:
            await student.__aenter__()

    async def work(student: Student, draw: random.Random) -> None:
        await asyncio.sleep(draw.uniform(0, EVERY))
        end = asyncio.get_running_loop().time() + seconds
        try:
            while asyncio.get_running_loop().time() < end:
                value = round(draw.uniform(-5, 5), 2)
                took = await student.move("b_f.1", value, final=draw.random() < 0.1)
                times.append(took * 1000)
                if student.value("b_f.1") != value:
                    errors.append("another value than the one sent")
                await asyncio.sleep(max(0.0, EVERY - took))
        except (TimeoutError, OSError) as error:
            errors.append(repr(error))

    async def train(student: Student) -> None:
        end = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < end:
            await student.train_on()

    await asyncio.gather(*map(come, [*students, *others]))
    works = [work(student, random.Random(k)) for k, student in enumerate(students)]
    await asyncio.gather(*works, *map(train, others))
    memory = server.resident()
    for student in [*students, *others]:
        errors += student.errors
        await student.__aexit__()
    return times, errors, memory


def report(classes: list[int], seconds: float) -> str:
    """One row a class, each on a fresh server."""
    rows = []
    for n, trainers in [*((n, 0) for n in classes), (30, 5)]:
        with serving("app.py", f"load_{n}.log") as server:
            times, errors, memory = asyncio.run(lesson(server, n, seconds, trainers))
        kept = against(percentile(times, 0.95), BUDGETS[n]) if n in BUDGETS else ""
        name = f"{n}, and {trainers} who train" if trainers else n
        rows.append([name, len(times), *milliseconds(times), kept, len(errors), f"{memory:.0f}"])
    return table(["students", "changes", "answer p50 ms", "p95", "budget", "errors", "server MB"], rows)

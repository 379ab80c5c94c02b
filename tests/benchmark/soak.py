"""A long lesson: students who drag, reload, upload, download and answer, and whether the server levels off.

    python tests/benchmark/soak.py [--minutes 30] [--students 30]

Prints how much memory, how many descriptors and how many threads the server gains an hour, each with
the standard error of the slope, and the p95 of the answers at the end beside that at the start.
"""

import argparse
import asyncio
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmark.percentiles import percentile, table
from tests.benchmark.student import EVERY, Student
from tests.faults.attacker import download, upload, xsrf_token
from tests.servers import Server, serving

STAY = 20.0
"""Seconds on a page before a student reloads it or opens another one."""

LINKS = [
    ("overview", "preset=leaky&lang=en&t=2"), ("forget_gate", "preset=latch&lang=ko&t=3"),
    ("cell_state", "preset=leaky&lang=en&t=4"), ("why_forget", "preset=leaky&lang=en&t=2"),
]  # fmt: skip

LESSONS = ["lesson=tour.short&lang=en", "lesson=item.keep_share.1&lang=ko", "lesson=task.hold.1&lang=en"]

SEQUENCE = b"x_1\n" + b"0.25\n" * 2000

WARM_UP = 0.25
"""Share of the time that is left out of the slopes: until everything has been seen once."""


def slope(hours: Sequence[float], values: Sequence[float]) -> tuple[float, float]:
    """Least squares: how much the values gain an hour, and the standard error of that."""
    x, y = np.asarray(hours) - np.mean(hours), np.asarray(values) - np.mean(values)
    gain = (x @ y) / (x @ x)
    rest = y - gain * x
    return float(gain), float(np.sqrt(rest @ rest / (len(x) - 2) / (x @ x)))


async def student(server: Server, k: int, end: float, answers: list, errors: list[str]) -> None:
    """Goes from page to page until the time is over; appends (when, seconds to the answer)."""
    draw, loop, token = random.Random(k), asyncio.get_running_loop(), xsrf_token(server.address)
    await asyncio.sleep(draw.uniform(0, EVERY))
    while loop.time() < end:
        try:
            async with Student(server.address, "lessons", draw.choice(LESSONS)):
                await asyncio.sleep(EVERY)
            async with Student(server.address, "trace", "preset=leaky&lang=en") as reader:
                place = (server.address, reader.session, f"{k}", SEQUENCE, token)
                status = await asyncio.to_thread(upload, *place)
                if status != 204:
                    errors.append(f"an upload was answered by {status}")
                for url in reader.downloads():
                    if not await asyncio.to_thread(download, server.address + url):
                        errors.append("a download was empty")
            async with Student(server.address, *draw.choice(LINKS)) as reader:
                leaves = min(end, loop.time() + STAY)
                async for answer in reader.changes(draw, lambda until=leaves: loop.time() > until, 0.2):
                    answers.append(answer)
                errors += reader.errors
        except (TimeoutError, OSError) as error:
            errors.append(repr(error))


async def lesson(server: Server, students: int, minutes: float) -> tuple[list, list, list[str]]:
    """Samples (seconds, MB, descriptors, threads), answers and errors of the whole lesson."""
    loop = asyncio.get_running_loop()
    start, answers, errors, samples = loop.time(), [], [], []
    end = start + minutes * 60
    class_ = asyncio.gather(*(student(server, k, end, answers, errors) for k in range(students)))
    while loop.time() < end:
        await asyncio.sleep(min(5.0, minutes * 2))
        samples.append((loop.time() - start, server.resident(), server.descriptors(), server.threads()))
    await class_
    return samples, [(began - start, took) for began, took in answers], errors


def report(students: int, minutes: float) -> str:
    with serving("app.py", "soak_long.log", None, "--server.disconnectedSessionTTL=20") as server:
        samples, answers, errors = asyncio.run(lesson(server, students, minutes))
    settled = [sample for sample in samples if sample[0] >= WARM_UP * minutes * 60]
    hours = [sample[0] / 3600 for sample in settled]
    rows = []
    for column, name in enumerate(("memory, MB", "file descriptors", "threads"), start=1):
        values = [sample[column] for sample in settled]
        gain, error = slope(hours, values)
        rows.append([name, f"{values[0]:.0f}", f"{values[-1]:.0f}", f"{gain:+.1f} ± {error:.1f}"])
    took = [seconds for _, seconds in sorted(answers)]
    fifth = len(took) // 5  # the first one is left out: nobody's page is warm yet
    first, last = (percentile(part, 0.95) for part in (took[fifth : 2 * fifth], took[-fifth:]))
    return "\n\n".join([
        f"{students} students, {minutes:g} minutes, {len(answers)} changes, "
        f"{len(errors)} errors {errors[:3]}",
        table(["server", "after warming up", "at the end", "an hour"], rows),
        f"p95 of an answer {last * 1000:.0f} ms at the end, {first * 1000:.0f} ms at the start: "
        f"{last / first:.2f} times",
    ])  # fmt: skip


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--students", type=int, default=30)
    chosen = options.parse_args()
    print(f"{os.cpu_count()} cores, load average before it {os.getloadavg()[0]:.1f}\n", flush=True)
    print(report(chosen.students, chosen.minutes))


if __name__ == "__main__":
    main()

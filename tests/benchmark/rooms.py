"""A live lesson in a full hall: how soon all phones know of a slide, and all answers are counted."""

import asyncio
from time import perf_counter

from lstm_core.lessons.items import make
from tests.benchmark.percentiles import against, percentile, table
from tests.benchmark.seat import Seat, opened, seat
from tests.servers import Server, serving

LESSON = {"lesson": "item.silent.7~item.open_or_shut.2~item.joined_sum.3~item.keep_share.4"}
PUSH, COUNTED, PROCESSOR = 300, 2000, 10
"""Goals in ms: until 95 of 100 phones know the slide; until all answers are counted; processor an answer."""


async def hall(server: Server, n: int) -> tuple[list[float], list[float], list[float]]:
    """Of each question: ms to each phone, ms until all answers are counted, and ms of processor an answer."""
    code, key = await opened(server.address, LESSON)
    pushes, counted, processor = [], [], []
    async with seat(server.address, code, key=key) as teacher, asyncio.TaskGroup() as group:
        ready, led = asyncio.Queue(), [0.0]
        phones = [group.create_task(phone(server.address, code, ready, pushes, led)) for _ in range(n)]
        for _ in range(n):
            await ready.get()
        version = teacher.first["room"]["version"]
        for _ in make_questions():
            before, led[0] = server.processor(), perf_counter()
            await teacher.say(do="on", version=version)
            await teacher.until(lambda _: teacher.told.get("phase") == "open")
            await teacher.until(lambda _: teacher.counts.get("answered") == n)
            counted.append(1000 * (perf_counter() - led[0]))
            processor.append((server.processor() - before) / n)
            for phase in ("closed", "shown"):
                await teacher.say(do="on", version=teacher.told["version"])
                await teacher.until(lambda _, phase=phase: teacher.told["phase"] == phase)
            version = teacher.told["version"]
            await asyncio.sleep(1)
        for task in phones:
            task.cancel()
    return pushes, counted, processor


def make_questions() -> list:
    """The questions of the lesson, in order."""
    return [make(part.split(".")[1], int(part.split(".")[2])) for part in LESSON["lesson"].split("~")]


async def phone(address: str, code: str, ready: asyncio.Queue, pushes: list[float], led: list[float]) -> None:
    """Joins, and answers each question as soon as it has its slide."""
    async with seat(address, code) as one:
        await ready.put(None)
        for at, asked in enumerate(make_questions(), 1):
            await one.until(lambda _, at=at: (one.told.get("at"), one.told.get("phase")) == (at, "open"))
            pushes.append(1000 * (perf_counter() - led[0]))
            await one.say(slide=True)
            await one.until(lambda message: "slide" in message)
            answer = asked.options[0] if asked.options else asked.truth
            await one.say(answer=answer, at=at, round=1)
            await one.until(lambda message, at=at: message.get("kept") == [at, 1])
        await Seat.until(one, lambda _: False)


def report(halls: list[int]) -> str:
    """A row a hall, each on a fresh server, which also draws the slides that the phones ask for."""
    rows = []
    for n in halls:
        with serving("app.py", f"rooms_{n}.log") as server:
            pushes, counted, processor = asyncio.run(hall(server, n))
        push, worst, each = percentile(pushes, 0.95), max(counted), max(processor)
        row = [n, f"{percentile(pushes, 0.5):.0f}", f"{push:.0f}", against(push, PUSH)]
        row += [f"{worst:.0f}", against(worst, COUNTED), f"{each:.1f}", against(each, PROCESSOR)]
        rows.append(row)
    head = ["phones", "slide known p50 ms", "p95", "goal", "all answers counted after ms", "goal"]
    return table([*head, "processor an answer ms", "goal"], rows)

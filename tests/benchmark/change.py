"""What a change costs the server: processor and bytes, beside the echo and the naive app."""

import asyncio
from pathlib import Path

from tests.benchmark.percentiles import against, table
from tests.benchmark.student import Student
from tests.pages.apps import PAGES
from tests.servers import Server, serving

APPS = Path(__file__).parent / "apps"
PROCESSOR, RELEASE, BYTES = 4, 14, 4
"""Goals: ms of processor a change, and a release with all that follows; kB a change."""

WARM = 5
"""The first changes, which load what the others find loaded."""


async def changes(server: Server, page: str, n: int, final: bool = False) -> tuple[float, float, float]:
    """ms of processor and kB a change, and kB until the page stands, over n changes of one student.

    final : whether each is a release, after which the page runs.
    """
    async with Student(server.address, page, "preset=leaky&lang=en&t=2" if page else "") as student:
        opened = student.bytes_received
        for k in range(-WARM, n):
            if k == 0:
                processor, received = server.processor(), student.bytes_received
            value = 0.05 * (k % 40 - 20)
            if page:
                await student.move(student.addresses()[0], value, final)
            else:
                await student.slide(value)
        return (
            (server.processor() - processor) / n,
            (student.bytes_received - received) / n / 1000,
            opened / 1000,
        )


def report(n: int) -> str:
    """A row an app and page, each of n changes."""
    found, released = {}, {}
    for name in ("echo", "naive"):
        with serving(str(APPS / f"{name}.py"), f"change_{name}.log") as server:
            found[name] = asyncio.run(changes(server, "", n))
    with serving("app.py", "change.log") as server:
        for page in PAGES:
            found[page] = asyncio.run(changes(server, page, n))
            released[page], _, _ = asyncio.run(changes(server, page, n, final=True))
    rows = []
    for name, (ms, sent, opened) in found.items():
        row = [name, f"{ms:.1f}", "", f"{ms / found['echo'][0]:.1f}", "", "", f"{sent:.1f}", ""]
        if name in released:
            row[2], row[7] = against(ms, PROCESSOR), against(sent, BYTES)
            row[4:6] = f"{released[name]:.1f}", against(released[name], RELEASE)
        rows.append([*row, f"{opened:.0f}"])
    head = ["a change", "ms of processor", "goal", "× echo", "a release, ms", "goal", "kB sent", "goal"]
    return table([*head, "kB to open"], rows)

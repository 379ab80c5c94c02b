"""A phone or projector of a live lesson without a browser: what assets/room does, over the same websocket."""

import asyncio
import json
from contextlib import asynccontextmanager

from websockets.asyncio.client import connect

from tests.faults.attacker import PATIENCE


class Seat:
    """A phone or projector: what it was told, and what it says."""

    def __init__(self, socket):
        self.socket, self.told, self.counts = socket, {}, {}

    async def say(self, **message):
        await self.socket.send(json.dumps(message))

    async def until(self, wanted):
        """Reads until `wanted` answers True to a message, which is returned."""
        async with asyncio.timeout(PATIENCE):
            while True:
                message = json.loads(await self.socket.recv())
                self.told = message.get("room", self.told)
                self.counts = message.get("counts", self.counts)
                if wanted(message):
                    return message


@asynccontextmanager
async def seat(address: str, code: str = "", **more):
    url = address.replace("http", "ws", 1) + "/room/line"
    async with connect(url, origin=address, proxy=None, open_timeout=PATIENCE) as socket:
        one = Seat(socket)
        if code:
            await one.say(join=code, language="en", **more)
            one.first = await one.until(lambda message: True)
        yield one


async def opened(address: str, lesson: dict[str, str]) -> tuple[str, str]:
    """A room for a lesson: its code, and the key that leads it."""
    async with seat(address) as teacher:
        await teacher.say(make=lesson, language="en")
        made = await teacher.until(lambda message: "made" in message)
        return made["made"], made["key"]

"""Rooms that several processes share: **Redis** or Valkey, by its own client.

A room is some keys that end together: what it is, its members, and the answers of each slot. A channel tells
of each change.
"""

import asyncio
import json
from contextlib import suppress
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import WatchError

from lstm_core.rooms import Room
from lstm_core.rooms.room import LIFE

from .store import MOST_MEMBERS, MOST_ROOMS, Changed, Full

_PREFIX = "lstm-room:"
_CHANNEL = "lstm-rooms"
_ALL = "lstm-rooms-open"
_AGAIN = 1.0
"""Seconds until a listener whose connection broke listens again."""


class InRedis:
    """The rooms of all processes that name the same address. Each method is that of `InProcess`."""

    def __init__(self, address: str) -> None:
        self._redis: Any = Redis.from_url(address, decode_responses=True)
        self._listening: asyncio.Task | None = None

    async def create(self, code: str, room: Room) -> bool:
        now = (await self._redis.time())[0]
        await self._redis.zremrangebyscore(_ALL, 0, now)
        if await self._redis.zcard(_ALL) >= MOST_ROOMS:
            raise Full
        if not await self._redis.set(_room(code), json.dumps(room.to_data()), nx=True, ex=LIFE):
            return False
        await self._redis.zadd(_ALL, {code: now + LIFE})
        return True

    async def read(self, code: str) -> Room | None:
        found = await self._redis.get(_room(code))
        return Room.from_data(json.loads(found)) if found else None

    async def replace(self, code: str, room: Room, version: int) -> bool:
        async with self._redis.pipeline() as pipe:
            await pipe.watch(_room(code))
            found = await pipe.get(_room(code))
            if not found:
                raise KeyError(code)
            if json.loads(found)["version"] != version:
                return False
            pipe.multi()
            pipe.set(_room(code), json.dumps(room.to_data()), ex=LIFE)
            try:
                await pipe.execute()
            except WatchError:  # Another process was quicker.
                return False
        await self.visit(code)
        await self._redis.publish(_CHANNEL, code)
        return True

    async def visit(self, code: str) -> None:
        async with self._redis.pipeline() as pipe:
            pipe.expire(_room(code), LIFE)
            pipe.expire(_members(code), LIFE)
            pipe.time()
            *_, (now, _) = await pipe.execute()
        await self._redis.zadd(_ALL, {code: now + LIFE}, xx=True)

    async def join(self, code: str, member: str) -> None:
        await self._there(code)
        is_new = not await self._redis.sismember(_members(code), member)
        if is_new and await self._redis.scard(_members(code)) >= MOST_MEMBERS:
            raise Full
        async with self._redis.pipeline() as pipe:
            pipe.sadd(_members(code), member)
            pipe.expire(_members(code), LIFE)
            pipe.publish(_CHANNEL, code)
            await pipe.execute()

    async def members(self, code: str) -> int:
        return await self._redis.scard(_members(code))

    async def answer(self, code: str, slot: str, member: str, answer: str) -> None:
        await self._there(code)
        async with self._redis.pipeline() as pipe:
            pipe.hset(_answers(code, slot), member, answer)
            pipe.expire(_answers(code, slot), LIFE)
            pipe.publish(_CHANNEL, code)
            await pipe.execute()

    async def answers(self, code: str, slot: str) -> dict[str, str]:
        return await self._redis.hgetall(_answers(code, slot))

    async def answer_of(self, code: str, slot: str, member: str) -> str | None:
        return await self._redis.hget(_answers(code, slot), member)

    def watch(self, changed: Changed) -> None:
        self._listening = asyncio.get_running_loop().create_task(self._listen(changed))

    async def _listen(self, changed: Changed) -> None:
        while True:
            with suppress(NoConnection, OSError):
                async with self._redis.pubsub() as channel:
                    await channel.subscribe(_CHANNEL)
                    async for message in channel.listen():
                        if message["type"] == "message":
                            await changed(message["data"])
            await asyncio.sleep(_AGAIN)

    async def _there(self, code: str) -> None:
        if not await self._redis.exists(_room(code)):
            raise KeyError(code)


def _room(code: str) -> str:
    return f"{_PREFIX}{code}"


def _members(code: str) -> str:
    return f"{_PREFIX}{code}:members"


def _answers(code: str, slot: str) -> str:
    return f"{_PREFIX}{code}:answers:{slot}"

"""Rooms of a class: sixty phones on one process and on two, forged messages, and a process that dies."""

import asyncio
import json
import time
from contextlib import ExitStack
from dataclasses import replace

import pytest
from websockets.exceptions import ConnectionClosed

from lstm_core.lessons.items import make
from lstm_core.rooms import Room
from pages._ui.server.rooms.hub import counts
from pages._ui.server.rooms.line import LONGEST, WRONG
from pages._ui.server.rooms.redis_store import InRedis
from pages._ui.server.rooms.store import InProcess
from tests.benchmark.seat import opened, seat
from tests.faults.attacker import PATIENCE
from tests.servers import redis, serving

LESSON = {"lesson": "item.silent.7~item.open_or_shut.2"}
ASKED = make("silent", 7)
PHONES = 60


@pytest.fixture(scope="module")
def server():
    with serving("app.py", "rooms.log") as server:
        yield server


async def rehearse(addresses: list[str], kill=None) -> dict:
    """A class of PHONES, spread over the addresses, through one question; what the teacher saw counted.

    kill : is called when all have answered, and ends the first process.
    """
    code, key = await opened(addresses[-1], LESSON)
    async with seat(addresses[-1], code, key=key) as teacher:
        async with asyncio.timeout(4 * PATIENCE):
            async with asyncio.TaskGroup() as group:
                ready = asyncio.Semaphore(0)
                go = [
                    group.create_task(phone(addresses[k % len(addresses)], code, k, ready))
                    for k in range(PHONES)
                ]
                for _ in range(PHONES):
                    await ready.acquire()
                await teacher.say(do="on", version=teacher.first["room"]["version"])
            assert all(task.result() for task in go), "each was told that its answer is in"
        if kill:
            kill()
        await teacher.until(lambda _: teacher.counts.get("answered") == PHONES)
        assert teacher.counts["rounds"] == {}, "nobody sees what others say while it is open"
        await teacher.say(do="on", version=teacher.told["version"])
        await teacher.until(lambda _: teacher.counts.get("rounds"))
        return teacher.counts


async def phone(address: str, code: str, k: int, ready: asyncio.Semaphore) -> bool:
    async with seat(address, code) as one:
        ready.release()
        await one.until(lambda message: message.get("room", {}).get("phase") == "open")
        for option in (ASKED.options[0], ASKED.options[k % len(ASKED.options)]):  # who changes it counts once
            await one.say(answer=option, at=1, round=1)
            await one.until(lambda message: message.get("kept") == [1, 1])
        return True


def expected() -> dict[str, int]:
    options = ASKED.options
    return {option: sum(options[k % len(options)] == option for k in range(PHONES)) for option in options}


def test_sixty_phones_answer_and_each_counts_once(server):
    counts = asyncio.run(rehearse([server.address]))
    assert counts["members"] == PHONES and counts["rounds"]["1"] == expected()


def test_two_processes_share_a_room_and_one_that_dies_takes_no_answer_with_it(tmp_path):
    with redis(tmp_path) as address, ExitStack() as both:
        one, two = (
            both.enter_context(serving("app.py", f"rooms{k}.log", variables={"ROOMS": address}))
            for k in (1, 2)
        )
        counts = asyncio.run(rehearse([one.address, two.address], kill=one.kill))
    assert counts["rounds"]["1"] == expected()


async def stuck_in(store) -> list[dict]:
    """What the teacher is told of five members, whose names are letters, as they go through two questions."""
    room, told = Room.made("key", LESSON, "en"), []
    await store.create("ABCDE", room)
    for member in "vwxyz":
        await store.join("ABCDE", member)

    async def lead(*actions):
        nonlocal room
        for action in actions:
            before, room = room, room.after(action, room.version)
            room = replace(room, since=time.time() - 30)
            await store.replace("ABCDE", room, before.version)

    async def answers(**given):
        for member, is_right in given.items():
            asked = room.slide.question
            answer = asked.truth if is_right else next(one for one in asked.options if one != asked.truth)
            await store.answer("ABCDE", f"{room.at}.{room.round}", member, json.dumps(answer))
        found = await counts(store, "ABCDE", room)
        assert not set("vwxyz") & {*json.dumps(found).split('"')}
        told.append(found["stuck"])

    await lead("on")
    await answers(v=True, w=False, x=False, y=False)
    await lead("on", "again")
    await answers(w=False, x=True)
    await lead("on")
    await answers()
    await lead("on", "on")
    await answers(y=True)
    return told


@pytest.mark.parametrize("kept", ["in the process", "in Redis"])
def test_who_is_stuck_is_counted_and_not_named(kept, tmp_path):
    async def in_redis(address):
        return await stuck_in(InRedis(address))

    if kept == "in Redis":
        with redis(tmp_path) as address:
            told = asyncio.run(in_redis(address))
    else:
        told = asyncio.run(stuck_in(InProcess()))
    assert told == [
        {"silent": 1, "open_for": 30},
        {"silent": 3, "open_for": 30},
        {"silent": 3, "wrong_twice": 1},
        {"silent": 4, "open_for": 30, "absent": 1},
    ]


def test_only_the_key_leads_and_an_answer_is_taken_only_while_it_is_asked_for(server):
    async def journey():
        code, key = await opened(server.address, LESSON)
        async with seat(server.address, code, key="x" * 22) as thief:
            assert thief.first == {"refused": "key"}
        async with seat(server.address, code) as phone, seat(server.address, code, key=key) as teacher:
            await phone.say(do="on", version=0)
            await phone.say(answer=ASKED.options[0], at=1, round=1)
            assert await phone.until(lambda m: "late" in m) == {"late": [1, 1]}, "not yet asked"
            await teacher.say(do="on", version=0)
            await teacher.say(do="on", version=0)  # the same press once more
            await phone.until(lambda m: m.get("room", {}).get("phase") == "open")
            for wrong in ("no option", 7, None, ["x"], {"a": 1}):
                await phone.say(answer=wrong, at=1, round=1)
                assert await phone.until(lambda m: "late" in m or "kept" in m) == {"late": [1, 1]}
            await phone.say(slide=True, notes=True)
            slide = (await phone.until(lambda m: "slide" in m))["slide"]
            assert "notes" not in slide and "data-answer" in slide["html"]
            await phone.say(answer=ASKED.options[1], at=1, round=1)
            await phone.until(lambda m: m.get("kept") == [1, 1])
            member = phone.first["member"]
            async with seat(server.address, code, member=member) as reloaded:
                assert reloaded.first["kept"] == [1, 1], "it is known again"
            assert teacher.first["counts"]["members"] == 1

    asyncio.run(journey())


NO_MESSAGES = [
    "", "x", "[]", "7", "null", "{}", '{"make":7}', '{"make":{"lesson":7}}', '{"do":"on"}', '{"answer":1}',
    '{"slide":true}', "[" * 4000,
]  # fmt: skip


def test_what_is_no_message_changes_nothing_and_who_guesses_or_floods_is_sent_away(server):
    async def journey():
        async with seat(server.address) as stranger:
            for text in NO_MESSAGES:
                await stranger.socket.send(text)
            await stranger.say(make={"lesson": "item.nothing.1"})
            assert (await stranger.until(lambda m: m == {"refused": "lesson"})) == {"refused": "lesson"}
        async with seat(server.address) as guesser:
            with pytest.raises(ConnectionClosed):
                for _ in range(WRONG + 2):
                    await guesser.say(join="AAAAA")
                    await guesser.until(lambda m: True)
        async with seat(server.address) as long:
            await long.socket.send("x" * (LONGEST + 1))
            with pytest.raises(ConnectionClosed):
                await long.until(lambda m: False)
        async with seat(server.address) as flood:
            with pytest.raises(ConnectionClosed):
                for _ in range(100):
                    await flood.socket.send("{}")
                await flood.until(lambda m: False)

    asyncio.run(journey())

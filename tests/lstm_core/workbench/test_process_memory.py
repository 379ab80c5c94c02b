"""What a process holds for its readers: counted live, freed in order, never above the bound."""

import gc

import pytest

from lstm_core.workbench.process_memory import RECENT, NoRoom, ProcessMemory


class Reader:
    def __init__(self, memory: ProcessMemory, size: int, recomputable: bool = False):
        self.size = size
        memory.track(self, "layers", lambda reader: reader.size, Reader.free, recomputable)

    def free(self) -> None:
        self.size = 0


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now

    def goes_on(self) -> None:
        self.now += RECENT + 1


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def memory(clock):
    return ProcessMemory(100, clock)


def finds_no_room(memory, *asked) -> NoRoom:
    with pytest.raises(NoRoom) as caught:
        memory.make_room(*asked)
    return caught.value


def test_who_was_not_seen_for_longest_goes_first_and_no_more_than_needed(memory, clock):
    readers = []
    for _ in range(3):
        readers.append(Reader(memory, 30))
        clock.now += 1
    clock.goes_on()
    memory.seen(readers[0])
    clock.goes_on()
    memory.make_room(40)
    assert [reader.size for reader in readers] == [30, 0, 30]


def test_what_can_be_made_again_goes_before_what_would_be_lost(memory, clock):
    lost, again = Reader(memory, 50), Reader(memory, 50, recomputable=True)
    clock.goes_on()
    memory.seen(again)
    memory.make_room(10)
    assert (lost.size, again.size) == (50, 0)


def test_who_is_at_work_keeps_what_would_be_lost_and_the_new_one_finds_no_room(memory, clock):
    there = Reader(memory, 90)
    assert finds_no_room(memory, 20).count == 20 and there.size == 90
    clock.goes_on()
    memory.make_room(20)
    assert there.size == 0


def test_nothing_is_freed_where_that_would_not_be_enough_and_nobody_frees_what_is_their_own(memory, clock):
    mine = Reader(memory, 90, recomputable=True)
    clock.goes_on()
    finds_no_room(memory, 101)
    finds_no_room(memory, 20, mine)
    assert mine.size == 90


def test_what_is_reserved_counts_until_it_is_done_also_after_an_error(memory):
    with memory.reserve(80):
        assert memory.usage() == {"reserved": 80}
        with pytest.raises(NoRoom), memory.reserve(30):
            pass
    with pytest.raises(KeyError), memory.reserve(80):
        raise KeyError
    assert memory.usage() == {"reserved": 0}


def test_what_grows_is_counted_as_it_is_now_and_who_is_gone_no_more(memory):
    reader = Reader(memory, 10)
    reader.size = 70
    assert memory.usage() == {"reserved": 0, "layers": 70}
    finds_no_room(memory, 40)
    del reader
    gc.collect()
    assert memory.usage() == {"reserved": 0}
    memory.make_room(100)


def test_a_text_holds_until_it_holds_nothing(memory, clock):
    files = {"one": 60}
    memory.track("one", "uploads", lambda name: files.get(name, 0), lambda name: files.pop(name))
    assert memory.usage()["uploads"] == 60
    clock.goes_on()
    memory.seen("one")
    finds_no_room(memory, 50)
    clock.goes_on()
    memory.make_room(50)
    assert files == {} and "uploads" not in memory.usage()

"""What one process holds for all its readers, within one bound: uploads, layers, runs, courses.

Whoever holds something says how it is counted and freed. Where room is needed, what can be made again is
freed first, and then the rest; of each the one that was not looked at for longest goes first. What was
looked at within the last RECENT seconds and can't be made again stays, because its reader may be at work.
"""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic  # it reads the clock; nothing here sleeps
from typing import Any
from weakref import ref

MOST_PROCESS_BYTES = 400_000_000
"""What a process may hold for its readers. The limits in assets/deploy follow from it."""

RECENT = 5.0

IN_A_BROWSER = sys.platform in ("emscripten", "wasi")
"""Whether this process is a reader's own, as on the site without a server: it can start no other one."""


class NoRoom(Exception):
    """There is no room for so many bytes, also after all was freed that may be."""

    def __init__(self, count: int):
        super().__init__(f"no room for {count} bytes")
        self.count = count


@dataclass
class _Holding:
    owner: Callable[[], Any]
    count: Callable[[Any], int]
    free: Callable[[Any], None]
    recomputable: bool
    seen: float


class ProcessMemory:
    """Counts what is held, and frees it where room is needed. Any thread may call it.

    most : bytes. clock : says the time in seconds.
    """

    def __init__(self, most: int = MOST_PROCESS_BYTES, clock: Callable[[], float] = monotonic):
        self.most, self._clock = most, clock
        self._lock = threading.RLock()
        self._holdings: dict[tuple[object, str], _Holding] = {}
        self._reserved = 0

    def track(
        self,
        owner,
        what: str,
        count: Callable[[Any], int],
        free: Callable[[Any], None],
        recomputable: bool = False,
    ) -> None:
        """Say that `owner` holds something from now on, and makes it free by `free(owner)`.

        owner : an object, which this keeps alive no longer than others do, or a text, which stands for
            one as long as it holds anything.
        count : of the owner, gives the bytes that it holds at present.
        recomputable : whether it can be made again when it is asked for, so that nothing is lost.
        """
        alive = (lambda: owner) if isinstance(owner, str) else ref(owner)
        with self._lock:
            self._holdings[_key(owner), what] = _Holding(alive, count, free, recomputable, self._clock())

    def seen(self, owner) -> None:
        """Say that somebody looks at what `owner` holds."""
        now, key = self._clock(), _key(owner)
        with self._lock:
            for (holder, _), holding in self._holdings.items():
                if holder == key:
                    holding.seen = now

    def usage(self) -> dict[str, int]:
        """Bytes of each kind, and of what is reserved."""
        with self._lock:
            found: dict[str, int] = {"reserved": self._reserved}
            for (_, what), _, _, count in self._alive():
                found[what] = found.get(what, 0) + count
            return found

    def make_room(self, more: int, for_: object = None) -> None:
        """Free what is needed for `more` bytes; nothing of `for_` is freed. Raises NoRoom."""
        with self._lock:
            alive = self._alive()
            over = self._reserved + sum(count for *_, count in alive) + more - self.most
            last = self._clock() - RECENT
            spared = None if for_ is None else _key(for_)
            free = [
                (not holding.recomputable, holding.seen, holding, owner, count)
                for (key, _), holding, owner, count in alive
                if count and key != spared and (holding.recomputable or holding.seen <= last)
            ]
            if over > sum(count for *_, count in free):
                raise NoRoom(more)
            for _, _, holding, owner, count in sorted(free, key=lambda one: one[:2]):
                if over <= 0:
                    return
                holding.free(owner)
                over -= count

    @contextmanager
    def reserve(self, count: int, for_: object = None) -> Iterator[None]:
        """Room for so many bytes until what stands within is done. Raises NoRoom."""
        with self._lock:
            self.make_room(count, for_)
            self._reserved += count
        try:
            yield
        finally:
            with self._lock:
                self._reserved -= count

    def _alive(self) -> list[tuple[tuple[object, str], _Holding, Any, int]]:
        """What is held by whom, and how much. Who is gone is forgotten, and a text that holds nothing."""
        found = []
        for key, holding in list(self._holdings.items()):
            owner = holding.owner()
            count = 0 if owner is None else holding.count(owner)
            if owner is None or (isinstance(owner, str) and not count):
                del self._holdings[key]
            else:
                found.append((key, holding, owner, count))
        return found


def _key(owner) -> object:
    return owner if isinstance(owner, str) else id(owner)


process_memory = ProcessMemory()
"""What this process holds for its readers."""

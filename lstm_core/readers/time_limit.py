"""A limit of time within one process, for the command line: work -> **time limit** -> done, or a Refused."""

import _thread
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from .refusals import Refused


class _Late(BaseException):
    """The time is over. No reader catches it, as it is none of its own errors."""


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Raises Refused in what stands within, as soon as Python runs its next instruction after the limit.

    None is no limit. Only the main thread can be interrupted, so in another there is none either. A key that
    ends the program does so meanwhile, too.
    """
    if seconds is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    late = threading.Event()

    def interrupt() -> None:
        late.set()
        _thread.interrupt_main()

    def interrupted(number, frame) -> None:
        if not late.is_set():
            raise KeyboardInterrupt
        if running:
            raise _Late

    running, before = True, signal.signal(signal.SIGINT, interrupted)
    clock = threading.Timer(seconds, interrupt)
    clock.start()
    try:
        yield
    except _Late:
        raise Refused("took_too_long", seconds=f"{seconds:g}") from None
    finally:
        running = False
        clock.cancel()
        clock.join()
        signal.signal(signal.SIGINT, before)

"""Reads a file in a process of its own: file -> **child** -> layers, or one sentence, whatever it does.

The child has hard limits, gets the bytes of the file and none of this process, and ends with the file.
What it answers is trusted no more than the file is. ARCHITECTURE.md says why it is made so.
"""

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from ..workbench.process_memory import IN_A_BROWSER, NoRoom, process_memory
from . import child
from .formats import read_file
from .layer import LayerFile
from .limits import IN_THE_APP, MOST_SECONDS
from .messages import CutOff, Garbled, send
from .packed import unpack, unpack_array
from .refusals import Refused
from .sequence import read_x

AT_ONCE = 2
"""Files that are read at the same time; the others stand in line."""

PATIENCE = 60.0
"""Seconds in line after which a reader is told to come again."""

MOST_OF_A_CHILD = child.MOST_CHILD_BYTES + 50_000_000
"""Bytes of memory that a child can take: Python and NumPy, and what it may add."""

_MOST_SAID = 4000
_KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""The variables of the environment that Python itself may need to start."""

_START = "import sys; sys.path[:] = sys.argv[1:]; from lstm_core.readers.child import main; main()"

T = TypeVar("T")

_log = logging.getLogger(__name__)
_line = threading.BoundedSemaphore(AT_ONCE)


def read_apart(content: bytes, *, beside: Mapping[str, bytes] | None = None) -> LayerFile:
    """As `read_file` of bytes, in a process of its own. It blocks its thread, and no other.

    Raises Refused, also where the file makes the child fail, take too long or take too much memory, and
    where too many others stand in line. Where no process can be started, as in a browser, it reads here.
    """
    if IN_A_BROWSER:
        return read_file(content, beside=dict(beside or {}))
    return _in_line(content, dict(beside or {}), 0, partial(unpack, limits=IN_THE_APP))


def read_x_apart(content: bytes, D: int) -> np.ndarray:
    """As `sequence.read_x`; the bytes of an .npz are unpacked in a process of their own."""
    if IN_A_BROWSER or not content.startswith(b"PK"):
        return read_x(content, D, IN_THE_APP)
    return _in_line(content, {}, D, unpack_array)


def _in_line(content: bytes, beside: dict[str, bytes], D: int, answer: Callable[..., T]) -> T:
    if not _line.acquire(timeout=PATIENCE):
        raise Refused("line_full")
    try:
        return _in_a_child(content, beside, D, answer)
    finally:
        _line.release()


def _in_a_child(content: bytes, beside: dict[str, bytes], D: int, answer: Callable[..., T]) -> T:
    """D : of the sequence that is read, 0 for a file of layers. answer : takes what the child sends."""
    request = {"D": D, "beside": list(beside), "sizes": [len(content), *map(len, beside.values())]}
    process = _started()
    to_child, from_child, faults = process.stdin, process.stdout, process.stderr
    assert to_child and from_child and faults
    ended_here = threading.Event()

    def end() -> None:
        ended_here.set()
        process.kill()

    clock = threading.Timer(MOST_SECONDS, end)
    clock.start()
    said_last: list[bytes] = []
    listener = threading.Thread(target=_listen, args=(faults, said_last), daemon=True)
    listener.start()
    try:
        with suppress(OSError):  # it has ended before it had read all; what it answered says why
            send(to_child, request, [content, *beside.values()])
            to_child.close()
        return answer(from_child, room=process_memory.reserve)
    except NoRoom as none:
        raise Refused("no_room", got=none.count) from None
    except CutOff:
        process.wait()
        listener.join()
        raise _why(process.returncode, ended_here.is_set(), b"".join(said_last)) from None
    except Garbled as garbled:
        _log.error("what came back of a file was no answer: %s", ascii(str(garbled)))
        raise Refused("reader_failed") from None
    finally:
        clock.cancel()
        process.kill()
        process.wait()
        clock.join()
        listener.join()
        for pipe in (to_child, from_child, faults):
            with suppress(OSError):
                pipe.close()


def _started() -> subprocess.Popen[bytes]:
    """The child, which has none of this process's files and sockets, and little of its environment."""
    root = str(Path(__file__).parents[2])
    path = [root, *(place for place in sys.path if place and place != root)]
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _START, *path],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, close_fds=True, cwd=root,
        env=environment | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        start_new_session=True,  # so that a key that ends the server is no fault of the file
    )  # fmt: skip


def _listen(pipe, said: list[bytes]) -> None:
    """Reads all that the child says of its own fault, so that it never waits, and keeps the last of it."""
    while piece := pipe.read1(_MOST_SAID):
        said[:] = [b"".join([*said, piece])[-_MOST_SAID:]]


def _why(status: int, ended_here: bool, said: bytes) -> Refused:
    """Why the child gave no answer. A fault of this program is logged."""
    if ended_here or status == -getattr(signal, "SIGXCPU", 0):
        return Refused("took_too_long", seconds=f"{MOST_SECONDS:g}")
    if status == -getattr(signal, "SIGKILL", 0):  # by the system, where its memory ended
        return Refused("too_much_memory", most=child.MOST_CHILD_BYTES)
    _log.error("a file could not be read, status %d: %s", status, ascii(said.decode("utf-8", "replace")))
    return Refused("reader_failed")

"""What runs in the process that reads one file: request -> **child** -> what was found, or a refusal.

It imports NumPy and the readers alone, because the reader of a page waits for it. `apart` starts it.
"""

import codecs
import os
import sys
import traceback
from contextlib import suppress
from pathlib import Path

import numpy as np

from .formats import read_file
from .limits import IN_THE_APP
from .messages import Garbled, receive_block, receive_head, send
from .packed import pack
from .refusals import Refused
from .sequence import read_x

MOST_CHILD_BYTES = 600_000_000
"""Memory that reading a file may take, beyond what the process takes before it has read anything."""

MOST_PROCESSOR = 5
"""Seconds of processor that reading a file may take, beyond what the start took."""

_ENCODINGS = ("ascii", "cp437", "latin-1", "raw-unicode-escape", "unicode-escape", "utf-8-sig", "utf-16-le")


def main() -> None:
    """Read one request, and answer it. Ends the process."""
    source, to = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever else would be printed is no part of the answer
    set_limits()
    try:
        head, blocks = _answer(source)
        send(to, head, blocks)
    except Exception:  # what a reader raises beside Refused is a defect; `apart` logs what is written here
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def _answer(source) -> tuple[dict, list]:
    request = receive_head(source)
    content, *others = [bytes(receive_block(source, size)) for size in request["sizes"]]
    beside = dict(zip(request["beside"], others, strict=True))
    try:
        if request["D"]:
            return pack(read_x(content, request["D"], IN_THE_APP))
        return pack(read_file(content, beside=beside))
    except Refused as refused:
        return pack(refused)
    except MemoryError:
        return pack(Refused("too_much_memory", most=MOST_CHILD_BYTES))


def set_limits(processor: int = MOST_PROCESSOR) -> None:
    """From here on the process has little memory and processor, and opens and starts nothing.

    So all that is read in must be open, and all that is needed imported. Where the system has no such
    limits nothing is set: the clock of who started the process stays.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    _import_the_rest()
    with suppress(OSError, AttributeError):
        os.nice(5)  # whoever moves a slider goes first
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")  # and where memory ends, this ends
    used = resource.getrusage(resource.RUSAGE_SELF)
    limits = {
        "RLIMIT_CPU": int(used.ru_utime + used.ru_stime) + 1 + processor,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_NPROC": 0,
        "RLIMIT_NOFILE": 3,  # standard input, output and errors; no file and no socket beside them
    }
    with suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        limits["RLIMIT_AS"] = pages * os.sysconf("SC_PAGE_SIZE") + MOST_CHILD_BYTES
    for name, most in limits.items():
        with suppress(OSError, ValueError, AttributeError):
            _, hard = resource.getrlimit(getattr(resource, name))
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            # One second of processor more, so that the end tells by its signal what ended it.
            hard_now = most + 1 if name == "RLIMIT_CPU" and hard == resource.RLIM_INFINITY else most
            resource.setrlimit(getattr(resource, name), (most, hard_now))


def _import_the_rest() -> None:
    """What Python and NumPy import at the first use of something, which they can't once no file opens."""
    for encoding in _ENCODINGS:
        codecs.lookup(encoding)
    numbers = np.arange(4.0, dtype=">f4")
    repr(numbers.astype(np.float16)), str(numbers.dtype), numbers.all(), numbers.max(), numbers.mean()
    with suppress(ValueError):
        np.zeros(3).reshape(2)
    with suppress(Garbled):
        raise Garbled
    traceback.format_exception(ValueError("x"))

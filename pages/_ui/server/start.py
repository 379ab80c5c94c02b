"""What is set when the server starts: `app.py` -> **start** -> a server that is ready for a class.

It reaches for Streamlit's server and its storage of sessions. It waits for `App` to take options of uvicorn
and a `SessionStorage`.
"""

import asyncio
import ctypes
import gc
import importlib
import inspect
import socket
from contextlib import asynccontextmanager, suppress

import uvicorn
from starlette.middleware import Middleware
from streamlit import config
from streamlit.runtime import Runtime

from lstm_core.words import FIRST

from .departed import Departed
from .first import page_of
from .frames import MOST_MESSAGE_BYTES, BoundedWebSocket
from .security import SecurityMiddleware

MIDDLEWARE = [Middleware(SecurityMiddleware)]

_MANY_FILES = 65_536
"""Wanted where the system sets no limit; some systems refuse to set none."""

_M_MMAP_THRESHOLD = -3
"""The parameter of mallopt(3)."""

_LARGE = 1_000_000
"""Bytes of a piece of memory that the system gives and takes back on its own."""


@asynccontextmanager
async def started(app):
    """The lifespan that `app.py` hands to Streamlit: nobody is let in before all of this is set.

    What it reaches for is in `leant_on.LEANT_ON`. Raises LookupError where no server runs.
    """
    raise_limit_of_files()
    give_memory_back()
    server, listening = running_server()
    manager = Runtime.instance()._session_mgr
    manager._session_storage = Departed(config.get_option("server.disconnectedSessionTTL"))
    server.config.ws_protocol_class, server.config.ws_max_size = BoundedWebSocket, MOST_MESSAGE_BYTES
    for one in listening:
        send_at_once(one)
    load_pages()
    yield


def load_pages() -> None:
    """Loads what most pages need, and takes it out of Python's search for garbage.

    While Python searches, every reader waits. What is loaded here is most of what it would look through,
    and never becomes garbage.
    """
    importlib.import_module("pages._ui.gate_page")
    importlib.import_module("pages._ui.picture_page")
    page_of("", "", FIRST)  # so that the first reader waits for no texts and style sheets
    gc.collect()
    gc.freeze()


def raise_limit_of_files() -> None:
    """Lets the process open as many files as the system allows it; systems begin with few, often 1,024.

    A session takes four file descriptors.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MANY_FILES if most == resource.RLIM_INFINITY else most
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def give_memory_back() -> None:
    """Has the C library of Linux give large pieces of memory back at once, such as those of a file.

    Left alone, glibc keeps pieces of up to 32 MB for later, and a process that once held many stays as large.
    """
    with suppress(OSError, AttributeError, TypeError):  # another system, or another C library
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)


def send_at_once(listening: socket.socket) -> None:
    """TCP_NODELAY on a listening socket, which passes it on to its connections.

    An answer to a slider is several small packets. Without this option the operating system holds back
    the second packet until the browser has confirmed the first, and browsers take 40 ms to do so. Most
    servers have the option set by asyncio, but asyncio sets it only on sockets that were created with
    the protocol TCP by name, and Streamlit creates its socket without a protocol.
    """
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def running_server() -> tuple[uvicorn.Server, list[socket.socket]]:
    """The server that runs in this event loop, and its listening sockets.

    uvicorn hands its server object to nobody, but runs it in a task whose coroutine is its method `serve`.
    Raises LookupError where there is none.
    """
    for task in asyncio.all_tasks():
        coroutine = task.get_coro()
        found = inspect.getcoroutinelocals(coroutine) if inspect.iscoroutine(coroutine) else {}
        if isinstance(found.get("self"), uvicorn.Server):
            return found["self"], list(found["sockets"])
    raise LookupError("no uvicorn server runs in this event loop")

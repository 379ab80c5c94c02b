"""Uploads, from the first byte that is announced to the last that is kept: request -> **room** -> Streamlit.

Room is reserved when a request begins, by the length that it names or for the largest upload there may be.
So many who begin at once get no more than there is, however slowly they send. It reads what Streamlit keeps
of a session's files, and waits for a bound of all uploads in `.streamlit/config.toml`.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit import config
from streamlit.runtime import Runtime

from lstm_core.workbench.process_memory import NoRoom, process_memory

from ..browser.upload_box import let_go

MOST_FILES, MOST_SESSION_BYTES = 220, 64_000_000
"""What one session may hold of uploads: a class of 200 hand-ins of 300 kB each, and a little more."""

COPIES = 2
"""An upload that comes is held twice for a moment: as it came, and as Streamlit keeps it."""

SILENT = 30.0
"""Seconds without a byte after which an upload is broken off."""

LONGEST = 600.0
"""Seconds that an upload may take; 40 MB at half a megabit a second."""

_files: Counter[str] = Counter()
_bytes: Counter[str] = Counter()
"""How many uploads are under way, and their bytes, by session."""


@contextmanager
def coming(session_id: str, length: bytes) -> Iterator[None]:
    """Room for an upload while it comes; afterwards the session holds what was kept of it.

    length : what the request says of it; empty where it does not say.

    Raises NoRoom where the session or the process has no room for it.
    """
    if not Runtime.instance().is_active_session(session_id):  # which Streamlit refuses before it reads
        yield
        return
    most = config.get_option("server.maxUploadSize") * 2**20
    size = min(int(length), most) if length.isdigit() else most
    files = _files[session_id] + len(_kept(session_id))
    if files >= MOST_FILES or _bytes[session_id] + bytes_of(session_id) + size > MOST_SESSION_BYTES:
        raise NoRoom(size)
    with process_memory.reserve(COPIES * size):
        _files[session_id] += 1
        _bytes[session_id] += size
        try:
            yield
        finally:
            _files[session_id] -= 1
            _bytes[session_id] -= size
            if not _files[session_id]:
                del _files[session_id], _bytes[session_id]
            process_memory.track(session_id, "uploads", bytes_of, _forget)


def in_time(receive):
    """The ASGI function `receive`, which ends an upload that comes too slowly as if its sender had left."""
    ends = asyncio.get_running_loop().time() + LONGEST

    async def received():
        left = ends - asyncio.get_running_loop().time()
        try:
            return await asyncio.wait_for(receive(), min(SILENT, left))
        except TimeoutError:
            return {"type": "http.disconnect"}

    return received


def bytes_of(session_id: str) -> int:
    """Bytes of the files that Streamlit keeps for a session."""
    return sum(len(file.data) for file in _kept(session_id))


def _kept(session_id: str) -> list:
    return list(Runtime.instance().uploaded_file_mgr.file_storage.get(session_id, {}).values())


def _forget(session_id: str) -> None:
    Runtime.instance().uploaded_file_mgr.remove_session_files(session_id)
    let_go(session_id)

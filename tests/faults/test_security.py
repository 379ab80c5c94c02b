"""Who knocks without a browser: foreign origins, frames that unpack to much, uploads without end."""

import socket
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import connect

from lstm_core.workbench import process_memory
from pages._ui.server.uploads import COPIES, MOST_SESSION_BYTES
from pages._ui.server.websocket import PATH
from tests.conftest import ROOT
from tests.faults.attacker import (
    PATIENCE,
    SlowUpload,
    handshake,
    host_of,
    session_of,
    squeezed,
    upload,
    xsrf_token,
)
from tests.pages.sockets import finished, run_page
from tests.servers import serving

STREAM = "/_stcore/stream"
FOREIGN = "https://evil.example"
SCHOOL = "https://lms.school.example"


@pytest.fixture
def outside():
    """A proxy for calls to other hosts, which never answers: variables that name it, and its calls so far."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        proxy = f"http://127.0.0.1:{listening.getsockname()[1]}"

        def calls() -> int:
            found = 0
            while True:
                try:
                    listening.accept()[0].close()
                    found += 1
                except BlockingIOError:
                    return found

        yield {"http_proxy": proxy, "https_proxy": proxy}, calls


@pytest.fixture(scope="module")
def server():
    """A server as anybody starts it, for the tests that change nothing about it."""
    with serving("app.py", "security.log") as server:
        yield server


@contextmanager
def knocking(address: str, origin: str | None = None, path: str = STREAM):
    connection, status = handshake(address, origin, path)
    with connection:
        yield connection, status


# -- foreign pages --------------------------------------------------------------------------------


def check_origins(address: str, expected: dict[str | None, int]) -> None:
    """Who comes from an origin is let in (101) or sent away (403), on Streamlit's line and the figure's."""
    for path in (STREAM, PATH):
        for origin, answer in expected.items():
            with knocking(address, origin, path) as (_, status):
                assert status == answer, (path, origin)


def test_a_foreign_page_is_refused_and_no_other_host_is_asked(outside):
    variables, calls = outside
    with serving("app.py", "foreign.log", variables=variables) as server:
        host = host_of(server.address)
        strangers = [FOREIGN, "null", f"http://evil.example/{host}", f"http://{host}.evil.example"]
        strangers += ["http://localhost:9", f"http://user@{host}"]
        check_origins(server.address, dict.fromkeys(strangers, 403) | {server.address: 101, None: 101})
    assert calls() == 0


def test_a_server_for_all_addresses_lets_in_who_is_named_and_asks_no_other_host_for_its_own(outside):
    options = f"--server.corsAllowedOrigins={SCHOOL}", "--server.address=0.0.0.0"
    variables, calls = outside
    with serving("app.py", "allowed.log", None, *options, variables=variables | {"FRAMES": SCHOOL}) as server:
        named = {SCHOOL: 101, FOREIGN: 403, SCHOOL.replace("https", "http"): 403}
        check_origins(server.address, named)
        check_headers(server.address, f"'self' {SCHOOL}", None)
    assert calls() == 0


# -- frames that unpack to much -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "frame", "frames"),
    [(STREAM, 190_000_000, 1), (PATH, 19_000_000, 13), (STREAM, 990_000, 240), (PATH, 100_000, 2000)],
    ids=["one large frame", "large frames", "frames within the bound", "many small frames"],
)
def test_compressed_frames_never_unpack_to_much(server, path, frame, frames):
    attack = squeezed(frame) * frames
    with run_page(server.address):
        server.forget_most()
        before = server.most_resident()
        for _ in range(10):
            with knocking(server.address, path=path) as (connection, status):
                assert status == 101
                try:
                    connection.sendall(attack)
                    while connection.recv(65536):
                        pass
                except OSError:
                    pass  # the server hung up, as it should
        with run_page(server.address):
            pass
        assert not server.most_resident() - before > 60  # MB


# -- uploads --------------------------------------------------------------------------------------


def ask_for(connection, page: str = "") -> None:
    message = BackMsg()
    message.rerun_script.query_string, message.rerun_script.page_name = "", page
    connection.send(message.SerializeToString())


@contextmanager
def sessions(address: str, count: int):
    """So many readers who are there: (connection, id of the session) of each."""
    url = address.replace("http", "ws", 1) + STREAM
    with ExitStack() as stack:
        readers = []
        for _ in range(count):
            connection = stack.enter_context(
                connect(url, subprotocols=["streamlit"], origin=address, proxy=None, max_size=None)
            )
            ask_for(connection)
            readers.append((connection, session_of(connection)))
            finished(connection)
        yield readers


def test_one_session_cannot_pile_up_files_and_another_page_frees_them(server):
    token, content = xsrf_token(server.address), bytes(9_900_000)
    with sessions(server.address, 1) as [(connection, session)]:
        answers = [upload(server.address, session, f"{k}", content, token) for k in range(8)]
        fitting = MOST_SESSION_BYTES // len(content)
        assert answers == [204] * fitting + [413] * (8 - fitting)
        ask_for(connection, "forget_gate")  # what was uploaded before is of no use there
        finished(connection)
        assert upload(server.address, session, "again", content, token) == 204


MANY, LARGE = 8, 38_000_000


@pytest.mark.parametrize("chunked", [False, True], ids=["by length", "chunked"])
def test_uploads_that_begin_at_once_get_no_more_room_than_there_is(chunked):
    """Twenty of 38 MB were all taken, with 825 MB, because only what was stored was looked at."""
    size = config_size() if chunked else LARGE
    fitting = process_memory.MOST_PROCESS_BYTES // (COPIES * size)
    assert 3 < fitting < MANY
    with serving("app.py", "uploads.log") as server, sessions(server.address, MANY) as readers:
        token, ids = xsrf_token(server.address), [session for _, session in readers]
        before = server.resident()
        begun = [SlowUpload(server.address, one, "f", LARGE, token, chunked) for one in ids]
        time.sleep(1)
        with ThreadPoolExecutor(MANY) as pool:
            answers = list(pool.map(SlowUpload.end, begun))
        assert sorted(answers) == [204] * fitting + [413] * (MANY - fitting)
        assert not server.resident() - before > process_memory.MOST_PROCESS_BYTES / 1e6 + 20
        # Who breaks off gives the room back.
        for turn in range(2):
            left = [SlowUpload(server.address, one, f"g{turn}", 12_000_000, token, False) for one in ids]
            time.sleep(0.5)
            for one in left:
                one.break_off()
        assert upload(server.address, ids[0], "h", bytes(20_000_000), token) == 204


def config_size() -> int:
    """The most bytes of one upload."""
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    return config["server"]["maxUploadSize"] * 2**20


# -- what is not for readers ----------------------------------------------------------------------


def test_metrics_are_for_nobody(server):
    for path in ("/_stcore/metrics", "/_stcore/metrics?families=active_sessions", "/_stcore/metrics/"):
        with pytest.raises(HTTPError) as refusal:
            urlopen(server.address + path, timeout=PATIENCE)
        assert refusal.value.code == 404


def check_headers(address: str, ancestors: str, options: str | None) -> None:
    """Who may show the pages within theirs, and what else each answer says without nginx."""
    with urlopen(f"{address}/overview", timeout=PATIENCE) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert f"frame-ancestors {ancestors}" in policy and "default-src 'self'" in policy
    assert f"connect-src 'self' ws://{host_of(address)} " in policy
    assert answer.headers["X-Frame-Options"] == options
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_each_answer_has_the_security_headers(server):
    check_headers(server.address, "'self'", "SAMEORIGIN")

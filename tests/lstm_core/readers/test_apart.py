"""A file is read in a process of its own: the same layers, and one sentence whatever that process does."""

import io
import json
import os
import socket
import subprocess
import sys
import threading
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from lstm_core.readers import Refused, apart, read_file
from lstm_core.readers.apart import read_apart
from lstm_core.readers.layer import Layer
from lstm_core.readers.limits import IN_THE_APP
from lstm_core.readers.messages import MOST_HEAD, Garbled
from lstm_core.readers.packed import unpack
from lstm_core.workbench.process_memory import ProcessMemory, process_memory
from tests.collected import collected
from tests.conftest import ROOT
from tests.faults.layer_corpus.whole import corpus
from tests.lstm_core.readers.layer_files import FOLDER
from tests.nightly import sample

PLAIN = (FOLDER / "torch_plain.pt").read_bytes()
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix not in (".py", ".data", ".npz"))
BESIDE = {"external.data": (FOLDER / "external.data").read_bytes()}


def told(read, content, **options):
    """What a way of reading tells: every field of every layer, or the refusal."""
    try:
        file = read(content, **options)
    except Refused as refused:
        return refused.reason, str(refused)
    layers = [[_plain(getattr(layer, field.name)) for field in fields(Layer)] for layer in file.layers]
    return file.kind, layers, [str(refused) for refused in file.left_out]


def _plain(value):
    if isinstance(value, np.ndarray):
        return value.dtype.name, value.tolist()
    return value.to_data() if hasattr(value, "to_data") else value


def refused_by(monkeypatch, code: str, seconds: float = 20.0, content: bytes = PLAIN) -> Refused:
    """Why a file is not taken where the child does something else than reading it."""
    monkeypatch.setattr(apart, "_START", "import sys; sys.path[:] = sys.argv[1:]\n" + code)
    monkeypatch.setattr(apart, "MOST_SECONDS", seconds)
    with pytest.raises(Refused) as caught:
        read_apart(content)
    return caught.value


@collected("path", sample(FILES, 5))
def test_every_file_is_read_as_here(path):
    content = path.read_bytes()
    assert told(read_apart, content, beside=BESIDE) == told(read_file, content, beside=BESIDE)


def test_arrays_that_come_back_can_not_be_written_to():
    [layer] = read_apart(PLAIN).layers
    assert not layer.params.W.flags.writeable and not layer.params.b.flags.writeable


LIMITED_CORPUS = """
import pathlib, sys
from lstm_core.readers import Refused, child, read_file
contents = [path.read_bytes() for path in sorted(pathlib.Path(sys.argv[1]).iterdir())]
child.set_limits(processor=600)
for number, content in enumerate(contents):
    try:
        read_file(content, beside={"beside.bin": bytes(100)})
    except Refused:
        pass
    except BaseException as error:
        print(number, repr(error))
"""


@pytest.mark.nightly
def test_no_file_makes_a_reader_import_what_can_no_longer_be_opened(tmp_path):
    files = [*corpus().items(), *((path.name, path.read_bytes()) for path in FILES)]
    for number, (_, content) in enumerate(files):
        (tmp_path / f"{number:05}").write_bytes(content)
    command = [sys.executable, "-c", LIMITED_CORPUS, tmp_path]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    failed = [line.partition(" ") for line in run.stdout.splitlines()]
    assert run.returncode == 0 and not failed, (run.stderr, [(files[int(n)][0], e) for n, _, e in failed])


# -- whatever the child does ----------------------------------------------------------------------


SLEEPS = "import time; time.sleep(99)"


@pytest.mark.parametrize(
    "code, content",
    [("while True: pass", PLAIN), (SLEEPS, PLAIN), (SLEEPS, bytes(5_000_000))],
    ids=["works", "sleeps", "never reads"],
)
def test_who_takes_too_long_is_ended_by_the_clock(monkeypatch, code, content):
    assert refused_by(monkeypatch, code, 0.4, content).reason == "took_too_long"


def test_who_works_too_much_is_ended_by_the_system(monkeypatch):
    pytest.importorskip("resource")
    code = "from lstm_core.readers import child; child.set_limits(processor=0)\nwhile True: pass"
    assert refused_by(monkeypatch, code).reason == "took_too_long"


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system has no limit of memory")
@pytest.mark.parametrize("megabytes, reason", [(400, "x_shape"), (700, "too_much_memory")])
def test_memory_beyond_the_limit_is_not_given(monkeypatch, megabytes, reason):
    code = (
        "from lstm_core.readers import child\n"
        "def read_file(content, **_):\n"
        f"    room = bytearray({megabytes}_000_000)\n"
        "    raise child.Refused('x_shape', layer='x', expected=1, got=1)\n"
        "child.read_file = read_file\n"
        "child.main()"
    )
    assert refused_by(monkeypatch, code).reason == reason


BREAKS = [
    "sys.exit(0)", "1/0", "import os, signal; os.kill(os.getpid(), 11)", "print('hello' * 1000)",
    "sys.stdout.buffer.write((9).to_bytes(8, 'little') + b'[' * 9)",
    "sys.stdout.buffer.write((2).to_bytes(8, 'little') + b'[]')",
    "sys.stderr.write('x' * 10_000_000); sys.exit(1)",
    "from lstm_core.readers import child\n"
    "def broken(*_, **__): raise KeyError('defect')\nchild.read_file = broken\nchild.main()",
]  # fmt: skip


@collected("code", BREAKS)
def test_a_child_that_breaks_or_babbles_is_one_sentence(monkeypatch, caplog, code):
    caplog.clear()
    assert refused_by(monkeypatch, code).reason == "reader_failed"
    assert len(caplog.records) == 1 and len(caplog.text) < 20_000 and "\n" not in caplog.records[0].message


LAYER = {
    "name": "a", "params": {"W": {"array": 0}, "b": {"array": 1}}, "direction": "forward", "level": 0,
    "address": "a", "dtype": "float32", "source": "PyTorch", "keys": ["W"], "place": "",
    "h0": 0.0, "C0": 0.0, "merge": "concat", "notes": [], "order": "", "form": "", "seen": None,
}  # fmt: skip
HEAD = {
    "kind": "PyTorch", "left_out": [], "embeddings": [], "outputs": [], "layers": [LAYER],
    "arrays": [["float32", [4, 1, 2]], ["float32", [4, 1]]],
}  # fmt: skip

FORGED = {
    "too many arrays": {"arrays": [["float64", [2**20, 2**10]]] * 2},
    "objects": {"arrays": [["object", [4, 1, 2]], ["float32", [4, 1]]]},
    "a shape below zero": {"arrays": [["float32", [-4, 1, 2]], ["float32", [4, 1]]]},
    "no layers": {"layers": []},
    "layers without end": {"layers": [LAYER] * 300},
    "the same address twice": {"layers": [LAYER] * 2},
    "markup for a kind": {"kind": "<b>"},
    "a refusal that is none": {"left_out": [{"reason": "nonsense", "details": {}}]},
    "a refusal without its details": {"left_out": [{"reason": "units", "details": {}}]},
    "an embedding that is no table": {"embeddings": [["e", {"array": 0}]]},
    "an embedding without a name": {"embeddings": [[7, {"array": 1}]]},
    "an output layer of other sizes": {"outputs": [["e", {"array": 1}, {"array": 1}]]},
    "a field too few": {"layers": [{key: value for key, value in LAYER.items() if key != "level"}]},
}
FORGED_LAYERS = {
    "an array that is not there": {"params": {"W": {"array": 7}, "b": {"array": 1}}},
    "text for weights": {"params": {"W": "x", "b": {"array": 1}}},
    "another direction": {"direction": "sideways"},
    "a state of another length": {"h0": {"array": 1}},
    "a note of its own": {"notes": ["<script>"]},
    "a number for a name": {"name": 7},
    "true for a level": {"level": True},
}
FORGED |= {name: {"layers": [LAYER | change]} for name, change in FORGED_LAYERS.items()}
SEEN = {"x": {"array": 2}, "h0": {"array": 3}, "C0": {"array": 3}, "lengths": [2], "labels": [["a", "b"]]}
FORGED |= {
    f"a batch with {change}": {
        "arrays": [*HEAD["arrays"], ["float32", [2, 1, 1]], ["float32", [1, 1]]],
        "layers": [LAYER | {"seen": SEEN | change}],
    }
    for change in (
        {"x": {"array": 1}}, {"h0": {"array": 2}}, {"lengths": [3]}, {"lengths": [True]}, {"labels": []},
        {"labels": [["a"]]}, {"labels": [[1, 2]]},
    )
}  # fmt: skip


def forged(change: dict, numbers: bytes = bytes(48), length: int = 0):
    """What is made of an answer that a child forged. length : of the head at least, filled up with spaces."""
    text = json.dumps(HEAD | change).encode().ljust(length)
    answer = io.BytesIO(len(text).to_bytes(8, "little") + text + numbers)
    return unpack(answer, IN_THE_APP, process_memory.reserve)


def test_an_answer_in_the_right_form_is_taken_up_to_a_length():
    assert forged({}).layers[0].params.H == 1
    assert forged({}, length=MOST_HEAD).layers
    with pytest.raises(Garbled):
        forged({}, length=MOST_HEAD + 1)


@collected("name", FORGED)
def test_an_answer_that_no_reader_gives_is_not_taken(name):
    with pytest.raises(Garbled):
        forged(FORGED[name])


@collected("numbers", [b"\xff" * 48, bytes(47)])
def test_numbers_that_are_none_or_too_few_are_not_taken(numbers):
    with pytest.raises(Garbled):
        forged({}, numbers)


# -- what the child can't reach -------------------------------------------------------------------

TRIES = """
import _socket, errno, os, resource
from lstm_core.readers import child
child.set_limits()
tries = {
    "socket": lambda: _socket.socket(),
    "file": lambda: open(os.devnull),
    "process": lambda: os.fork() or os._exit(0),
    "more memory": lambda: child.np.zeros(90_000_000),
    "more files": lambda: resource.setrlimit(7, (99, 99)),
}
done = []
for name, one in tries.items():
    try:
        one()
        done.append(name)
    except (OSError, MemoryError, ValueError):
        pass
sys.stderr.write(f"[{done}]")
sys.exit(1)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system has no such limits")
def test_the_child_opens_and_starts_nothing(monkeypatch, caplog):
    assert refused_by(monkeypatch, TRIES).reason == "reader_failed"
    may_fork = "'process'" if os.getuid() == 0 else ""  # the system's own user has no limit of processes
    assert f"[[{may_fork}]]" in caplog.text


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="this system does not tell what is open")
def test_the_child_has_none_of_the_servers_sockets_and_little_of_its_environment(monkeypatch, caplog):
    monkeypatch.setenv("A_SECRET", "hush")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.set_inheritable(True)
        code = (
            "import os\nopen_here = [os.readlink(f'/proc/self/fd/{n}') for n in range(3, 50)"
            " if os.path.exists(f'/proc/self/fd/{n}')]\n"
            "sys.stderr.write(f'[{open_here} {\"A_SECRET\" in os.environ}]')\nsys.exit(1)"
        )
        refused_by(monkeypatch, code)
    assert "[[] False]" in caplog.text


def test_layers_for_which_this_process_has_no_room_are_not_taken_in(monkeypatch):
    memory = ProcessMemory(0)
    monkeypatch.setattr(apart, "process_memory", memory)
    with pytest.raises(Refused) as caught:
        read_apart(PLAIN)
    assert caught.value.reason == "no_room"
    [layer] = read_file(PLAIN).layers
    memory.most = 2 * (layer.params.W.nbytes + layer.params.b.nbytes)
    assert read_apart(PLAIN).layers and memory.usage() == {"reserved": 0}


def test_no_more_than_a_few_are_read_at_once_and_the_last_are_told(monkeypatch):
    code = "import sys, time; time.sleep(0.4); sys.exit(1)"
    monkeypatch.setattr(apart, "_START", code)
    monkeypatch.setattr(apart, "PATIENCE", 0.1)
    reasons = []

    def one():
        try:
            read_apart(PLAIN)
        except Refused as refused:
            reasons.append(refused.reason)

    readers = [threading.Thread(target=one) for _ in range(5)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert sorted(reasons) == ["line_full"] * 3 + ["reader_failed"] * apart.AT_ONCE


def test_no_process_and_no_thread_is_left(monkeypatch):
    before = threading.active_count()
    started = []
    made = apart._started
    monkeypatch.setattr(apart, "_started", lambda: started.append(made()) or started[-1])
    read_apart(PLAIN)
    with pytest.raises(Refused):
        read_apart(b"")
    refused_by(monkeypatch, SLEEPS, 0.3)
    assert len(started) == 3 and all(process.returncode is not None for process in started)
    assert threading.active_count() == before

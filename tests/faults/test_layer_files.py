"""Files of layers as nobody should bring them: each is refused for what it is, and nothing is run."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.faults.layer_corpus.whole import files
from tests.lstm_core.readers.layer_files import FOLDER
from tests.nightly import examples

MOST_SECONDS, MOST_MB = 5, 300


WATCHED = """
import codecs, json, pathlib, re, resource, sys
from lstm_core.readers import Refused, read_file

GROUPS = {"open", "os", "subprocess", "socket", "exec", "compile", "import", "ctypes", "pickle", "shutil"}
for encoding in ("ascii", "cp437", "latin-1", "raw-unicode-escape", "unicode-escape", "utf-8", "utf-8-sig"):
    codecs.lookup(encoding)  # Python imports an encoding at its first use
str(Refused("empty"))  # the sentences are read from their files at the first use
seen = []
sys.addaudithook(lambda event, arguments: seen.append((event, str(arguments)[:80])))
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    content = path.read_bytes()
    pathlib.Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    seen.clear()
    before = resource.getrusage(resource.RUSAGE_SELF)
    try:
        read_file(content, beside={"beside.bin": bytes(100)})
        said, why = None, []
    except Refused as refused:
        said, why = str(refused), [refused.reason, getattr(refused.details.get("what"), "key", "")]
    events = sorted({event for event in seen if event[0].split(".")[0] in GROUPS})
    after = resource.getrusage(resource.RUSAGE_SELF)
    peak = int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) / 1000
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps([path.name, said, why, seconds, peak, events]), flush=True)
"""


def spoiled():
    """Real files with a byte changed or their end cut off: read or refused, never anything else."""
    for path in sorted(FOLDER.iterdir()):
        if path.suffix in (".npz", ".py", ".data"):
            continue
        content = path.read_bytes()
        draw = random.Random(path.name)
        for turn in range(examples(2, 12)):
            changed = bytearray(content)
            for _ in range(draw.choice([1, 1, 3, 20])):
                changed[draw.randrange(len(changed))] = draw.randrange(256)
            yield f"{path.name}, changed {turn}", bytes(changed)
        for turn in range(examples(1, 6)):
            yield f"{path.name}, cut off {turn}", content[: draw.randrange(len(content))]


@pytest.mark.nightly
@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="a process tells its peak on Linux")
def test_each_is_refused_for_what_it_is_soon_in_little_room_and_touches_nothing_outside(tmp_path):
    """What a process of its own says, its processor time and memory, and what it opens and starts."""
    hostile = [(name, why, content) for name, (why, content) in files().items()]
    brought = hostile + [(name, None, content) for name, content in spoiled()]
    for number, (_, _, content) in enumerate(brought):
        (tmp_path / f"{number:05}").write_bytes(content)
    child = subprocess.run(
        [sys.executable, "-c", WATCHED, tmp_path], cwd=ROOT, capture_output=True, text=True, timeout=1200
    )
    ends = [json.loads(line) for line in child.stdout.splitlines()]
    assert child.returncode == 0, (brought[len(ends)][0], child.stderr[-2000:])
    assert len(ends) == len(brought)
    for number, said, told, seconds, megabytes, events in ends:
        name, why, _ = brought[int(number)]
        if why:
            assert why in told, (name, told)
            assert "\n" not in said and 15 < len(said) < 500 and said.isprintable(), name
        assert seconds < MOST_SECONDS and megabytes < MOST_MB, (name, seconds, megabytes)
        parses = name.startswith(("npz", "zip"))  # NumPy's own reader takes the header apart as a literal
        assert not [event for event in events if not (parses and event[0] == "compile")], (name, events)

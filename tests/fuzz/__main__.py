"""Attack the readers for a while and print what fell: `python -m tests.fuzz --minutes 15`.

Why Hypothesis' strategies, and not atheris: a file that stops a server is well-formed, which bytes that are
changed at random rarely are. Strategies build such files; Hypothesis makes what fails as small as it can,
repeats it from a seed, and is a requirement of the tests already. atheris finds its way by the lines of code
that a file reaches, but is one more requirement, which not every Python and system has, and its files stay
unreadable.
"""

import argparse
import hashlib
import re
import signal
import sys
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.conftest import ROOT

from .case import Wrong, check, compare
from .expensive import EXPENSIVE
from .mutants import mutants
from .oracles import Oracle, missing
from .wellformed import KINDS

MOST_SECONDS, MOST_MB = 2.0, 200
"""Of processor and memory for one file, of at most some megabytes."""

_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class Findings:
    """What fell, each once, with the smallest file that shows it."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.found: dict[str, bytes] = {}
        self.shrinking: set[str] = set()
        self.cases: Counter[str] = Counter()

    def try_out(self, kind: str, content: bytes, does) -> None:
        """Run a check on a file; what it raises is raised again the first time, and not where it is known."""
        self.cases[kind] += 1
        before, start = _megabytes(), time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, 10 * MOST_SECONDS)
        try:
            does(content)
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            seconds, megabytes = time.process_time() - start, _megabytes(peak=True) - before
            if seconds > MOST_SECONDS:
                raise Wrong("more seconds than a file may take")
            if megabytes > MOST_MB:
                raise Wrong("more megabytes than a file may take")
        except Exception as error:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            name = f"{kind}: {_place(error)}"
            if name in self.found and name not in self.shrinking:
                return
            self.shrinking.add(name)
            if name not in self.found or len(content) <= len(self.found[name]):
                self.found[name] = content
            raise

    def tell(self) -> int:
        """Print what fell and keep each file; how many there are."""
        print(f"{sum(self.cases.values()):,} files: {dict(self.cases)}")
        for name, content in self.found.items():
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / hashlib.sha256(content).hexdigest()[:12]
            path.write_bytes(content)
            print(f"FELL  {name}\n      {len(content)} bytes in {path}")
        print(f"{len(self.found)} findings")
        return len(self.found)


def _place(error: Exception) -> str:
    """What was raised, and the innermost line of the library that it came through."""
    frames = traceback.extract_tb(error.__traceback__)
    within = [frame for frame in frames if "lstm_core" in frame.filename]
    where = f"{Path(within[-1].filename).name}:{within[-1].lineno}" if within else ""
    said = re.sub(r"\d+", "", str(error))[:120] if isinstance(error, Wrong) else ""
    return f"{type(error).__name__} {where} {said}".strip()


def _megabytes(peak: bool = False) -> float:
    if not _CLEAR.exists():
        return 0.0
    if not peak:
        _CLEAR.write_text("5")  # the peak begins anew
    name = "VmHWM" if peak else "VmRSS"
    [kilobytes] = re.findall(rf"^{name}:\s+(\d+)", _STATUS.read_text(), re.M)
    return int(kilobytes) / 1000


def _attacks(findings: Findings, oracle: Oracle) -> dict:
    """Name -> (strategy, what is done with each file)."""
    made = {"expensive": (EXPENSIVE, check)}
    for kind, strategy in KINDS.items():

        def both(content: bytes, kind: str = kind) -> None:
            check(content)
            if not missing(kind):
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
                compare(kind, content, oracle)

        made[f"{kind}, well-formed"] = strategy, both
        made[f"{kind}, changed"] = mutants(kind), both
    return made


def _too_long(*_) -> None:
    raise Wrong("no end within ten times the seconds that a file may take")


def main() -> int:
    """Attack until the time is over; 1 where something fell."""
    parser = argparse.ArgumentParser("python -m tests.fuzz", description=__doc__.partition(":")[0])
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="the attacks whose names begin so")
    options = parser.parse_args()
    warnings.filterwarnings("error", module="lstm_core")
    signal.signal(signal.SIGVTALRM, _too_long)
    for kind in KINDS:
        if missing(kind):
            print(f"{missing(kind)} is not installed: numbers of {kind} files are compared with nothing")
    findings, oracle = Findings(ROOT / "tests" / "artefacts" / "fuzz"), Oracle()
    end, number = time.monotonic() + 60 * options.minutes, options.seed
    attacks = {name: a for name, a in _attacks(findings, oracle).items() if name.startswith(options.only)}
    while time.monotonic() < end:
        for name, (strategy, does) in attacks.items():
            if time.monotonic() < end:
                _round(findings, name, strategy, does, number)
        number += 1
    oracle.close()
    return int(findings.tell() > 0)


def _round(findings: Findings, name: str, strategy, does, number: int) -> None:
    """Some files of one attack; after the first that falls Hypothesis looks for the smallest."""
    findings.shrinking = set()

    @seed(number)
    @settings(
        max_examples=60,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        phases=[Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
    )
    @given(strategy)
    def attack(content: bytes) -> None:
        findings.try_out(name, content, does)

    try:
        attack()
    except Exception as error:
        print(f"{name}, seed {number}: {_place(error)}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""How much the tests see: small faults in the code, one at a time -> **the share that a test finds**.

    python -m tests.mutation
    python -m tests.mutation --sample 200 --seed 1   # so many faults of the pictures, within an hour

`mutmut` makes the faults and runs the tests that come by each; what it is told stands in pyproject.toml. It
keeps its work in the folder `mutants`, and goes on where it stopped. The end prints the faults that no test
found, and the score of each room; it fails where a room has less than it should.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
from collections import Counter

from tests.conftest import ROOT

LEAST = {"core": 90, "pictures": 80}
"""Per cent of the faults that have to be found."""

RESULT = re.compile(r"^\s*(\S+)__mutmut_(\d+): (.+)$", re.MULTILINE)
FOUND = {"killed", "timeout", "caught by type check", "segfault"}
"""A fault that ends in an endless loop is found too."""


def room(name: str) -> str:
    """The room of a function: the core are the modules directly in lstm_core."""
    return "core" if re.fullmatch(r"lstm_core\.[^.]+\.[^.]+", name) else "pictures"


def scored(results: str) -> tuple[dict[str, Counter], list[str]]:
    """Of each room how many faults ended how, and the names of those that nobody found.

    results : what `mutmut results --all true` prints: a line a fault.
    """
    counts: dict[str, Counter] = {name: Counter() for name in LEAST}
    missed = []
    for function, number, status in RESULT.findall(results):
        counts[room(function)]["found" if status in FOUND else "missed"] += 1
        if status not in FOUND:
            missed.append(f"{function}__mutmut_{number}: {status}")
    return counts, missed


def mutmut(*words: str, check: bool = True) -> str:
    """What mutmut prints, which is shown as well."""
    command = [sys.executable, "-m", "mutmut", *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
        told = []
        for line in run.stdout:
            told.append(line)
            print(line, end="", flush=True)
    if check and run.returncode:
        raise SystemExit(f"mutmut ended with {run.returncode}")
    return "".join(told)


def drawn(many: int, seed: int) -> list[str]:
    """The names of so many faults of the pictures, each as likely as any other.

    Their own tests are asked, and not those of the core, which come by all drawings too and see little there.
    """
    others = [
        path for path in (ROOT / "tests/lstm_core").iterdir() if path.name not in ("view", "__init__.py")
    ]
    ignored = [
        f"--ignore={path.relative_to(ROOT).as_posix()}" for path in others if path.suffix in ("", ".py")
    ]
    os.environ["PYTEST_ADDOPTS"] = " ".join(ignored)
    mutmut("run", "none of this name", check=False)  # makes all faults, times the tests, and tries no fault
    named = [
        f"{name}__mutmut_{number}" for name, number, _ in RESULT.findall(mutmut("results", "--all", "true"))
    ]
    pictures = sorted(name for name in named if room(name) == "pictures")
    return random.Random(seed).sample(pictures, many)


def main() -> int:
    """Runs it and prints the score. Returns 1 where a room has less than it should."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument(
        "--sample", type=int, default=0, help="so many faults of the pictures; 0: all of all rooms"
    )
    parser.add_argument("--seed", type=int, default=1, help="which ones are drawn")
    asked = parser.parse_args()
    names = drawn(asked.sample, asked.seed) if asked.sample else []
    mutmut("run", *names)
    results = mutmut("results", "--all", "true")
    if names:
        results = "\n".join(line for line in results.splitlines() if line.strip().partition(":")[0] in names)
    counts, missed = scored(results)
    print("\n".join(missed))
    enough = True
    for name, least in LEAST.items():
        found, tried = counts[name]["found"], counts[name].total()
        if tried:
            enough &= 100 * found >= least * tried
            print(f"{name}: {100 * found / tried:.1f} % of {tried} faults found; it should be {least} %")
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())

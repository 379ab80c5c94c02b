"""How much the tests see: small faults in the code, one at a time -> **the share that a test finds**.

    python -m tests.mutation

`mutmut` makes the faults and runs the tests that come by each; what it is told stands in pyproject.toml. It
keeps its work in the folder `mutants`, and goes on where it stopped. The end prints the faults that no test
found, and the score of each room; it fails where a room has less than it should.
"""

from __future__ import annotations

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


def main() -> int:
    """Runs it and prints the score. Returns 1 where a room has less than it should."""
    mutmut = [sys.executable, "-m", "mutmut"]
    subprocess.run([*mutmut, "run"], cwd=ROOT, check=True)
    results = subprocess.run([*mutmut, "results", "--all", "true"], cwd=ROOT, capture_output=True, text=True)
    counts, missed = scored(results.stdout)
    print("\n".join(missed))
    enough = True
    for name, least in LEAST.items():
        found, tried = counts[name]["found"], counts[name].total()
        score = 100 * found / tried if tried else 0.0
        enough &= score >= least
        print(f"{name}: {score:.1f} % of {tried} faults found; it should be {least} %")
    return 0 if enough else 1


if __name__ == "__main__":
    sys.exit(main())

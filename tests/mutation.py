"""How much the tests see: small faults in the code, one at a time -> **the share that a test finds**.

    python -m tests.mutation
    python -m tests.mutation --sample 200 --seed 1   # so many faults of each room, drawn by chance

`mutmut` makes the faults and runs the tests that come by each; what it is told stands in pyproject.toml. It
keeps its work in the folder `mutants`, and goes on where it stopped. The end prints the faults that no test
found, and the score of each room; it fails where a room has less than it should.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
from collections import Counter

from tests.conftest import ROOT

LEAST = {"core": 90, "pictures": 80}
"""Per cent of the faults that have to be found."""

MUTMUT = [sys.executable, "-m", "mutmut"]

RESULT = re.compile(r"^\s*(\S+)__mutmut_(\d+): (.+)$", re.MULTILINE)
FOUND = {"killed", "timeout", "caught by type check", "segfault"}
"""A fault that ends in an endless loop is found too."""


def room(name: str) -> str:
    """The room of a function: the core are the modules directly in lstm_core."""
    return "core" if re.fullmatch(r"lstm_core\.[^.]+\.[^.]+", name) else "pictures"


def scored(told: str) -> tuple[dict[str, Counter], list[str]]:
    """Of each room how many faults ended how, and the names of those that nobody found.

    told : what `mutmut results --all true` prints: a line a fault.
    """
    counts: dict[str, Counter] = {name: Counter() for name in LEAST}
    missed = []
    for function, number, status in RESULT.findall(told):
        counts[room(function)]["found" if status in FOUND else "missed"] += 1
        if status not in FOUND:
            missed.append(f"{function}__mutmut_{number}: {status}")
    return counts, missed


def run(*names: str) -> None:
    """Tries the faults of these names, or all; first makes them, where they are not there yet."""
    subprocess.run([*MUTMUT, "run", "none of this name"], cwd=ROOT, check=False)
    share_fixtures()
    subprocess.run([*MUTMUT, "run", *names], cwd=ROOT, check=True)


def results(names: list[str] | None = None) -> str:
    """How each fault ended, or those of these names: a line a fault."""
    told = subprocess.run([*MUTMUT, "results", "--all", "true"], cwd=ROOT, capture_output=True, text=True)
    lines = told.stdout.splitlines()
    return "\n".join(line for line in lines if names is None or line.strip().partition(":")[0] in names)


def drawn(many: int, seed: int) -> dict[str, list[str]]:
    """The names of so many faults of each room, each as likely as any other of its room."""
    subprocess.run([*MUTMUT, "run", "none of this name"], cwd=ROOT, check=False)  # makes them, and tries none
    named = [f"{name}__mutmut_{number}" for name, number, _ in RESULT.findall(results())]
    draw = random.Random(seed)
    of_rooms = {one: sorted(name for name in named if room(name) == one) for one in LEAST}
    return {one: draw.sample(names, min(many, len(names))) for one, names in of_rooms.items()}


def share_fixtures() -> None:
    """Counts a function that a test came by for every test of that test's module.

    mutmut notes which test a function ran in. What a fixture of a module computes runs in the first test
    alone, and the others, which look at it too, would never be asked.
    """
    file = ROOT / "mutants" / "mutmut-stats.json"
    told = json.loads(file.read_text())
    modules: dict[str, list[str]] = {}
    for test in told["duration_by_test"]:
        modules.setdefault(test.partition("::")[0], []).append(test)
    come_by = told["tests_by_mangled_function_name"]
    for name, tests in come_by.items():
        of_modules = {test.partition("::")[0] for test in tests}
        come_by[name] = [test for module in sorted(of_modules) for test in modules.get(module, ())]
    file.write_text(json.dumps(told))


def try_sample(many: int, seed: int) -> str:
    """How so many faults of each room ended.

    Of the pictures their own tests are asked first. Most others come by every drawing, and take long: they
    are asked about what those missed, and about the core.
    """
    folder = ROOT / "tests" / "lstm_core"
    others = [f"--ignore=tests/lstm_core/{path.name}" for path in folder.iterdir() if path.name != "view"]
    os.environ["PYTEST_ADDOPTS"] = " ".join(others)
    names = drawn(many, seed)
    run(*names["pictures"])
    del os.environ["PYTEST_ADDOPTS"]
    _, missed = scored(results(names["pictures"]))
    run(*names["core"], *(name.partition(":")[0] for name in missed))
    return results([*names["core"], *names["pictures"]])


def main() -> int:
    """Runs it and prints the score. Returns 1 where a room has less than it should."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--sample", type=int, default=0, help="so many faults of each room; 0: all")
    parser.add_argument("--seed", type=int, default=1, help="which ones are drawn")
    asked = parser.parse_args()
    if asked.sample:
        told = try_sample(asked.sample, asked.seed)
    else:
        run()
        told = results()
    counts, missed = scored(told)
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

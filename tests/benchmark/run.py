"""How the app bears a hand and a class: latency, processor, bytes, load and cold start, as Markdown tables.

    python tests/benchmark/run.py [--quick] [latency] [pointer] [change] [load] [start] [first] [rooms]
                                      [site] [drops]

`--quick` makes fewer moves and a smaller class. What else runs on the machine falls on the numbers;
the ratios beside an empty app and a naive one, measured in the same run, tell more.
"""

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmark import change, drops, first, latency, load, pointer, rooms, site


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--quick", action="store_true", help="a minute or two, and coarser numbers")
    usual = ["latency", "pointer", "change", "load", "start", "first"]
    options.add_argument("parts", nargs="*", default=usual, help="which tables")
    chosen = options.parse_args()
    quick = chosen.quick
    parts = {
        "latency": lambda: latency.report(15 if quick else 120),
        "pointer": lambda: pointer.report(1 if quick else 5),
        "change": lambda: change.report(20 if quick else 200),
        "load": lambda: load.report(
            [10] if quick else [1, 30, 100, 300], 8 if quick else 30, 10 if quick else 100
        ),
        "start": lambda: first.cold(1 if quick else 5),
        "first": lambda: first.report(3 if quick else 11),
        "rooms": lambda: rooms.report([60] if quick else [60, 300]),
        "drops": lambda: drops.report(10 if quick else 30, 3 if quick else 8),
        "site": lambda: site.report(1 if quick else 5, 15 if quick else 120),
    }
    print(f"{os.cpu_count()} cores, load average before it {os.getloadavg()[0]:.1f}\n", flush=True)
    for part in chosen.parts:
        print(parts[part](), end="\n\n", flush=True)


if __name__ == "__main__":
    main()

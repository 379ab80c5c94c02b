"""Writes what the benchmarks measured into the guide, so that no hand copies a number.

    python tests/benchmark/keep.py latency core    # what is asked for; without a word all, which takes hours

In assets/guides/measured.md each block of numbers stands between `<!-- measured by COMMAND -->` and
`<!-- end -->`. The command is run as it stands there, and the tables that it prints take the block's place.
"""

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "assets" / "guides" / "measured.md"

BLOCK = re.compile(r"(<!-- measured by (?P<command>[^\n]+) -->\n)(?P<numbers>.*?)(<!-- end -->)", re.DOTALL)


def ran(command: str) -> str:
    """What a benchmark prints. Raises CalledProcessError where it fails: then the guide stays as it was."""
    words = [sys.executable, *shlex.split(command)]
    return subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout.decode()


def tables(printed: str) -> str:
    """The Markdown tables of what a benchmark printed. Raises ValueError where it printed none."""
    blocks = re.findall(r"(?:^\|.*\n?)+", printed, re.MULTILINE)
    if not blocks:
        raise ValueError(f"no table in {printed!r:.300}")
    return "\n\n".join(block.strip() for block in blocks) + "\n"


def kept(guide: str, words: list[str], run: Callable[[str], str] = ran) -> str:
    """The guide with the numbers of each command in which one of the words stands; without words, of all.

    Raises ValueError where a word stands in none.
    """
    commands = [block["command"] for block in BLOCK.finditer(guide)]
    if strange := [word for word in words if not any(word in command for command in commands)]:
        raise ValueError(f"{', '.join(strange)}: expected parts of {'; '.join(commands)}")

    def measured(block: re.Match) -> str:
        if words and not any(word in block["command"] for word in words):
            return block[0]
        return f"{block[1]}{tables(run(block['command']))}{block[4]}"

    return BLOCK.sub(measured, guide)


if __name__ == "__main__":
    GUIDE.write_text(kept(GUIDE.read_text("utf-8"), sys.argv[1:]), "utf-8")

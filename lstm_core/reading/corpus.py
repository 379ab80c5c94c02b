"""What the network reads: Python's standard library -> **corpus** -> text to read, and two halves to test on.

Every machine that has Python has these files. They are under the licence of the Python Software Foundation.
"""

import hashlib
import sysconfig
from pathlib import Path

LEFT_OUT = {
    "test", "tests", "idle_test", "site-packages", "encodings", "pydoc_data", "ensurepip", "lib-dynload",
    "__pycache__",
}  # fmt: skip
"""Folders that are not read: tests, what others installed, and files that are tables rather than code."""

HALVES = ("read", "chosen on", "told on")
"""What is trained on; where the unit of a feature is chosen; where it is told how well that unit follows
it."""


def folder() -> Path:
    """The standard library of the Python that runs."""
    return Path(sysconfig.get_path("stdlib"))


def files(half: str) -> list[Path]:
    """The files of one of HALVES, by name: of ten files one is chosen on, one told on, eight are read.

    Which, follows from the file's name alone, so that another release of Python parts its files the same way.
    """
    root = folder()
    found = []
    for path in root.rglob("*.py"):
        name = path.relative_to(root)
        if not LEFT_OUT.intersection(name.parts) and _half(name.as_posix()) == half:
            found.append((name.as_posix(), path))
    return [path for _, path in sorted(found)]


def text_of(path: Path) -> str:
    """The text of a file, its tabs as blanks."""
    return path.read_text("utf-8", "replace").expandtabs(8)


def _half(name: str) -> str:
    drawn = hashlib.sha256(name.encode()).digest()[0] % 10
    return HALVES[max(0, drawn - 7)]

"""The files of the repository, and **each**, which makes one test of a rule that all of them keep."""

from __future__ import annotations

import ast
from functools import cache, partial
from pathlib import Path

from tests.collected import collected
from tests.conftest import ROOT

CORE = sorted((ROOT / "lstm_core").rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))
UI = sorted((ROOT / "pages" / "_ui").rglob("*.py"))
CODE = [ROOT / "app.py", *CORE, *PAGES, *UI]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
ASSETS = [path for path in sorted((ROOT / "assets").rglob("*")) if path.suffix in (".js", ".css", ".html")]


def name(path: Path) -> str:
    """A file's path from the top of the repository, as it is written there."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """A Python file as a syntax tree, parsed once."""
    return ast.parse(path.read_text("utf-8"))


each = partial(collected, "path")
"""Make one test of a rule about one file: it goes through all files, then names every one that fails."""

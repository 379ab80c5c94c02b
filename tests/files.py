"""The files of the repository, and **each**, which makes one test of a rule that all of them keep."""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable, Iterable
from pathlib import Path

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


@functools.cache
def tree(path: Path) -> ast.Module:
    """A Python file as a syntax tree, parsed once."""
    return ast.parse(path.read_text("utf-8"))


def each(paths: Iterable[Path]):
    """Make one test of a rule about one file: it goes through all files, then names every one that fails.

    One case a file would be clearer to read in a report, but the suite would then be thousands of cases.
    """
    paths = list(paths)
    assert paths, "a rule about no files can't fail"

    def decorate(rule: Callable[[Path], None]) -> Callable[[], None]:
        def test() -> None:
            broken = []
            for path in paths:
                try:
                    rule(path)
                except AssertionError as error:
                    broken.append(f"{name(path)}: {error}")
            assert not broken, "\n\n".join(broken)

        test.__name__, test.__doc__, test.__module__ = rule.__name__, rule.__doc__, rule.__module__
        return test

    return decorate

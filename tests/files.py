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


def each(cases: Iterable, called: Callable[..., str] = name):
    """Make one test of a rule about one file: it goes through all files, then names every one that fails.

    One case a file would make thousands of cases, most of which take less time than counting them.

    called : how a case is named where it fails, if it is no file.
    """
    cases = list(cases)
    assert cases, "a rule about nothing can't fail"

    def decorate(rule: Callable) -> Callable[[], None]:
        def test() -> None:
            broken = []
            for case in cases:
                try:
                    rule(case)
                except Exception as error:  # whatever it is, the others are looked at too
                    broken.append(f"{called(case)}: {str(error) or repr(error)}")
            assert not broken, "\n\n".join(broken)

        test.__name__, test.__doc__, test.__module__ = rule.__name__, rule.__doc__, rule.__module__
        return test

    return decorate

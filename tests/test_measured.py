"""The numbers of the guide are written by the benchmarks that measured them, and by no hand."""

import re

import pytest

from tests.benchmark.keep import BLOCK, GUIDE, ROOT, kept

PAGE = """Prose.
<!-- measured by bench.py a -->
| old |
<!-- end -->
More prose.
<!-- measured by bench.py b -->
| old |
<!-- end -->
"""


def printed(command: str) -> str:
    return f"2 cores\n\n| {command} |\n|---|\n| 1 |\n\nsaid\n\n| more |\n"


def test_a_block_takes_the_tables_that_its_command_prints_and_the_prose_stays():
    first, second = "| bench.py a |\n|---|\n| 1 |\n\n| more |\n", "| bench.py b |\n|---|\n| 1 |\n\n| more |\n"
    assert kept(PAGE, [], printed) == PAGE.replace("| old |\n", first, 1).replace("| old |\n", second)
    assert kept(PAGE, ["py b"], printed) == kept(PAGE, [], printed).replace(first, "| old |\n")
    assert kept(kept(PAGE, [], printed), [], printed) == kept(PAGE, [], printed)


def test_a_word_that_names_no_benchmark_and_a_benchmark_without_a_table_change_nothing():
    with pytest.raises(ValueError, match="nope: expected parts of bench.py a; bench.py b"):
        kept(PAGE, ["a", "nope"], printed)
    with pytest.raises(ValueError, match="no table"):
        kept(PAGE, [], lambda command: "2 cores")


MEASURED = re.compile(r"\d (?:ms|s|MB|kB|seconds|pictures|updates a second)\b|\d–\d|\d ± \d|\d of 10\b")


def test_outside_of_its_blocks_the_guide_names_no_number_that_was_measured():
    guide = GUIDE.read_text("utf-8")
    assert MEASURED.search(guide) and not MEASURED.findall(BLOCK.sub("", guide))
    assert not re.search(r"^\|", BLOCK.sub("", guide), re.MULTILINE)


def test_each_block_names_a_benchmark_that_there_is():
    commands = [block["command"].split() for block in BLOCK.finditer(GUIDE.read_text("utf-8"))]
    runner = (ROOT / "tests" / "benchmark" / "run.py").read_text("utf-8")
    assert len(commands) > 10
    for script, *options in commands:
        assert (ROOT / script).exists()
        assert not script.endswith("run.py") or all(f'"{part}":' in runner for part in options)

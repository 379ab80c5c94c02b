"""The numbers of the guide are written by the benchmarks that measured them, and by no hand."""

import re

from tests.benchmark.keep import BLOCK, GUIDE, ROOT

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

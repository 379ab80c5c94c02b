"""The browser's side of a line, without a browser: its script in Node, against a host that loses and dies."""

import os
import shutil
import subprocess

import pytest

from tests.conftest import ROOT

HERE = ROOT / "tests" / "pages" / "figure"


def test_nothing_that_was_done_is_lost():
    node = shutil.which("node")
    if node is None:
        reason = "no Node on this machine, in which the script of the line runs without a browser"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    command = [node, "--test-reporter=spec", HERE / "line.mjs", ROOT / "assets" / "figure" / "line.js"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert "fail 0" in run.stdout and "pass 14" in run.stdout, "every test of the script ran"

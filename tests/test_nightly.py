"""What is made for each change is there, and is what the documents say."""

import os
import re
import subprocess
import sys

import pytest

from tests import mutation
from tests.conftest import ROOT, STARTS_SERVERS
from tests.nightly import ALL, JOURNEYS, VARIABLE, is_made_for_a_change

SITE, SERVER = "[site", "[server"


def test_every_journey_that_is_made_for_a_change_is_there():
    """A test that was renamed would not be made at all."""
    missing = []
    for path, tests in JOURNEYS.items():
        code = (ROOT / path).read_text("utf-8") if (ROOT / path).exists() else ""
        names = [] if tests == ALL else [test.partition("[")[0] for test in tests]
        missing += [f"{path}::{name}" for name in names if not re.search(rf"^def {name}\(", code, re.M)]
        missing += [path] * (not code or not path.startswith(STARTS_SERVERS))
    assert not missing


def test_a_change_is_tried_on_both_hosts():
    chosen = [test for tests in JOURNEYS.values() for test in tests]
    assert any(SITE in test for test in chosen) and any(SERVER in test for test in chosen)


def test_what_is_not_named_waits_for_the_night():
    assert is_made_for_a_change("tests/faults/test_line.py", "test_anything")
    assert not is_made_for_a_change("tests/browser/test_questions.py", "test_anything")
    assert not is_made_for_a_change("tests/browser/test_new.py", "test_anything")


def collected_by(*options: str) -> str:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n0",
        "-q",
        "--collect-only",
        "-p",
        "no:cacheprovider",
        *options,
    ]
    of_a_change = {name: value for name, value in os.environ.items() if name != VARIABLE}
    run = subprocess.run(command, cwd=ROOT, env=of_a_change, capture_output=True, text=True, timeout=300)
    return run.stdout


@pytest.mark.nightly
def test_a_folder_has_what_a_change_needs_and_a_file_or_a_night_all_of_it():
    waits, made = "test_an_unknown_address_leads_to_the_start", "test_it_works_without_a_line_after_one_visit"
    of_folder = collected_by("tests/browser", "-k", "site")
    assert made in of_folder and waits not in of_folder
    assert waits in collected_by("tests/browser/test_site.py")
    assert waits in collected_by("tests/browser", "-k", "site", "--nightly")


def test_a_score_counts_each_fault_once_and_names_those_that_no_test_finds():
    told = """
    lstm_core.cell.x_forward__mutmut_1: killed
    lstm_core.cell.x_forward__mutmut_2: timeout
    lstm_core.cell.xǁLSTMCellǁstep__mutmut_3: survived
    lstm_core.view.diagram.gates.x__gauge__mutmut_4: no tests
    pages._ui.look.show.x_table__mutmut_5: killed
"""
    counts, missed = mutation.scored(told)
    assert counts == {"core": {"found": 2, "missed": 1}, "pictures": {"found": 1, "missed": 1}}
    assert [name.partition("__mutmut")[0].rpartition(".")[2] for name in missed] == [
        "xǁLSTMCellǁstep", "x__gauge",
    ]  # fmt: skip

"""What is made for each change is there, and is what the documents say."""

import re

from tests import mutation
from tests.conftest import ROOT, STARTS_SERVERS
from tests.nightly import ALL, JOURNEYS


def test_every_journey_that_is_made_for_a_change_is_there():
    """A test that was renamed would not be made at all."""
    missing = []
    for path, tests in JOURNEYS.items():
        code = (ROOT / path).read_text("utf-8") if (ROOT / path).exists() else ""
        names = [] if tests == ALL else [test.partition("[")[0] for test in tests]
        missing += [f"{path}::{name}" for name in names if not re.search(rf"^def {name}\(", code, re.M)]
        missing += [path] * (not code or not path.startswith(STARTS_SERVERS))
    assert not missing


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

"""What a component reports: which numbers are believed, and in which bounds."""

import pytest

from pages._ui.browser.reports import Report, checked_report
from tests.collected import collected

BOUNDS = {"b_f.1": (-12, 12), "x.1.1": (-2, 2)}


def told(**sent) -> Report:
    return checked_report({"seq": 1, "turn": "a/2", "final": False} | sent, BOUNDS)


def test_a_report_is_taken_as_it_is():
    assert told(values={"b_f.1": 1.5, "x.1.1": 1}) == Report(1, "a/2", {"b_f.1": 1.5, "x.1.1": 1.0}, False)


@collected(
    "number, taken", [(99, 12.0), (-99.5, -12.0), (10**400, None), (1e308, None), (float("nan"), None),
                          (float("inf"), None), (True, None), ("3", None), (None, None), ([1], None)],
)  # fmt: skip
def test_numbers_are_finite_and_clamped(number, taken):
    assert told(values={"b_f.1": number}).values == ({} if taken is None else {"b_f.1": taken})


def test_only_numbers_with_bounds_are_moved_and_long_reports_not_read():
    assert told(values={"b_i.1": 1, "__class__": 2, "x.1.1": 1}).values == {"x.1.1": 1}
    assert told(values={f"x.1.{k}": 1 for k in range(65)}).values is None


@pytest.mark.parametrize("seq", [-1, 1.5, "7", None, True, 2**60, 10**400])
def test_a_sequence_number_is_a_small_whole_number(seq):
    assert told(seq=seq, values={}).seq == 0


@pytest.mark.parametrize("turn", [None, 7, [], {}])
def test_a_turn_is_a_text(turn):
    assert told(turn=turn, values={}).turn == ""

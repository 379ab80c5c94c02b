"""What the tests of the page of one's own network share."""

import pytest


@pytest.fixture(autouse=True)
def files_are_read_here(monkeypatch) -> None:
    """A process for each file takes longer than the page; tests/lstm_core/readers/test_apart.py has it."""
    monkeypatch.setattr("lstm_core.readers.apart.IN_A_BROWSER", True)

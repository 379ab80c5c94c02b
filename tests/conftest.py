"""What all tests share: how random examples are drawn, and where things are."""

from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

STARTS_SERVERS = (
    "tests/browser",
    "tests/faults/test_departed.py",
    "tests/faults/test_door.py",
    "tests/faults/test_first_files.py",
    "tests/faults/test_nginx.py",
    "tests/faults/test_restart.py",
    "tests/faults/test_soak.py",
    "tests/pages/server/test_start.py",
)
"""The folder and the files whose tests start a server, and most of them a browser."""

# No deadlines: the same example takes ten times as long on a busy machine.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the repository."""
    return ROOT


def pytest_collection_modifyitems(items) -> None:
    """Every test is either `browser`, by where it stands, or `fast`."""
    for item in items:
        place = item.path.relative_to(ROOT).as_posix()
        if not place.startswith(STARTS_SERVERS):
            item.add_marker("fast")
            continue
        item.add_marker("browser")
        # On a busy machine a browser may not come to its turn in time; then it is tried again, visibly.
        item.add_marker(pytest.mark.flaky(reruns=2, reruns_delay=2))

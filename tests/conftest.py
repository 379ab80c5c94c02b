"""What all tests share: how random examples are drawn, and where things are."""

import gc
import os
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from tests import nightly

ROOT = Path(__file__).parents[1]

STARTS_SERVERS = (
    "tests/browser",
    "tests/engines",
    "tests/faults/test_departed.py",
    "tests/faults/test_security.py",
    "tests/faults/test_drops.py",
    "tests/faults/test_first_files.py",
    "tests/faults/test_line.py",
    "tests/faults/test_nginx.py",
    "tests/faults/test_restart.py",
    "tests/faults/test_rooms.py",
    "tests/pages/server/test_start.py",
    "tests/pages/test_under_hand.py",
)
"""The folder and the files whose tests start a server, and most of them a browser."""


REMEMBER = ("lstm_core.view", "lstm_core.figure", "lstm_core.paper")
"""Where pictures are remembered once they are drawn."""


@pytest.fixture(scope="session", autouse=True)
def packages_are_searched_once() -> None:
    """Streamlit's AppTest reads what every installed package says of itself, for each session anew.

    A server does so once, when it starts. It was two thirds of the time that opening a page takes.
    Tests of the core alone have not loaded Streamlit, and need nothing of it.
    """
    if "streamlit" in sys.modules:
        from streamlit.components.v2 import manifest_scanner

        manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the repository."""
    return ROOT


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Keeps what is loaded out of Python's search for garbage, as the app does when it starts.

    Each search would go through all modules and tests again, and find nothing there. What the tests leave
    behind is looked for less often than Python does by itself, which takes a twentieth of their time.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 20, 50)
        gc.enable()


def pytest_ignore_collect(collection_path: Path, config) -> bool | None:
    """Where only what is fast is asked for, nothing is imported that drives a browser."""
    place = collection_path.relative_to(ROOT).as_posix()
    return True if config.option.markexpr == "fast" and place in STARTS_SERVERS else None


def pytest_runtest_setup() -> None:
    """While faults are tried, forgets all pictures that were drawn before.

    See tests/mutation.py. A picture that is remembered is not drawn, and a fault of it is not seen.
    """
    if os.environ.get("MUTANT_UNDER_TEST"):
        drawing = [sys.modules[name] for name in sorted(sys.modules) if name.startswith(REMEMBER)]
        for remembered in [one for module in drawing for one in vars(module).values()]:
            if hasattr(remembered, "cache_clear"):
                remembered.cache_clear()


def pytest_addoption(parser) -> None:
    parser.addoption("--nightly", action="store_true", help="all tests, and not only what a change needs")


def pytest_configure(config) -> None:
    if config.getoption("--nightly"):
        os.environ[nightly.VARIABLE] = "1"
    # No deadlines: the same example takes ten times as long on a busy machine.
    settings.register_profile("calm", deadline=None, max_examples=nightly.examples(15, 100))
    settings.load_profile("calm")


def pytest_collection_modifyitems(config, items) -> None:
    """Every test is either `browser`, by where it stands, or `fast`; what waits for the night is left out."""
    for item in items:
        place = item.path.relative_to(ROOT).as_posix()
        if not place.startswith(STARTS_SERVERS):
            item.add_marker("fast")
            continue
        item.add_marker("browser")
        # On a busy machine a browser may not come to its turn in time; then it is tried again, visibly.
        item.add_marker(pytest.mark.flaky(reruns=2, reruns_delay=2))
        if not nightly.is_made_for_a_change(place, item.name):
            item.add_marker("nightly")
    # Whoever names a file wants all of it.
    if nightly.by_night() or all(Path(argument.partition("::")[0]).is_file() for argument in config.args):
        return
    waiting = [item for item in items if item.get_closest_marker("nightly")]
    config.hook.pytest_deselected(items=waiting)
    items[:] = [item for item in items if not item.get_closest_marker("nightly")]

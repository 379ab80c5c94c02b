"""The site that needs no server, as its build made it, and a server of files for it."""

from __future__ import annotations

import os
import subprocess
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.servers import ARTEFACTS

SITE = ARTEFACTS / "site"
BUILD = "assets/deploy/static/build tests/artefacts/site"

EVERY_TIME = {
    "test_an_edit_changes_numbers_and_link_and_survives_reload",
    "test_the_parameters_go_home_as_json_and_come_back",
    "test_the_language_can_be_switched_and_nothing_else_changes",
    "test_back_leads_to_the_page_before",
    "test_the_menu_of_a_phone_closes_after_a_choice_and_stays_closed",
    "test_values_arrive_while_dragging_and_the_last_is_where_the_thumb_is",
    "test_a_click_anywhere_in_a_step_moves_the_walk_there",
    "test_in_front_of_a_class_questions_are_off_until_a_key_turns_them_on",
    "test_l_locks_right_after_the_slider_was_moved",
    "test_a_task_is_solved_with_the_keyboard_outlives_a_reload_and_is_handed_in",
    "test_a_lesson_is_put_together_and_a_student_finds_it_so",
    "test_files_of_a_class_become_a_table",
    "test_escape_brings_everything_back",
    "test_without_a_phase_it_plays_the_steps_to_the_last_and_can_begin_again",
    "test_keys_in_quick_succession_all_count",
    "test_an_input_is_dragged_up_in_the_strip",
    "test_a_training_goes_on_by_itself_and_can_be_looked_through",
    "test_a_click_in_the_gradient_tells_of_its_step",
    "test_a_walk_goes_on_where_the_window_was_turned",
    "test_the_layers_of_each_kind_of_file_are_shown_and_let_go",
}
"""The journeys that are made on the site each time. With SITE_JOURNEYS=1 all are: some 15 minutes more."""

_SOURCES = (
    "app.py",
    "lstm_core",
    "pages",
    "assets/text",
    "assets/components",
    "assets/figure",
    "assets/style.css",
    "assets/deploy/static",
)


def built_site() -> Path:
    """The built folder. Where it is missing or older than the code the test is skipped; in CI it fails."""
    reason = _missing()
    if reason:
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return SITE


def _missing() -> str | None:
    made = SITE / "index.html"
    if not made.exists():
        return f"there is no site; build it with {BUILD}"
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", *_SOURCES], cwd=ROOT, capture_output=True, text=True
    )
    newer = [
        name for name in listed.stdout.split("\n") if name and _changed(ROOT / name) > made.stat().st_mtime
    ]
    return f"the site is older than {newer[0]}; build it with {BUILD}" if newer else None


def _changed(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0.0


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_) -> None:
        pass


@contextmanager
def serving_files(folder: Path):
    """A plain server of files on a port of this machine, as `python -m http.server`; yields its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(20)

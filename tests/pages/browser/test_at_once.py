"""Answers are not held back until the browser has confirmed the one before."""

import json
from unittest.mock import patch

from streamlit.runtime import Runtime
from streamlit.testing.v1 import AppTest

from pages._ui.browser.at_once import send_at_once
from tests.conftest import ROOT
from tests.pages.sockets import run_page
from tests.servers import serving

APP = "tests/pages/browser/apps/served.py"


def test_every_connection_of_a_running_server_sends_at_once():
    """The first reader's connection is open already when the option is set; the second one inherits it."""
    with serving(APP, "at_once.log") as server:
        with run_page(server.address), run_page(server.address):
            pass
        log = server.log.read_text("utf-8")
    first, second = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    for run, connections in ((first, 1), (second, 2)):
        assert sum(run["listening"]) == 1 and len(run["listening"]) > connections
        assert all(run["at_once"]), (
            "Streamlit's server has sockets without TCP_NODELAY, so that answers to a slider take 40 ms "
            f"longer: another release keeps its sockets elsewhere, see pages/_ui/browser/at_once.py. {log}"
        )


def test_without_a_server_there_is_nothing_to_set():
    assert not Runtime.exists()
    send_at_once()


def test_a_server_that_is_kept_elsewhere_is_told_in_the_log_and_breaks_nothing(caplog):
    with patch.object(Runtime, "_instance", object()):
        send_at_once()
    [record] = caplog.records
    assert "TCP_NODELAY could not be set" in record.getMessage()


def test_apptest_has_no_server_and_nothing_is_told(caplog):
    at = AppTest.from_file(ROOT / APP, default_timeout=60).run()
    assert not at.exception and "TCP_NODELAY" not in caplog.text

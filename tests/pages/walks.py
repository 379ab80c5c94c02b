"""The pages with a walk through one step: what is chosen in a picture, and what a picture shows."""

from __future__ import annotations

import json
from unittest.mock import patch

import streamlit

from lstm_core.workbench.opening import OPENS_ON
from pages._ui.look.choose import choose
from tests.pages.apps import screen

WALKED = ("overview", *OPENS_ON)


def choosing(at, choice: dict, report=choose):
    """Choose something in a picture of an open page, as the browser would, and let the page run again."""
    needed = ("experiment", "focus", "language", "page", "asked", "group", "band", "arrangement")
    state = {key: at.session_state[key] for key in needed if key in at.session_state}
    with patch.object(streamlit, "session_state", state):
        report(choice)
    for key, value in state.items():
        at.session_state[key] = value
    return at.run()


def picture(at, key: str) -> str:
    """The markup of a picture on screen."""
    [sent] = [sent for kind, its_key, _, sent in screen(at) if kind == "bidi_component" and its_key == key]
    return json.loads(sent["json"])[0]

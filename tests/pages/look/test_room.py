"""Only the arrangement of the diagram that fits the window is sent, once the window has said which it is."""

import re

import pytest

from lstm_core.view.diagram import ARRANGEMENTS
from tests.pages.apps import is_sound, opened_by_menu
from tests.pages.walks import choosing, picture


def sent(at, page: str) -> list[str]:
    return re.findall(r'<div class="(\w+)" data-key="\w+" data-lazy', picture(at, f"diagram.{page}"))


@pytest.mark.parametrize("fits", ARRANGEMENTS)
def test_then_only_the_one_that_fits_and_another_when_the_window_changes(fits):
    at = opened_by_menu("forget_gate", lang="en")
    assert sent(at, "forget_gate") == list(ARRANGEMENTS)  # as long as nobody knows, both are sent
    at = choosing(at, {"role": "room", "value": fits})
    assert is_sound(at) and sent(at, "forget_gate") == [fits]
    at = at.switch_page("pages/overview.py").run()
    assert is_sound(at) and sent(at, "overview") == [fits]
    other = ARRANGEMENTS[fits == ARRANGEMENTS[0]]
    assert sent(choosing(at, {"role": "room", "value": other}), "overview") == [other]

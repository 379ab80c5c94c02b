"""Only the arrangement of the diagram that fits the window is sent, once the window has said which it is."""

import re

import pytest

from lstm_core.view.diagram import ARRANGEMENTS
from tests.pages.apps import is_sound, opened, opened_by_menu
from tests.pages.walks import WALKED, choosing, picture


def sent(at, page: str) -> list[str]:
    return re.findall(r'<div class="(\w+)" data-key="\w+" data-lazy', picture(at, f"diagram.{page}"))


@pytest.mark.parametrize("page", WALKED)
def test_as_long_as_nobody_knows_both_are_sent(page):
    assert sent(opened(page, lang="en"), page) == list(ARRANGEMENTS)


@pytest.mark.parametrize("fits", ARRANGEMENTS)
def test_then_only_the_one_that_fits_and_another_when_the_window_changes(fits):
    at = opened_by_menu("forget_gate", lang="en")
    at = choosing(at, {"role": "room", "value": fits})
    assert is_sound(at) and sent(at, "forget_gate") == [fits]
    at = at.switch_page("pages/overview.py").run()
    assert is_sound(at) and sent(at, "overview") == [fits]
    other = ARRANGEMENTS[fits == ARRANGEMENTS[0]]
    assert sent(choosing(at, {"role": "room", "value": other}), "overview") == [other]


@pytest.mark.parametrize("value", ["huge", None, ""])
def test_a_window_that_is_neither_gets_both(value):
    at = choosing(opened("overview", lang="en"), {"role": "room", "value": value})
    assert is_sound(at) and sent(at, "overview") == list(ARRANGEMENTS)

"""Journeys in WebKit, which half of all phones run, on the server."""

from __future__ import annotations

import pytest

from lstm_core.words import Words
from pages._ui.site import PAGES, address_of
from tests.browser.conftest import running_app
from tests.engines.webkit import webkit

EN = Words("en")
BIAS = '.panel [data-address="b_f.1"] input[type=range]'
LEAKY = "/forget_gate?lang=en&preset=leaky&t=2"


@pytest.fixture(scope="module")
def hands():
    with running_app("webkit.log") as address, webkit(address) as found:
        yield found


SAID = 'deep("svg.cell").getAttribute("aria-label")'


def says(hands, page: str) -> None:
    """Until the heading of a page stands there."""
    question = EN(f"question.{page}")
    hands.until(f'[...document.querySelectorAll("h2")].some(e => e.innerText.includes({question!r}))')


def settles(hands, name: str, pattern: str) -> None:
    """Until a parameter of the link is as expected."""
    hands.until(f"new RegExp(`{pattern}`).test(new URLSearchParams(location.search).get(`{name}`))")


def test_every_page_opens(hands):
    for page in PAGES:
        hands.open(f"/{address_of(page)}?lang=en")
        says(hands, page)


def test_a_slider_is_dragged_and_the_picture_and_the_link_follow(hands):
    hands.open(LEAKY)
    before = hands.ask(SAID)
    x, y = hands.centre(BIAS)
    share = hands.ask(f"(e => (e.value - e.min) / (e.max - e.min) - 0.5)(deep(`{BIAS}`))")
    wide = hands.ask(f"deep(`{BIAS}`).clientWidth - 18")
    hands.drag(x + share * wide, y, -40, 0)
    settles(hands, "b_f.1", "^-")
    assert hands.ask(SAID) != before


def test_keys_move_a_slider(hands):
    hands.open(LEAKY)
    hands.focus(BIAS)
    hands.press("ArrowLeft", "ArrowLeft")
    settles(hands, "b_f.1", r"\\d")


def test_an_input_is_dragged_in_the_strip(hands):
    hands.open("/overview?lang=en&preset=leaky&t=2")
    x, y = hands.centre(".over-time [data-grab^='x.2']")
    hands.drag(x, y, 0, -12)
    settles(hands, "x.2.1", r"\\d")


def test_the_keyboard_walks(hands):
    hands.open(LEAKY)
    hands.press("ArrowRight")
    settles(hands, "phase", "[a-z]")


def test_a_click_on_a_number_tells_where_it_comes_from_and_escape_goes_back(hands):
    hands.open("/overview?lang=en&preset=leaky&t=2")
    hands.click("svg.cell .num[data-quantity=f]")
    hands.until('deep(".why .head")')
    hands.press("Escape")
    hands.until('!deep(".why .head")')


def test_a_question_is_asked_answered_and_left(hands):
    hands.open(LEAKY)
    hands.click(".st-key-ask-predict button")
    hands.until('deep(".st-key-ask-lock button")')
    hands.press("1")
    hands.until('!deep(".st-key-ask-lock button").disabled')
    hands.press("l")
    hands.until('deep(".st-key-verdict h3")')
    hands.press("Escape")
    hands.until('deep(".st-key-ask-predict button")')


def test_the_language_is_that_of_the_link(hands):
    hands.open("/forget_gate?lang=ko&preset=leaky")
    hands.until(f'deep(".st-key-heading h2").innerText.includes({Words("ko")("question.forget_gate")!r})')
    hands.open("/forget_gate?lang=en&preset=leaky")
    says(hands, "forget_gate")

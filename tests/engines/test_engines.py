"""Journeys in WebKit, which half of all phones run, and in Firefox, on both hosts.

For a change, a few are made in Firefox on the server (tests/nightly.py); all else waits for the night.
"""

import time

import pytest

from lstm_core.words import Words
from pages._ui.site import PAGES, address_of
from tests.browser.conftest import HOSTS, hosting
from tests.engines.firefox import firefox
from tests.engines.hands import Hands
from tests.engines.webkit import webkit
from tests.lstm_core.readers.layer_files import FOLDER

EN = Words("en")
BIAS = '.panel [data-address="b_f.1"] input[type=range]'
LEAKY = "/forget_gate?lang=en&preset=leaky&t=2"
ENGINES = {"firefox": firefox, "webkit": webkit}


@pytest.fixture(scope="module", params=[(engine, host) for host in HOSTS for engine in ENGINES], ids="-".join)
def hands(request):
    engine, host = request.param
    with hosting(host, f"{engine}.log") as address, ENGINES[engine]() as found:
        yield Hands(found, address)


SAID = 'deep("svg.cell")?.getAttribute("aria-label")'


def said(hands) -> str:
    """What the picture of the cell says of itself."""
    hands.until(SAID)
    return hands.ask(SAID)


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
    before = said(hands)
    x, y = hands.centre(BIAS)
    share = hands.ask(f"(e => (e.value - e.min) / (e.max - e.min) - 0.5)(deep(`{BIAS}`))")
    wide = hands.ask(f"deep(`{BIAS}`).clientWidth - 18")
    hands.drag(x + share * wide, y, -40, 0)
    settles(hands, "b_f.1", "^-")
    assert said(hands) != before


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


def test_an_edit_outlives_a_reload_and_back_leads_to_the_page_before(hands):
    hands.open(LEAKY)
    hands.focus(BIAS)
    hands.press("End")
    settles(hands, "b_f.1", r"\\d")
    edited, before = hands.ask("location.search"), said(hands)
    hands.open(hands.ask("location.pathname") + edited)
    assert said(hands) == before
    hands.click(".stPageLink a[href*=input_gate]")
    settles(hands, "b_f.1", r"\\d")
    says(hands, "input_gate")
    for _ in range(2):  # in Firefox the menu's own entry is one more, into which the page writes its link
        if "input_gate" in hands.ask("location.href"):
            hands.ask("history.back()")
            time.sleep(1)
    says(hands, "forget_gate")
    hands.settle()
    assert said(hands) == before


def test_a_chapter_of_the_story_is_played(hands):
    hands.open("/?lang=en&chapter=2")
    x, y = hands.centre("[data-grab^='pin_f.']")
    hands.drag(x, y, 0, 120)
    hands.until('deep(".story .answer[data-done]")')
    hands.click(".story .on")
    hands.until(f'deep(".story .do").innerText === {EN("story.write.do")!r}')


def test_a_training_goes_on_by_itself_and_can_be_looked_through(hands):
    hands.open("/learning?lang=en&learn=recall~updates.60")
    hands.until('deep(".timeline label")?.innerText === "Update 60"')
    hands.until('!deep("#snapshot").disabled')
    hands.focus("#snapshot")
    hands.press("Home")
    hands.until('deep(".timeline label").innerText === "Update 0"')
    settles(hands, "update", "^0$")


def test_a_layer_of_a_file_is_dropped_and_opened(hands):
    hands.open("/network?lang=en")
    file = (FOLDER / "torch_checkpoint.pt").read_bytes()
    hands.drop("[class*=st-key-network-file] input[type=file]", "mine.pt", file)
    hands.click("[data-role=layer][data-index='2']")
    hands.until('document.body.innerText.includes("layer encoder.lstm_reverse of mine.pt")')
    hands.until('deep("[class*=st-key-network-maps] .js-plotly-plot")')

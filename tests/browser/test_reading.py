"""The page where a network reads code, under a hand: C of a unit is dragged, and the odds answer."""

from playwright.sync_api import expect

from lstm_core.reading import shipped
from pages._ui.reading.held import example
from tests.browser.reader import PATIENCE

UNIT = shipped().features()[0].unit


def test_a_hand_on_c_of_the_bracket_unit_moves_the_odds_and_the_link_brings_it_back(reader):
    reader.open("/reading?lang=en")
    letters, odds = reader.page.locator(".read .letters b"), reader.page.locator(".next tr")
    expect(letters).to_have_count(len(example("code")), timeout=PATIENCE)
    expect(odds.first).not_to_contain_text("→")
    slider = reader.page.locator(f'[id="C.{UNIT}"]')
    slider.focus()
    reader.page.keyboard.press("ArrowRight")
    expect(odds.first).to_contain_text("→")
    reader.wait_for_link(lambda link: link.get("hold", "").startswith(f"{UNIT}~"))
    letters.nth(4).click()
    reader.wait_for_link(lambda link: link.get("letter") == "5")
    reader.page.reload()
    expect(odds.first).to_contain_text("→", timeout=PATIENCE)
    reader.page.get_by_role("radio", name="reads freely").click()
    expect(odds.first).not_to_contain_text("→")
    reader.wait_for_link(lambda link: "hold" not in link)

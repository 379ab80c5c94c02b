"""Faults that somebody met who used the app for an hour, each as the journey on which it was met."""

import pytest
from playwright.sync_api import expect

from lstm_core.words import Words
from tests.browser.conftest import reading

LANGUAGES = ["en", "ko"]

OVERLAPS = """names => {
  const texts = [...names.querySelectorAll("text")].map(text => [text, text.getBoundingClientRect()]);
  const touch = (a, b) => a.left < b.right + 1 && b.left < a.right + 1 && a.top + 4 < b.bottom && b.top + 4 < a.bottom;
  const found = [];
  for (const [one, a] of texts) for (const [other, b] of texts)
    if (one.matches(".symbol") && other.matches(".tick") && touch(a, b)) found.push(one.textContent + " on " + other.textContent);
  return found;
}"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "link", ["output_gate?preset=random", "cell_state?preset=far", "overview?preset=leaky"]
)
def test_names_beside_the_strip_keep_clear_of_its_numbers(reader, link, language):
    reader.open(f"/{link}&lang={language}")
    assert reader.page.locator(".over-time .names").evaluate(OVERLAPS) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_stops_of_the_tab_key_can_be_seen(reader, language):
    reader.open(f"/forget_gate?lang={language}")
    for _ in range(9):
        reader.page.keyboard.press("Tab")
        box = reader.page.evaluate("() => document.activeElement.getBoundingClientRect().toJSON()")
        assert box["right"] > 0 and box["width"] > 0, box


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_note_of_a_change_has_one_line_of_room_and_moves_nothing(reader, language):
    reader.open(f"/forget_gate?lang={language}&preset=leaky")
    sliders = reader.page.locator(".panel [data-address='b_f.1']")
    caption, step = reader.page.locator(".st-key-changed"), reader.page.locator(".st-key-focus-t")
    before = sliders.bounding_box()
    assert step.bounding_box()["y"] - caption.bounding_box()["y"] < 40
    reader.nudge("b_f.1", "ArrowRight")
    note = reader.page.get_by_text(Words(language)("controls.changed"))
    expect(note).to_be_visible()
    assert note.bounding_box()["height"] < 30 and sliders.bounding_box() == before


DIMMED = """() => Math.min(...[...document.querySelectorAll("[class*=st-key-diagram-] *")]
  .flatMap(e => [...(e.shadowRoot?.querySelectorAll("[data-part]") ?? [])]).map(e => +getComputedStyle(e).opacity))"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_part_of_the_diagram_is_dimmed_while_a_slider_is_dragged(reader, language):
    reader.open(f"/forget_gate?lang={language}&preset=leaky")
    reader.page.locator(".wide svg.cell").wait_for()
    assert 0.3 < reader.page.evaluate(DIMMED) < 0.4
    thumb = reader.page.locator(".panel [data-address='b_f.1'] input[type=range]").bounding_box()
    reader.page.mouse.move(thumb["x"] + thumb["width"] / 2, thumb["y"] + thumb["height"] / 2)
    reader.page.mouse.down()
    reader.page.wait_for_function(f"() => ({DIMMED})() === 1")
    reader.page.mouse.up()
    reader.page.wait_for_function(f"() => ({DIMMED})() < 0.4")


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_of_a_wide_matrix_do_not_hide_what_they_come_to(browser, app, language):
    with reading(browser, app, viewport={"width": 390, "height": 844}, has_touch=True) as phone:
        phone.open(f"/forget_gate?lang={language}&preset=random&H=4&D=4")
        wide = phone.page.locator(".katex-display").last
        wide.scroll_into_view_if_needed()
        edge = wide.bounding_box()
        cut = wide.evaluate("""box => [...box.querySelectorAll(".katex-html .mrel")].filter(e =>
          e.textContent.trim() === "=" && e.getBoundingClientRect().left > box.getBoundingClientRect().right).length""")
        assert cut == 0, edge

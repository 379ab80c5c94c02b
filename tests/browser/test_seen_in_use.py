"""Faults that somebody met who used the app for an hour, each as the journey on which it was met."""

import pytest
from playwright.sync_api import expect

from lstm_core.words import LANGUAGES, Words
from tests.browser.conftest import reading
from tests.browser.panels import press

EN = Words("en")

OVERLAPS = """names => {
  const texts = [...names.querySelectorAll("text")].map(text => [text, text.getBoundingClientRect()]);
  const beside = (a, b) => a.left < b.right + 1 && b.left < a.right + 1;
  const touch = (a, b) => beside(a, b) && a.top + 4 < b.bottom && b.top + 4 < a.bottom;
  const found = [];
  for (const [one, a] of texts) for (const [other, b] of texts)
    if (one.matches(".symbol") && other.matches(".tick") && touch(a, b))
      found.push(one.textContent + " on " + other.textContent);
  return found;
}"""


BROKEN_WORDS = """cells => cells.flatMap(cell => {
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) for (const {0: word, index} of walker.currentNode.data.matchAll(/\\p{L}+/gu)) {
    const range = document.createRange();
    range.setStart(walker.currentNode, index);
    range.setEnd(walker.currentNode, index + word.length);
    if (range.getClientRects().length > 1) found.push(word);
  }
  return found;
})"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_beside_the_strip_keep_clear_of_its_numbers(reader, language):
    for link in ("output_gate?preset=random", "cell_state?preset=far", "overview?preset=leaky"):
        reader.open(f"/{link}&lang={language}")
        assert reader.page.locator(".over-time .names").evaluate(OVERLAPS) == [], link


def test_the_first_stops_of_the_tab_key_can_be_seen(reader):
    reader.open("/forget_gate?lang=ko")
    for _ in range(9):
        reader.page.keyboard.press("Tab")
        box = reader.page.evaluate("() => document.activeElement.getBoundingClientRect().toJSON()")
        assert box["right"] > 0 and box["width"] > 0, box


def test_what_was_changed_stands_in_the_room_of_the_caption_and_moves_nothing(reader):
    reader.open("/forget_gate?lang=ko&preset=leaky")
    sliders = reader.page.locator(".panel [data-address='b_f.1']")
    caption, step = reader.page.locator(".st-key-changed"), reader.page.locator(".st-key-sliders-t")
    before = sliders.bounding_box()
    assert step.bounding_box()["y"] - caption.bounding_box()["y"] < 40
    reader.nudge("b_f.1", "ArrowRight")
    back = reader.page.get_by_role("button", name=Words("ko")("changed.back"))
    expect(back).to_be_visible()
    expect(reader.page.locator(".st-key-caption")).to_contain_text("2.00 → 2.05")
    assert back.bounding_box()["height"] < 30 and sliders.bounding_box() == before
    back.click()
    expect(back).to_have_count(0)
    assert sliders.bounding_box() == before


DIMMED = """() => Math.min(...[...document.querySelectorAll("[class*=st-key-diagram-] *")]
  .flatMap(e => [...(e.shadowRoot?.querySelectorAll("[data-part]") ?? [])])
  .map(e => +getComputedStyle(e).opacity))"""


def test_no_part_of_the_diagram_is_dimmed_while_a_slider_is_dragged(reader):
    reader.open("/forget_gate?lang=en&preset=leaky")
    reader.page.locator(".wide svg.cell").wait_for()
    assert 0.3 < reader.page.evaluate(DIMMED) < 0.4
    press(reader.page, "b_f.1")
    reader.page.wait_for_function(f"() => ({DIMMED})() === 1")
    reader.page.mouse.up()
    reader.page.wait_for_function(f"() => ({DIMMED})() < 0.4")


def test_numbers_of_a_wide_matrix_do_not_hide_what_they_come_to(phone):
    phone.open("/forget_gate?lang=ko&preset=random&H=4&D=4")
    wide = phone.page.locator(".katex-display").last
    wide.scroll_into_view_if_needed()
    cut = wide.evaluate("""box => [...box.querySelectorAll(".katex-html .mrel")].filter(e =>
      e.getBoundingClientRect().left > box.getBoundingClientRect().right).length""")
    assert cut == 0


def test_the_menu_of_a_phone_closes_after_a_choice_and_stays_closed(phone):
    opens = phone.page.get_by_test_id("stExpandSidebarButton")

    def is_closed() -> bool:
        expect(opens).to_be_visible()
        box = phone.page.get_by_test_id("stSidebar").bounding_box()
        return not box or box["x"] + box["width"] <= 0

    phone.open("/forget_gate?lang=en")
    for title in ("input_gate", "cell_state"):
        opens.tap()
        link = phone.page.get_by_test_id("stSidebarNavLink").filter(has_text=EN(f"page.{title}"))
        link.first.tap()
        expect(phone.page.locator("h2").first).to_have_text(EN(f"question.{title}"))
        assert is_closed()
    opens.tap()
    expect(phone.page.get_by_test_id("stSidebarCollapseButton")).to_be_visible()
    phone.reload()
    assert is_closed()


def test_the_origin_of_a_tapped_number_comes_up_where_the_finger_is(phone):
    phone.open("/forget_gate?lang=en&preset=leaky")
    phone.page.locator('.narrow .num[data-quantity="f"]').first.tap()
    sheet = phone.page.locator(".why")
    expect(sheet).to_be_visible()
    box = phone.page.locator(".st-key-origin").bounding_box()
    assert box["y"] + box["height"] <= 844 and box["y"] >= 844 * 0.4
    assert sheet.bounding_box()["y"] < 844


ROWS = {"last": 422, "first": 150}
"""A row of the sliders, and how far from the top of the window it stands when it is taken."""


@pytest.mark.parametrize("which", ROWS)
def test_the_diagram_stays_in_sight_above_the_slider_that_is_in_hand(phone, which):
    phone.open("/forget_gate?lang=en&preset=leaky")
    phone.page.locator(".narrow svg.cell").wait_for()
    phone._until_still()
    rows = phone.page.locator(".panel .row")
    row = rows.first if which == "first" else rows.last
    by = row.bounding_box()["y"] - ROWS[which]
    phone.page.get_by_test_id("stMain").evaluate("(e, by) => e.scrollBy(0, by)", by)
    phone.page.wait_for_timeout(300)
    before = row.bounding_box()
    row.locator("input[type=range]").evaluate("e => e.focus({preventScroll: true})")
    phone.page.wait_for_timeout(300)
    picture = phone.page.locator(".narrow svg.cell").bounding_box()
    assert picture["y"] + picture["height"] <= before["y"] and row.bounding_box() == before
    assert picture["y"] >= 0 or which == "first"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("wide", "high"), [(1024, 768), (820, 1180)])
def test_the_walk_has_one_row_and_labels_are_whole(browser, app, language, wide, high):
    with reading(browser, app, viewport={"width": wide, "height": high}) as reader:
        reader.open(f"/forget_gate?lang={language}&preset=latch")
        expect(reader.page.locator("svg.cell:visible")).to_be_visible()
        boxes = [button.bounding_box() for button in reader.page.locator(".walk button:visible").all()]
        tops = [box["y"] for box in boxes]
        assert max(tops) - min(tops) < 10 and len(tops) >= 10
        assert max(box["x"] + box["width"] for box in boxes) <= wide - 10 and reader.side_scroll() <= 0
        assert min(box["x"] for box in boxes) >= reader.page.locator("h2").first.bounding_box()["x"] - 1
        cut = reader.page.locator(".panel label").evaluate_all(
            "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent)"
        )
        assert cut == []


@pytest.mark.parametrize("page", ["why_forget", "gradient"])
def test_the_sliders_of_a_long_picture_are_within_reach_of_a_phone(phone, page):
    phone.open(f"/{page}?lang=en")
    picture = phone.page.locator(".over-time").first
    bias = phone.page.locator(".panel [data-address='b_f.1']")
    picture.wait_for()
    box, before = bias.bounding_box(), picture.bounding_box()
    assert box["y"] + box["height"] <= 844, "it is in the window as the page opens"
    phone.nudge("b_f.1", "ArrowRight")
    assert bias.bounding_box() == box and picture.bounding_box()["y"] == before["y"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_network_learned_is_readable_on_a_phone(phone, language):
    phone.open(f"/learning?lang={language}")
    phone.page.get_by_role("button", name=Words(language)("learning.do.example")).click()
    table = phone.page.locator(".stMain table").first
    expect(table).to_be_visible()
    assert phone.side_scroll() <= 0
    rows = table.locator("tbody tr").evaluate_all("rows => rows.map(row => row.clientHeight)")
    assert max(rows) < 60, "each row has one line"
    assert table.locator("th").evaluate_all(BROKEN_WORDS) == []


@pytest.mark.parametrize("page", ("overview", "forget_gate", "cell_state"))
def test_pins_leave_the_pictures_in_their_place(reader, page):
    places = []
    for pins in ("", "&pin_f.1.5=0&pin_i.1.5=1&pin_o.1=0.5"):
        reader.open(f"/{page}?lang=ko&preset=latch&t=5&phase=all{pins}")
        strip, cell = reader.page.locator(".over-time .plot"), reader.page.locator(".wide svg.cell")
        strip.wait_for()
        reader.numbers()
        places.append([cell.bounding_box(), strip.bounding_box()])
    free, pinned = places
    assert pinned == free
    listed = reader.page.locator(".st-key-pins").bounding_box()
    assert listed["y"] >= pinned[1]["y"] + pinned[1]["height"]

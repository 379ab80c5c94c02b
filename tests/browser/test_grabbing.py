"""What is drawn can be grabbed: a hand drags, arrow keys move and digits set a number in the pictures."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.hands import cell, drag, drag_by_finger, handle
from tests.browser.walking import open_walk

STRIP = "/output_gate?lang=en&preset=leaky&t=2"


def until(reader, address: str, value: float):
    """Wait until the link says that a number stands there."""
    reader.wait_for_link(lambda link: abs(float(link.get(address, "nan")) - value) < 1e-9)


def test_an_input_is_dragged_up_in_the_strip_and_a_click_asks_where_it_comes_from(reader):
    open_walk(reader, STRIP)
    before = float(cell(reader, 1, 4).locator("..").get_attribute("data-values").split(" ")[3])
    drag(reader, cell(reader, 1, 4), up=20)
    row = reader.page.locator('.over-time .cells[data-index="1"]')
    expect(row).to_have_attribute("data-values", re.compile(rf"^(\S+ ){{3}}{before + 0.5:g}"))
    assert "x.4.1" not in reader.link(), "the link is written when the hand lets go"
    reader.page.mouse.up()
    until(reader, "x.4.1", before + 0.5)
    assert reader.page.locator(".why").count() == 0, "the end of a drag is no click"
    cell(reader, 1, 4).click()
    reader.wait_for_link(lambda link: link["t"] == "4")
    expect(reader.page.locator(".why")).to_be_visible()


def test_keys_and_digits_set_the_input_of_the_step_in_focus(reader):
    open_walk(reader, STRIP)
    here = handle(reader, "x.2.1")
    start = float(here.get_attribute("aria-valuenow"))
    here.focus()
    for key in ("ArrowUp", "ArrowUp", "ArrowDown"):
        reader.page.keyboard.press(key)
    until(reader, "x.2.1", start + 0.05)
    reader.page.keyboard.type("-1,25")
    reader.page.keyboard.press("Enter")
    until(reader, "x.2.1", -1.25)
    reader.page.keyboard.press("ArrowRight")
    reader.wait_for_link(lambda link: link["t"] == "3")
    expect(handle(reader, "x.3.1")).to_be_focused()


def test_a_finger_drags_an_input(phone):
    open_walk(phone, STRIP, narrow=True)
    cell(phone, 1, 2).scroll_into_view_if_needed()
    start = float(handle(phone, "x.2.1").get_attribute("aria-valuenow"))
    drag_by_finger(phone, cell(phone, 1, 2), up=40)
    until(phone, "x.2.1", min(start + 1, 2))


def test_a_finger_drags_what_the_diagram_offers(phone):
    for address, up in [("pin_f.1.1", -30), ("pin_o.1.1", -30), ("C0.1", 20), ("h0.1", 30)]:
        open_walk(phone, "/forget_gate?lang=en&preset=leaky&t=1&phase=all", narrow=True)
        drag_by_finger(phone, phone.page.locator(f'.narrow [data-grab="{address}"]').first, up)
        phone.wait_for_link(lambda link, address=address: address in link)


def test_the_bar_of_a_gate_is_dragged_to_pin_it_and_a_click_on_the_pin_frees_it(reader):
    open_walk(reader, STRIP)
    bar = handle(reader, "pin_f.1.2")
    start = float(bar.get_attribute("aria-valuenow"))
    drag(reader, bar, up=-30)
    expect(reader.page.locator('[data-role="unpin"]:visible')).to_have_count(1)
    expect(reader.page.locator('.over-time [data-ghost="C"]')).to_have_count(1)
    assert "pin_f.1.2" not in reader.link()
    reader.page.mouse.up()
    reader.wait_for_link(lambda link: float(link.get("pin_f.1.2", 1)) < start - 0.2)
    assert reader.page.locator(".why").count() == 0
    reader.page.locator('[data-role="unpin"]:visible').click()
    reader.wait_for_link(lambda link: "pin_f.1.2" not in link)
    expect(reader.page.locator('[data-role="unpin"]')).to_have_count(0)


def test_the_hidden_state_before_step_1_is_dragged_in_the_diagram_and_a_click_asks_for_it(reader):
    open_walk(reader, "/forget_gate?lang=en&preset=random&t=1&phase=all")
    number = reader.page.locator('.wide .num[data-grab="h0.2"]')
    drag(reader, number, up=24)
    reader.page.mouse.up()
    reader.wait_for_link(lambda link: float(link.get("h0.2", 0)) > 0.1)
    assert reader.page.locator(".why").count() == 0
    reader.page.locator('.wide .grip[data-grab="h0.2"]').focus()
    reader.page.keyboard.press("End")
    reader.page.keyboard.press("Tab")
    until(reader, "h0.2", 1)
    number.click()
    expect(reader.page.locator(".why")).to_be_visible()


SIZES = """all => all.map(e => e.getBoundingClientRect()).map(box => [box.width, box.height])"""


@pytest.mark.parametrize("page", ["forget_gate", "overview"])
def test_what_a_finger_grabs_in_the_strip_is_as_large_as_a_fingertip(phone, page):
    open_walk(phone, f"/{page}?lang=en&preset=leaky&t=2", narrow=True)
    phone.page.wait_for_function(
        "() => [...document.querySelectorAll('[class*=st-key-strip-] *')].some(e =>"
        " e.shadowRoot?.querySelector('.cells[data-grab] rect')?.getBoundingClientRect().height > 40)"
    )
    starts = phone.page.locator(".over-time .handle[role=slider]").evaluate_all(SIZES)
    inputs = phone.page.locator(".over-time .cells[data-grab]").evaluate_all(SIZES)
    assert starts and inputs
    assert all(wide >= 43.5 and high >= 43.5 for wide, high in starts), starts
    assert all(high >= 42.5 for _, high in inputs), inputs

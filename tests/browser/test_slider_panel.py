"""The slider panel under a hand: mouse, keys, typing, touch, themes."""

from __future__ import annotations

import re
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page, expect

from lstm_core.rounding import text as shown
from lstm_core.words import LANGUAGES
from tests.browser.panels import (
    LEAKY,
    centre,
    expect_link,
    kept,
    number,
    panel_page,
    position,
    row,
    settled,
    thumb,
)


@pytest.fixture
def open_page(browser, app):
    """Opens a link where the panel is on screen."""
    with ExitStack() as pages:
        yield lambda link=LEAKY, **options: pages.enter_context(panel_page(browser, app, link, **options))


# -- mouse ----------------------------------------------------------------------------------------


def test_values_arrive_while_dragging_and_the_last_is_where_the_thumb_is(open_page):
    page = open_page()
    x, y = centre(page, "b_f.1")
    link, history = page.url, page.evaluate("history.length")
    page.mouse.move(x, y)
    page.mouse.down()
    seen = set()
    for k in range(60):
        page.mouse.move(x - 1.5 * k, y)
        page.wait_for_timeout(15)
        seen.add(kept(page))
    assert len(seen) > 3, seen  # how many depends on the machine
    assert page.url == link, "the link waits for the hand to let go"
    page.mouse.up()
    value = position(page, "b_f.1")
    expect_link(page, f"b_f.1={value:g}")
    assert page.evaluate("history.length") == history + 1
    settled(page, "b_f.1", shown(value))


def test_a_double_click_on_thumb_or_label_goes_back_to_the_preset(open_page):
    page = open_page(LEAKY + "&b_f.1=-3&V_f.1.1=2")
    settled(page, "b_f.1", "−3.00")
    page.mouse.dblclick(*centre(page, "b_f.1"))
    settled(page, "b_f.1", "2.00")
    row(page, "V_f.1.1").locator("label").dblclick()
    settled(page, "V_f.1.1", "0.00")
    expect(page).not_to_have_url(re.compile("b_f|V_f"))


# -- keys and typing ------------------------------------------------------------------------------


def test_keys_move_as_on_any_slider(open_page):
    page = open_page()
    thumb(page, "b_f.1").focus()
    for key, reads in [
        ("ArrowRight", "2.05"), ("ArrowLeft", "2.00"), ("PageUp", "2.50"), ("PageDown", "2.00"),
        ("ArrowDown", "1.95"), ("End", "15.00"), ("Home", "−15.00"), ("Delete", "2.00"),
    ]:  # fmt: skip
        page.keyboard.press(key)
        expect(number(page, "b_f.1")).to_have_value(reads)
    page.keyboard.press("Home")
    settled(page, "b_f.1", "−15.00")
    expect_link(page, "b_f.1=-15&")


def test_a_number_can_be_typed(open_page):
    page = open_page()
    for typed in ("two", "", "NaN"):
        type_number(page, typed, reads="2.00")
        expect(page).not_to_have_url(re.compile("b_f"))
    for typed, reads, link in [
        ("-1.234", "−1.23", "b_f.1=-1.234"),
        ("3,5", "3.50", "b_f.1=3.5"),
        ("−0.5", "−0.50", "b_f.1=-0.5"),
        ("99", "15.00", "b_f.1=15"),
        ("-1e3", "−15.00", "b_f.1=-15"),
    ]:
        type_number(page, typed, reads)
        expect_link(page, link)


def type_number(page, typed: str, reads: str) -> None:
    number(page, "b_f.1").click()
    page.keyboard.type(typed) if typed else page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    settled(page, "b_f.1", reads)
    assert thumb(page, "b_f.1").evaluate("e => e.getRootNode().activeElement === e")


def test_escape_leaves_the_number_as_it_was(open_page):
    page = open_page()
    thumb(page, "b_f.1").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("7")
    page.keyboard.press("Escape")
    settled(page, "b_f.1", "2.00")


# -- what Python sends ----------------------------------------------------------------------------


def test_preset_reset_and_back_move_the_thumbs(open_page):
    page = open_page()
    thumb(page, "b_f.1").focus()
    page.keyboard.press("PageUp")
    expect_link(page, "b_f.1=2.5")
    page.locator(".st-key-preset [role=combobox]").click()
    page.get_by_role("option", name=re.compile("^Counter")).click()
    settled(page, "b_f.1", "12.00")
    page.go_back()
    settled(page, "b_f.1", "2.50")
    page.go_back()
    settled(page, "b_f.1", "2.00")


# -- touch, themes, widths ------------------------------------------------------------------------


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def touch(page: Page, points: list[tuple[float, float]]) -> None:
    session = page.context.new_cdp_session(page)
    for k, (x, y) in enumerate(points):
        kind = "touchMove" if k else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        page.wait_for_timeout(16)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_finger_drags_a_thumb_sideways_and_scrolls_the_page_up_and_down(open_page):
    page = open_page(**PHONE)
    thumb(page, "b_f.1").scroll_into_view_if_needed()
    x, y = centre(page, "b_f.1")
    touch(page, [(x - 2 * k, y) for k in range(40)])
    value = position(page, "b_f.1")
    assert value < 0
    expect_link(page, f"b_f.1={value:g}")
    settled(page, "b_f.1", shown(value))
    x, y = centre(page, "b_f.1")
    before = page.evaluate("document.querySelector('.stMain').scrollTop")
    touch(page, [(x + 60, y - 6 * k) for k in range(30)])
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('.stMain').scrollTop") > before + 50
    settled(page, "b_f.1", shown(value))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("options", [{}, PHONE], ids=["desktop", "phone"])
def test_every_row_is_low_and_stands_within_the_panel(open_page, language, options, tmp_path):
    page = open_page(f"/forget_gate?preset=latch&lang={language}", color_scheme="light", **options)
    panel = page.locator(".panel:has([data-address*='.'])")
    panel.screenshot(path=tmp_path / "panel.png")
    inside = panel.bounding_box()
    for box in [found.bounding_box() for found in panel.locator(".row").all()]:
        assert box["height"] <= 44
    for label in panel.locator("label").all():
        assert label.evaluate("e => e.scrollWidth <= e.clientWidth"), "a label is cut off"
        assert label.bounding_box()["x"] >= inside["x"] - 0.5
    for scheme, colour in [("light", "rgb(27, 31, 36)"), ("dark", "rgb(236, 239, 244)")]:
        page.emulate_media(color_scheme=scheme)
        expect(panel).to_have_css("color", colour)

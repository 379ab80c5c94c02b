"""The diagram in a window that changes its width: the arrangement that fits comes, and no other."""

import pytest
from playwright.sync_api import expect

from lstm_core.workbench.presets import preset
from tests.browser.conftest import reading
from tests.browser.walking import diagram, open_walk, press, says

WIDTHS = {"wide": 1366, "narrow": 390}


def arrangements(reader):
    return reader.page.locator(".picture > .wide, .picture > .narrow")


@pytest.mark.parametrize("first", WIDTHS)
def test_the_arrangement_follows_the_window(browser, app, first):
    with reading(browser, app, viewport={"width": WIDTHS[first], "height": 844}) as reader:
        open_walk(reader, "/overview?lang=en&preset=random&t=3", narrow=first == "narrow")
        for name in [first, *(set(WIDTHS) - {first}), first]:
            reader.page.set_viewport_size({"width": WIDTHS[name], "height": 844})
            expect(arrangements(reader)).to_have_count(1)
            expect(diagram(reader, narrow=name == "narrow")).to_be_visible()


def test_the_next_page_knows_the_room_from_the_start(reader):
    open_walk(reader, "/overview?lang=en&preset=random&t=3")
    expect(arrangements(reader)).to_have_count(1)
    reader.choose_page("Forget gate")
    expect(reader.page.locator("[class*=st-key-diagram-forget_gate] .picture > .wide")).to_be_visible()
    expect(arrangements(reader)).to_have_count(1)


def test_a_walk_goes_on_where_the_window_was_turned(reader):
    open_walk(reader, "/overview?lang=en&preset=random&t=3")
    press(reader, "PageDown", t="4")
    reader.page.set_viewport_size({"width": 390, "height": 844})
    expect(diagram(reader, narrow=True)).to_be_visible()
    press(reader, "PageDown", t="5")
    reader.page.set_viewport_size({"width": 1366, "height": 768})
    says(reader, preset("random").trace(), 5)

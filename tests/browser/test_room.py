"""The diagram in a window that changes its width: the arrangement that fits comes, and no other."""

import pytest
from playwright.sync_api import expect

from lstm_core.workbench.presets import preset
from tests.browser.conftest import reading
from tests.browser.walking import diagram, open_walk, press, says

# Of two arrangements at a width: the one in sight, and the one that is brought up to date.
AT_WIDTH = """async (root, width) => {
  const narrow = document.createElement("div");
  narrow.className = "narrow";
  root.querySelector(":scope > .wide").after(narrow);
  root.style.width = `${width}px`;
  const pair = [...root.querySelectorAll(":scope > .wide, :scope > .narrow")];
  const seen = pair.filter(e => getComputedStyle(e).display !== "none").map(e => e.className);
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  return [seen, [root.dataset.fits]];
}"""

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


@pytest.mark.parametrize("width", [679, 679.25, 679.75, 680])
def test_the_arrangement_in_sight_is_the_one_brought_up_to_date_at_any_width(reader, width):
    open_walk(reader, "/overview?lang=en&preset=random&t=3")
    expect(arrangements(reader)).to_have_count(1)
    in_sight, up_to_date = reader.page.locator(".picture:has(> .wide)").evaluate(AT_WIDTH, width)
    assert in_sight == up_to_date

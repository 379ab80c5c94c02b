"""The walk, forward and back, in a real browser: what is shown is what was computed, in any window."""

import pytest
from playwright.sync_api import expect

from lstm_core.rounding import text
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.focus import PHASES
from lstm_core.workbench.presets import preset
from tests.browser.conftest import reading
from tests.browser.walking import RANDOM, diagram, open_walk, panel, press, says, tab_to


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keyboard_alone_walks_asks_and_goes_on_and_its_focus_is_seen(reader, language):
    trace = preset("random").trace()
    open_walk(reader, RANDOM.replace("=en", f"={language}"))
    for phase in PHASES:
        press(reader, "ArrowRight", phase=phase)
    says(reader, trace, 5, 1, "show", language)
    press(reader, "ArrowRight", phase=PHASES[0], t="6")
    press(reader, "Home", phase="all")
    says(reader, trace, 6, 1, None, language)
    tab_to(reader, "Tab", lambda focus: focus["quantity"] == "f" and not focus["panel"])
    reader.page.keyboard.press("Enter")
    expect(panel(reader).locator(".value")).to_have_text(text(trace.f[5, 0]))
    tab_to(reader, "Shift+Tab", lambda focus: focus["quantity"] == "z_f" and focus["panel"])
    reader.page.keyboard.press("Enter")
    expect(panel(reader).locator(".value")).to_have_text(text(trace.z_f[5, 0]))
    press(reader, "ArrowRight", phase=PHASES[0])


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


def test_a_walk_goes_on_where_the_window_was_turned_and_on_the_next_page(reader):
    open_walk(reader, "/overview?lang=en&preset=random&t=3")
    press(reader, "PageDown", t="4")
    reader.page.set_viewport_size({"width": 390, "height": 844})
    expect(diagram(reader, narrow=True)).to_be_visible()
    press(reader, "PageDown", t="5")
    reader.page.set_viewport_size({"width": 1366, "height": 768})
    says(reader, preset("random").trace(), 5)
    reader.choose_page("Forget gate")
    expect(reader.page.locator("[class*=st-key-diagram-forget_gate] .picture > .wide")).to_be_visible()
    expect(arrangements(reader)).to_have_count(1)


@pytest.mark.parametrize("width", [679, 679.25, 679.75, 680])
def test_the_arrangement_in_sight_is_the_one_brought_up_to_date_at_any_width(reader, width):
    open_walk(reader, "/overview?lang=en&preset=random&t=3")
    expect(arrangements(reader)).to_have_count(1)
    in_sight, up_to_date = reader.page.locator(".picture:has(> .wide)").evaluate(AT_WIDTH, width)
    assert in_sight == up_to_date


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_all_of_the_walk_back_is_within_the_window(phone, language):
    phone.open(f"/gradient?lang={language}")
    phone.page.get_by_role("radio", name=Words(language)("back.back")).click()
    phone.wait_for_link(lambda link: link.get("back") == "arrive" and link["t"] == "24")
    expect(phone.page.locator(".narrow svg.backward")).to_be_visible()
    assert phone.side_scroll() == 0
    for button in phone.page.locator(".walk button").all():
        assert button.bounding_box()["height"] >= 40

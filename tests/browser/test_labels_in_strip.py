"""Labels of steps in a real browser: within their columns, read off whole, typed by a reader."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import reading
from tests.browser.walking import open_walk
from tests.browser.window import PHONE

WORDS = [
    "the",
    "catalogue",
    "世界平和の鐘が鳴る",
    "שלום עולם טוב",
    "e" + "\u0301" * 20,
    "<b>x</b>",
    "W" * 24,
    "",
    "_20.",
    "a|b",
]
QUERY = f"preset=latch&t=3&lang=en&labels={'~'.join(WORDS)}"

COLUMNS = """plot => {
  const column = plot.getBoundingClientRect().width / 16;
  return [...plot.querySelectorAll(".step-labels span")].map((span, k) => {
    const { left, right, top, bottom } = span.getBoundingClientRect();
    const from = plot.getBoundingClientRect().left;
    const range = new Range();
    range.selectNodeContents(span);
    return {
      fits: Math.abs(left - from - k * column) < 1 && Math.abs(right - left - column) < 1,
      cuts: getComputedStyle(span).overflow === "hidden", high: bottom - top,
      wide: range.getBoundingClientRect().width,
    };
  });
}"""


def plot(reader):
    return reader.page.locator(".over-time .plot")


@pytest.mark.parametrize("device", [{}, PHONE], ids=["laptop", "phone"])
def test_every_label_stays_within_its_column_whatever_its_letters(browser, app, device):
    with reading(browser, app, **device) as reader:
        reader.open(f"/forget_gate?{QUERY}")
        plot(reader).locator(".step-labels").wait_for()
        columns = plot(reader).evaluate(COLUMNS)
        assert len(columns) == 16 and all(column["fits"] and column["cuts"] for column in columns)
        assert len({round(column["high"], 1) for column in columns}) == 1 and reader.side_scroll() == 0
        assert columns[6]["wide"] > 4 * columns[0]["wide"]  # so that there was something to cut off


def test_the_pointer_over_a_label_reads_it_whole_and_a_click_goes_to_its_step(reader):
    open_walk(reader, f"/forget_gate?{QUERY}")
    tip, spans = reader.page.locator(".tip:visible"), plot(reader).locator(".step-labels span")
    for number, head in ((1, "t = 2 · catalogue"), (5, "t = 6 · <b>x</b>"), (6, "t = 7 · " + "W" * 24),
                         (7, "t = 8"), (8, "t = 9 · ␣"), (9, "t = 10 · a∣b"), (11, "t = 12")):  # fmt: skip
        box = spans.nth(number).bounding_box()
        reader.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 8)
        expect(tip).to_have_text(head)
    box = spans.nth(1).bounding_box()
    reader.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 8)
    reader.wait_for_link(lambda link: link["t"] == "2")
    expect(reader.page.locator(".ledger-line")).to_contain_text("At step 2, “catalogue”, unit 1 kept")


def test_a_reader_names_the_steps_by_a_text_and_takes_the_names_along(reader):
    reader.open("/trace?preset=replace&t=7&lang=en")
    reader.page.get_by_text("All inputs in one table").click()
    box = reader.page.get_by_role("textbox", name="Labels for the steps")
    box.fill("hello w한=ld")
    box.press("Enter")
    reader.wait_for_link(lambda link: link.get("labels") == "h~e~l~l~o~_20.~w~한~_3d.~l~d")
    rows = reader.download("csv").decode().splitlines()
    assert rows[0].endswith(",label") and [row.rpartition(",")[2] for row in rows[1:]] == [
        *"hello w한", "'=", "l", "d", ""
    ]  # fmt: skip
    reader.choose_page("Forget gate")
    expect(plot(reader).locator(".step-labels .here")).to_have_text("w")
    reader.reload()
    expect(plot(reader).locator(".step-labels .here")).to_have_text("w")


def open_cell(reader, table, across: float, down: float) -> None:
    """Double-clicks a cell of a canvas until it can be typed into: it listens late."""
    table.scroll_into_view_if_needed()
    for _ in range(20):
        box = table.locator("canvas").first.bounding_box()
        reader.page.mouse.dblclick(box["x"] + across * box["width"], box["y"] + down)
        reader.page.wait_for_timeout(500)
        if reader.page.locator("#portal textarea, #portal input").count():
            return


def test_a_reader_types_a_label_into_the_table(reader):
    reader.open("/trace?preset=replace&t=2&lang=en")
    reader.page.get_by_text("All inputs in one table").click()
    tables = reader.page.get_by_test_id("stDataFrame")
    expect(tables).to_have_count(1)
    table = tables.last
    field = table.get_by_label("label, 2")  # the site draws fields, Streamlit a canvas
    if field.count():
        field.fill("the cat")
        field.press("Enter")
    else:
        open_cell(reader, table, 0.3, 2.5 * 35)
        reader.page.keyboard.type("the cat", delay=30)  # as fast as a hand: the table takes a text in late
        expect(reader.page.locator("#portal textarea")).to_have_value("the cat")
        reader.page.wait_for_timeout(300)
        reader.page.keyboard.press("Enter")
    reader.wait_for_link(lambda link: link.get("labels") == "~the cat")
    expect(reader.page.get_by_text("At step 2, “the cat”, unit 1 kept")).to_be_visible()

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

"""The time strip under a hand: click, touch and keys choose, the pointer reads numbers and labels off."""

import re

import pytest
from playwright.sync_api import expect

from lstm_core.rounding import text
from lstm_core.workbench.presets import preset
from tests.browser.conftest import reading
from tests.browser.walking import open_walk, panel, press, says
from tests.browser.window import PHONE


def plot(reader):
    return reader.page.locator(".over-time .plot").first


def middle(reader, t: int, T: int, row: int) -> tuple[float, float]:
    """Where step t stands in a row, well away from marks and bars: just inside the row's top."""
    box = plot(reader).locator(".row").nth(row).locator(".reach").first.bounding_box()
    return box["x"] + (t - 0.5) / T * box["width"], box["y"] + 5


def test_a_click_anywhere_in_a_step_moves_the_walk_there(reader):
    open_walk(reader, "/overview?lang=en&preset=random&t=3&phase=write")
    for t in (8, 1, 12):
        reader.page.mouse.click(*middle(reader, t, 12, row=1))
        reader.wait_for_link(lambda link, t=t: link["t"] == str(t))
        says(reader, preset("random").trace(), t, 1, "write")
    assert panel(reader).count() == 0
    press(reader, "Home", t="12", phase="all")
    reader.page.locator(".st-key-preset input").focus()
    for key in ("ArrowRight", "ArrowLeft", "PageDown", "Home"):
        reader.page.keyboard.press(key)
    reader.page.keyboard.press("Escape")
    reader.numbers()
    assert (reader.link()["t"], reader.link()["phase"]) == ("12", "all")


def reads(tip, value: float) -> bool:
    """Whether a number stands there in full; the last digit may differ between two builds of NumPy."""
    told = re.findall(r"[−-]?\d+\.\d+(?:e[−-]?\d+)?", tip.inner_text())
    return any(abs(float(number.replace("−", "-")) - value) < 1e-12 for number in told)


def test_the_pointer_reads_the_exact_numbers_of_its_row(reader):
    open_walk(reader, "/forget_gate?preset=random&t=3&lang=en")
    trace, tip = preset("random").trace(), reader.page.locator(".tip:visible")
    reader.page.mouse.move(*middle(reader, 7, 12, row=1))
    expect(tip).to_contain_text("t = 7")
    assert reads(tip, trace.f[6, 0])
    reader.page.mouse.move(*middle(reader, 9, 12, row=2))
    expect(tip).to_contain_text("t = 9")
    for key in ("kept", "erased", "written", "C"):
        assert reads(tip, getattr(trace, key)[8, 0])
    assert text(trace.f[8, 0]) not in tip.inner_text()
    reader.page.mouse.move(10, 10)
    expect(tip).to_have_count(0)


def test_keys_move_the_step_as_they_move_a_slider_and_the_focus_stays(reader):
    open_walk(reader, "/overview?lang=en&preset=random&t=3&phase=write")
    step = reader.page.locator(".over-time [role=slider][data-role=step]")
    step.focus()
    for key, t in [("ArrowRight", 4), ("ArrowRight", 5), ("ArrowLeft", 4), ("End", 12), ("Home", 1)]:
        reader.page.keyboard.press(key)
        reader.wait_for_link(lambda link, t=t: link["t"] == str(t))
        expect(step).to_have_attribute("aria-valuetext", re.compile(f"^Step {t}: "))
        expect(step).to_be_focused()
    for _ in range(5):
        reader.page.keyboard.press("ArrowRight")
    reader.wait_for_link(lambda link: link["t"] == "6")
    assert reader.link()["phase"] == "write"


def test_on_a_phone_it_is_sharp_and_answers_to_a_finger(phone):
    open_walk(phone, "/cell_state?lang=en&preset=random&t=3", narrow=True)
    plot(phone).scroll_into_view_if_needed()
    phone.page.touchscreen.tap(*middle(phone, 9, 12, row=1))
    phone.wait_for_link(lambda link: link["t"] == "9")
    assert phone.page.locator(".tip:visible").count() == 0
    box = plot(phone).bounding_box()
    assert box["x"] + box["width"] <= 390 and phone.side_scroll() <= 0
    ticks = [tick.bounding_box() for tick in plot(phone).locator(".tick:visible").all()]
    assert min(tick["height"] for tick in ticks) >= 11
    assert all(a["x"] + a["width"] < b["x"] for a, b in zip(ticks, ticks[1:], strict=False))


WORDS = [
    "the", "catalogue", "世界平和の鐘が鳴る", "שלום עולם טוב", "e" + "\u0301" * 20, "<b>x</b>", "W" * 24, "",
    "_20.", "a|b",
]  # fmt: skip
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

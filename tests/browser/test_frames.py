"""A figure without Python: a file from the disk, and the output of a notebook that was saved as a page."""

import pytest
from playwright.sync_api import expect

from lstm_core.figure import Figure
from lstm_core.figure.run import RunFigure
from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.presets import preset
from tests.browser.window import PHONE

LATCH = preset("latch")


@pytest.fixture
def opened(browser, tmp_path):
    """Opens markup from the disk with no network, and looks at the end whether anything went wrong."""
    wrong, contexts = [], []

    def open_file(html: str, **device):
        context = browser.new_context(offline=True, **device)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
        page.on("request", lambda asked: asked.url.startswith(("file:", "about:")) or wrong.append(asked.url))
        path = tmp_path / "file.html"
        path.write_text(html, "utf-8")
        page.goto(path.as_uri())
        return page

    yield open_file
    for context in contexts:
        context.close()
    assert wrong == []


def stands(page, t: int, phase: str):
    expect(page.locator(".walk [role=radio][aria-checked=true]")).to_have_attribute("data-value", phase)
    expect(page.locator("[data-panel=t] input[type=range]")).to_have_value(str(t))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("device", [{}, PHONE], ids=["laptop", "phone"])
def test_a_file_is_walked_by_mouse_and_keys(opened, tmp_path, language, device):
    Figure(LATCH, Focus(t=3), language=language).to_file(tmp_path / "cell.html")
    page = opened((tmp_path / "cell.html").read_text("utf-8"), **device)
    expect(page.locator("footer")).to_contain_text(Words(language)("figure.hint"))
    stands(page, 3, "all")
    page.locator(".walk-next").click()
    stands(page, 3, "concatenate")
    page.keyboard.press("ArrowRight")
    stands(page, 3, "forget")
    page.keyboard.press("PageDown")
    stands(page, 4, "forget")
    page.locator(".walk [data-value=write]").click()
    stands(page, 4, "write")
    place = page.locator("[data-panel=t] input[type=range]")
    place.focus()
    place.press("End")
    stands(page, 16, "write")
    seen = Figure(LATCH, Focus(t=16, phase="write"), language=language)
    expect(page.locator("svg.cell:visible")).to_have_attribute("aria-label", seen.sentence())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_file_plays_until_it_is_touched(opened, tmp_path):
    Figure(LATCH, Focus(t=15, phase="output")).to_file(tmp_path / "cell.html")
    page = opened((tmp_path / "cell.html").read_text("utf-8"))
    page.locator(".play select").select_option("900")
    page.locator(".play .go").click()
    stands(page, 16, "concatenate")
    page.keyboard.press("Shift")
    expect(page.locator(".picture.playing")).to_have_count(0)


def test_a_step_and_a_unit_are_chosen_in_the_pictures(opened, tmp_path):
    trace = preset("random", 2).resized(2, 2, 9).trace()
    RunFigure(trace, Focus(t=2)).to_file(tmp_path / "run.html")
    page = opened((tmp_path / "run.html").read_text("utf-8"))
    plot = page.locator("[data-picture=strip] .plot").bounding_box()
    page.mouse.click(plot["x"] + plot["width"] * 6.5 / 9, plot["y"] + 30)
    stands(page, 7, "all")
    page.locator("svg.cell:visible [data-role=unit]").nth(1).click()
    seen = RunFigure(trace, Focus(t=7, unit=2))
    expect(page.locator("svg.cell:visible")).to_have_attribute("aria-label", seen.sentence())

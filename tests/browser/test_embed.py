"""A figure in pages of others: the module and its frames, the app and the site in a frame, a notebook."""

import json
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from lstm_core.figure import Figure
from lstm_core.figure.embed import module, to_json
from lstm_core.figure.live import OverKernel
from lstm_core.figure.live import module as live_module
from lstm_core.figure.run import RunFigure
from lstm_core.words import Words
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.presets import preset
from tests.browser.conftest import reading, watched
from tests.browser.site import built_site, serving_files
from tests.browser.window import PHONE

KO = Words("ko")
LATCH = preset("latch")
CHOSEN = ".walk [role=radio][aria-checked=true]"

PAGE = """<!doctype html><meta charset="utf-8"><title>article</title><body style="{style}">
<script type="module" src="lstm-cell.js"></script><p>before</p><input>
<lstm-cell src="cell.json"><b>so long</b></lstm-cell><lstm-cell src="other.json"></lstm-cell>"""


@pytest.fixture
def article(browser, tmp_path):
    """Opens a page of somebody else with two figures in it."""
    (tmp_path / "lstm-cell.js").write_text(module(), "utf-8")
    (tmp_path / "cell.json").write_text(to_json(Figure(LATCH, Focus(t=3))), "utf-8")
    (tmp_path / "other.json").write_text(to_json(Figure(preset("leaky"), language="ko")), "utf-8")
    with (
        serving_files(tmp_path) as address,
        watched(browser, viewport={"width": 320, "height": 800}) as page,
    ):

        def opened(style: str = ""):
            (tmp_path / "page.html").write_text(PAGE.format(style=style), "utf-8")
            page.goto(f"{address}/page.html")
            return page

        yield opened


def test_figures_in_an_article_walk_each_by_itself_and_leave_it_the_keys(article):
    page = article()
    first, second = page.locator("lstm-cell").nth(0), page.locator("lstm-cell").nth(1)
    expect(first.locator("svg.cell:visible")).to_be_visible()
    expect(first.locator("b", has_text="so long")).to_have_count(0)
    page.keyboard.press("ArrowRight")  # nobody is in it
    expect(first.locator(CHOSEN)).to_have_attribute("data-value", "all")
    first.locator(".walk-next").click()
    page.keyboard.press("ArrowRight")
    expect(first.locator(CHOSEN)).to_have_attribute("data-value", "forget")
    expect(second.locator(CHOSEN)).to_have_attribute("data-value", "all")
    page.locator("body > input").press("ArrowRight")
    expect(first.locator(CHOSEN)).to_have_attribute("data-value", "forget")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "320 pixels are enough"


@pytest.mark.parametrize(("letters", "dark"), [("#222", False), ("#eee", True)])
def test_a_figure_takes_the_colours_of_the_page_around_it(article, letters, dark):
    cell = article(f"color: {letters}").locator("lstm-cell svg.cell:visible").first
    red = int(cell.evaluate("e => getComputedStyle(e).color.match(/\\d+/)[0]"))
    assert (red > 128) == dark


MODEL = """async (source) => {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { default: widget } = await import(address);
  const heard = {};
  let shown = JSON.parse(await shownNow());
  const tell = (name, ...what) => (heard[name] ?? []).forEach((listener) => listener(...what));
  const model = {
    get: () => shown, on: (name, listener) => (heard[name] ??= []).push(listener), off() {},
    async send(message) {
      const answer = JSON.parse(await sent(JSON.stringify(message)));
      if (answer) tell("msg:custom", answer);
      else { shown = JSON.parse(await shownNow()); tell("change:shown"); }
    },
  };
  for (const el of document.querySelectorAll("div")) widget.render({ model, el });
}"""


def test_a_figure_over_a_kernel_is_dragged_and_both_views_follow(browser):
    """As anywidget would run it: Python answers, and two views show the same figure."""
    kernel = OverKernel(Figure(LATCH, Focus(t=3)))
    with watched(browser, viewport={"width": 1200, "height": 900}) as page:
        page.expose_function("sent", lambda message: json.dumps(kernel.heard(json.loads(message))))
        page.expose_function("shownNow", lambda: json.dumps(kernel.shown()))
        page.set_content("<!doctype html><title>notebook</title><div></div><div></div>")
        page.evaluate(MODEL, live_module())
        first, second = page.locator("div").nth(0), page.locator("body > div").nth(1)
        bias = first.locator('[data-address="b_f.1"] input[type=range]').first
        box = bias.bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] / 2, steps=8)
        moved = Figure(LATCH.edited("b_f.1", float(bias.input_value())), Focus(t=3))
        expect(first.locator("svg.cell:visible").first).to_have_attribute("aria-label", moved.sentence())
        assert kernel.figure.experiment == LATCH, "the hand has not let go"
        page.mouse.up()
        expect(second.locator("svg.cell:visible").first).to_have_attribute("aria-label", moved.sentence())
        assert kernel.figure.experiment == moved.experiment


@pytest.mark.parametrize(("page", "width"), [("forget_gate", 320), ("gradient", 900)])
def test_a_page_in_a_frame_is_its_figure_with_one_slider(browser, app, page, width):
    with reading(browser, app, viewport={"width": width, "height": 720}) as reader:
        reader.page.goto(f"{app}/{page}?view=embed&lang=en")
        expect(reader.page.locator(".picture svg:visible").first).to_be_visible()
        reader.page.locator("h2").click()
        reader.settle()
        expect(reader.page.get_by_test_id("stHeader")).to_be_hidden()
        expect(reader.page.locator("[data-address]")).to_have_count(1)
        expect(
            reader.page.locator(".st-key-preset, .st-key-ask-predict, .st-key-layout_below h3")
        ).to_have_count(0)
        assert reader.side_scroll() == 0
        reader.nudge("b_f.1", "ArrowLeft")


def test_the_site_in_a_frame_loads_python_when_it_is_touched(browser, chromium):
    with serving_files(built_site()) as site, reading(browser, site) as reader:
        asked = []
        reader.page.on("request", lambda request: asked.append(request.url))
        reader.page.goto(f"{site}/forget_gate?view=embed&lang=ko")
        expect(reader.page.locator("svg.cell:visible")).to_be_visible()
        reader.page.wait_for_timeout(500)
        assert not [url for url in asked if "worker.js" in url or "pyodide" in url]
        expect(reader.page.locator("#way")).to_be_hidden()
        reader.page.locator(".st-key-walk [data-value=write]").click()
        reader.wait_for_link(lambda link: link.get("phase") == "write")
        assert [url for url in asked if "worker.js" in url]


def test_make_a_lesson_leads_to_the_gallery_and_everything_in_it_shows_itself(browser, app):
    with reading(browser, app) as reader:
        reader.open("/make_lesson?lang=ko")
        reader.page.get_by_text(KO("make.frame")).click()
        link = reader.page.get_by_role("link", name=KO("make.gallery"))
        assert link.get_attribute("href") == f"{app}/gallery.ko.html"
        reader.page.goto(f"{app}/gallery.ko.html")
        for cell in reader.page.locator("lstm-cell").all():
            expect(cell.locator("svg.cell:visible")).to_be_visible()
        frame = reader.page.frame_locator("iframe").first
        expect(frame.locator("svg.cell:visible")).to_be_visible()
        assert reader.page.locator("pre").first.inner_text().count(app) == 2
        assert reader.side_scroll() == 0


@pytest.fixture
def opened(browser, tmp_path):
    """Writes a figure into a file, and opens it from the disk with no network."""
    asked = []
    with ExitStack() as pages:

        def open_file(figure, **device):
            figure.to_file(tmp_path / "figure.html")
            page = pages.enter_context(watched(browser, offline=True, **device))
            page.on("request", lambda request: asked.append(request.url))
            page.goto((tmp_path / "figure.html").as_uri())
            return page

        yield open_file
    assert all(url.startswith(("file:", "about:")) for url in asked), asked


def stands(page, t: int, phase: str):
    expect(page.locator(CHOSEN)).to_have_attribute("data-value", phase)
    expect(page.locator("[data-panel=t] input[type=range]")).to_have_value(str(t))


@pytest.mark.parametrize(("language", "device"), [("en", {}), ("ko", PHONE)])
def test_a_file_is_walked_by_mouse_and_keys(opened, language, device):
    page = opened(Figure(LATCH, Focus(t=3), language=language), **device)
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


def test_in_a_file_steps_and_units_are_chosen_in_the_pictures_and_it_plays_until_it_is_touched(opened):
    trace = preset("random", 2).resized(2, 2, 9).trace()
    page = opened(RunFigure(trace, Focus(t=2)))
    plot = page.locator("[data-picture=strip] .plot").bounding_box()
    page.mouse.click(plot["x"] + plot["width"] * 6.5 / 9, plot["y"] + 30)
    stands(page, 7, "all")
    page.locator("svg.cell:visible [data-role=unit]").nth(1).click()
    seen = RunFigure(trace, Focus(t=7, unit=2))
    expect(page.locator("svg.cell:visible")).to_have_attribute("aria-label", seen.sentence())
    page.locator(".play select").select_option("900")
    page.locator(".play .go").click()
    stands(page, 8, "all")
    page.keyboard.press("Shift")
    expect(page.locator(".picture.playing")).to_have_count(0)

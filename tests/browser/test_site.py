"""What only the site without a server has: a first picture, work without a line, versions, any address."""

import re
import shutil
from urllib.parse import urlencode

import numpy as np
import pytest
from playwright.sync_api import expect

from lstm_core.words import LANGUAGES, Words
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.link import to_link
from lstm_core.workbench.presets import preset
from pages._ui.site import PAGES, address_of
from tests.browser.conftest import reading
from tests.browser.panels import centre, expect_link, kept, number, position, thumb
from tests.browser.reader import SETTLED
from tests.browser.site import built_site, serving_files
from tests.browser.window import LAPTOP, PHONE
from tests.nightly import examples, sample

LEAKY = "/forget_gate?preset=leaky&t=2&lang=en"
OF_SEVEN = "document.documentElement.outerHTML.match(/[0-9a-f]{12}(?=\\/host\\.js)/)[0]"


IS_KEPT = """async name => {
  const later = () => new Promise(done => setTimeout(done, 50));
  while (!(await caches.keys()).some(one => one.endsWith(name))) await later();
  const workers = await navigator.serviceWorker.getRegistration();
  while (workers.installing || workers.waiting || workers.active.state !== "activated") await later();
}"""
"""Until all files of a version are kept, and what keeps them answers."""


ALL_KEPT = "() => navigator.serviceWorker.ready.then(() => null)"


def python_waits(page):
    """Python comes when the function that this returns is called."""
    held = []
    page.route("**/pyodide.asm.wasm", lambda route: held.append(route))
    return lambda: [route.continue_() for route in held]


def test_the_first_picture_stands_before_python_and_what_is_done_to_it_is_kept(visitor, site):
    page = visitor.page
    comes = python_waits(page)
    page.goto(site + "/forget_gate?lang=en")
    expect(page.locator("svg.cell:visible")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "initial")
    expect(page.locator("#way")).to_contain_text(re.compile(r"\d MB"))
    before = kept(page)
    page.locator(".st-key-walk").get_by_text("5 Write").click()
    thumb(page, "b_f.1").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    thumb(page, "t").focus()
    page.keyboard.press("End")
    page.wait_for_timeout(400)  # longer than a hand rests until the host is told
    assert kept(page) == before and position(page, "b_f.1") == -14.95
    assert len(comes()) == 1
    visitor.wait_for_link(lambda link: link.get("b_f.1") == "-14.95" and link.get("phase") == "write")
    expect(page.locator("#way")).to_be_hidden()
    visitor.settle()
    assert visitor.link()["t"] == thumb(page, "t").get_attribute("max")
    assert kept(page) == "0.00" and number(page, "b_f.1").input_value() == "−14.95"


def test_a_hand_that_drags_while_python_comes_is_answered_from_then_on(visitor, site):
    page = visitor.page
    comes = python_waits(page)
    page.goto(site + "/forget_gate?lang=en")
    expect(page.locator("svg.cell:visible")).to_be_visible()
    address = page.url
    x, y = centre(page, "b_f.1")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 10, y)
    comes()
    page.wait_for_selector(SETTLED)
    page.mouse.move(x - 300, y)
    expect(page.locator('.wide .num[data-quantity="f"] > text').first).to_have_text("0.00")
    assert page.url == address or "b_f.1" not in page.url  # the hand has not come to rest
    page.mouse.up()
    expect_link(page, f"b_f.1={position(page, 'b_f.1'):g}")


GO = "path => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate')); }"


def test_every_page_works_without_a_line_after_one_visit(visitor):
    page = visitor.page
    visitor.open(LEAKY)
    page.evaluate(ALL_KEPT)
    page.context.set_offline(True)
    visitor.reload()
    for name in sample(PAGES, 4):
        page.evaluate(GO, f"/{address_of(name)}?lang=en")
        expect(page.locator("h2").first).to_have_text(Words("en")(f"question.{name}"))
    page.evaluate(GO, "/learning?lang=en&learn=recall~updates.20")
    expect(page.locator(".timeline label")).to_have_text("Update 20")
    page.evaluate(GO, "/network?lang=en")
    page.get_by_role("button", name="Show an example").click()
    expect(page.locator(".stDataFrame tbody tr").first).to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()  # a chart, which nobody has looked at
    expect(page.locator("#broken")).to_be_hidden()


def another_version(folder, old: str, new: str) -> None:
    """The same site, built again with a change: another name of its folder, and no file of the old one."""
    (folder / old).rename(folder / new)
    for path in [*folder.rglob("*.html"), folder / "sw.js"]:
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_a_new_version_comes_on_the_next_visit_and_whole(browser, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(built_site(), folder)
    with serving_files(folder) as address, reading(browser, address) as reader:
        reader.open(LEAKY)
        reader.page.evaluate(ALL_KEPT)
        old = reader.page.evaluate(OF_SEVEN)
        new = old[::-1]
        asked = []
        another_version(folder, old, new)
        reader.page.on("request", lambda request: asked.append(request.url))
        reader.reload()  # from what is kept, while the new version is fetched
        assert reader.page.evaluate(OF_SEVEN) == old
        reader.page.evaluate(IS_KEPT, new)
        asked.clear()
        reader.reload()
        assert reader.page.evaluate(OF_SEVEN) == new
        assert [url for url in asked if old in url] == []
        reader.nudge("b_f.1", "ArrowRight")
        kept = reader.page.evaluate("() => caches.keys()")
        assert len(kept) == 1 and kept[0].endswith(new)


def test_it_works_under_any_path_and_its_links_keep_that(browser, tmp_path):
    (tmp_path / "lstm-gates").symlink_to(built_site())
    with serving_files(tmp_path) as address, reading(browser, address) as reader:
        reader.open("/lstm-gates/forget_gate?preset=leaky&lang=ko")
        assert reader.path() == "/lstm-gates/forget_gate" and reader.link()["preset"] == "leaky"
        reader.open("/lstm-gates/make_lesson?lang=en")
        link = reader.page.locator(".st-key-make_result code").first.inner_text()
        assert link.startswith(f"{address}/lstm-gates/overview?")
        reader.open(link.removeprefix(address))
        assert reader.path() == "/lstm-gates/overview"


def test_an_unknown_address_leads_to_the_start(visitor, site):
    visitor.page.goto(site + "/404.html")  # what servers send where there is no such file
    visitor.page.wait_for_url(re.compile(r"/\?.*chapter=1"))
    visitor.settle()
    assert visitor.heading()


def test_a_step_of_a_number_adds_no_digits(visitor):
    visitor.open("/learning?lang=en")
    visitor.page.get_by_text(Words("en")("learning.more")).click()
    field = visitor.page.locator(".st-key-learning-rate")
    field.locator("input").fill("0.28")
    field.locator("button", has_text="+").click()
    expect(field.locator("input")).to_have_value("0.29")  # where 0.28 + 0.01 is 0.29000000000000004


STUCK = "() => void setTimeout(() => { for (;;); }, 50)"


def test_python_that_is_stuck_is_ended_and_the_page_begins_again_where_its_link_says(visitor):
    visitor.open("/forget_gate?preset=leaky&t=2&lang=ko")
    visitor.nudge("b_f.1", "ArrowRight")
    link = visitor.link()
    [before] = visitor.page.workers
    before.evaluate(STUCK)
    visitor.page.wait_for_timeout(2_000)  # on a busy machine, too, it is stuck before the click
    visitor.page.locator(".walk-next").click()
    toast = visitor.page.get_by_test_id("stToast")
    expect(toast).to_contain_text("너무 오래 걸려", timeout=30_000)
    expect(visitor.page.locator("#way")).to_be_hidden(timeout=60_000)
    after = visitor.page.workers[-1]  # one that is stuck may take a while to go
    now = visitor.link()
    now.pop("phase", None)  # what a hand chose in the meantime is kept, where it was heard
    assert after != before and now == link
    visitor.nudge("b_f.1", "ArrowRight")
    assert visitor.link()["b_f.1"] != link["b_f.1"]
    assert [error for error in visitor.errors if "silent for too long" not in error] == []
    visitor.errors.clear()


def test_a_row_is_ticked_and_opens_its_unit(visitor):
    visitor.open("/network?lang=en")
    visitor.page.get_by_role("button", name="Show an example").click()
    row = visitor.page.locator(".stDataFrame tbody tr").nth(1)
    unit = row.locator("td").nth(1).inner_text()
    row.locator("input").click()  # which the table does not outlive
    expect(visitor.page.locator(".st-key-network-unit input")).to_have_value(unit)


def states(count: int):
    """Random experiments as links: page and parameters, each of another page."""
    rng = np.random.default_rng(7)
    pages = ("overview", "forget_gate", "input_gate", "cell_state", "output_gate", "gradient")
    for page in rng.permutation(pages)[:count]:
        experiment = preset("random", int(rng.integers(1, 10_000)))
        experiment = experiment.resized(
            int(rng.integers(1, 5)), int(rng.integers(1, 5)), int(rng.integers(2, 21))
        )
        experiment = experiment.edited("b_f.1", round(float(rng.normal()), 2))
        focus = Focus(t=int(rng.integers(1, experiment.T + 1)), unit=int(rng.integers(1, experiment.H + 1)))
        yield str(page), to_link(experiment, focus, str(rng.choice(list(LANGUAGES))))


IN_FULL = re.compile(r"-?\d+\.\d{7,}(?:e-\d+)?")


def read(reader) -> tuple[str, list[float]]:
    """All that the pictures of a page say: words and shown numbers as text, those in full as numbers."""
    told = "\n".join(reader.page.locator(".picture svg").all_text_contents())
    return IN_FULL.sub("#", told), [float(number) for number in IN_FULL.findall(told)]


@pytest.mark.parametrize(("device", "count"), [(LAPTOP, examples(2, 5)), (PHONE, 2)], ids=["laptop", "phone"])
def test_both_hosts_show_the_same_words_and_numbers(browser, server, site, device, count):
    """Shown numbers exactly; those in full to 1e-12, for two builds of NumPy differ in the last digit."""
    shown = {}
    for address in (server, site):
        with reading(browser, address, **device) as reader:
            shown[address] = []
            for page, query in states(count):
                reader.open(f"/{page}?" + urlencode(query))
                shown[address].append(((page, query, reader.numbers(), reader.heading()), read(reader)))
    assert all(numbers for (_, _, numbers, _), _ in shown[server])
    for (there, (words, exact)), (here, (same_words, same)) in zip(shown[server], shown[site], strict=True):
        assert there == here and words == same_words
        np.testing.assert_allclose(same, exact, rtol=0, atol=1e-12)


ALIKE = {
    "laptop": {
        "/make_lesson?lang=en": ("h2", ".stPageLink", ".stCode pre", ".stExpander summary"),
        "/forget_gate?lang=en": (".stMain .katex-display > .katex", ".stPageLink", ".stExpander summary"),
        "/overview?lang=ko": ("h2", ".st-key-walk", ".st-key-preset", ".st-key-sliders-t"),
        "/network?lang=en": ("[data-testid=stFileUploaderDropzone] button", ".stMarkdown code"),
    },
    "phone": {
        "/overview?lang=en": ("h2", ".st-key-walk", ".st-key-preset"),
        "/lessons?lang=ko": ("h2", ".stNumberInput", ".stButton button"),
    },
}
"""Device -> address -> what has to stand at the same place and be equally high on both hosts."""

STANDS = """selectors => selectors.flatMap(selector => [...document.querySelectorAll(selector)]
  .map(found => found.getBoundingClientRect()).filter(({ height }) => height)
  .slice(0, 1).map(({ y, height }) => [selector, Math.round(y), Math.round(height)]))"""


WHOLE = """selectors => !document.querySelector("[data-testid=stSkeleton]")
  && selectors.every(selector => [...document.querySelectorAll(selector)].some(one =>
    one.getBoundingClientRect().height))"""


def standing(browser, address: str, device: str) -> list:
    with reading(browser, address, **{"laptop": LAPTOP, "phone": PHONE}[device]) as reader:
        found = []
        for path, selectors in ALIKE[device].items():
            reader.open(path)
            reader.page.wait_for_function(WHOLE, arg=selectors)
            reader.page.wait_for_timeout(500)
            found += [(path, *one) for one in reader.page.evaluate(STANDS, selectors)]
        return found


@pytest.mark.parametrize("device", ALIKE)
def test_what_is_read_and_turned_stands_where_the_server_puts_it(browser, server, site, device):
    expected = standing(browser, server, device)
    found = standing(browser, site, device)
    assert [one[:2] for one in found] == [one[:2] for one in expected]
    apart = [
        (one, there)
        for one, there in zip(found, expected, strict=True)
        if abs(one[2] - there[2]) > 4 or abs(one[3] - there[3]) > 3
    ]
    assert apart == []

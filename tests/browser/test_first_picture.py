"""The picture that stands in the page before its scripts come, and how the app takes its place."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import reading
from tests.browser.reader import DRAWING
from tests.browser.window import LAPTOP, PHONE
from tests.nightly import sample

pytestmark = pytest.mark.server_only("the build of the site draws its pages in another way")

SCRIPTS = "**/static/js/**"

# What of the page is seen, and where: of the drawing, or of the app.
SEEN = """root => {
  const FOUND = [".st-key-heading h2", "svg.cell", ".walk", ".play", ".over-time", ".ledger-line"];
  const boxes = {}, words = {};
  const say = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || ["style", "title", "defs"].includes(node.localName)) return "";
    const style = getComputedStyle(node);
    if (style.display === "none" || style.visibility === "hidden") return "";
    return [...node.childNodes].map(say).join(" ");
  };
  const look = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE || getComputedStyle(node).display === "none") return;
    const found = FOUND.find(selector => node.matches(selector));
    if (found && !(found in boxes)) {
      const { x, y, width, height } = node.getBoundingClientRect();
      boxes[found] = [x, y, width, height].map(Math.round);
      words[found] = say(node).replace(/\\s+/g, " ").trim();
    }
    for (const child of (node.shadowRoot ?? node).children) look(child);
  };
  for (const child of root.children) look(child);
  return [boxes, words];
}"""


# What a click in the middle of the diagram would meet.
UNDER = """root => {
  const { x, y, width, height } = root.querySelector("svg.cell").getBoundingClientRect();
  return root.elementFromPoint(x + width / 2, y + height / 2)?.localName ?? "";
}"""


def of_the_drawing(page: Page, function: str):
    """What a function says of the drawing, whose inside no script of the page reaches."""
    devtools = page.context.new_cdp_session(page)
    nodes = [devtools.send("DOM.getDocument", {"depth": -1, "pierce": True})["root"]]
    for node in nodes:
        if "first" in node.get("attributes", []):
            break
        nodes += node.get("children", [])
    inside = devtools.send("DOM.resolveNode", {"nodeId": node["shadowRoots"][0]["nodeId"]})["object"]
    asks = {"functionDeclaration": f"function() {{ return ({function})(this); }}", "returnByValue": True}
    said = devtools.send("Runtime.callFunctionOn", {"objectId": inside["objectId"], **asks})
    return said["result"]["value"]


@contextmanager
def held_back(page: Page):
    """Scripts of the app are held back; yields what lets them come."""
    waiting: list[Route] = []
    holds = [True]

    def hold(route: Route) -> None:
        waiting.append(route) if holds else route.continue_()

    def let_come() -> None:
        holds.clear()
        while waiting:
            waiting.pop().continue_()

    page.route(SCRIPTS, hold)
    yield let_come
    let_come()
    page.unroute(SCRIPTS)


def start(page: Page, address: str) -> None:
    page.goto(address, wait_until="commit")
    page.wait_for_selector(DRAWING, state="attached")
    page.wait_for_function("() => document.fonts.status === 'loaded'")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("device", [LAPTOP, PHONE], ids=["1366", "390"])
def test_nothing_moves_and_no_number_differs_when_the_app_comes(browser, app, device, scheme):
    links = ["/overview?lang=en", "/forget_gate?preset=latch&b_f.1=-1.5&t=3&lang=ko", "/gradient?lang=en"]
    links += ["/cell_state?ask=silent.3", "/?lesson=tour.short.2&lang=en", "/why_forget", "/trace"]
    links += ["/?chapter=2&lang=en", "/?chapter=7&lang=ko"]
    with reading(browser, app, color_scheme=scheme, **device) as reader:
        for link in sample(links, 5):
            page = reader.page
            with held_back(page) as let_come:
                start(page, app + link)
                boxes, words = of_the_drawing(page, SEEN)
                ground = page.locator(DRAWING).evaluate("e => getComputedStyle(e).backgroundColor")
                let_come()
                reader.settle()
                now, says = page.locator("#root").evaluate(SEEN)
            if device is LAPTOP:
                assert boxes.keys() == now.keys(), link
            elif "ask=" not in link:  # there a question comes first
                assert {".st-key-heading h2", "svg.cell"} & now.keys() <= boxes.keys(), link
            assert {name: now[name] for name in boxes} == boxes, link
            assert {name: says[name] for name in words} == words, link
            app_ground = page.get_by_test_id("stApp").evaluate("e => getComputedStyle(e).backgroundColor")
            assert ground == app_ground, link


def test_a_drawing_can_be_seen_and_neither_heard_nor_reached(browser, app):
    with reading(browser, app) as reader, held_back(reader.page) as let_come:
        start(reader.page, app + "/overview?lang=en")
        drawing = reader.page.locator(DRAWING)
        assert reader.page.title().startswith("The whole cell")
        assert reader.page.get_by_role("button", name="Guess").count() == 0
        assert drawing.get_attribute("aria-hidden") == "true"
        reader.page.keyboard.press("Tab")
        assert reader.page.evaluate("() => document.activeElement.shadowRoot") is None
        assert of_the_drawing(reader.page, UNDER) not in ("svg", "g", "rect", "path", "text")
        let_come()
        reader.settle()


def test_where_the_pictures_never_come_the_app_is_seen_nevertheless(browser, app):
    with reading(browser, app) as reader:
        reader.page.route("**/lstm.figure/picture.js", lambda route: route.abort())
        reader.page.goto(app + "/overview?lang=en")
        reader.page.wait_for_selector(DRAWING, state="detached")
        expect(reader.page.locator(".st-key-heading h2")).to_be_visible()
        reader.errors.clear()  # of the script that was kept away

"""The site's drawing script by itself, without Python: what stays while nodes come and go, and its lists."""

from __future__ import annotations

import pytest

from tests.browser.conftest import reading
from tests.browser.site import serving_files
from tests.deploy.built import HOME

NODES = """async names => {
  const { element, kinds, render } = await import("/tree.js");
  kinds.field ??= element("stField", "<input>", {});
  render(document.body, names.map(k => ({ t: "field", k })));
  return [...document.body.children].map(one => one.className.match(/st-key-(\\w+)/)[1]).join("");
}"""

COMBO = """async options => {
  const { comboBox } = await import("/combo.js");
  document.body.append(document.createElement("div"));
  const box = comboBox(document.body.lastChild, k => (window.chosen = options[k]));
  box.show(options, [0], false);
  box.input.select();
  box.input.focus();
}"""


@pytest.fixture
def page(browser):
    """An empty page that can import the scripts as they lie in the folder."""
    with serving_files(HOME / "site") as address, reading(browser, address) as reader:
        reader.page.route("**/empty", lambda route: route.fulfill(body="<body>", content_type="text/html"))
        reader.page.goto(f"{address}/empty")
        yield reader.page


def test_what_stands_after_something_that_goes_keeps_the_focus(page):
    assert page.evaluate(NODES, ["a", "b", "c"]) == "abc"
    page.locator(".st-key-c input").focus()
    assert page.evaluate(NODES, ["a", "c"]) == "ac"
    assert page.evaluate("document.activeElement.matches('.st-key-c input')")


def test_what_comes_goes_and_moves_stands_in_the_order_of_the_nodes(page):
    for names in ("abc", "cab", "b", "dbca", "", "ba"):
        assert page.evaluate(NODES, list(names)) == names


def test_all_that_is_typed_into_a_closed_list_narrows_it(page):
    page.evaluate(COMBO, ["Counter", "Leaky memory", "Latch"])
    page.keyboard.type("la")
    assert page.get_by_role("option").all_inner_texts() == ["Latch"]
    page.keyboard.press("Enter")
    assert page.evaluate("chosen") == "Latch"

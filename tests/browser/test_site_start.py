"""What keeps the site from starting: a sentence says what it is and what to do."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.panels import kept

FORBIDDEN = """for (const name of ["sessionStorage", "localStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("forbidden", "SecurityError"); } });"""


IN_HASTE = """const later = setTimeout;
window.setTimeout = (done, time, ...more) => later(done, time === 10_000 ? 2_000 : time, ...more);"""
"""So that a test need not wait for ten seconds."""


def told(page):
    return page.locator("#broken")


def test_it_works_where_the_browser_forbids_to_store(visitor):
    visitor.page.add_init_script(FORBIDDEN)
    visitor.open("/forget_gate?preset=leaky&t=2&phase=erase&lang=en")
    before = kept(visitor.page)
    visitor.nudge("b_f.1", "Home")
    assert kept(visitor.page) != before
    go = visitor.page.locator(".play .go")
    go.click()
    expect(visitor.page.locator(".wide svg.cell")).not_to_have_attribute(
        "aria-label", re.compile(" Keep and erase: ")
    )
    go.click()
    visitor.wait_for_link(lambda link: link.get("phase") != "erase")


def without_webassembly(route) -> None:
    """The worker as it would find itself in a browser that has none."""
    answer = route.fetch()
    route.fulfill(response=answer, body="delete globalThis.WebAssembly;\n" + answer.text())


def never(route) -> None:
    route.abort()


@pytest.mark.parametrize(
    ("file", "comes", "language", "says"),
    [
        ("worker.js", without_webassembly, "en", "not run WebAssembly"),
        ("worker.js", without_webassembly, "ko", "WebAssembly를"),
        ("start.pack", never, "en", "did not come"),
        ("pyodide.mjs", never, "en", "did not come"),
        ("pyodide.asm.wasm", never, "en", "did not come"),
        ("worker.js", never, "en", "did not come"),
        ("host.js", never, "en", "did not come"),
        ("host.js", never, "ko", "스크립트를"),
    ],
)
def test_what_is_missing_is_told(visitor, site, file, comes, language, says):
    visitor.page.add_init_script(IN_HASTE)
    visitor.page.route(f"**/{file}", comes)
    visitor.page.goto(f"{site}/forget_gate?lang={language}")
    expect(told(visitor.page)).to_contain_text(says)
    if file != "host.js":
        expect(visitor.page.locator("#way")).to_be_hidden()
        expect(visitor.page.locator("svg.cell:visible")).to_be_visible()  # the opening view stays
        assert visitor.errors
    visitor.errors.clear()


def test_a_line_that_falls_silent_is_told_and_forgotten_when_more_comes(visitor, site):
    held = []
    visitor.page.add_init_script(IN_HASTE)
    visitor.page.route("**/start.pack", lambda route: held.append(route))
    visitor.page.goto(site + "/forget_gate?lang=ko")
    expect(visitor.page.locator("#way")).to_contain_text(re.compile(r"\dMB"))
    expect(told(visitor.page)).to_contain_text("10초")
    expect(visitor.page.locator("#way")).to_be_visible()
    held[0].continue_()
    expect(visitor.page.locator("#way")).to_be_hidden()
    expect(told(visitor.page)).to_be_hidden()


def test_a_report_that_breaks_is_told_and_the_next_one_is_answered(visitor):
    visitor.open("/forget_gate?preset=leaky&t=2&lang=en")
    [worker] = visitor.page.workers
    before = kept(visitor.page)
    worker.evaluate("() => onmessage({ data: { kind: 'line', report: 'no report' } })")
    expect(told(visitor.page)).to_contain_text("went wrong")
    visitor.nudge("b_f.1", "Home")
    expect(told(visitor.page)).to_be_hidden()
    assert kept(visitor.page) != before
    assert visitor.errors
    visitor.errors.clear()

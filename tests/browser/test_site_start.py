"""What keeps the site from starting: a sentence says what it is and what to do."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from lstm_core.words import LANGUAGES
from tests.browser.conftest import reading
from tests.browser.panels import kept
from tests.browser.site import built_site, serving_files

FORBIDDEN = """for (const name of ["sessionStorage", "localStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("forbidden", "SecurityError"); } });"""


IN_HASTE = """const later = setTimeout;
window.setTimeout = (done, time, ...more) => later(done, time === 10_000 ? 2_000 : time, ...more);"""
"""So that a test need not wait for ten seconds."""


@pytest.fixture(scope="module")
def site(chromium):
    with serving_files(built_site()) as address:
        yield address


def told(page):
    return page.locator("#broken")


def test_it_works_where_the_browser_forbids_to_store(browser, site):
    with reading(browser, site) as reader:
        reader.page.add_init_script(FORBIDDEN)
        reader.open("/forget_gate?preset=leaky&t=2&phase=erase&lang=en")
        before = kept(reader.page)
        reader.nudge("b_f.1", "Home")
        assert kept(reader.page) != before
        go = reader.page.locator(".play .go")
        go.click()
        expect(reader.page.locator(".wide svg.cell")).not_to_have_attribute(
            "aria-label", re.compile(" Keep and erase: ")
        )
        go.click()
        reader.wait_for_link(lambda link: link.get("phase") != "erase")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_browser_without_webassembly_is_told_so(browser, site, lang):
    with reading(browser, site) as reader:
        reader.page.route("**/worker.js", without_webassembly)
        reader.page.goto(f"{site}/forget_gate?lang={lang}")
        expect(told(reader.page)).to_contain_text({"en": "not run WebAssembly", "ko": "WebAssembly를"}[lang])
        expect(reader.page.locator("#way")).to_be_hidden()
        expect(reader.page.locator("svg.cell:visible")).to_be_visible()  # the opening view stays
        assert reader.errors
        reader.errors.clear()


def without_webassembly(route) -> None:
    """The worker as it would find itself in a browser that has none."""
    answer = route.fetch()
    route.fulfill(response=answer, body="delete globalThis.WebAssembly;\n" + answer.text())


@pytest.mark.parametrize("file", ["start.pack", "pyodide.mjs", "pyodide.asm.wasm", "worker.js"])
def test_a_file_that_does_not_come_is_told(browser, site, file):
    with reading(browser, site) as reader:
        reader.page.route(f"**/{file}", lambda route: route.abort())
        reader.page.goto(site + "/forget_gate?lang=en")
        expect(told(reader.page)).to_contain_text("did not come")
        expect(reader.page.locator("#way")).to_be_hidden()
        assert reader.errors
        reader.errors.clear()


def test_a_line_that_falls_silent_is_told_and_forgotten_when_more_comes(browser, site):
    with reading(browser, site) as reader:
        held = []
        reader.page.add_init_script(IN_HASTE)
        reader.page.route("**/start.pack", lambda route: held.append(route))
        reader.page.goto(site + "/forget_gate?lang=ko")
        expect(reader.page.locator("#way")).to_contain_text(re.compile(r"\dMB"))
        expect(told(reader.page)).to_contain_text("10초")
        expect(reader.page.locator("#way")).to_be_visible()
        held[0].continue_()
        expect(reader.page.locator("#way")).to_be_hidden()
        expect(told(reader.page)).to_be_hidden()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_scripts_that_do_not_come_are_told(browser, site, lang):
    with reading(browser, site) as reader:
        reader.page.add_init_script(IN_HASTE)
        reader.page.route("**/host.js", lambda route: route.abort())
        reader.page.goto(f"{site}/forget_gate?lang={lang}")
        expect(told(reader.page)).to_contain_text({"en": "did not come", "ko": "스크립트를"}[lang])
        reader.errors.clear()


def test_a_report_that_breaks_is_told_and_the_next_one_is_answered(browser, site):
    with reading(browser, site) as reader:
        reader.open("/forget_gate?preset=leaky&t=2&lang=en")
        [worker] = reader.page.workers
        before = kept(reader.page)
        worker.evaluate("() => onmessage({ data: { kind: 'line', report: 'no report' } })")
        expect(told(reader.page)).to_contain_text("went wrong")
        reader.nudge("b_f.1", "Home")
        expect(told(reader.page)).to_be_hidden()
        assert kept(reader.page) != before
        assert reader.errors
        reader.errors.clear()

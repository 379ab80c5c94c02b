"""What axe-core finds fault with: names, roles, contrast, headings, targets, focus. Nothing is left."""

import json

import pytest
from playwright.sync_api import expect

from lstm_core.words import Words
from pages._ui.site import PAGES, address_of

axe_core = pytest.importorskip("axe_playwright_python.base")

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}


def broken(reader, where: str) -> list[str]:
    """Each rule that what is on screen breaks, with what breaks it."""
    reader.page.evaluate(axe_core.AXE_SCRIPT)
    result = reader.page.evaluate(f"axe.run(document, {json.dumps(OPTIONS)})")
    return [
        f"{where}: {rule['id']}: {node['target']} {node['html'][:160]} {node.get('failureSummary', '')[:400]}"
        for rule in result["violations"]
        for node in rule["nodes"][:8]
    ]


def looked_at(reader, page: str, language: str) -> list[str]:
    """What is broken on a page, while the menu is open, and while its question is."""
    reader.open(f"/{page}?lang={language}")
    found = broken(reader, "page")
    reader.page.get_by_test_id("stTopNavSection").first.click()
    reader.page.wait_for_timeout(300)  # it gets its name a moment after it has opened
    found += broken(reader, "menu")
    reader.page.keyboard.press("Escape")
    predict = reader.page.locator(".st-key-ask-predict button").first
    if predict.is_visible():
        predict.click()
        reader.page.locator(".st-key-ask-lock button").first.wait_for()
        reader.settle()
        found += broken(reader, "question")
    return found


@pytest.mark.parametrize("page", PAGES)
def test_no_rule_is_broken_on_a_page_nor_while_a_question_or_the_menu_is_open(reader, page):
    found = looked_at(reader, address_of(page), "en")
    assert not found, "\n".join(found)


def test_no_rule_is_broken_in_korean_while_a_question_or_a_dialog_is_open(reader):
    found = looked_at(reader, "forget_gate", "ko")
    reader.open("/make_lesson?lang=ko")
    reader.page.get_by_role("button", name=Words("ko")("make.large")).click()
    expect(reader.page.get_by_role("dialog").locator(".qr-large")).to_be_visible()
    reader.page.wait_for_timeout(300)  # it is still fading in
    found += broken(reader, "dialog")
    assert not found, "\n".join(found)

"""Enlarged to 400 %, and with letters, words and lines set apart as WCAG 1.4.12 asks: all can be read."""

import pytest

from pages._ui.site import PAGES, address_of
from tests.browser.conftest import reading

ENLARGED = {"viewport": {"width": 320, "height": 256}}
"""What is left of a window of 1280×1024 at 400 %, in CSS pixels."""

SET_APART = """() => {
  const css = `:not(svg, svg *) { line-height: 1.5 !important;
      letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`;
  const set = (root) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    for (const { shadowRoot } of root.querySelectorAll("*")) if (shadowRoot) set(shadowRoot);
  };
  set(document);
}"""
"""What a reader's own style sheet does, in the shadow roots too. Letters of a drawing stay where they are."""

UNREADABLE = """() => {
  const wide = document.documentElement.clientWidth, found = [], texts = [];
  const above = (node) => node.parentElement ?? node.getRootNode().host;
  const beyond = (text, edge, low, high, by) => text[low] < edge[low] - by || text[high] > edge[high] + by;
  const hides = (overflow) => ["hidden", "clip"].includes(overflow);
  const tell = (what, node) => found.push(`${what}: ${node.data.trim().slice(0, 50)}`);
  const look = (node) => {
    const [box, range] = [above(node), document.createRange()];
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    if (text.width < 2 || !box.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return;
    let [moves, sideways, floats] = [false, false, false];
    for (let around = box; around && around.dataset?.testid !== "stMain"; around = above(around)) {
      const style = getComputedStyle(around), edge = around.getBoundingClientRect();
      if (style.clipPath !== "none" || around.matches(".katex-mathml, select, title")) return; // only heard
      floats ||= ["fixed", "sticky", "absolute"].includes(style.position);
      sideways ||= ["auto", "scroll"].includes(style.overflowX);
      moves ||= ["auto", "scroll"].includes(style.overflowY);
      const across = !sideways && hides(style.overflowX) && beyond(text, edge, "left", "right", 1);
      const down = !moves && hides(style.overflowY) && beyond(text, edge, "top", "bottom", 4);
      if (across || down) return tell("cut off", node);
    }
    if (!sideways && (text.right > wide || text.left < 0)) tell("out of the window", node);
    if (sideways || floats || box.closest("svg, .katex")) return;
    for (const line of range.getClientRects()) texts.push([node, line]);
  };
  const walk = (root) => {
    for (const node of root.childNodes) {
      if (node.nodeType === 3 && node.data.trim()) look(node);
      if (node.nodeType === 1 && !/^(style|script)$/i.test(node.tagName)) walk(node.shadowRoot ?? node);
    }
  };
  walk(document.querySelector("[data-testid=stMain]"));
  texts.forEach(([node, a], k) => {
    for (const [other, b] of texts.slice(k + 1)) {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (node !== other && across > 3 && down > 6) tell(`over “${other.data.trim().slice(0, 30)}”`, node);
    }
  });
  return found;
}"""


@pytest.mark.nightly
@pytest.mark.parametrize("language", ("en", "ko"))
@pytest.mark.parametrize("page", PAGES)
def test_at_400_percent_nothing_is_cut_off_lies_over_another_or_moves_sideways(browser, app, page, language):
    with reading(browser, app, **ENLARGED) as reader:
        reader.open(f"/{address_of(page)}?lang={language}")
        reader.page.wait_for_timeout(1000)  # pictures come a moment later
        broken = [f"[plain] {one}" for one in reader.page.evaluate(UNREADABLE)]
        reader.page.evaluate(SET_APART)
        reader.page.wait_for_timeout(300)
        broken += [f"[set apart] {one}" for one in reader.page.evaluate(UNREADABLE)]
        assert reader.side_scroll() == 0
        assert not broken, "\n".join(broken)


@pytest.mark.nightly
def test_who_asks_for_more_contrast_has_ink_about_what_is_pressed_and_in_captions(browser, app):
    with reading(browser, app, contrast="more") as reader:
        reader.open("/forget_gate?lang=en")
        ink = reader.page.get_by_test_id("stApp").evaluate("app => getComputedStyle(app).color")
        for seen, colour in {
            ".st-key-ask-predict button:visible": "borderTopColor",
            ".st-key-preset :is([role=group], .field)": "borderTopColor",
            ".walk button:not([aria-checked=true])": "borderTopColor",
            ".st-key-caption [data-testid=stCaptionContainer] p": "color",
        }.items():
            part = reader.page.locator(seen).first
            assert part.evaluate(f"part => getComputedStyle(part).{colour}") == ink, seen

"""The walk as somebody sees it: the diagram, the origin of a number beside it, keys and focus."""

import re

import pytest
from playwright.sync_api import expect

from lstm_core.explain import Place
from lstm_core.view.diagram import describe
from lstm_core.words import LANGUAGES, Words
from tests.browser.reader import SETTLED

WORDS = {code: Words(code) for code in LANGUAGES}
RANDOM = "/overview?lang=en&preset=random&t=5"

FOCUSED = """() => {
  let e = document.activeElement;
  while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
  const style = getComputedStyle(e), hit = e.querySelector(".hit");
  const ring = hit && getComputedStyle(hit);
  return {quantity: e.dataset.quantity ?? null, panel: Boolean(e.closest(".why")),
    seen: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) ||
      style.boxShadow !== "none" ||
      Boolean(ring && ring.stroke !== "none" && parseFloat(ring.strokeWidth) > 0)};
}"""
COUNT_MOTION = """root => { window.moved = 0;
  for (const kind of ["transitionrun", "animationstart"])
    root.addEventListener(kind, () => window.moved++); }"""


def diagram(reader, narrow=False):
    return reader.page.locator(f".{'narrow' if narrow else 'wide'} svg.cell")


def open_walk(reader, path: str, narrow=False):
    """A link to a page with the diagram, until it is there and listens."""
    reader.page.goto(reader.address + path)
    diagram(reader, narrow).wait_for()
    settle(reader)


def settle(reader):
    """Until the page stands still, also in presenter mode, where all controls are hidden."""
    reader.page.wait_for_selector(SETTLED)
    reader.page.wait_for_function("() => !document.querySelector('[data-stale=true]')")


def panel(reader):
    return reader.page.locator(".why")


def number(where, place: Place):
    attribute = "index" if place.key == "x" else "unit"
    return where.locator(
        f'.num[data-quantity="{place.key}"][data-t="{place.t}"][data-{attribute}="{place.unit}"]'
    )


def press(reader, key: str, **expected):
    """A key of the walk, and what the link says then; None for what it no longer says."""
    reader.page.keyboard.press(key)
    reader.wait_for_link(lambda link: all(link.get(name) == value for name, value in expected.items()))
    settle(reader)


def says(reader, trace, t, unit=1, phase=None, language="en"):
    """Wait until the diagram is that of a step and phase."""
    sentence = describe(trace, t, unit, WORDS[language])
    if phase:
        sentence += f" {WORDS[language](f'diagram.phase.{phase}')}: "
    expect(diagram(reader)).to_have_attribute(
        "aria-label", re.compile("^" + re.escape(sentence) + (".+" if phase else "$"))
    )


def tab_to(reader, key: str, there):
    for _ in range(80):
        reader.page.keyboard.press(key)
        focus = reader.page.evaluate(FOCUSED)
        if focus["quantity"]:
            assert focus["seen"], focus
        if there(focus):
            return
    pytest.fail(f"{key} does not lead there")

"""A dragged picture comes in parts, and the browser puts it together as if it had come whole."""

import pytest

from tests.browser.conftest import reading
from tests.browser.walking import open_walk

DRAWN = """() => [...document.querySelectorAll("[class*=st-key-diagram-], [class*=st-key-strip-]")]
  .flatMap(place => [...place.querySelectorAll("*")].map(e => e.shadowRoot).filter(Boolean))
  .flatMap(root => [...root.querySelectorAll(".wide svg.cell, .over-time")])
  .map(picture => [...picture.querySelectorAll("*")].map(e =>
    [e.localName, ...[...e.attributes].map(a => a.name + "=" + a.value).sort(),
     ...[...e.childNodes].filter(n => n.nodeType === Node.TEXT_NODE).map(n => n.data)].join(" ")))"""


@pytest.mark.parametrize("page", ["forget_gate", "cell_state"])
def test_after_a_drag_the_pictures_are_those_of_a_fresh_page(browser, app, page):
    with reading(browser, app) as reader:
        open_walk(reader, f"/{page}?lang=en&preset=random&t=5&phase=write")
        thumb = reader.page.locator(".row[data-address*='.'] input[type=range]").first
        box = thumb.bounding_box()
        reader.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        reader.page.mouse.down()
        for k in range(1, 40):
            reader.page.mouse.move(box["x"] + box["width"] / 2 + k, box["y"] + box["height"] / 2)
            reader.page.wait_for_timeout(5)
        reader.page.mouse.up()
        reader.wait_for_link(lambda link: any("." in name for name in link))
        reader.page.locator(".walk-next").click()
        reader.wait_for_link(lambda link: link["phase"] == "output")
        thumb.press("ArrowLeft")
        reader._until_still()
        dragged = reader.page.evaluate(DRAWN)
        with reading(browser, app) as other:
            open_walk(other, reader.page.url.removeprefix(app))
            other._until_still()
            assert len(dragged) == 2 and other.page.evaluate(DRAWN) == dragged

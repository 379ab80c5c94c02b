"""A pointer that moves on at 60 Hz whatever the page does: pictures a second, and when the last is there."""

import sys
from time import perf_counter, sleep

from tests.benchmark.latency import DRAGGED, HERE, LINK, NUMBERS, a_browser, opened
from tests.benchmark.percentiles import against, at_least, table
from tests.browser.panels import centre
from tests.servers import serving

RATE, SECONDS = 60, 2.0

PICTURES, LAST = 40, 35
"""Goals: at least so many pictures a second, the last one at most so many ms after the last move."""

COUNT = """() => {
  const seen = { pictures: 0, moved: 0, painted: 0, asked: false };
  const within = (node) => [...node.querySelectorAll("*")].filter((e) => e.shadowRoot);
  const roots = (node) => [node, ...within(node).flatMap((e) => roots(e.shadowRoot))];
  const painted = () => { seen.asked = false; seen.pictures += 1; seen.painted = performance.now(); };
  const changed = (records) => {
    const shown = ".picture, .stPlotlyChart, [data-testid=stMarkdown]";
    const inPicture = ({ target: { nodeType, parentElement }, target }) =>
      (nodeType === 1 ? target : parentElement)?.closest?.(shown);
    if (seen.asked || !records.some(inPicture)) return;
    seen.asked = true;
    requestAnimationFrame(painted);
  };
  const observer = new MutationObserver(changed);
  for (const root of roots(document.querySelector("[data-testid=stMain]")))
    observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
  for (const name of ["pointermove", "pointerup"])
    addEventListener(name, (event) => (seen.moved = event.timeStamp), { capture: true });
  window.seen = seen;
}"""
"""Counts the frames in which a picture changed, and notes the last move and the last such frame."""


def swept(page, x: float, y: float) -> tuple[float, float]:
    """Pictures a second while a slider is dragged, and ms from the last move to the last picture."""
    page.evaluate(COUNT)
    page.mouse.move(x, y)
    page.mouse.down()
    start = perf_counter()
    for k in range(round(RATE * SECONDS)):
        sleep(max(0.0, start + k / RATE - perf_counter()))
        page.mouse.move(x - 40 + 2 * abs(k % 40 - 20), y)
    took = perf_counter() - start
    pictures = page.evaluate("seen.pictures")
    page.wait_for_timeout(1000)
    last = page.evaluate("seen.painted - seen.moved")
    page.mouse.up()
    return pictures / took, last


def in_hand(browser, url: str, rounds: int) -> list[tuple[float, float]]:
    """What `swept` finds on the first slider of a page, so many times."""
    with opened(browser, url) as page:
        first = page.locator(NUMBERS).first
        first.wait_for()
        page.wait_for_timeout(1000)
        place = centre(page, first.get_attribute("data-address"))
        return [swept(page, *place) for _ in range(rounds)]


def report(rounds: int) -> str:
    """A row a page. The native slider of the naive app says nothing until the hand lets go."""
    rows = []
    with a_browser() as browser:
        naive = str(HERE / "apps" / "naive.py")
        with serving(naive, "pointer_naive.log") as server, opened(browser, server.address) as page:
            box = page.get_by_role("slider").bounding_box()
            rows.append(row("naive", [swept(page, box["x"], box["y"] + 5) for _ in range(rounds)]))
        with serving("app.py", "pointer.log") as server:
            for name in DRAGGED:
                print(f"… {name}", file=sys.stderr)
                rows.append(row(name, in_hand(browser, f"{server.address}/{name}{LINK}", rounds)))
    head = [f"pointer at {RATE} Hz for {SECONDS:g} s", "pictures a second", "goal", "last after ms", "goal"]
    return table(head, rows)


def row(name: str, found: list[tuple[float, float]]) -> list[str]:
    pictures, last = (sorted(values)[len(values) // 2] for values in zip(*found, strict=True))
    if not pictures:
        return [name, "0", "", "–", ""]
    return [name, f"{pictures:.1f}", at_least(pictures, PICTURES), f"{last:.0f}", against(last, LAST)]

"""A hand on what is drawn: mouse and finger press on a number in a picture and drag it."""

from playwright.sync_api import Page


def cell(reader, d: int, t: int):
    return reader.page.locator(f'.over-time .cells[data-index="{d}"] rect').nth(t - 1)


def handle(reader, address: str):
    """What the keyboard has of a number in a picture, in the arrangement that is on screen."""
    return reader.page.locator(f'[data-grab="{address}"][role]:visible')


def centre(thing) -> tuple[float, float]:
    box = thing.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(reader, thing, up: float, pieces: int = 5):
    """Press on something and move up so many pixels; the hand stays down."""
    x, y = centre(thing)
    reader.page.mouse.move(x, y)
    reader.page.mouse.down()
    for k in range(1, pieces + 1):
        reader.page.mouse.move(x, y - up * k / pieces)


def swipe(page: Page, start: tuple[float, float], down=0.0, right=0.0, pieces=15) -> None:
    """Put a finger somewhere, move it so many pixels, and take it away."""
    finger = page.context.new_cdp_session(page)
    for k in range(pieces + 1):
        spot = {"x": start[0] + right * k / pieces, "y": start[1] + down * k / pieces}
        kind = "touchMove" if k else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [spot]})
        page.wait_for_timeout(16)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(500)


def drag_by_finger(reader, thing, up: float):
    swipe(reader.page, centre(thing), -up, pieces=5)

"""A hand on what is drawn: mouse and finger press on a number in a picture and drag it."""


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


def drag_by_finger(reader, thing, up: float):
    """Put a finger on something, move it up so many pixels, and take it away."""
    x, y = centre(thing)
    finger = reader.page.context.new_cdp_session(reader.page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for k in range(1, 6):
        point = {"x": x, "y": y - up * k / 5}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

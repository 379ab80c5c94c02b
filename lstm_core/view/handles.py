"""What a hand can grab in a picture: address, bounds -> **attributes** that assets/figure/grab.js reads."""

from ..rounding import exact, text

Bounds = tuple[float, float]
"""The lowest and the highest number that something can be dragged to."""

STEP = 0.05
"""What a press of an arrow key adds."""


def grabbed(address: str, bounds: Bounds, travel: float) -> dict:
    """Attributes of what can be dragged up and down.

    address : which number of the experiment it is, such as "x.3.1"; * stands for the step under the pointer.
    travel : how far the hand moves from the lowest number to the highest, in the units of the picture.
    """
    low, high = bounds
    return {
        "data_grab": address, "data_low": exact(low), "data_high": exact(high), "data_step": STEP,
        "data_travel": travel,
    }  # fmt: skip


def handle(
    address: str, bounds: Bounds, travel: float, value: float, name: str, role: str = "slider"
) -> dict:
    """Attributes of what can be dragged and, with the focus on it, moved by keys and typed into.

    name : what is read out with the value. role : "slider", or "spinbutton" where the arrows to the left
    and right go to the neighbours.
    """
    low, high = bounds
    return grabbed(address, bounds, travel) | {
        "role": role, "tabindex": 0, "aria_label": name,
        "aria_valuemin": exact(low), "aria_valuemax": exact(high),
        "aria_valuenow": exact(value), "aria_valuetext": text(value),
        "aria_orientation": "vertical" if role == "slider" else None,
    }  # fmt: skip

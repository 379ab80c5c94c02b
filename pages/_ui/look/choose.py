"""What a click in a picture does: choice -> **number to explain**, and the focus on it."""

from __future__ import annotations

from lstm_core.explain import BEFORE
from lstm_core.quantities import QUANTITIES

from .. import session


def choose(choice: dict) -> None:
    """Asks where the chosen number comes from, and puts the focus on its step and unit.

    A chosen unit only moves the focus, and a chosen weight opens its sliders.
    """
    session.touch()
    if choice.get("role") == "unit" and "unit" in choice:
        session.look(unit=choice["unit"])
        return
    if choice.get("role") == "slider":  # Its value is an address, such as V_f.1.3.
        session.ask_origin(None)
        session.edit_group(choice.get("value", "")[2:3])
        return
    key, t = choice.get("quantity"), choice.get("t")
    if key not in QUANTITIES or not QUANTITIES[key].in_trace:
        return
    if t is not None:
        session.look(t=t)
    if key == "x":
        session.ask_origin(key, choice.get("index", 1))
    elif key in BEFORE:  # The diagram shows these of all units, so the focus need not move to the unit.
        session.ask_origin(key, choice.get("unit"))
    else:
        session.look(unit=choice.get("unit", session.focus().unit))
        session.ask_origin(key)

"""What a reader chose in a picture -> **the number that is asked about**, and the focus."""

from __future__ import annotations

from lstm_core.explain import BEFORE
from lstm_core.quantities import QUANTITIES

from .. import session


def choose(choice: dict) -> None:
    """What the reader chose in a picture becomes the question, and the focus goes where it is."""
    session.touch()
    if choice.get("role") == "unit" and "unit" in choice:
        session.look(unit=choice["unit"])
        return
    if choice.get("role") == "slider":  # such as V_f.1.3
        session.ask(None)
        session.edit_group(choice.get("value", "")[2:3])
        return
    key, t = choice.get("quantity"), choice.get("t")
    if key not in QUANTITIES or not QUANTITIES[key].in_trace:
        return
    if t is not None:
        session.look(t=t)
    if key == "x":
        session.ask(key, choice.get("index", 1))
    elif key in BEFORE:  # the diagram shows those of all units at once
        session.ask(key, choice.get("unit"))
    else:
        session.look(unit=choice.get("unit", session.focus().unit))
        session.ask(key)

"""What a click or a key asks of a figure: choice -> **another figure**.

A choice is a dict of what was chosen: the quantity of a number with its t, unit and index, or a role. All
roles that a figure knows only look elsewhere; what else a page offers (a question, presenter mode) it decides
itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..explain import BEFORE
from ..quantities import QUANTITIES
from ..view.diagram import ARRANGEMENTS
from ..workbench.focus import ALL, PHASES, step_on

if TYPE_CHECKING:
    from .looking import Looking

Choice = dict[str, str | int]

MOST_PRESSES = 50
"""The most presses of a key that count in one report of the browser, which may hold several."""

AGAIN = "again"
"""What the button that plays does at the end of the run."""

KEYBOARD = {
    "ArrowLeft": "back",
    "ArrowRight": "next",
    "PageUp": "step_back",
    "PageDown": "step_on",
    "Home": ALL,
}
"""Key -> what it does, wherever the focus is, except in a control that needs the key itself."""


def chose(figure: Looking, choice: Choice) -> Any:
    """The figure after a choice; None where the choice is none of a figure's own."""
    role = choice.get("role")
    if role is None:
        return _number(figure, choice)
    act = _ROLES.get(str(role))
    return act(figure, choice) if act else None


def pressed(figure: Looking, key: str) -> Any:
    """The figure after a key of the walk; None for a key that it does not know."""
    act = _KEYS.get(key)
    return act(figure) if act else None


def _number(figure: Looking, choice: Choice) -> Any:
    """A number: it is asked where it comes from, and its step and unit come into focus."""
    key = choice.get("quantity")
    if key not in QUANTITIES or not QUANTITIES[str(key)].in_trace:
        return None
    figure = figure.looked(chosen=key, place=None, **_only(choice, "t"))
    if key == "x":
        return figure.looked(place=choice.get("index", 1))
    if key in BEFORE:  # The cell shows these of all units, so the focus need not move to the unit.
        return figure.looked(place=choice.get("unit"))
    return figure.looked(**_only(choice, "unit"))


def _only(choice: Choice, name: str) -> dict:
    return {name: choice[name]} if name in choice else {}


def _keys(figure: Looking, choice: Choice) -> Any:
    after: Any = figure
    for _ in range(min(int(choice.get("index", 1)), MOST_PRESSES)):
        after = after and pressed(after, str(choice.get("value")))
    return after


def _band(figure: Looking, choice: Choice) -> Any:
    s = str(choice.get("value", ""))
    followed = {"band": int(s)} if s.isascii() and s.isdigit() and int(s) <= figure.T else {}
    return figure.looked(**followed, **_only(choice, "t"))


def _phase(figure: Looking, choice: Choice) -> Any:
    wanted = choice.get("value")
    return figure.looked(phase=wanted) if wanted in (ALL, *PHASES) else None


def _room(figure: Looking, choice: Choice) -> Any:
    wanted = choice.get("value")
    return figure.looked(arrangement=wanted if wanted in ARRANGEMENTS else None)


_ROLES: dict[str, Callable[[Looking, Choice], Any]] = {
    "key": _keys,
    "phase": _phase,
    "step": lambda figure, choice: figure.looked(**_only(choice, "t"), **_only(choice, "unit")),
    "unit": lambda figure, choice: figure.looked(**_only(choice, "unit")),
    "band": _band,
    "room": _room,
}


def _by_phase(figure: Looking, by: int) -> Looking:
    phase, t = step_on(figure.phase, figure.focus.t, figure.T, by)
    return figure.looked(phase=phase, t=t)


_KEYS: dict[str, Callable[[Looking], Looking]] = {
    "next": lambda figure: _by_phase(figure, 1),
    "back": lambda figure: _by_phase(figure, -1),
    "step_on": lambda figure: figure.looked(t=figure.focus.t + 1),
    "step_back": lambda figure: figure.looked(t=figure.focus.t - 1),
    AGAIN: lambda figure: figure.looked(t=1, phase=ALL if figure.phase == ALL else PHASES[0]),
    ALL: lambda figure: figure.looked(phase=ALL),
}

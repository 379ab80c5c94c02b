"""What a click or a key asks of a figure: choice -> **another figure**.

A choice is a dict of what was chosen: the quantity of a number with its t, unit and index, or a role. All
roles that a figure knows only look elsewhere; what else a page offers (a question, presenter mode) it decides
itself.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from functools import partial
from typing import TYPE_CHECKING, Any

from ..backprop import LOSSES, WAYS
from ..explain import BEFORE
from ..quantities import QUANTITIES
from ..view.diagram import ARRANGEMENTS
from ..workbench.focus import ALL, BACK_PHASES, PHASES, RNN_WEIGHTS, back_on, step_on

if TYPE_CHECKING:
    from .looking import Looking

Choice = dict[str, str | int]

MOST_PRESSES = 50
"""The most presses of a key that count in one report of the browser, which may hold several."""

AGAIN = "again"
"""What the button that plays does at the end of the run."""

KEYBOARD = {
    "ArrowLeft": "left",
    "ArrowRight": "right",
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
    act = (_BACK_KEYS if figure.walks_back else _KEYS).get(key)
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


def _one_of(name: str, known: Container[str]) -> Callable[[Looking, Choice], Any]:
    """What looks at one of the values that there are for a name."""
    return lambda figure, choice: (
        figure.looked(**{name: choice["value"]}) if choice.get("value") in known else None
    )


def _turn(figure: Looking, choice: Choice) -> Any:
    """Begin to walk back, at the last step, or end it."""
    if choice.get("value") != "back":
        return figure.looked(back=None)
    return figure if figure.focus.back else figure.looked(back=BACK_PHASES[0], t=figure.T)


def _room(figure: Looking, choice: Choice) -> Any:
    wanted = choice.get("value")
    return figure.looked(arrangement=wanted if wanted in ARRANGEMENTS else None)


_ROLES: dict[str, Callable[[Looking, Choice], Any]] = {
    "key": _keys,
    "phase": _one_of("phase", (ALL, *PHASES)),
    "step": lambda figure, choice: figure.looked(**_only(choice, "t"), **_only(choice, "unit")),
    "unit": lambda figure, choice: figure.looked(**_only(choice, "unit")),
    "band": _band,
    "room": _room,
    "rnn": _one_of("rnn", RNN_WEIGHTS),
    "turn": _turn,
    "back": _one_of("back", BACK_PHASES),
    "loss": _one_of("loss", LOSSES),
    "ways": _one_of("ways", WAYS),
}


def _by_phase(figure: Looking, by: int) -> Looking:
    phase, t = step_on(figure.phase, figure.focus.t, figure.T, by)
    return figure.looked(phase=phase, t=t)


_KEYS: dict[str, Callable[[Looking], Looking]] = {
    **dict.fromkeys(("next", "right"), partial(_by_phase, by=1)),
    **dict.fromkeys(("back", "left"), partial(_by_phase, by=-1)),
    "step_on": lambda figure: figure.looked(t=figure.focus.t + 1),
    "step_back": lambda figure: figure.looked(t=figure.focus.t - 1),
    AGAIN: lambda figure: figure.looked(t=1, phase=ALL if figure.phase == ALL else PHASES[0]),
    ALL: lambda figure: figure.looked(phase=ALL),
}


def _walk_back(figure: Looking, by: int) -> Looking:
    focus = figure.focus
    first = figure.T - focus.last + 1 if focus.last else 1
    t = max(focus.t, first)
    phase, t = back_on(focus.back or BACK_PHASES[0], t, first, figure.T, by)
    return figure.looked(back=phase, t=t)


_BACK_KEYS: dict[str, Callable[[Looking], Looking]] = {
    **dict.fromkeys(("next", "left", "step_back"), partial(_walk_back, by=1)),
    **dict.fromkeys(("back", "right", "step_on"), partial(_walk_back, by=-1)),
}
"""The keys of the walk back, on which the step before comes next: to the left, as in the strip over time."""

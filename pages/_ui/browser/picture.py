"""A picture in the browser: SVG text -> **picture** -> what the reader chose in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from .changes import to_send
from .component import component
from .reports import receive

_LONGEST_NAME = 80

_MOST_DIGITS = 7

_mount = component("picture", "grab", "held", "play", "reporter")

Bounds = tuple[float, float]


def picture(
    svg: str,
    key: str,
    on_choose: Callable[[dict], None] | None = None,
    height: int | str | None = None,
    keys: Mapping[str, str] | None = None,
    grabs: Mapping[str, Bounds] | None = None,
    on_move: Callable[[dict[str, float], bool], None] = lambda values, final: None,
    turn: Callable[[], int] = lambda: 0,
) -> None:
    """Shows SVG or HTML that the library made; when it changes, only what differs is changed in the browser.

    svg : markup in which everything that a reader typed is escaped.
    on_choose : is called with the choice, see `checked_choice`, before the page runs again.
    height : the largest height of each SVG in it, in pixels or as a length of CSS; None for
        the height that its width gives.
    keys : key of the keyboard -> value. Pressing it makes the choice {"role": "key", "value": value},
        wherever the focus is, except in a control that needs the key itself.
    grabs : address -> (lowest, highest) of each number that can be dragged in it, as its markup says with
        `lstm_core.view.handles`. Where it is empty none can be at present; None says that none ever can.
    on_move, turn : what is dragged, and the experiment that it belongs to; see `reports.receive`.
    """

    answered = f"{key}.answered"

    def report():
        # The counter changes the payload, which tells picture.js that its report was handled.
        st.session_state[answered] = st.session_state.get(answered, 0) + 1
        choice = checked_choice(st.session_state[key].get("chosen"))
        if choice:
            on_choose(choice)

    # It is a list because Streamlit would import pandas, half a second, for a dict.
    most = f"{height}px" if isinstance(height, int) else height
    markup, digest = to_send(svg, key)
    answer = st.session_state.get(answered, 0)
    data = [markup, on_choose is not None, most, dict(keys or {}), answer, [key, digest]]
    listener = {} if on_choose is None else {"on_chosen_change": report}
    if grabs is not None:
        seq, named_turn, listener["on_moved_change"] = receive(key, grabs, on_move, turn)
        data.append([key, seq, named_turn])
    _mount(key=key, data=data, **listener)


def checked_choice(sent: object) -> dict[str, str | int]:
    """The choice that the browser sent: quantity, role and value as text; t, unit and index as numbers.

    t counts from 0, which is before the first step; unit and index count from 1. Whatever else the
    browser sent is left out, so that the dict may be empty.
    """
    if not isinstance(sent, dict):
        return {}
    names = {name: sent.get(name) for name in ("quantity", "role", "value")}
    least = {"t": 0, "unit": 1, "index": 1}
    numbers = {name: _whole_number(sent.get(name), low) for name, low in least.items()}
    choice = {name: value for name, value in names.items() if _is_name(value)}
    return choice | {name: value for name, value in numbers.items() if value is not None}


def _is_name(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_NAME and value.isprintable()


def _whole_number(value: object, least: int) -> int | None:
    is_digits = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS
    return int(value) if is_digits and int(value) >= least else None

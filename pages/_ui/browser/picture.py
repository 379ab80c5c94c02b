"""A picture in the browser: SVG text -> **picture** -> what the reader chose in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from .component import component

_LONGEST_NAME = 80


_MOST_DIGITS = 7


_mount = component("picture")


def picture(
    svg: str,
    key: str,
    on_choose: Callable[[dict], None] | None = None,
    height: int | None = None,
    keys: Mapping[str, str] | None = None,
) -> None:
    """Shows SVG or HTML that the library made, and patches it in place when it changes.

    svg : markup that is escaped already; nothing a reader typed may stand in it unescaped.
    on_choose : is called with the choice, see `checked_choice`, before the page runs again.
    height : the most pixels that each SVG in it may take; None for as high as its width makes it.
    keys : key of the keyboard -> value; pressed wherever the focus is, but in a control that needs
        it itself, it is the choice {"role": "key", "value": value}.
    """

    answered = f"{key}.answered"

    def report():
        # Counted, so that each report changes what is sent back and the next key need not wait.
        st.session_state[answered] = st.session_state.get(answered, 0) + 1
        choice = checked_choice(st.session_state[key].get("chosen"))
        if choice:
            on_choose(choice)

    # A list, because a dict would make Streamlit load pandas.
    data = [svg, on_choose is not None, height, dict(keys or {}), st.session_state.get(answered, 0)]
    listener = {} if on_choose is None else {"on_chosen_change": report}
    _mount(key=key, data=data, **listener)


def checked_choice(sent: object) -> dict[str, str | int]:
    """What the browser sent, as far as it is a choice: quantity, role and value as text, t, unit and index.

    t counts from 0, which is before the first step; unit and index count from 1. Whatever is not of
    that form is left out; an empty dict when nothing is left.
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
    written = isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS
    return int(value) if written and int(value) >= least else None

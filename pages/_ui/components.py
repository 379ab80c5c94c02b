"""The components that run in the browser: SVG text -> **picture** -> what the reader chose in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

_FILES = Path(__file__).resolve().parents[2] / "assets" / "components"

_NUMBERS = ("t", "unit", "index")
_NAMES = ("quantity", "role", "value")
_LONGEST_NAME = 80
_LARGEST_NUMBER = 1_000_000


def _component(name: str):
    """Registers assets/components/NAME once for the process, and returns what mounts it."""
    folder = _FILES / name
    return st.components.v2.component(
        f"lstm_{name}",
        js=(folder / f"{name}.js").read_text("utf-8"),
        css=(folder / f"{name}.css").read_text("utf-8"),
    )


_mount_picture = _component("picture")


def picture(
    svg: str, key: str, on_choose: Callable[[dict], None] | None = None, height: int | None = None
) -> None:
    """Shows SVG or HTML that the library made, and patches it in place when it changes.

    svg : markup that is escaped already; nothing a reader typed may stand in it unescaped.
    on_choose : is called with the choice, see `checked_choice`, before the page runs again.
    height : the most pixels that each SVG in it may take; None for as high as its width makes it.
    """

    def report():
        choice = checked_choice(st.session_state[key].get("chosen"))
        if choice:
            on_choose(choice)

    # A list, because a dict would make Streamlit load pandas.
    data = [svg, on_choose is not None, height]
    if on_choose is None:
        _mount_picture(key=key, data=data)
    else:
        _mount_picture(key=key, data=data, on_chosen_change=report)


def checked_choice(sent: object) -> dict[str, str | int]:
    """What the browser sent, as far as it is a choice: quantity, role, value as text, t, unit, index from 1.

    Whatever is not of that form is left out; an empty dict when nothing is left.
    """
    if not isinstance(sent, dict):
        return {}
    choice: dict[str, str | int] = {}
    for name in _NAMES:
        value = sent.get(name)
        if isinstance(value, str) and 0 < len(value) <= _LONGEST_NAME and value.isprintable():
            choice[name] = value
    for name in _NUMBERS:
        value = sent.get(name)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 7:
            if 1 <= int(value) <= _LARGEST_NUMBER:
                choice[name] = int(value)
    return choice

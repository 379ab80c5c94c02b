"""A picture that is no figure's: SVG text -> **picture** -> what the reader chose in it."""

from collections.abc import Callable, Mapping

import streamlit as st

from lstm_core.figure.line import checked_choice

from .component import component

_mount = component("picture", "figure")


def picture(
    svg: str,
    key: str,
    on_choose: Callable[[dict], None] | None = None,
    height: int | str | None = None,
    keys: Mapping[str, str] | None = None,
) -> None:
    """Shows SVG or HTML that the library made; when it changes, only what differs is changed in the browser.

    svg : markup in which everything that a reader typed is escaped.
    on_choose : is called with the choice, see `checked_choice`, before the page runs again.
    height : the largest height of each SVG in it, in pixels or as a length of CSS; None for
        the height that its width gives.
    keys : key of the keyboard -> value. Pressing it makes the choice {"role": "key", "value": value},
        wherever the focus is, except in a control that needs the key itself.
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
    answer = st.session_state.get(answered, 0)
    data = [[svg], on_choose is not None, most, dict(keys or {}), answer, None]
    _mount(key=key, data=data, **({} if on_choose is None else {"on_chosen_change": report}))

"""What runs when: **the whole page**, without the menu, after each choice and when a hand rests.

While a hand moves no page runs at all; see `line`.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

_PAGE = "page"


def whole_page(draw: Callable[[], None]) -> Callable[[], None]:
    """The body of a page, which runs without the menu after each choice on it."""
    return st.fragment(draw, key=_PAGE)

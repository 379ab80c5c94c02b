"""What runs when: **the whole page** after each choice, and while a hand is down only what is under it.

What a change costs is the number of Streamlit elements that are sent again, so the part that runs while a
slider is dragged has three: the sliders, and the pictures that show what they do. All else follows when
the hand lets go.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

_PAGE = "page"


def whole_page(draw: Callable[[], None]) -> Callable[[], None]:
    """The body of a page, which runs without the menu after each choice on it."""
    return st.fragment(draw, key=_PAGE)


def under_hand(draw: Callable[[bool], None]) -> None:
    """Draws the sliders and pictures of a page, which run alone until a hand lets go of a slider.

    draw : draws the sliders here, and the pictures into containers of the page. It reads the session itself,
        because it runs again without the body of the page. It is told whether it does, which is to say that
        a hand is dragging.
    """
    with_the_page = [True]

    @st.fragment
    def part():
        draw(not (with_the_page and with_the_page.pop()))

    part()


def run_page() -> None:
    """Runs the whole page next. It ends the callback that calls it, as `st.rerun` does."""
    st.rerun(_PAGE)

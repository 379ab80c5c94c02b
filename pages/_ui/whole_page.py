"""What runs when: **the whole page**, without the menu, after each choice and when a hand rests.

While a hand moves no page runs at all; see `line`. Every page that is a fragment is made one here, so that it
goes on when its server was started anew.
"""

from collections.abc import Callable
from datetime import timedelta

import streamlit as st

_PAGE = "page"

_EVERY = timedelta(days=1)
"""How often the fragment runs by the clock, which nobody needs. But a browser that connects again, to a
server that was started anew, asks for a run only where a fragment ran last or one runs by the clock. Without
that run the new session does not know the fragment, and Streamlit drops all that is done in it.
"""


def whole_page(draw: Callable[[], None]) -> Callable[[], None]:
    """The body of a page, which runs without the menu after each choice on it."""
    return st.fragment(draw, key=_PAGE, run_every=_EVERY)

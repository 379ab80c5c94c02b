"""The two pages that are one large picture: controls -> figure -> **picture, text, files**."""

from functools import partial

import streamlit as st

from . import figures, link, session
from .browser.hand import Hand
from .edit.controls import draw_controls, panels
from .heading import heading, prose_waits, waits
from .in_english import marked_text
from .look import walk
from .look.downloads import downloads
from .look.page_layout import page_layout
from .look.show import first_notice
from .menu import open_page
from .next_step import next_step
from .whole_page import whole_page

KEYS = {"ArrowLeft": "step_back", "ArrowRight": "step_on"}
"""Key -> what it does, wherever the focus is, except in a control that needs the key itself."""


def picture_page(
    name: str,
    groups: tuple[str, ...],
    *,
    repeats: bool = False,
    walks_back: bool = False,
) -> None:
    """Opens the page and draws it.

    name : of the page; it is also the name of its file and of its texts.
    groups : of numbers that its sliders can edit, the one that it opens on first; see `GROUPS`.
    repeats : whether it repeats the inputs, and has a slider for how long.
    walks_back : whether its picture can be the walk back, with a slider for how many steps.
    """
    words = open_page(name)

    @whole_page
    def page():
        left, right, below = page_layout()
        looks = ("length",) * repeats + ("last",) * walks_back
        with right:
            heading(words, name, listens=True)
            waiting = waits(words)
            nothing = {"pictures": ()} if waiting else {}
            hand = Hand(figures.figure((*panels(groups), *looks), **nothing), name)
            presenting = walk.presenting() if hand.figure.walks_back else {}
            with st.container(key="pictures"):
                for picture in hand.figure.pictures:
                    if picture == "goal":  # that is in the card of its task
                        continue
                    hand.picture(picture, keys=KEYS | presenting)
            hand.rests(figures.take, walk.decide, words("line.refused"))
        with left:
            draw_controls(words, groups, hand, partial(_sliders, hand, looks))
            if not session.lesson().figure_alone:
                first_notice(words)
        if not session.lesson().figure_alone:
            with below:
                if not prose_waits(words):
                    marked_text(words.prose(name), "prose")
                downloads(words, hand.figure.experiment)
                next_step(words)
        link.write()

    page()


def _sliders(hand: Hand, panels: tuple[str, ...]) -> None:
    for panel in panels:
        hand.sliders(panel)

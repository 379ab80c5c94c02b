"""The two pages that are one large picture: controls -> experiment -> trace -> **picture, text, files**."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lstm_core.words import Words
from lstm_core.workbench.experiment import Experiment
from lstm_core.workbench.focus import Focus

from . import link
from .edit.controls import draw_controls, draw_sliders, read_controls
from .heading import heading, waits
from .look.bench import bench
from .look.downloads import downloads
from .look.show import first_notice
from .menu import open_page
from .whole_page import under_hand, whole_page

Draw = Callable[[Words, Experiment, Focus, bool], None]
"""Draws the picture of an experiment; the bool says whether a hand drags at present."""


def picture_page(
    name: str,
    groups: tuple[str, ...],
    draw: Draw,
    *,
    above_sliders: Callable[[Words], None] | None = None,
) -> Words:
    """Opens the page and draws it; returns its words, for what stands under it.

    name : of the page; it is also the name of its file and of its texts.
    groups : of numbers that its sliders can edit, the one that it opens on first; see `GROUPS`.
    above_sliders : draws what stands between the choice of a group and its sliders.
    """
    words = open_page(name)

    @whole_page
    def page():
        left, right, below = bench()
        with right:
            heading(words, name, listens=True)
            waiting, pictures = waits(words), st.container(key="pictures")

        def in_hand(dragged):
            experiment, focus = read_controls()
            with pictures:
                if not waiting:
                    draw(words, experiment, focus, dragged)
            draw_sliders(words, group)

        with left:
            group = draw_controls(words, groups, before=above_sliders)
            under_hand(in_hand)
            first_notice(words)
        with below:
            st.markdown(words.prose(name))
            downloads(words, read_controls()[0])
        link.write()

    page()
    return words

"""The five pages that show the cell: controls -> figure -> **diagram, strip, sums, files**."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from lstm_core.figure import Figure
from lstm_core.trace import LSTMTrace
from lstm_core.words import Words
from lstm_core.workbench.experiment import Experiment
from lstm_core.workbench.focus import Focus

from . import figures, link, session
from .browser.hand import Hand
from .edit.controls import draw_controls, panels
from .edit.inputs_table import inputs_table
from .heading import heading, prose_waits
from .look import show, walk
from .look.downloads import downloads
from .look.page_layout import page_layout
from .look.pins import pins
from .look.why import why
from .menu import open_page
from .next_step import next_step
from .whole_page import whole_page

Draw = Callable[[Words, LSTMTrace, Focus], None]
"""Draws what one page has besides: a sentence or a chart of the run at the step and unit in focus."""


def gate_page(
    name: str,
    groups: tuple[str, ...],
    sums: tuple[str, ...],
    *,
    below_sums: Draw | None = None,
    beside_heading: Callable[[Words, str], None] | None = None,
    below_heading: Callable[[Words], None] | None = None,
    walks_back: bool = False,
) -> None:
    """Opens the page and draws it, with what this page has that the others don't.

    name : of the page; it is also the name of its file and of its texts.
    groups : of numbers that its sliders can edit, the one that it opens on first; see `GROUPS`.
    sums : keys of the quantities whose equations it shows, in this order.
    below_sums : draws what stands under the equations.
    beside_heading, below_heading : draw what stands right of the page's question, and under it.
    walks_back : whether the cell can be walked back, with a slider for how many steps.
    """
    words = open_page(name)

    @whole_page
    def page():
        left, right, below = page_layout()
        figure = figures.figure((*panels(groups), *("last",) * walks_back))
        experiment, trace, focus = figure.experiment, figure.trace, figure.focus
        hand = Hand(figure, name)
        with right:
            heading(words, name, beside=beside_heading)
            if below_heading:
                below_heading(words)
            with st.container(key="diagram"):
                walk.diagram(hand)
            with st.container(key="walk"):
                hand.picture("walk")
            with st.container(key="strip"):
                hand.picture("strip")
            pins(words, experiment)
        with left:
            draw_controls(words, groups, hand, partial(hand.sliders, "last") if walks_back else None)
            why(words, experiment, trace)
        with right:
            if "units" in figure.pictures:
                hand.picture("units")
            hand.rests(figures.take, walk.decide, words("line.refused"))
        if not session.lesson().figure_alone:
            with below:
                read_below(experiment, trace, focus, figure)
        link.write()

    def read_below(experiment: Experiment, trace: LSTMTrace, focus: Focus, figure: Figure):
        if not prose_waits(words):
            equations, prose = st.columns(2, gap="large")
            with equations:
                show.equation(experiment, *sums)
                if below_sums:
                    below_sums(words, trace, focus)
            with prose:
                show.notice(words, name)
        inputs_table(words)
        downloads(words, experiment, lambda: walk.diagram_file(figure))
        next_step(words)

    page()

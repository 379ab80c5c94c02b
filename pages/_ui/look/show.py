"""Trace -> **equations, sentences and the table of numbers**, in the reader's language."""

import streamlit as st

from lstm_core.quantities import QUANTITIES, quantities_of
from lstm_core.trace import LSTMTrace
from lstm_core.view.numbers import numbers_table
from lstm_core.view.origin import element_wise, slope_of_h, split_product
from lstm_core.view.palette import COLOURS
from lstm_core.words import Words
from lstm_core.workbench.experiment import Experiment
from lstm_core.workbench.focus import Focus

from .. import session
from ..browser.picture import picture
from ..in_english import marked, marked_text
from ..lessons import lesson
from ..site import page_named
from .choose import choose


def equation(experiment: Experiment, *keys: str) -> None:
    """The equations of these quantities in the variant on screen, with each symbol in its colour."""
    lines = []
    for key in keys:
        quantity = quantities_of(experiment.params)[key]
        formula = _coloured(quantity.formula) if quantity.formula else ""
        lines.append(rf"{_coloured(quantity.symbol)} &= {formula}")
    st.latex(r"\begin{aligned}" + r"\\[2pt]".join(lines) + r"\end{aligned}")


def notice(words: Words, page: str) -> None:
    """What to notice in the pictures: the page's prose."""
    st.subheader(words("heading.notice"), anchor=False)
    marked_text(words.prose(page), "prose")
    if session.lesson().view != "embed":  # a frame shows the lesson alone
        st.page_link(page_named("learning", words), label=words("learning.leads_here"))


def first_notice(words: Words, more: str = "") -> None:
    """The first thing to notice, beside the pictures: the question of the preset, or the page's first point.

    The question is asked of the preset as it is. A task and a stop of a tour say themselves what to look at.

    more : a line in small letters under it.
    """
    said = first = ""
    if not (lesson.task() or lesson.question() or lesson.stop_here() or session.asked_origin()):
        experiment = session.experiment()
        as_it_is = experiment == session.original()
        said = words(f"preset.{experiment.preset}.notice") if as_it_is else words.first_point(session.page())
        first = f"**{words('heading.notice')}:** {said}"
    small = f":small[{more}]" if more else ""
    if first or small:
        with marked(said, "notice"):
            st.markdown("\n\n".join(filter(None, (first, small))))


def table(words: Words, trace: LSTMTrace, focus: Focus) -> None:
    """Every number of the run, what makes C first; each can be asked where it comes from."""
    picture(numbers_table(trace, focus.unit, focus.t, words), key="table", on_choose=choose)


def split_product_of(gate: str):
    """What draws, for one gate, that a matrix on the concatenation is two matrices on its parts.

    It is drawn with the numbers of the step and unit in focus.
    """

    def draw(words: Words, trace: LSTMTrace, focus: Focus) -> None:
        st.latex(split_product(trace, focus.t, focus.unit, gate))

    return draw


def slope_of_shown(words: Words, trace: LSTMTrace, focus: Focus) -> None:
    """The matrices of the output gate, and how much of a small change of the memory it shows."""
    split_product_of("o")(words, trace, focus)
    st.latex(slope_of_h(trace, focus.t, focus.unit))


def update_of_all_units(words: Words, trace: LSTMTrace, focus: Focus) -> None:
    """The update of the memory with the numbers of every unit, which the element-wise product keeps apart."""
    st.latex(element_wise(trace, focus.t))


def _coloured(latex: str) -> str:
    """LaTeX with every gate's symbol in its colour; the rest keeps the theme's colour of text."""
    for key in ("C_tilde", "f", "i", "o"):
        symbol = QUANTITIES[key].symbol
        latex = latex.replace(symbol, rf"\textcolor{{{COLOURS[key]}}}{{{symbol}}}")
    return latex

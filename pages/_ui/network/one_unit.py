"""One unit large: run -> **diagram, strip, origin of a number, gradient**, around the step in focus."""

import streamlit as st

from lstm_core.figure.choose import KEYBOARD
from lstm_core.figure.line import Settled
from lstm_core.figure.unit import UnitFigure
from lstm_core.paths import memory_paths
from lstm_core.readers.excerpt import by_hand, experiment_around, fits
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.readers.summary import between
from lstm_core.view.origin import explanation_panel
from lstm_core.view.strip import gradient_details, gradient_paths
from lstm_core.words import Words
from lstm_core.workbench.intake import MAX_D, MAX_H

from .. import session
from ..browser.hand import Hand
from ..browser.picture import picture
from ..lessons import lesson
from ..line import line
from ..look import walk
from . import loaded
from .driven import backwards, driven, unit_choice


def one_unit(words: Words, network: LoadedNetwork) -> None:
    """The unit and step in focus, with the pictures of the other pages."""
    here, place = loaded.focus(network), loaded.asked(network)
    figure = UnitFigure(
        network,
        here,
        language=words.language,
        chosen=place.key if place else None,
        place=place.unit if place else None,
        arrangement=session.arrangement(),
    )
    hand = Hand(figure, "network", loaded.turn())
    first, last = figure.window
    with st.container(key="layout"):
        left, right = st.columns([3, 10], gap="medium")
    with right.container(key="layout_pictures"):
        hand.picture("cell", "network.diagram", 350, KEYBOARD)
        hand.picture("walk")
        hand.picture("strip", "network.strip")
        if last - first + 1 < figure.T:
            st.caption(words("network.window", first=first, last=last, T=f"{figure.T:,}"))
        hand.rests(_take, walk.decide, words("line.refused"))
    with left.container(key="layout_controls"):
        unit_choice(words, network)
        if figure.T > 1:
            hand.sliders("t")
        backwards(words, network)
        if place is None:
            st.caption(words("network.hint"))
        else:
            st.button(words("ask.close"), key="network.why_back", on_click=_stop_asking)
            picture(explanation_panel(figure.trace, place, words), key="network.why", on_choose=_chosen)
        _elsewhere(words, network)
    driven(words, network)
    with st.expander(words("network.gradient"), key="network.gradient", on_change="rerun") as opened:
        if opened.open:
            _gradient(words, network, between(figure.trace, first, last), first)


def _elsewhere(words: Words, network: LoadedNetwork) -> None:
    """The steps around the one in focus on all other pages, or why they don't take them."""
    run = network.run()
    if not fits(run):
        st.caption(words("network.stays_here", H=MAX_H, D=MAX_D))
        return
    st.button(
        words("learning.do.open"), key="network.open", on_click=_open,
        help=words("network.open_by_hand" if by_hand(run) else "network.open_large"),
    )  # fmt: skip


def _open() -> None:
    session.touch()
    network = loaded.network()
    here = loaded.focus(network)
    experiment, t = experiment_around(network.run(), here.t)
    session.begin(experiment)
    session.look(t=t, unit=here.unit)
    lesson.go("overview")


def _gradient(words: Words, network: LoadedNetwork, part, first: int) -> None:
    here = loaded.focus(network)
    t, paths = here.t - first + 1, memory_paths(part, here.unit)
    if network.run().trace.T > part.T:
        st.caption(words("network.gradient_window", last=first + part.T - 1))
    place = here.unit, t, words
    both = (draw(paths, *place, before=first - 1) for draw in (gradient_paths, gradient_details))
    picture("".join(both), key="network.paths")


def _stop_asking() -> None:
    session.touch()
    loaded.ask(None)


def _take(settled: Settled) -> None:
    _look(settled.figure)


def _look(after: UnitFigure) -> None:
    """Looks where a figure looks."""
    network, focus = loaded.network(), after.focus
    loaded.look(network, t=focus.t, unit=focus.unit, phase=focus.phase)
    loaded.ask(after.chosen, after.place)
    session.arrange(after.arrangement)


def _chosen(choice: dict) -> None:
    """What a click in the origin of a number does: another number is asked about."""
    session.touch()
    if after := line().figure.chose(choice):
        _look(after)

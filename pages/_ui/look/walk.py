"""The walk through one step: buttons and keys -> **phase and step** -> diagram."""

from __future__ import annotations

import streamlit as st

from lstm_core.trace import LSTMTrace
from lstm_core.view.diagram import cell_diagram, responsive_diagram, to_file
from lstm_core.words import Words
from lstm_core.workbench.focus import ALL, PHASES, Focus, step_on

from .. import heading, session
from ..browser.picture import picture
from ..lessons import lesson
from .choose import choose

KEYS = {
    "ArrowLeft": "back",
    "ArrowRight": "next",
    "PageUp": "step_back",
    "PageDown": "step_on",
    "Home": ALL,
    "Escape": "leave",
}
"""Keys -> what they do, wherever the focus is but in a control that needs them itself."""


OPENS_ON = {
    "forget_gate": "forget",
    "input_gate": "candidate",
    "cell_state": "write",
    "output_gate": "output",
}
"""Page -> the phase that it opens on; the others open on the whole cell."""

MOST_PRESSES = 50
"""Of one key, between two answers."""

HEIGHT = 350
"""Pixels of the diagram at the most: with the strip under it, all that changes is on one screen."""


LARGE = 390
"""The same in presenter mode, which fits a projector of 1024×768; a stop of a tour says a line above it."""


def walk(words: Words, trace: LSTMTrace, focus: Focus) -> None:
    """The cell at the step in focus, with the phase in focus lit, and the means to go on from there."""
    place, phase = session.asked(), _phase_of(focus)
    picture(
        responsive_diagram(
            trace,
            focus.t,
            focus.unit,
            words,
            None if phase == ALL else phase,
            chosen=place.key if place else None,
            chosen_place=place.unit if place and place.key in ("x", "h_prev") else None,
            arrangement=session.arrangement(),
        ),
        key=f"diagram.{session.page()}",
        on_choose=_chosen,
        height=LARGE if focus.present and not lesson.stop_here() else HEIGHT,
        keys=KEYS | heading.KEYS,
    )
    _steps(words, focus, phase)


def diagram_file(words: Words, trace: LSTMTrace, focus: Focus) -> str:
    """The diagram as an SVG file, in the phase that the reader chose.

    It is made when it is asked for, after the page ran and out of reach of its session.
    """
    phase = None if focus.phase == ALL else focus.phase
    return to_file(cell_diagram(trace, focus.t, focus.unit, words, phase))


def _steps(words: Words, focus: Focus, phase: str) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="center", key="walk"
    ):
        st.button("◀", key="walk.back", help=words("walk.back"), on_click=_go, args=("back",))
        key = "walk.phase"
        session.hold(key, phase)
        st.segmented_control(
            words("walk.phase"),
            [ALL, *PHASES],
            format_func=lambda phase: words(f"walk.{phase}"),
            key=key,
            required=True,
            label_visibility="collapsed",
            on_change=_phase,
        )
        st.button("▶", key="walk.next", help=words("walk.next"), on_click=_go, args=("next",))
        st.button(
            words("walk.leave" if focus.present else "walk.present"),
            key="walk.present",
            help=words("walk.present_help"),
            on_click=_go,
            args=("leave" if focus.present else "present",),
        )


def _chosen(choice: dict) -> None:
    if choice.get("role") == "room":
        session.arrange(choice.get("value"))
    elif choice.get("role") == "key":
        for _ in range(min(choice.get("index", 1), MOST_PRESSES)):
            _go(choice.get("value"))
    else:
        choose(choice)


def _go(where: str | None) -> None:
    if where in heading.KEYS.values():
        heading.press(where)
        return
    session.touch()
    experiment, focus = session.experiment(), session.focus()
    if where in ("next", "back"):
        phase, t = step_on(_phase_of(focus), focus.t, experiment.T, 1 if where == "next" else -1)
        session.look(phase=phase, t=t)
    elif where in ("step_on", "step_back"):
        session.look(t=focus.t + (1 if where == "step_on" else -1))
    elif where in ("present", "leave"):
        session.look(present=where == "present")
    elif where == ALL:
        session.look(phase=ALL)


def _phase() -> None:
    session.touch()
    if st.session_state["walk.phase"] != _phase_of(session.focus()):  # not where it is only sent again
        session.look(phase=st.session_state["walk.phase"])


def _phase_of(focus: Focus) -> str:
    return focus.phase or OPENS_ON.get(session.page(), ALL)

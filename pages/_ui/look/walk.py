"""The walk through one step: buttons and keys -> **phase and step** -> diagram, which shows both."""

from __future__ import annotations

import streamlit as st

from lstm_core.trace import LSTMTrace
from lstm_core.view.diagram import cell_diagram, responsive_diagram, to_file
from lstm_core.words import Words
from lstm_core.workbench.focus import ALL, PHASES, Focus, step_on
from lstm_core.workbench.opening import phase_of

from .. import heading, session
from ..browser.picture import picture
from ..edit import grab
from ..lessons import lesson
from ..whole_page import run_page
from .choose import choose
from .play import AGAIN, play_bar

KEYS = {
    "ArrowLeft": "back",
    "ArrowRight": "next",
    "PageUp": "step_back",
    "PageDown": "step_on",
    "Home": ALL,
}
"""Key -> what it does, wherever the focus is, except in a control that needs the key itself."""

MOST_PRESSES = 50
"""The most presses of a key that count in one report of the browser, which may hold several."""

HEIGHT = "max(340px, 100vh - 560px)"
"""The most height of the diagram, so that it and the strip under it fit on one screen, a laptop's too."""

LARGE, LARGE_IN_TOUR = "calc(100vh - var(--rest, 433px))", "calc(100vh - var(--rest, 433px) - 40px)"
"""The most height in presenter mode: what heading, buttons, strip and slider leave, and a line of a tour.

assets/present.css says what `--rest` is on a large projector.
"""

PRESENTING = {" ": "next", "PageDown": "next", "PageUp": "back"}
"""What keys do in presenter mode: a clicker sends PageUp and PageDown, and goes from phase to phase."""


def diagram(words: Words, trace: LSTMTrace, focus: Focus) -> None:
    """The diagram of the step in focus with the phase in focus highlighted."""
    place, phase = session.asked_origin(), _phase_of(focus)
    experiment = session.experiment()
    grabs = grab.in_diagram(experiment, focus)
    playing = "" if lesson.question() else play_bar(words, phase, focus.t, trace.T)
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
            grabs=grabs,
        )
        + playing,
        key=f"diagram.{session.page()}",
        on_choose=_chosen,
        height=(LARGE_IN_TOUR if lesson.stop_here() else LARGE) if focus.present else HEIGHT,
        keys=KEYS | heading.KEYS | (PRESENTING | heading.PRESENTING if focus.present else {}),
        grabs=grab.addresses_in_diagram(grabs, experiment, focus),
        on_move=grab.move,
        turn=session.turn,
    )


def diagram_file(words: Words, trace: LSTMTrace, focus: Focus) -> str:
    """The diagram as an SVG file, in the phase that the reader chose.

    It is made when the reader presses the button, after the page ran, and can't read the session then.
    """
    phase = None if focus.phase == ALL else focus.phase
    return to_file(cell_diagram(trace, focus.t, focus.unit, words, phase))


def steps(words: Words, focus: Focus) -> None:
    """The buttons from phase to phase and from step to step."""
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="center", key="walk"
    ):
        st.button("◀", key="walk.back", help=words("walk.back"), on_click=_go, args=("back",))
        key = "walk.phase"
        session.hold(key, _phase_of(focus))
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
            # Another button, so that the focus does not stay on it and the space bar goes on, not out.
            key="walk.leave" if focus.present else "walk.present",
            help=words("walk.present_help"),
            on_click=heading.press if focus.present else _go,
            args=("leave" if focus.present else "present",),
        )


def _chosen(choice: dict) -> None:
    if choice.get("role") == "room":
        session.arrange(choice.get("value"))
    elif choice.get("role") == "key":
        for _ in range(min(choice.get("index", 1), MOST_PRESSES)):
            _go(choice.get("value"))
    elif choice.get("role") == "unpin":
        grab.free(choice.get("quantity", ""))
    else:
        choose(choice)
    run_page()


def _go(where: str | None) -> None:
    if where in (*heading.KEYS.values(), *heading.PRESENTING.values()):
        heading.press(where)
        return
    session.touch()
    experiment, focus = session.experiment(), session.focus()
    if where in ("next", "back"):
        phase, t = step_on(_phase_of(focus), focus.t, experiment.T, 1 if where == "next" else -1)
        session.look(phase=phase, t=t)
    elif where in ("step_on", "step_back"):
        session.look(t=focus.t + (1 if where == "step_on" else -1))
    elif where == "present":
        session.look(present=True)
    elif where == AGAIN:
        session.look(t=1, phase=ALL if _phase_of(focus) == ALL else PHASES[0])
    elif where == ALL:
        session.look(phase=ALL)


def _phase() -> None:
    session.touch()
    wanted = st.session_state["walk.phase"]
    if wanted != _phase_of(session.focus()):  # After a lost connection it is sent again as it was.
        session.look(phase=wanted)


def _phase_of(focus: Focus) -> str:
    if focus.phase is None and lesson.task():  # Whoever works on a task needs all of the cell.
        return ALL
    return phase_of(focus, session.page())

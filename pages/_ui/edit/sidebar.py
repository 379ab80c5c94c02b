"""What is set once, for all pages: **sidebar** -> language, variant and size of the cell."""

from __future__ import annotations

import streamlit as st

from lstm_core.words import LANGUAGE_NAMES, Words
from lstm_core.workbench.experiment import HAND_D, HAND_H, HAND_T
from lstm_core.workbench.presets import SEEDS, preset

from .. import session
from ..lessons import lesson

ORDINARY = "lstm"
TAUGHT = (ORDINARY, "1997", "peephole", "coupled")
"""The cells to choose from; a link may also bring two that join two of them."""

_UNDONE = ("preset", "weights", "inputs", "start", "size", "variant")
"""What the way back to the preset would undo; where a teacher's link holds one of them, it is no way."""


def language() -> None:
    """The switch of languages."""
    with st.sidebar:
        st.radio(
            "Language · 언어",
            list(LANGUAGE_NAMES),
            format_func=LANGUAGE_NAMES.get,
            horizontal=True,
            key="language.switch",
            index=list(LANGUAGE_NAMES).index(session.language()),
            on_change=_speak,
        )


def sidebar(words: Words) -> None:
    """Size and variant: what is set once, for all pages."""
    if lesson.question() or lesson.task():
        return
    with st.sidebar:
        st.subheader(words("sidebar.cell"))
        if session.lesson().shows("variant"):
            cell_choice(words, "sidebar", labelled=True)
            cell_says(words)
        if session.lesson().shows("size"):
            _size(words)
        if lesson.part() or session.lesson().leaves(*_UNDONE):
            st.button(words("sidebar.reset"), key="reset", on_click=_reset, width="stretch")
        st.caption(words("sidebar.link"))


def cell_choice(words: Words, where: str, labelled: bool = False) -> None:
    """Which cell it is; `where` names the place, as there is more than one where it can be chosen.

    Nothing where a question or a teacher's link keeps it away.
    """
    if lesson.question() or not session.lesson().shows("variant"):
        return
    variant, key = session.experiment().variant, f"variant.{where}"
    session.hold(key, variant)
    st.selectbox(
        words("sidebar.variant"),
        list(dict.fromkeys([*TAUGHT, variant])),  # a link may bring others
        format_func=lambda name: words(f"variant.{name}"),
        key=key,
        on_change=_set_variant,
        args=(key,),
        disabled=session.lesson().locks("variant"),
        label_visibility="visible" if labelled else "collapsed",
    )


def cell_says(words: Words) -> None:
    """A line on what the cell on screen changes in the equations."""
    st.caption(words(f"variant.{session.experiment().variant}_says"))


def _size(words: Words) -> None:
    experiment, locked = session.experiment(), session.lesson().locks("size")
    for name, most in (("H", HAND_H), ("D", HAND_D), ("T", HAND_T)):
        size = getattr(experiment, name)
        session.hold(f"size.{name}", size)
        st.number_input(
            words(f"sidebar.{name}"),
            min_value=1,
            max_value=max(most, size),
            key=f"size.{name}",
            on_change=_resize,
            args=(name,),
            disabled=locked,
        )
    if experiment.preset == "random":
        session.hold("seed", experiment.seed)
        st.number_input(
            words("sidebar.seed"), SEEDS[0], SEEDS[-1], key="seed", help=words("sidebar.seed_help"),
            on_change=_reseed, disabled=locked or not session.lesson().leaves("weights", "inputs"),
        )  # fmt: skip


def _reset() -> None:
    session.touch()
    if lesson.part():
        lesson.restart()
    else:
        session.begin(session.original())


def _reseed() -> None:
    session.touch()
    if st.session_state["seed"] != session.experiment().seed:  # not where it is only sent again
        session.begin(preset("random", st.session_state["seed"]))


def _resize(name: str) -> None:
    session.touch()
    session.change(session.experiment().resized(**{name: st.session_state[f"size.{name}"]}))


def _set_variant(key: str) -> None:
    session.touch()
    session.change(session.experiment().with_variant(st.session_state[key]))


def _speak() -> None:
    session.touch()
    session.speak(st.session_state["language.switch"])

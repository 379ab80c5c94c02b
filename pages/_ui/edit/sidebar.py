"""What holds for all pages: the language at the top, and the **sidebar** -> variant and size of the cell."""

import streamlit as st

from lstm_core.lessons.lesson_link import BROUGHT
from lstm_core.params import VARIANTS
from lstm_core.words import KNOWN, Words
from lstm_core.workbench.experiment import HAND_D, HAND_H, HAND_T
from lstm_core.workbench.presets import SEEDS, preset

from .. import session
from ..lessons import lesson

ORDINARY = "lstm"
TAUGHT = (ORDINARY, "1997", "peephole", "coupled")
"""The cells to choose from. A link may also bring cells that combine two of them."""


def language() -> None:
    """The switch between languages, which the style puts into the corner of the menu."""
    session.set_widget("language.switch", session.language())
    with st.container(key="language"):
        st.selectbox(
            session.words()("menu.language"),
            list(KNOWN),
            format_func=lambda code: KNOWN[code].label,
            key="language.switch",
            on_change=_speak,
            label_visibility="collapsed",
        )


def sidebar(words: Words) -> None:
    """Variant and size of the cell, and Reset."""
    if lesson.question() or lesson.task():
        return
    with st.sidebar:
        st.subheader(words("sidebar.cell"))
        if session.lesson().shows("variant"):
            cell_choice(words, "sidebar", labelled=True)
            cell_says(words)
        if session.lesson().shows("size"):
            _size(words)
        if can_reset():
            st.button(words("sidebar.reset"), key="reset", on_click=reset, width="stretch")
        st.caption(words("sidebar.link"))


def cell_choice(words: Words, where: str, labelled: bool = False) -> None:
    """The choice of the cell; shows nothing while a question is on, or where a teacher's link hides it.

    where : the place on screen, because the sidebar and a page may both show the choice.
    labelled : whether its label is visible.
    """
    if lesson.question() or not session.lesson().shows("variant"):
        return
    variant, key = session.experiment().variant, f"variant.{where}"
    session.set_widget(key, variant)
    st.selectbox(
        words("sidebar.variant"),
        list(dict.fromkeys([*TAUGHT, variant])),  # The variant on screen may be none of TAUGHT.
        format_func=lambda name: words(f"variant.{name}"),
        key=key,
        on_change=_set_variant,
        args=(key,),
        disabled=session.lesson().locks("variant"),
        label_visibility="visible" if labelled else "collapsed",
    )


def cell_says(words: Words) -> None:
    """A line on how the equations of the cell on screen differ from those of the ordinary LSTM."""
    st.caption(words(f"variant.{session.experiment().variant}_says"))


def what_this_is(words: Words) -> None:
    """What this app is, in one line; of a cell that is not the ordinary LSTM how that differs."""
    if session.focus().present:
        return
    if session.experiment().variant == ORDINARY:
        st.caption(words("app.says"))
    else:
        cell_says(words)


def _size(words: Words) -> None:
    experiment, locked = session.experiment(), session.lesson().locks("size")
    for name, most in (("H", HAND_H), ("D", HAND_D), ("T", HAND_T)):
        size = getattr(experiment, name)
        session.set_widget(f"size.{name}", size)
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
        session.set_widget("seed", experiment.seed)
        st.number_input(
            words("sidebar.seed"), SEEDS[0], SEEDS[-1], key="seed", help=words("sidebar.seed_help"),
            on_change=_reseed, disabled=not _can_reseed(),
        )  # fmt: skip


def can_reset() -> bool:
    """Whether all that Reset undoes is the reader's own; an open part of a lesson can always begin again."""
    return lesson.part() is not None or session.lesson().leaves(*BROUGHT)


def reset() -> None:
    """Back to the experiment before it was edited, where the lesson allows it."""
    session.touch()
    if lesson.question() or not can_reset():
        return
    if lesson.part():
        lesson.restart()
    else:
        session.begin(session.original())


def _can_reseed() -> bool:
    """Whether another seed changes nothing that is locked: weights and inputs, and with them the rest."""
    taught = session.lesson()
    return not taught.keeps_experiment and taught.leaves("weights", "inputs")


def _reseed() -> None:
    session.touch()
    if not _can_reseed():
        return
    if st.session_state["seed"] != session.experiment().seed:  # It may be sent again after a lost connection.
        session.choose(preset("random", st.session_state["seed"]))


def _resize(name: str) -> None:
    session.touch()
    session.change(session.experiment().resized(**{name: st.session_state[f"size.{name}"]}))


def _set_variant(key: str) -> None:
    session.touch()
    if chosen := session.chosen(key, VARIANTS):
        session.change(session.experiment().with_variant(chosen))


def _speak() -> None:
    session.touch()
    if chosen := session.chosen("language.switch", KNOWN):
        session.speak(chosen)

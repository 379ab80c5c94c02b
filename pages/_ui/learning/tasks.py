"""Three things to try on this page: trial -> settings on the desk -> training -> **done or not yet**."""

import streamlit as st

from lstm_core.lessons.trained import Trained, trained
from lstm_core.lessons.verdict import RIGHT
from lstm_core.training.plan import plan_of, shipped_name
from lstm_core.training.shipped import shipped
from lstm_core.training.trials import TRIALS, holder, needs
from lstm_core.view.training import share
from lstm_core.words import Words

from .. import session
from ..lessons import lesson
from .desk import Desk, desk

_NAMED = "trial.unit"


def section(words: Words, here: Desk) -> None:
    """A card for each trial, with what came of it."""
    _write_down(here)
    st.subheader(words("learning.heading.tasks"), anchor=False)
    written = lesson.record().trained.values()  # some of them before the page was loaded anew
    done = {*here.solved, *(one.key for one in written if one.outcome == RIGHT)}
    for column, (key, trial) in zip(st.columns(len(TRIALS)), TRIALS.items(), strict=True):
        with column.container(border=True, height="stretch", key=f"trial_{key}"):
            mark = " :blue[**✓**]" if key in done else ""
            st.markdown(f"**{words(f'learning.task.{key}.name')}**{mark}")
            st.markdown(words(f"learning.task.{key}.aim", **trial.told))
            with st.popover(words("learning.task.hint")):
                st.markdown(words(f"learning.task.{key}.hint"))
            st.button(words("learning.task.begin"), key=f"trial.begin.{key}", on_click=_begin, args=(key,))
            if trial.judge is None:
                _name_unit(words, here, key)


def _write_down(here: Desk) -> None:
    """Put what was done into the record, from where it is handed in."""
    record = lesson.record()
    for key, course in here.solved.items():
        if key not in record.trained and course is not None and (done := trained(key, course)):
            record.trained[key] = done


def _name_unit(words: Words, here: Desk, key: str) -> None:
    """Where a unit of the shipped course has to be named."""
    course = shipped(TRIALS[key].start().problem.key)
    st.segmented_control(
        words("learning.task.which"), range(1, course.setup.H + 1), key=_NAMED, on_change=_answer, args=(key,)
    )
    if (named := st.session_state.get(_NAMED)) is not None:
        found = needs(course)
        said = words(
            "learning.task.right" if named == holder(course) else "learning.task.wrong",
            score=share(found.lesions[named - 1], words), rest=share(found.score, words),
        )  # fmt: skip
        st.markdown(said)


def _begin(key: str) -> None:
    session.touch()
    here, plan = desk(), TRIALS[key].start()
    here.stop()
    here.plan = plan
    name = shipped_name(plan)
    if name and plan_of(here.course) != plan:
        here.show(shipped(name))


def _answer(key: str) -> None:
    session.touch()
    right = holder(shipped(TRIALS[key].start().problem.key))
    if st.session_state.get(_NAMED) == right:
        desk().solved[key] = None
        lesson.record().trained[key] = Trained(key, unit=right)
    else:
        desk().solved.pop(key, None)

"""A race: settings that differ -> **networks that train side by side on the stage** -> who was first."""

from collections.abc import Callable

import numpy as np
import streamlit as st

from lstm_core.training import Course
from lstm_core.training.count import with_equal_count
from lstm_core.training.plan import Plan
from lstm_core.view.training import share
from lstm_core.words import Words

from .. import session
from ..browser.picture import picture
from .compare import at_its_end, gates, names_of
from .desk import Desk, desk

RACES: dict[str, Callable[[Plan], list[Plan]]] = {
    "bias": lambda plan: [plan.with_setup(start=start) for start in ("bias0", "bias1", "bias3")],
    "forget": lambda plan: [plan.with_setup(cell=cell) for cell in ("1997", "lstm")],
    "rnn": lambda plan: [plan.with_setup(cell=cell) for cell in ("rnn", "lstm")],
    "equal": lambda plan: [with_equal_count(plan, cell) for cell in ("rnn", "1997", "lstm")],
    "clip": lambda plan: [plan.with_setup(clip=clip) for clip in (0.0, 1.0)],
}
"""What races -> the plans, in which everything else is as it is chosen. In `equal` the cells have different
numbers of units, so that their numbers of weights are nearly equal."""


def choice(words: Words, here: Desk) -> None:
    """The races to begin."""
    with st.popover(words("learning.race"), key="races", disabled=bool(here.todo)):
        st.caption(words("learning.race_says"))
        for name in RACES:
            st.button(
                words(f"learning.contrast.{name}"), key=f"contrast.{name}", on_click=_begin, args=(name,),
                disabled=bool(here.todo), width="stretch",
            )  # fmt: skip


def stage(words: Words, here: Desk) -> None:
    """Each racer with its curve, its answers and its gates, as far as it has come, and what came of it."""
    courses = [racer.course for racer in here.racers]
    columns = st.columns(len(courses))
    for k, (column, name, course) in enumerate(zip(columns, names_of(words, courses), courses, strict=True)):
        with column.container(key=f"racer_{k}"), np.errstate(all="ignore"):
            _racer(words, name, course, k)
    if not here.todo:
        st.markdown(_result(words, courses))
        st.button(words("learning.race_over"), key="race.over", on_click=_over)


def _racer(words: Words, name: str, course: Course, k: int) -> None:
    score = share(float(course.scores[-1]), words)
    st.markdown(f"**{name}** · {words('learning.racer', update=course.updates, score=score)}")
    figure = at_its_end(course, words)
    picture(figure.curve(), key=f"race.curve.{k}")
    picture(figure.answers(), key=f"race.answers.{k}")
    if not figure.network.plain:
        picture(gates(figure, 1), key=f"race.strip.{k}")


def _result(words: Words, courses: list[Course]) -> str:
    """Who reached the score of the problem, after how many updates, in the order in which they did."""
    names, goal = names_of(words, courses), share(courses[0].problem.score, words)
    there = sorted((reached, name) for name, course in zip(names, courses, strict=True)
                   if (reached := course.reached()) is not None)  # fmt: skip
    said = [words("learning.race_reached", name=name, goal=goal, update=update) for update, name in there]
    for name, course in zip(names, courses, strict=True):
        if course.reached() is None:
            best = share(float(course.scores.max()), words)
            said.append(words("learning.race_missed", name=name, goal=goal, update=course.updates, best=best))
    return "\n".join(f"- {one}" for one in said)


def _begin(name: str) -> None:
    session.touch()
    here = desk()
    here.train(*RACES[name](here.plan), comparing=True)


def _over() -> None:
    session.touch()
    here = desk()
    if not here.todo:
        here.racers, here.fresh = [], True

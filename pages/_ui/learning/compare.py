"""Side by side: courses that raced or were kept -> **up to four** in one chart, with their strips."""

import numpy as np
import streamlit as st

from lstm_core.figure.course import CourseFigure
from lstm_core.training import Course, learned
from lstm_core.training.count import weight_count
from lstm_core.training.example import batch_of, example
from lstm_core.view.strip import Row, time_strip
from lstm_core.view.training import courses_chart, share
from lstm_core.words import Words
from lstm_core.workbench.focus import Focus

from .. import session
from ..browser.picture import picture
from .desk import MOST_KEPT, Desk, desk

ZOOM = {"displayModeBar": True, "scrollZoom": False, "displaylogo": False}


def section(words: Words, here: Desk) -> None:
    """The chart of the courses that raced or were kept, and a strip of each."""
    st.subheader(words("learning.heading.compare"), anchor=False)
    st.markdown(words("learning.compare_says", n=MOST_KEPT))
    with st.container(horizontal=True, gap="small"):
        keep = session.does(lambda: here.keep(here.course))  # the one on screen at the click
        st.button(words("learning.do.keep"), key="contrast.keep", on_click=keep, disabled=bool(here.todo))
        if here.kept:
            st.button(
                words("learning.do.clear"), key="contrast.clear", on_click=_clear, disabled=bool(here.todo)
            )
    # The course on screen is among them, so that its curve, too, can be zoomed into.
    # While it trains, this part of the page stands still, and would show no more than its first update.
    is_there = here.todo or here.course in here.kept or len(here.kept) == MOST_KEPT
    shown = here.kept if is_there else [*here.kept, here.course]
    names = names_of(words, shown)
    begun = [(name, course) for name, course in zip(names, shown, strict=True) if course.updates]
    if begun:
        st.plotly_chart(courses_chart(begun, words), key="courses", config=ZOOM)
    for k, (name, course) in enumerate(zip(names, here.kept, strict=False)):
        with np.errstate(all="ignore"):
            _strip(words, name, course, k)


def _strip(words: Words, name: str, course: Course, k: int) -> None:
    """The answers of one course at its end, and the gates of the unit that follows what has to be held."""
    figure = at_its_end(course, words)
    parts = [f"**{name}**", words("learning.count", n=weight_count(course.setup, course.problem))]
    st.markdown(" · ".join([*parts, _end(words, course)]))
    picture(figure.answers(), key=f"compared.answers.{k}")
    if not figure.network.plain:
        rows = learned(figure.network, batch_of(course.problem), course.problem.holds)
        unit = max(rows, key=lambda row: abs(row.r[course.problem.holds])).unit
        picture(gates(figure, unit), key=f"compared.strip.{k}")


def at_its_end(course: Course, words: Words) -> CourseFigure:
    """The network of a course as it is now, on the sequence that the course is shown on."""
    focus = Focus(t=example(course.problem).step)
    return CourseFigure(course, len(course.snapshot_at) - 1, focus, language=words.language)


def gates(figure: CourseFigure, unit: int) -> str:
    """The gates of a unit over the sequence."""
    rows = [Row("lines", 44, ("f", "i", "o"))]
    return time_strip(figure.trace, unit, figure.focus.t, rows, figure.words)


def _end(words: Words, course: Course) -> str:
    """When the score was reached first, and how much is right at the end."""
    goal, end = (share(part, words) for part in (course.problem.score, float(course.scores[-1])))
    reached = course.reached()
    if reached is None:
        return words("learning.not_reached", goal=goal, end=end)
    return words("learning.reached", goal=goal, update=reached, end=end)


def names_of(words: Words, courses: list[Course]) -> list[str]:
    """What sets each course apart, in words; where two would have the same name, with their number."""
    parts = [_settings(words, course) for course in courses]
    differs = [len(set(column)) > 1 for column in zip(*parts, strict=True)]
    if parts and not any(differs):
        differs[0] = True
    names = [", ".join(part for part, told in zip(own, differs, strict=True) if told) for own in parts]
    return [f"{name} ({k + 1})" if names.count(name) > 1 else name for k, name in enumerate(names)]


def _settings(words: Words, course: Course) -> list[str]:
    setup = course.setup
    clip = words("learning.clipped_at", clip=f"{setup.clip:g}") if setup.clip else words("learning.unclipped")
    return [
        words(f"learning.problem.{course.problem.key}"),
        words(f"variant.{setup.cell}"),
        words(f"learning.start.{setup.start}"),
        f"T = {course.problem.T}",
        f"H = {setup.H}",
        clip,
        f"{words('learning.choose.rate')} {setup.rate:g}",
        f"{words('learning.choose.seed')} {course.seed}",
    ]


def _clear() -> None:
    session.touch()
    desk().kept = []

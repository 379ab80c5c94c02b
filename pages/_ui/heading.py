"""What stands over the pictures: the page's **heading**, the way to be asked, and the keys of a lesson."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lstm_core.lessons.items import items_of
from lstm_core.lessons.tasks.task import Task
from lstm_core.words import Words

from . import session
from .browser.picture import picture
from .lessons import lesson, question, tour

KEYS = {
    "KeyQ": "ask",
    "KeyL": "lock",
    "KeyN": "on",
    "KeyB": "stop_back",
    **{f"Digit{number}": f"choose_{number}" for number in range(1, 7)},
}
"""Keys by their place on the keyboard, so that they are the same in every language."""


def heading(
    words: Words, page: str, listens: bool = False, beside: Callable[[Words, str], None] | None = None
) -> None:
    """The page's question or the stop of the tour, and the means to be asked and to go on.

    beside : draws what the page alone has there, out of the way of a tour.
    listens : for the keys of a tour, on a page without a diagram that listens for them.
    """
    stop, here = lesson.stop(), lesson.stop_here()
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        title = words(here.title_key) if here else words(f"question.{page}")
        st.header(title, anchor=False, width="stretch")
        if beside and not stop:
            with st.container(key="beside_heading", width=250):
                beside(words, page)
        if not lesson.question() and (here and here.item or items_of(page)):
            st.button(words("ask.predict"), key="ask.predict", help=words("ask.predict_help"), on_click=_ask)
        if here and here.task:
            st.button(words("tour_bar.task"), key="tour.task", on_click=tour.work_on, type="primary")
        if stop:
            tour.tour_bar(words, stop)
    if here or lesson.task():  # on a phone and on the wall; elsewhere it stands beside the pictures
        with st.container(key="stop_above"):
            st.markdown(words(here.show_key) if here else _aim(words, lesson.task()))
    if listens and stop:
        picture("", key="lesson.keys", on_choose=lambda choice: press(choice.get("value", "")), keys=KEYS)


def waits(words: Words) -> bool:
    """Whether an open question keeps a page's pictures back, because they would tell its answer; says so."""
    if lesson.open_question():
        st.info(words("ask.answer_first"))
    return lesson.open_question() is not None


def press(name: str) -> None:
    """What a key of KEYS does."""
    if name == "ask" and not lesson.question():
        _ask()
    elif name == "lock" or name.startswith("choose_"):
        session.touch()
        question.press(name.removeprefix("choose_"))
    elif name in ("on", "stop_back") and lesson.stop():
        tour.go(1 if name == "on" else -1)
    elif name == "on" and lesson.question() and not lesson.open_question():
        question.on()


def _aim(words: Words, task: Task) -> str:
    return f"**{words(task.name_key)}** {words(task.aim_key)}"


def _ask() -> None:
    session.touch()
    question.forget()
    here = lesson.stop_here()
    if here and here.item:
        lesson.ask(here.item, here.seed)
    elif items_of(session.page()):
        lesson.ask(*question.next_item(session.page()))

"""What follows a solved task: attempt -> **how it was solved** -> the way to the next part or task."""

import streamlit as st

from lstm_core.lessons.lesson_link import Part
from lstm_core.lessons.record import Attempt
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.tours import TOURS
from lstm_core.words import Words

from .. import session
from . import lesson


def solved(words: Words, attempt: Attempt) -> None:
    """With how many numbers and checks it was solved, that the link shares it, and the way on."""
    n, least = attempt.changed, attempt.fewest
    key = "task_card.solved_fewest" if n <= least else "task_card.solved_more"
    st.markdown(f"**{words(key, n=n, least=least, tries=attempt.tries)}** {words('task_card.share')}")
    _onward(words)


def _onward(words: Words) -> None:
    """The button that follows a solved task: to the next part of the lesson, or else to the next task."""
    following = lesson.next_part() or _next_task()
    if following is None:
        st.button(words("task_card.all"), key="task.next", type="primary", on_click=_to_all)
        return
    if following.kind == "tour":
        key = TOURS[following.key].stop(following.number).title_key
    else:
        key = TASKS[following.key].name_key if following.kind == "task" else "task_card.next_part"
    label = words("task_card.next", name=words(key))
    st.button(label, key="task.next", type="primary", on_click=_go_on, args=(following,))


def _next_task() -> Part | None:
    """The task after this one. None in a lesson of several parts, which says itself what comes next."""
    if len(session.lesson().parts) > 1:
        return None
    keys = list(TASKS)
    later = keys[keys.index(lesson.part().key) + 1 :]
    return Part("task", later[0]) if later else None


def _to_all() -> None:
    session.touch()
    lesson.leave()
    lesson.go("lessons")


def _go_on(following: Part) -> None:
    session.touch()
    if following == lesson.next_part():
        lesson.move(session.lesson().at + 1)
    else:
        lesson.begin((following,))

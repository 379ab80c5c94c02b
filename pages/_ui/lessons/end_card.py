"""The card on which a lesson ends: what was done, what to look at again, what is next, and the file of it."""

import streamlit as st

from lstm_core.lessons.items import ITEMS
from lstm_core.lessons.record import outcome_key
from lstm_core.lessons.review import Line, review
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.tours import TOURS
from lstm_core.words import Words

from .. import session
from . import hand_in, lesson, question
from .lesson_list import MARKS, open_next


def is_shown() -> bool:
    """Whether a lesson has come to its end, or was left in its middle."""
    taught = session.lesson()
    return bool(taught.parts) and not taught.at and not taught.ask and not taught.waits


def end_card(words: Words) -> None:
    """The end of the lesson. It is not drawn where no lesson was left."""
    if not is_shown():
        return
    came_of = review(session.lesson().parts, lesson.record())
    with st.container(border=True, key="end_card"):
        st.subheader(words("end.heading"), anchor=False)
        all_done = len(came_of.done) == len(came_of.counted)
        n, of = len(came_of.done), len(came_of.counted)
        st.markdown(words("end.all") if all_done else words("end.some", n=n, of=of))
        done, file = st.columns([3, 2], gap="large")
        with done:
            for line in came_of.lines:
                _line(words, line)
            with st.container(horizontal=True):
                if following := came_of.following:
                    name = words("end.next", name=_name(words, following))
                    st.button(name, key="end.next", type="primary", on_click=_open, args=(following.number,))
                st.button(words("end.leave"), key="end.leave", on_click=session.does(lesson.end))
        with file:
            st.markdown(f"**{words('end.take')}**")
            hand_in.file(words)


def _line(words: Words, line: Line) -> None:
    """A part with its sign; one that is worth another look has a button to open it."""
    is_tour = line.part.kind == "tour"
    hides = line.part.kind == "item" and not lesson.tells_answers()
    mark = MARKS[line.outcome] if line.outcome and not hides else "·"
    said = words("end.open" if not line.outcome else "end.answered" if hides else outcome_key(line.outcome))
    again = is_tour or (line.outcome and line.outcome != "right" and not hides)
    with st.container(horizontal=True, vertical_alignment="center", key=f"end_line_{line.number}"):
        text = f"{mark} **{_name(words, line)}**" + ("" if is_tour else f" · {said}")
        st.markdown(text, width="stretch")
        if again:
            name = words("end.again")
            st.button(name, key=f"end.again.{line.number}", on_click=_open, args=(line.number,))


def _name(words: Words, line: Line) -> str:
    """What a part is called. The title of a question is told only after it was answered."""
    part = line.part
    if part.kind == "item" and not line.outcome:
        return words("end.question", page=words(f"page.{ITEMS[part.key].page}"))
    return words({"item": ITEMS, "task": TASKS, "tour": TOURS}[part.kind][part.key].name_key)


def _open(number: int) -> None:
    session.touch()
    question.forget()
    lesson.move(number)
    open_next()

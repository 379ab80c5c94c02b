"""The bar of an open tour: where the reader is, notes for the teacher, buttons to the next stop and back."""

from collections.abc import Callable

import streamlit as st

from lstm_core.lessons.tours import TOURS, Stop
from lstm_core.words import Words

from .. import session
from . import lesson, question


def tour_bar(words: Words, stop: Stop) -> None:
    """Where in the tour the reader is, what a teacher may ask there, and buttons on, back and out."""
    here = lesson.part()
    tour = TOURS[here.key]
    place = words("tour_bar.place", n=here.number, of=len(tour.stops), minutes=tour.minutes[here.number - 1])
    if not session.focus().present and session.lesson().view != "student":
        with st.popover(words("tour_bar.notes")):
            ask, answer = (words(key) for key in stop.note_keys)
            st.markdown(f"**{words('tour_bar.to_ask')}** {ask}")
            st.markdown(f"**{words('tour_bar.they_say')}** {answer}")
            st.caption(words("tour_bar.keys"))
    _sign(words, "back", go, -1, disabled=here.number == 1)
    st.markdown(place, width="content")
    last = here.number == len(tour.stops)
    if last:
        _sign(words, "done", go, 1)
    else:
        _sign(words, "next", go, 1)
    _sign(words, "leave", session.does(lesson.end))


def _sign(words: Words, name: str, does: Callable, *args, disabled: bool = False) -> None:
    """A button of which a sign is seen, by the style sheet, and a word is read out."""
    says = words(f"tour_bar.{name}")
    st.button(says, key=f"tour.{name}", help=says, on_click=does, args=args, disabled=disabled)


def go(by: int) -> None:
    """Move on by so many stops, or back where `by` is negative. Beyond the last stop the tour ends."""
    session.touch()
    question.forget()
    number = lesson.part().number + by
    if number > len(TOURS[lesson.part().key].stops):
        lesson.finish()
    elif number >= 1:
        lesson.renumber(number)

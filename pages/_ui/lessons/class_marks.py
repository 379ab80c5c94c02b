"""The marks of a class on screen: link of the lesson, roster, points -> **table**, who is missing, CSV."""

import streamlit as st

from lstm_core.lessons import classroom, marks
from lstm_core.lessons.hand_in import HandIn
from lstm_core.lessons.lesson_link import Part, from_address
from lstm_core.lessons.marks import Course
from lstm_core.lessons.variants import part_name
from lstm_core.view.lessons import marks_table
from lstm_core.words import Words

from ..browser.picture import picture
from . import variants

_LINK = "class.link"
_MOST_POINTS = 100


def course(words: Words, apart: list[HandIn], as_named: list[HandIn]) -> Course:
    """The marks, by what the teacher says here of the lesson, the class and the points.

    apart : the hand-ins, each under a name of its own, for a class without a list. as_named : the same under
        their own names, by which the students of a list are found.
    """
    with st.expander(words("marks.about")):
        typed = st.text_input(words("marks.link"), key=_LINK, help=words("marks.link_help"), max_chars=8000)
        parts = from_address(typed).parts
        if typed and not parts:
            st.warning(words("marks.no_lesson"))
        variants.roster(words)
        met = parts or marks.parts_met(apart, classroom.order_of_works())
        todo = [part for part in met if part.kind != "tour"]
        points = {k: _points(words, k, part) for k, part in enumerate(todo)}
    students = variants.known()
    hand_ins = as_named if students else apart
    return marks.marks(hand_ins, students, todo, points, any_variant=not parts)


def table(words: Words, found: Course) -> None:
    """The points of each student, and what has to be said about files and names."""
    st.subheader(words("marks.heading"), anchor=False)
    for key, names in (
        ("missing", [one.name or one.number for one in found.missing]),
        ("strangers", found.strangers),
        ("other_numbers", found.other_numbers),
    ):
        if names:
            said = ", ".join(f"`{name or '…'}`" for name in names)
            st.warning(words(f"marks.{key}", n=len(names), names=said))
    picture(marks_table(found, words), "class.marks")
    st.caption(words("marks.statistics"))


def download(words: Words, found: Course) -> None:
    """The grades as CSV in plain words."""
    st.download_button(
        words("marks.csv"), lambda: variants.BOM + marks.grades_csv(found, words), "grades.csv", "text/csv",
        key="class.grades", help=words("marks.csv_help"), on_click="ignore",
    )  # fmt: skip


def _points(words: Words, k: int, part: Part) -> float:
    return st.number_input(
        f"{k + 1}. {part_name(part, words)}", 0.0, float(_MOST_POINTS), 1.0, 0.5,
        key=f"class.points.{k}.{part}", width=300,
    )  # fmt: skip

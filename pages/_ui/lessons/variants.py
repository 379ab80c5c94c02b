"""A variant for each student of a class: a roster, or how many there are -> **links and key** as files."""

import streamlit as st

from lstm_core.lessons import variants
from lstm_core.lessons.plan import Plan
from lstm_core.lessons.roster import MAX_ROSTER, MOST_STUDENTS, Refused, Student, numbered, read_roster
from lstm_core.words import Words

from .. import session
from ..browser.upload_box import forget_files, given, in_words

BOM = "\ufeff"
"""At the start of a CSV file it lets spreadsheets read the names as UTF-8."""

_TURN, _COUNT, _READ, _MANY = "roster.turn", "variants.count", "class.roster", "class.count"


def for_each(words: Words, plan: Plan, link: str) -> None:
    """The files for a class in which each student has variants alone; a sentence where the plan has none.

    plan : with a run for each of its items, see `Plan.asked_of`. link : to it.
    """
    if not any(part.each for part in plan.parts):
        return
    st.subheader(words("variants.heading"), anchor=False)
    st.markdown(words("variants.says"))
    in_words(words)
    roster(words)
    students = known()
    if not students:
        session.set_widget(_COUNT, st.session_state.get(_MANY, 30))
        st.number_input(
            words("variants.count"), 1, MOST_STUDENTS, key=_COUNT, on_change=_set_count, width=220
        )
        students = numbered(st.session_state.get(_MANY, 30))
    said = Words(plan.language or session.language())
    with st.container(horizontal=True):
        for key, content in (
            ("links", lambda: BOM + variants.links_csv(students, link, said)),
            ("key", lambda: BOM + variants.key_csv(students, plan.parts, said)),
        ):
            st.download_button(
                words(f"variants.{key}"), content, f"lstm_{key}.csv", "text/csv", key=f"variants.{key}",
                help=words(f"variants.{key}_help"), on_click="ignore",
            )  # fmt: skip


def roster(words: Words) -> None:
    """The box for the roster, and what was read of it."""
    # Another key makes another box, which is empty.
    key = f"class.files.roster.{st.session_state.get(_TURN, 0)}"
    st.file_uploader(
        words("variants.roster"), type="csv", key=key, on_change=_take, args=(key,),
        help=words("variants.roster_help", most=MOST_STUDENTS, kB=MAX_ROSTER // 1000),
    )  # fmt: skip
    read = st.session_state.get(_READ)
    if isinstance(read, Refused):
        st.error(read.said(words))
    elif read:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(words("variants.students", n=len(read)))
            st.button(words("variants.clear"), key="variants.clear", on_click=_clear)


def known() -> tuple[Student, ...]:
    """The students of the roster; none where none was brought."""
    read = st.session_state.get(_READ)
    return read if isinstance(read, tuple) else ()


def _take(key: str) -> None:
    session.touch()
    file = next(iter(given(key)), None)
    if file is None:
        return
    try:
        st.session_state[_READ] = read_roster(file.getvalue())
    except Refused as refused:
        st.session_state[_READ] = refused
    forget_files()
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def _set_count() -> None:
    session.touch()
    st.session_state[_MANY] = st.session_state[_COUNT]


def _clear() -> None:
    session.touch()
    st.session_state.pop(_READ, None)

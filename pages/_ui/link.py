"""The one owner of the address bar: **link** -> session at the start, session -> **link** after a change."""

from collections.abc import Mapping

import streamlit as st

from lstm_core.lessons import lesson_link, opened
from lstm_core.lessons.opened import START, told
from lstm_core.lessons.plan_link import PARAMETER as MADE
from lstm_core.reading import reading_link
from lstm_core.training import plan
from lstm_core.words import closest_language
from lstm_core.workbench.link import to_link

from . import session, story
from .learning import in_link
from .lessons import lesson, planned
from .lessons.tab_storage import store_in_tab
from .site import page_named

_IN_ADDRESS_BAR, _PROBLEMS, _LOST = "link.in_address_bar", "link.problems", "link.lost"
_TURNED_TO = "link.turned_to"
_BESIDE_A_QUESTION = ("v", "present", "lang")
_HELD = ("preset", "variant", "seed", "size.", "focus.", "group.", "walk.", "pin.", "make.", "learning.",
         "reading.")  # fmt: skip


def restore() -> None:
    """Put on screen what the link says, in a new session, and after the browser's Back and Forward.

    A page opened from the menu has a link without parameters, and what is on screen stays.
    """
    # After Back, Forward and the menu the browser draws new widgets, but the session would still hold
    # what the old ones were set to.
    for key in [key for key in st.session_state if str(key).startswith(_HELD)]:
        del st.session_state[key]
    query = st.query_params.to_dict()
    touched = session.touched()
    if session.is_open() and (touched or not query or query == st.session_state.get(_IN_ADDRESS_BAR)):
        return
    said = told(query)
    link, problems = said.link, said.link.problems
    if query.keys() & set(plan.PARAMETERS):
        problems += in_link.restore(query)
    if said.story:
        story.tell(said.story)
    problems += planned.restore(query[MADE]) if query.get(MADE) else ()
    if query.keys() & set(reading_link.PARAMETERS):
        from .reading import held  # It loads the readers of files, which no page of the cell needs.

        problems += held.restore(query)
    before = session.language() if session.is_open() else closest_language(st.context.locale)
    session.start(link.experiment, link.focus, link.language or before, said.query)
    session.teach(said.lesson)
    lesson.set_up(keep_experiment="preset" in said.query)
    if link.own:
        st.session_state[_LOST] = True
    if problems:
        st.session_state[_PROBLEMS] = problems


def current() -> dict[str, str]:
    """The parameters of a link to what is on screen."""
    query = to_link(session.experiment(), session.focus(), session.language())
    if session.lesson().ask:  # The question has an experiment of its own, which the link need not tell.
        query = {name: value for name, value in query.items() if name in _BESIDE_A_QUESTION}
    if session.page() == START:
        query |= story.query()
    if session.page() == "learning":
        query |= in_link.query()
    if session.page() == "reading" and not session.lesson().ask:
        from .reading import held

        query |= held.query()
    if session.page() == "make_lesson":
        query |= planned.query()
    return query | lesson_link.to_query(session.lesson())


def write() -> None:
    """Write the link to what is on screen into the address bar, and hand the record to the browser.

    Nothing calls it while a slider is dragged: each link is a step for the browser's Back, and browsers
    refuse more than a few in a short time.

    What a link could not restore is told once.
    """
    session.drawn()
    store_in_tab()
    # A run of a fragment doesn't call `restore`, which would have asked whether a widget caused the run.
    # Asking here makes that answer void for the next run, which Back may cause.
    session.touched()
    query = current()
    if query != st.session_state.get(_IN_ADDRESS_BAR) or query != st.query_params.to_dict():
        st.query_params.from_dict(query)
        st.session_state[_IN_ADDRESS_BAR] = query
    if st.session_state.pop(_LOST, False):
        name = session.words()(f"preset.{session.experiment().preset}.name")
        st.toast(session.words()("link.own", name=name), duration="long")
    problems = st.session_state.pop(_PROBLEMS, None)
    if problems:
        st.toast(session.words()("link.problems", names=", ".join(problems)), duration="long")


def first_page() -> str:
    """The page that the link in the address bar asks for where it names none."""
    return opened.first_page(st.query_params.to_dict(), session.lesson())


def turn_to(page: str, query: Mapping[str, str] | None = None) -> None:
    """Say which page a key or a button asked for; `go_on` opens it as the menu would, or under this link."""
    st.session_state[_TURNED_TO] = page, dict(query or {})


def go_on() -> None:
    """Open the page that a key asked for, or that the lesson wants next, with what is on screen in its link.

    Stay if none is wanted.
    """
    if turned := st.session_state.pop(_TURNED_TO, None):
        session.touched()  # so that the link of the button counts, and not what a widget did before it
        switch_to(*turned)
    if page := lesson.wanted_page():
        session.touch()
        switch_to(page, current())


def switch_to(page: str, query: dict[str, str]) -> None:
    """End this run and open another page, with these parameters in the address bar."""
    st.switch_page(page_named(page, session.words()), query_params=query)

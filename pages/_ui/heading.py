"""What stands above the pictures: the page's **heading**, its buttons, and the keys of a lesson."""

from collections.abc import Callable

import streamlit as st

from lstm_core.lessons.items import items_of
from lstm_core.lessons.tasks.task import Task
from lstm_core.words import Words

from . import link, session, story
from .browser.attention import attention
from .browser.picture import picture
from .in_english import marked, marked_text
from .lessons import lesson, question, tour
from .site import PAGES, START

KEYS = {
    "KeyQ": "ask",
    "KeyL": "lock",
    "KeyN": "on",
    "KeyB": "stop_back",
    **{f"Digit{number}": f"choose_{number}" for number in range(1, 7)},
}
"""Key -> what `press` does. Keys go by their place on the keyboard, which no language changes."""


PRESENTING = {"BracketLeft": "page_back", "BracketRight": "page_on", "?": "keys", "Escape": "escape"}
"""The same in presenter mode, where there is no menu."""

_CLICKER = {"PageDown": "onward", "PageUp": "stop_back"}
"""The same in a tour in presenter mode: a clicker, which has no other keys, leads through all of it."""

_CHAPTERS = {"PageDown": "on", "PageUp": "stop_back"}
"""The same in the story, where it leads from chapter to chapter."""

_OPEN = {"Escape": "escape"}
"""The same while there is something to go back from: a question, or the origin of a number."""

_TURNED = PAGES[: PAGES.index("trace")]
"""The pages with pictures, which the presenter's keys lead through."""

_KEYS_TOLD = "heading.keys"


def keys() -> dict[str, str]:
    """Key -> what `press` does, at present."""
    found = KEYS | (_OPEN if session.asked_origin() or lesson.question() else {})
    if session.focus().present:
        clicker = _CLICKER if lesson.stop() else _CHAPTERS if session.page() == START else {}
        found |= PRESENTING | clicker
    return found


def heading(
    words: Words, page: str, listens: bool = False, beside: Callable[[Words, str], None] | None = None
) -> None:
    """The page's question, or the title of a tour's stop, with the buttons to be asked and to go on.

    listens : whether to listen for the keys of tours and questions, on a page without a diagram, which does
        so itself.
    beside : draws what only this page has beside its question; a tour needs the room itself.
    """
    stop, here = lesson.stop(), lesson.stop_here()
    _attend(words)
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        title = _title(words, page)
        with marked(title, "title"):
            st.header(title, anchor=False, width="stretch")
        alone = session.lesson().figure_alone
        if beside and not stop and not alone:
            with st.container(key="beside_heading", width=250):
                beside(words, page)
        if not lesson.question() and not alone and (here and here.item or items_of(page)):
            st.button(words("ask.predict"), key="ask.predict", help=words("ask.predict_help"), on_click=_ask)
        if here and here.task:
            does = session.does(lesson.work_on_task)
            st.button(words("tour_bar.task"), key="tour.task", on_click=does, type="primary")
        if stop:
            tour.tour_bar(words, stop)
    if here or lesson.task():  # The style shows it on phones and projectors; else it stands at the controls.
        with st.container(key="stop_above"):
            marked_text(words(here.show_key), "stop") if here else st.markdown(_aim(words, lesson.task()))
    present = session.focus().present
    has_keys = stop or present or lesson.question() or session.asked_origin() or items_of(page)
    if listens and (has_keys or page == START):
        picture("", key="lesson.keys", on_choose=lambda choice: press(choice.get("value", "")), keys=keys())
    if present and st.session_state.get(_KEYS_TOLD):
        with st.container(key="keys"):  # The style puts it at the lower edge of the window.
            st.markdown(words("walk.keys"))


def _attend(words: Words) -> None:
    """Moves the focus to what was just opened: a question, its verdict, a task, the origin of a number."""
    asked, place = lesson.question(), lesson.part()
    if asked and lesson.open_question():
        attention(f"{session.lesson().ask}", "layout_question", "ask-predict")
    elif asked:
        told = question.told(words, asked, lesson.verdict())
        attention(f"{session.lesson().ask} {told}", "verdict", "ask-predict", told)
    elif session.asked_origin():
        attention("origin", "origin")
    elif lesson.task():
        attention(f"{place}", "task", "tour-task")
    else:
        attention("")


def _title(words: Words, page: str) -> str:
    """The title of the tour's stop, the name of an open question, or else the page's own question."""
    here, asked = lesson.stop_here(), lesson.open_question()
    if here:
        return words(here.title_key)
    return words(asked.item.name_key if asked else f"question.{page}")


def waits(words: Words) -> bool:
    """Whether the page must not show its pictures yet, because they would answer the open question.

    If so, it tells the reader.
    """
    waiting = bool(lesson.still_to_ask())
    if waiting:
        asked = lesson.open_question()
        here = asked is not None and asked.item.page == session.page()
        follows = here and lesson.tells_answers()
        st.info(words("ask.picture_follows" if follows else "ask.answer_first" if asked else "ask.in"))
    return waiting


def prose_waits(words: Words) -> bool:
    """Whether prose and equations of a page are left out, because they would answer the open question.

    If so, it tells the reader.
    """
    waiting = bool(lesson.still_to_ask())
    if waiting and lesson.tells_answers():
        st.caption(words("ask.prose_follows"))
    return waiting


def press(name: str) -> None:
    """Does what KEYS says of a key."""
    told = st.session_state.pop(_KEYS_TOLD, False) if name in ("keys", "escape", "leave") else False
    if name == "keys":
        st.session_state[_KEYS_TOLD] = not told
    elif name == "leave" or (name == "escape" and not told):
        session.touch()
        _go_back(leaves=name == "leave")
    elif name in ("page_back", "page_on"):
        _turn(1 if name == "page_on" else -1)
    elif name == "ask" and not lesson.question() and not session.lesson().figure_alone:
        _ask()
    elif name == "lock" or name.startswith("choose_"):
        session.touch()
        question.press(name.removeprefix("choose_"))
    elif name in ("on", "stop_back") and session.page() == START:
        story.turn(1 if name == "on" else -1)
    elif name == "onward" and lesson.stop():
        _onward()
    elif name in ("on", "stop_back") and lesson.stop():
        tour.go(1 if name == "on" else -1)
    elif name == "on" and lesson.question() and not lesson.open_question():
        question.on()


def _go_back(leaves: bool) -> None:
    """Out of the question or the origin of a number that is open; then, or at once, out of presenter mode."""
    if lesson.question() and not lesson.part() and not leaves:
        question.leave()
    elif session.asked_origin() and not leaves:
        session.ask_origin(None)
    else:
        session.look(present=False)


def _aim(words: Words, task: Task) -> str:
    return f"**{words(task.name_key)}** {words(task.aim_key)}"


def _turn(by: int) -> None:
    """Show the next of the pages with pictures; a question or a task keeps its page."""
    here = session.page()
    if here in _TURNED and not lesson.part() and not lesson.question():
        link.turn_to(_TURNED[(_TURNED.index(here) + by) % len(_TURNED)])


def _onward() -> None:
    """What comes next at a stop of a tour: its question, then the answer, then the next stop."""
    here = lesson.stop_here()
    if lesson.open_question():
        session.touch()
        question.reveal()
    elif here and here.item and (here.item, here.seed, "") not in lesson.record().predictions:
        _ask()
    else:
        tour.go(1)


def _ask() -> None:
    session.touch()
    question.forget()
    here = lesson.stop_here()
    if here and here.item:
        lesson.ask(here.item, here.seed)
    elif items_of(session.page()):
        lesson.ask(*question.next_item(session.page()))

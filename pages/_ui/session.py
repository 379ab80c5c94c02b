"""What one reader has on screen: experiment, focus, language and lesson, kept in the session alone."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

import streamlit as st

from lstm_core.explain import Place
from lstm_core.lessons.items import make
from lstm_core.lessons.lesson_link import CONTROLS, LessonLink, Part
from lstm_core.lessons.locks import touched as touched_controls
from lstm_core.lessons.opened import START, on_page
from lstm_core.lessons.tasks import TASKS
from lstm_core.view.diagram import ARRANGEMENTS
from lstm_core.words import Words
from lstm_core.workbench.experiment import Experiment
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.opening import first_look
from lstm_core.workbench.presets import preset

from .browser.upload_box import drawn as boxes_drawn
from .browser.upload_box import forget_files

_EXPERIMENT, _FOCUS, _LANGUAGE, _TURN = "experiment", "focus", "language", "turn"
_ASKED, _PAGE, _GROUP, _BAND, _LESSON = "asked", "page", "group", "band", "lesson"
_PAGE_BEFORE, _ARRANGEMENT, _QUERY = "page_before", "arrangement", "query"
_TOUCHED, _KEPT, _UNSURE = "link.touched", "kept_question", "unsure"

_NO_LESSON = LessonLink()


def is_open() -> bool:
    return _EXPERIMENT in st.session_state


def start(
    experiment: Experiment, focus: Focus, language: str, query: Mapping[str, str] | None = None
) -> None:
    """Put an experiment on screen, in a new session or for another link.

    query : of the link, if there is one. The page, which only `enter` knows, decides what it leaves open.
    """
    st.session_state[_QUERY] = query
    st.session_state[_EXPERIMENT] = experiment
    st.session_state[_FOCUS] = focus
    st.session_state[_LANGUAGE] = language
    keep_question(None)
    st.session_state[_TURN] = turn() + 1


def turn() -> int:
    """How many experiments were put on screen so far; editing the one on screen does not count."""
    return st.session_state.get(_TURN, 0)


def experiment() -> Experiment:
    return st.session_state[_EXPERIMENT]


def original() -> Experiment:
    """The experiment before it was edited, to which Reset goes back: of a task, a question, or the preset."""
    part = lesson().part
    if part and part.kind == "task" and not lesson().ask:
        return TASKS[part.key].start(part.number)
    if asked := kept_question():
        return make(*asked.place).experiment
    return original_of(experiment())


def original_of(edited: Experiment) -> Experiment:
    """The preset that an experiment started from."""
    return preset(edited.preset, edited.seed)


def keep_question(asked: Part | None) -> None:
    """Say whose experiment stays on screen after a question, or that it is no question's any more."""
    st.session_state[_KEPT] = asked


def kept_question() -> Part | None:
    """The question whose experiment stayed on screen; None where it came from anywhere else."""
    return st.session_state.get(_KEPT)


def focus() -> Focus:
    return st.session_state[_FOCUS]


def language() -> str:
    return st.session_state[_LANGUAGE]


def words() -> Words:
    return Words(language())


def page() -> str:
    """The page that is open; "" before the first."""
    return st.session_state.get(_PAGE, "")


def enter(page: str) -> Mapping[str, str] | None:
    """Say which page is open. Another page starts on its own phase, explains no number, and holds no file.

    What is on screen follows to another page; one that a link opens shows what that says, or its opening.
    Returns what the link said of the experiment; None where no link was opened.
    """
    before = st.session_state.get(_PAGE, page)
    st.session_state[_PAGE] = page
    if before != page:
        st.session_state[_PAGE_BEFORE] = before
        forget_files()
        look(phase=None, back=None)
        ask_origin(None)
    query = st.session_state.pop(_QUERY, None)
    if query is not None and not (lesson().part or lesson().ask or page == START):
        wanted, there = on_page(query, page, focus())
        if (wanted, there.t) != (experiment(), focus().t):
            begin(wanted)
            look_at(there)
    return query


def page_before() -> str:
    """The page that was open before this one; "" on the first."""
    return st.session_state.get(_PAGE_BEFORE, "")


def change(changed: Experiment) -> None:
    """Put the experiment that a reader edited on screen.

    It stays as it was where the change touches what the lesson locks or hides, and while a question is on.
    All edits come here, because a browser can also answer for a widget that is no longer on screen.
    """
    taught = lesson()
    locked = {control for control in CONTROLS if not taught.allows(control)}
    if not taught.ask and not (locked and locked & touched_controls(experiment(), changed)):
        show(changed)


def choose(another: Experiment) -> None:
    """Begin another experiment that a reader chose, unless that would change what the lesson holds."""
    taught = lesson()
    if not taught.ask and taught.allows("preset") and not taught.keeps_experiment:
        begin(another)


def show(changed: Experiment) -> None:
    """Put an experiment on screen; a focus on a step or unit that it lacks moves to the nearest."""
    st.session_state[_EXPERIMENT] = changed
    st.session_state[_FOCUS] = focus().within(changed)


def begin(another: Experiment) -> None:
    """Put another experiment on screen, such as a preset, at the step that is best seen first."""
    keep_question(None)
    show(another)
    look_at(replace(focus(), t=first_look(another, page()), unit=1))
    st.session_state[_TURN] = turn() + 1


def look(**where) -> None:
    """Move the focus: `look(t=5)`, `look(unit=2)`, `look(phase="write")`.

    Step and unit stay where a lesson locks them.
    """
    locked = {name for name, control in {"t": "step", "unit": "unit"}.items() if lesson().locks(control)}
    look_at(replace(focus(), **{name: value for name, value in where.items() if name not in locked}))


def look_at(wanted: Focus) -> None:
    """Set the whole focus, also where a lesson locks the step or the unit."""
    st.session_state[_FOCUS] = wanted.within(experiment())


def lesson() -> LessonLink:
    """What a teacher's link asks, hides and locks."""
    return st.session_state.get(_LESSON, _NO_LESSON)


def teach(lesson: LessonLink) -> None:
    st.session_state[_LESSON] = lesson


def ask_origin(key: str | None, unit: int | None = None) -> None:
    """Ask where a number comes from, at the step in focus; None to ask no more.

    unit : of the number, or of the input for "x"; None for the unit in focus.
    """
    st.session_state[_ASKED] = None if key is None else (key, unit)


def asked() -> tuple[str | None, int | None]:
    """Quantity and unit as `ask_origin` was told them, so that the unit in focus stays the one in focus."""
    return st.session_state.get(_ASKED) or (None, None)


def asked_origin() -> Place | None:
    """The number whose origin is on screen, or None."""
    key, unit = asked()
    if key is None:
        return None
    most = experiment().D if key == "x" else experiment().H
    return Place(key, focus().t, min(unit or focus().unit, most))


def arrange(arrangement: str | None) -> None:
    """Say which arrangement of the diagram fits the reader's window."""
    st.session_state[_ARRANGEMENT] = arrangement if arrangement in ARRANGEMENTS else None


def arrangement() -> str | None:
    """The arrangement of the diagram that fits, or None as long as the browser has not told it."""
    return st.session_state.get(_ARRANGEMENT)


def mark_band(s: int | None) -> None:
    """Follow what step s wrote into the memory; 0 for the memory before the first step."""
    st.session_state[_BAND] = s


def band() -> int | None:
    """The step whose part of the memory is followed; None if there is none, or the run is shorter."""
    s = st.session_state.get(_BAND)
    return s if s is not None and s <= experiment().T else None


def edit_group(group: str) -> None:
    """Ask for a group of sliders, such as "f"; a page that doesn't have it shows its own first group."""
    st.session_state[_GROUP] = group


def edited_group() -> str | None:
    """The group of sliders that was last asked for; None before the first time."""
    return st.session_state.get(_GROUP)


def speak(language: str) -> None:
    st.session_state[_LANGUAGE] = language


def set_widget(key: str, value) -> None:
    """Make the widget of this key show `value`.

    It is assigned only where it changes, because Streamlit sends what was assigned to the browser again,
    and where the run that assigned it may have been broken off before it came to the widget.
    """
    unsure = st.session_state.setdefault(_UNSURE, set())
    if st.session_state.get(key) != value or key in unsure:
        st.session_state[key] = value
        unsure.add(key)


def drawn() -> None:
    """Say that a page was drawn to its end, so that its widgets show what they were made to show."""
    st.session_state.pop(_UNSURE, None)
    boxes_drawn()


def chosen(key: str, options: Collection):
    """What the reader chose in the widget of this key; None where that was never offered.

    A forged browser can send any text as a choice, and Streamlit hands it on.
    """
    choice = st.session_state[key]
    return choice if choice in options else None


def touch() -> None:
    """Say that a widget caused this run, so that what the session holds is newer than the link."""
    st.session_state[_TOUCHED] = True


def does(action: Callable[..., None], *args) -> Callable[[], None]:
    """What a widget calls that does this and nothing else."""

    def callback() -> None:
        touch()
        action(*args)

    return callback


def touched() -> bool:
    """Whether a widget caused this run; asking a second time in the same run returns False."""
    return st.session_state.pop(_TOUCHED, False)

"""The lesson of this session: what a link or a button begins -> **lesson** -> what is asked and covered."""

from dataclasses import replace

import streamlit as st

from lstm_core.lessons import opened
from lstm_core.lessons.cover import cover
from lstm_core.lessons.items import make
from lstm_core.lessons.lesson_link import Part
from lstm_core.lessons.question import Question
from lstm_core.lessons.record import Asked, Prediction, Record
from lstm_core.lessons.tasks.task import Task
from lstm_core.lessons.tours import TOURS, Stop
from lstm_core.lessons.verdict import Verdict
from lstm_core.trace import LSTMTrace
from lstm_core.workbench.experiment import Experiment
from lstm_core.workbench.focus import Focus
from lstm_core.workbench.opening import first_look
from lstm_core.workbench.presets import DEFAULT, preset

from .. import session

_RECORD, _BEFORE, _GO = "lesson.record", "lesson.before", "lesson.go"


def record() -> Record:
    """What this reader did so far; the same object in every run of the session."""
    return st.session_state.setdefault(_RECORD, Record())


# -- the parts of a lesson ------------------------------------------------------------------------


def begin(parts: tuple[Part, ...], at: int = 1) -> None:
    """Begin a lesson of these parts, at the part of a number; what a teacher's link hides stays hidden."""
    _take_run_away()
    session.teach(replace(session.lesson(), parts=parts, at=at, ask=None))
    st.session_state.pop(_BEFORE, None)
    set_up()


def end() -> None:
    """Leave the lesson for good; the experiment stays on screen, but not the run of an open question."""
    _take_run_away()
    session.teach(replace(session.lesson(), parts=(), at=0, ask=None))
    st.session_state.pop(_BEFORE, None)


def move(to: int) -> None:
    """Go to the part of a number, on or back; at 0 no part is open, and the lesson stays in the link."""
    begin(session.lesson().parts, to)


def finish() -> None:
    """Go to the next part; after the last of several parts, or after a tour, to the card at the end."""
    lesson = session.lesson()
    move(lesson.at + 1) if lesson.at < len(lesson.parts) else leave()


def leave() -> None:
    """Leave the open part: the end card lists several parts, to go on; a lesson of one is over."""
    lesson = session.lesson()
    if len(lesson.parts) > 1 or lesson.part.kind == "tour":
        move(0)
        go("lessons")
    else:
        end()


def part() -> Part | None:
    """The part of the lesson that is open; None where none is."""
    return session.lesson().part


def next_part() -> Part | None:
    """The part after the open one; None after the last."""
    lesson = session.lesson()
    return lesson.parts[lesson.at] if lesson.at < len(lesson.parts) else None


def task() -> Task | None:
    """The task that is worked on; None where there is none and while a question is on screen."""
    return opened.task_of(session.lesson())


def stop() -> Stop | None:
    """The open stop of a tour; None where no tour is open."""
    return opened.stop_of(session.lesson())


def stop_here() -> Stop | None:
    """The open stop of a tour, if its page is on screen and no question is asked in front of it."""
    return opened.stop_on(session.lesson(), session.page())


def work_on_task() -> None:
    """Begin the task of the open stop; after the task the tour goes on at the next stop."""
    here, at = part(), stop()
    task = Part("task", at.task, at.seed)
    after = replace(here, number=min(here.number + 1, len(TOURS[here.key].stops)))
    others = [one for one in session.lesson().parts if one != task]
    place = others.index(here)
    begin((*others[:place], task, after, *others[place + 1 :]), place + 1)


def renumber(number: int) -> None:
    """Go to another stop of the open tour, or to another variant of the open task."""
    lesson, here = session.lesson(), part()
    there = replace(here, number=number)
    begin(tuple(there if one == here else one for one in lesson.parts), lesson.at)


def set_up(keep_experiment: bool = False) -> None:
    """Put on screen what the open part starts from, and go to its page.

    keep_experiment : the link brought an experiment along, of a reader who had begun already; it stays.
    """
    if start := opened.start_of(session.lesson(), keep_experiment):
        _begin(start)
        st.session_state[_GO] = start.page
    elif session.lesson().waits:
        go(opened.page_of(session.lesson()))


def restart() -> None:
    """Put the stop of a tour or the task back to how it began."""
    _begin(opened.start_of(session.lesson()))


def go(page: str) -> None:
    """Open another page next."""
    st.session_state[_GO] = page


def stay() -> None:
    """Stay on this page, whatever the link asked for."""
    st.session_state.pop(_GO, None)


def wanted_page() -> str | None:
    """The page that has to be opened next. It is told once: the next call answers None."""
    page, focus = st.session_state.pop(_GO, None), session.focus()
    if page in (None, session.page()):
        return None
    session.enter(page)
    # `enter` starts a page at the page's own phase, which would undo what the lesson set up.
    session.look_at(focus)
    return page


def _begin(start: opened.Opened) -> None:
    """Put on screen what a part starts from. A question takes the place of what is on screen; see `close`."""
    if start.lesson.ask and not session.lesson().ask:
        st.session_state[_BEFORE] = session.experiment(), session.focus(), session.page()
    session.teach(start.lesson)
    session.begin(start.experiment)
    session.look_at(replace(start.focus, present=session.focus().present))
    if start.lesson.ask:
        session.ask_origin(None)


# -- questions ------------------------------------------------------------------------------------


def ask(key: str, seed: int, run: str = "") -> None:
    """Pose a question. It takes the place of what is on screen, which `close` brings back.

    run : the word of the run that a teacher brought; see `lstm_core/lessons/own_run.py`.
    """
    start = opened.start_of(replace(session.lesson(), ask=Part("item", key, seed, run)))
    _begin(start)
    st.session_state[_GO] = start.page


def question() -> Question | None:
    """The question on screen, answered or not."""
    asked = session.lesson().ask
    return make(*asked.place) if asked else None


def open_question() -> Question | None:
    """The question on screen until its answer is locked."""
    return question() if session.lesson().ask and _place() not in record().predictions else None


def still_to_ask() -> tuple[Question, ...]:
    """The questions whose answers the run on screen must not tell.

    These are the open one, and those of the lesson that are asked of the same run and not answered yet; in a
    test also those that are.
    """
    return opened.to_ask(session.lesson(), record().predictions)


def tells_answers() -> bool:
    """Whether an answer that is locked is followed by the right one; in a test it is not."""
    return session.lesson().shows("answers")


def covered(trace: LSTMTrace) -> LSTMTrace:
    """The trace as a reader may see it: without the numbers that would answer what is still to ask."""
    for asked in still_to_ask():
        trace = cover(trace, asked)
    return trace


def own() -> tuple[Experiment, Focus]:
    """The experiment and the focus that a file or a link may tell of.

    While the run on screen would tell an answer, they are those that were on screen before it.
    """
    if not still_to_ask():
        return session.experiment(), session.focus()
    if _BEFORE in st.session_state:
        return st.session_state[_BEFORE][:2]
    first = preset(DEFAULT)  # A link brought the question, and there was nothing before it.
    return first, Focus(first_look(first))


def verdict() -> Verdict | None:
    """The locked answer compared with the run; None before it is locked, if it was skipped, and in a test."""
    prediction = record().predictions.get(_place())
    return prediction.verdict if prediction and tells_answers() else None


def lock(answer) -> None:
    """Answer the question for good. Raises ValueError where the question can't have such an answer."""
    prediction = _prediction(answer)
    _ = prediction.verdict  # judging is what refuses an impossible answer
    record().predictions[prediction.place] = prediction


def reveal() -> None:
    """Show the truth without an answer, as to a class that answered aloud. A locked answer stays."""
    record().add([_prediction(None)], [])


def skip() -> None:
    """Put the question away without an answer. An answer that is locked already stays."""
    reveal()
    close()


def close(keep: bool = False) -> None:
    """Put the question away.

    keep : leave its experiment on screen, unless it would tell another answer; otherwise what was on screen
        before it comes back.
    """
    lesson, tells = session.lesson(), bool(still_to_ask())
    before = st.session_state.pop(_BEFORE, None) or ((*own(), session.page()) if tells else None)
    session.teach(replace(lesson, ask=None))
    if keep and not tells:
        session.keep_question(lesson.ask)
    elif before:
        experiment, focus, page = before
        session.begin(experiment)
        session.look_at(replace(focus, present=session.focus().present))
        st.session_state[_GO] = page
    if (here := lesson.part) and here == lesson.ask:
        finish()


def _prediction(answer) -> Prediction:
    key, seed, run = _place()
    return Prediction(key, seed, answer, run)


def _take_run_away() -> None:
    """Bring back what was on screen before the question, if its run would tell an answer."""
    if still_to_ask():
        experiment, focus = own()
        session.begin(experiment)
        session.look_at(replace(focus, present=session.focus().present))


def _place() -> Asked:
    return session.lesson().ask.place

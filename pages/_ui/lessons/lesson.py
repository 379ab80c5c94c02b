"""The lesson that is on: what a link or a button begins -> **lesson** -> what is asked, covered and done."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lstm_core.lessons.cover import cover
from lstm_core.lessons.items import ITEMS, make
from lstm_core.lessons.lesson import Part
from lstm_core.lessons.question import Question, Verdict, judge
from lstm_core.lessons.record import Record
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.tasks.task import Task
from lstm_core.lessons.tours import TOURS, Stop
from lstm_core.trace import LSTMTrace
from lstm_core.workbench.experiment import Experiment
from lstm_core.workbench.focus import Focus, first_look

from .. import session

_RECORD, _BEFORE, _GO = "lesson.record", "lesson.before", "lesson.go"


def record() -> Record:
    return st.session_state.setdefault(_RECORD, Record())


# -- the parts of a lesson ------------------------------------------------------------------------


def begin(parts: tuple[Part, ...], at: int = 1) -> None:
    """Put a lesson of these parts on; what a teacher's link hides stays hidden."""
    session.teach(replace(session.lesson(), parts=parts, at=at, ask=None))
    st.session_state.pop(_BEFORE, None)
    set_up()


def end() -> None:
    """No lesson any more; the experiment stays."""
    session.teach(replace(session.lesson(), parts=(), at=0, ask=None))
    st.session_state.pop(_BEFORE, None)


def move(to: int) -> None:
    """On to the part of a number, or back to it; 0 leaves all of them."""
    begin(session.lesson().parts, to)


def finish() -> None:
    """On to the next part; after the last of several, to where the work is handed in."""
    lesson = session.lesson()
    if lesson.at < len(lesson.parts):
        move(lesson.at + 1)
    else:
        leave()
        if len(lesson.parts) > 1:
            go("lessons")


def leave() -> None:
    """Out of the part that is on: a lesson of several can be taken up again, one of one is over."""
    move(0) if len(session.lesson().parts) > 1 else end()


def part() -> Part | None:
    """The part that is on."""
    return session.lesson().part


def next_part() -> Part | None:
    """The part after the one that is on."""
    lesson = session.lesson()
    return lesson.parts[lesson.at] if lesson.at < len(lesson.parts) else None


def task() -> Task | None:
    """The task that is being worked on; none while a question is on screen."""
    here = part()
    return TASKS[here.key] if here and here.kind == "task" and not session.lesson().ask else None


def stop() -> Stop | None:
    """The stop of the tour that is on."""
    here = part()
    return TOURS[here.key].stop(here.number) if here and here.kind == "tour" else None


def stop_here() -> Stop | None:
    """The stop that is on, where its page is open and no question stands before it."""
    here = None if session.lesson().ask else stop()
    return here if here and here.page == session.page() else None


def work_on_task() -> None:
    """The task of the stop that is on; after it the tour goes on at the next stop."""
    here, at = part(), stop()
    task = Part("task", at.task, at.seed)
    after = replace(here, number=min(here.number + 1, len(TOURS[here.key].stops)))
    others = [one for one in session.lesson().parts if one != task]
    place = others.index(here)
    begin((*others[:place], task, after, *others[place + 1 :]), place + 1)


def renumber(number: int) -> None:
    """To another stop of the tour that is on, or another variant of the task."""
    lesson, here = session.lesson(), part()
    there = replace(here, number=number)
    begin(tuple(there if one == here else one for one in lesson.parts), lesson.at)


def set_up(keep_experiment: bool = False) -> None:
    """Put on screen what the part that is on starts from, and go to its page.

    keep_experiment : the link brought one along, that of a reader who is on the way already.
    """
    here = part()
    if session.lesson().ask:
        _pose(session.lesson().ask)
    elif here and here.kind == "item":
        ask(here.key, here.number)
    elif here and not keep_experiment:
        restart()
        st.session_state[_GO] = page()


def restart() -> None:
    """The tour's stop or the task as it began."""
    experiment, focus = _start(part())
    session.begin(experiment)
    session.look_at(replace(focus, present=session.focus().present))


def page() -> str | None:
    """The page that what is on is worked on; None where nothing is."""
    here = session.lesson().ask or part()
    if here is None or here.kind == "tour":
        return stop().page if here else None
    return {"item": ITEMS, "task": TASKS}[here.kind][here.key].page


def go(page: str) -> None:
    """Open another page next."""
    st.session_state[_GO] = page


def stay() -> None:
    """Open no other page, whatever a link asked for."""
    st.session_state.pop(_GO, None)


def wanted_page() -> str | None:
    """The page that has to be opened next, told once."""
    page, focus = st.session_state.pop(_GO, None), session.focus()
    if page in (None, session.page()):
        return None
    session.enter(page)
    session.look_at(focus)  # on its own phase a page starts only where nothing else was set up
    return page


def _start(part: Part) -> tuple[Experiment, Focus]:
    if part.kind == "tour":
        link = TOURS[part.key].stop(part.number).link
        return link.experiment, link.focus
    experiment = TASKS[part.key].start(part.number)
    return experiment, Focus(first_look(experiment))


# -- questions ------------------------------------------------------------------------------------


def ask(key: str, seed: int) -> None:
    """Pose a question, in place of what is on screen; that comes back with `close`."""
    if not session.lesson().ask:
        st.session_state[_BEFORE] = session.experiment(), session.focus(), session.page()
    session.teach(replace(session.lesson(), ask=Part("item", key, seed)))
    _pose(session.lesson().ask)


def question() -> Question | None:
    """The question on screen, answered or not."""
    asked = session.lesson().ask
    return make(asked.key, asked.number) if asked else None


def open_question() -> Question | None:
    """The question on screen as long as its answer is not locked: that is what has to be covered."""
    return question() if session.lesson().ask and _place() not in record().answers else None


def covered(trace: LSTMTrace) -> LSTMTrace:
    """The trace as it may be seen: without what the open question asks for."""
    asked = open_question()
    return cover(trace, asked) if asked else trace


def verdict() -> Verdict | None:
    """What the locked answer is worth; None before, and where the question was skipped."""
    answer = record().answers.get(_place())
    return None if answer is None else judge(question(), answer)


def lock(answer) -> None:
    """Answer the question for good. Raises ValueError for what can't be an answer to it."""
    judge(question(), answer)
    record().answers[_place()] = answer


def skip() -> None:
    """Leave the question unanswered."""
    record().answers.setdefault(_place(), None)
    close()


def close(keep: bool = False) -> None:
    """Put the question away; `keep` its experiment on screen, or bring back what was there before."""
    lesson = session.lesson()
    before = st.session_state.pop(_BEFORE, None)
    session.teach(replace(lesson, ask=None))
    if before and not keep:
        experiment, focus, page = before
        session.begin(experiment)
        session.look_at(replace(focus, present=session.focus().present))
        st.session_state[_GO] = page
    if (here := lesson.part) and here == lesson.ask:
        finish()


def _place() -> tuple[str, int]:
    asked = session.lesson().ask
    return asked.key, asked.number


def _pose(asked: Part) -> None:
    posed = make(asked.key, asked.number)
    session.begin(posed.experiment)
    session.look_at(Focus(posed.case.t, posed.case.unit, posed.item.phase, session.focus().present))
    session.ask(None)
    st.session_state[_GO] = page()

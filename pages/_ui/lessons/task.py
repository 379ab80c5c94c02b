"""The card of a task, in place of the choice of experiments: weights -> [Check] -> **what fails where**."""

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from lstm_core.lessons.question import SEEDS
from lstm_core.lessons.record import Attempt, Place
from lstm_core.lessons.record_json import MAX_HINTS, MAX_TRIES
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.tasks.task import (
    UNSEEN,
    UNSEEN_RUNS,
    Failure,
    Report,
    Task,
    check,
    on_inputs,
    shows_unseen,
)
from lstm_core.lessons.verdict import RIGHT
from lstm_core.view.typeset import read_out
from lstm_core.words import Words
from lstm_core.workbench.experiment import Experiment

from .. import session
from ..browser.hand import Hand, tell
from ..in_english import marked_text
from . import lesson
from .task_solved import solved

_CHECKED = "task.checked"
_OPEN, _HOLDS, _FAILS = "**○**", ":blue[**✓**]", ":orange[**✗**]"


@dataclass(frozen=True)
class _Checked:
    """The last check of a task, and the experiment that was checked."""

    experiment: Experiment
    report: Report


def task_card(words: Words, experiment: Experiment, hand: Hand) -> None:
    """The aim, how far it is under the hand, the conditions with what came of the last check, the way on."""
    task, place = lesson.task(), _place()
    own, checked = _own(task, experiment), _last_check(place)
    fresh = checked is not None and checked.experiment == own
    stale = checked is not None and not fresh
    report = checked.report if checked else None
    with st.container(key="task", gap=None):
        _head(words, task, place)
        if "goal" in hand.figure.pictures:
            hand.picture("goal")
        # The style gives what a check finds its usual room from the start, by the number of conditions, so
        # that the sliders below it hardly move. Longer findings get more room: none is cut off.
        with st.container(key=f"task_findings_{len(task.condition_keys)}", gap=None):
            if _solved(place):
                solved(words, lesson.record().attempts[place])
            if shows_unseen(task, experiment.x):
                with st.container(key="task_unseen", gap=None):
                    st.markdown(words("task_card.looking"))
                    st.button(words("task_card.look_back"), key="task.look_back", on_click=_look_back)
            with st.container(key="task_stale" if stale else "task_fresh", gap=None):
                st.markdown(_status(words, task, place, report, stale))
                for failure in report.failures if report and not report.runs else ():
                    st.markdown(f"{_OPEN if stale else _FAILS} {words(failure.text_key)}")
                for condition in task.condition_keys:
                    failure = report.failure(condition) if report else None
                    mark = _OPEN if stale or not (report and report.runs) else _FAILS if failure else _HOLDS
                    with st.container(key=f"task_condition_{condition}", gap=None):
                        st.markdown(f"{mark} {words(task.condition_text(condition))}")
                        if failure:
                            _failure(words, condition, failure)
        with st.container(horizontal=True, key="task_buttons", gap="small"):
            st.button(
                words("task_card.check"),
                key="task.check",
                type="secondary" if fresh else "primary",
                on_click=_check,
            )
            _hints(words, task, place)
            st.button(words("task_card.restart"), key="task.restart", on_click=_restart)


# -- what it shows --------------------------------------------------------------------------------


def _head(words: Words, task: Task, place: Place) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="task_head", gap="small"):
        solved = f" {_HOLDS}" if _solved(place) else ""
        level = words("task_card.level", n=list(TASKS).index(task.key) + 1, of=len(TASKS))
        st.markdown(f"## :gray[{level}] {words(task.name_key)}{solved}", width="stretch")
        if lesson.next_part() and not _solved(place):
            st.button(words("task_card.skip"), key="task.skip", type="tertiary", on_click=_skip)
        help_key = "task_card.leave_part" if len(session.lesson().parts) > 1 else "task_card.leave"
        leave = words(help_key)  # read out; what is seen is a ✕ (style.css)
        st.button(leave, key="task.leave", type="tertiary", help=leave, on_click=session.does(lesson.leave))
    marked_text(words(task.aim_key), "aim")
    if not session.lesson().allows("weights"):
        st.warning(words("task_card.locked"))
    if task.seeded:
        with st.container(horizontal=True, vertical_alignment="center", key="task_seed", gap="small"):
            st.markdown(words("task_card.seed", seed=place[1]), width="content")
            st.button(words("task_card.another"), key="task.another", type="tertiary", on_click=_another)


def _status(words: Words, task: Task, place: Place, report: Report | None, stale: bool) -> str:
    if report is None:
        return f":gray[{words('task_card.unchecked', n=UNSEEN_RUNS)}]"
    if stale:
        return words("task_card.solved_before" if _solved(place) else "task_card.stale")
    if report.passed:
        seen = place in lesson.record().solutions_seen
        return f"{_HOLDS} {words('task_card.shown' if seen else report.heading_key)}"
    if not report.runs:
        return words(report.heading_key)
    every = len(task.condition_keys)
    return words("task_card.failed", n=every - len(report.failures), of=every)


def _heard(words: Words, task: Task, report: Report) -> str:
    """What came of a check, and each condition that fails and where, for those who listen."""
    n = len(task.condition_keys)
    head = words("task_card.failed", n=n - len(report.failures), of=n) if report.runs else ""
    said = [words("verdict.passed") if report.passed else head]
    for failure in report.failures:
        condition = words(task.condition_text(failure.condition)) if report.runs else ""
        said += [condition, words(failure.text_key, **failure.values)]
    return read_out(" ".join(filter(None, said)))


def _failure(words: Words, condition: str, failure: Failure) -> None:
    """At which step and on which numbers a condition fails, as a button that leads to that step."""
    said = words(failure.text_key, **failure.values)
    if not failure.t:
        st.markdown(f"*{said}*")
        return
    where = f"{words('verdict.unseen')} · " if failure.where == UNSEEN else ""
    st.button(
        f"{where}{said}\u00a0→",
        key=f"task.see.{condition}",
        type="tertiary",
        help=words("task_card.see_unseen" if failure.where == UNSEEN else "task_card.see"),
        on_click=_see,
        args=(failure,),
    )


def _hints(words: Words, task: Task, place: Place) -> None:
    read = _hints_read(place)
    with st.popover(words("task_card.hints"), key="task.hints"):
        for key in task.hint_keys[:read]:
            st.markdown(f"- {words(key)}")
        if read < MAX_HINTS:
            st.button(
                words("task_card.hint", n=read + 1, of=MAX_HINTS), key="task.hint", on_click=_read_hint
            )  # fmt: skip
        else:
            st.button(words("task_card.solution"), key="task.solution", on_click=_solve)
        st.caption(words("task_card.rules"))


# -- what it knows --------------------------------------------------------------------------------


def _place() -> Place:
    here = lesson.part()
    return here.key, here.number


def _own(task: Task, experiment: Experiment) -> Experiment:
    """The experiment on the inputs of the task, even while unseen inputs of the check are on screen."""
    if not shows_unseen(task, experiment.x):
        return experiment
    return on_inputs(experiment, task.start(_place()[1]).x)


def _last_check(place: Place) -> _Checked | None:
    """The last check in this session. For an attempt out of a file or another session, its own check."""
    checks = st.session_state.get(_CHECKED, {})
    if place in checks:
        return checks[place]
    attempt = lesson.record().attempts.get(place)
    return _Checked(attempt.experiment, attempt.report) if attempt else None


def _store_check(checked: _Checked | None) -> None:
    st.session_state.setdefault(_CHECKED, {})[_place()] = checked


def _solved(place: Place) -> bool:
    attempt = lesson.record().attempts.get(place)
    return attempt is not None and attempt.outcome == RIGHT


def _hints_read(place: Place) -> int:
    record = lesson.record()
    attempt = record.attempts.get(place)
    return max(record.hints.get(place, 0), attempt.hints if attempt else 0)


# -- what its buttons do --------------------------------------------------------------------------


def _check() -> None:
    session.touch()
    task, place = lesson.task(), _place()
    own = _own(task, session.experiment())
    report = check(task, own, place[1])
    _store_check(_Checked(own, report))
    tell(_heard(session.words(), task, report))
    record = lesson.record()
    if report.runs and place not in record.solutions_seen:
        before = record.attempts.get(place)
        # A task that was solved once stays solved, whatever is checked later, and with the fewest numbers.
        tried = Attempt(*place, own.params)
        stays = _solved(place) and not (report.passed and tried.changed <= before.changed)
        params = before.params if stays else own.params
        tries = min(before.tries + 1 if before else 1, MAX_TRIES)
        record.attempts[place] = Attempt(*place, params, _hints_read(place), tries)


def _see(failure: Failure) -> None:
    """Go to the step that fails, and put the inputs on screen on which it fails."""
    session.touch()
    x = failure.x if failure.x is not None else lesson.task().start(_place()[1]).x
    if not np.array_equal(x, session.experiment().x):
        session.show(on_inputs(session.experiment(), x))
    session.look(t=failure.t)


def _look_back() -> None:
    session.touch()
    session.show(_own(lesson.task(), session.experiment()))


def _read_hint() -> None:
    session.touch()
    place, record = _place(), lesson.record()
    record.hints[place] = min(_hints_read(place) + 1, MAX_HINTS)
    if place in record.attempts:
        record.attempts[place] = replace(record.attempts[place], hints=record.hints[place])


def _solve() -> None:
    session.touch()
    lesson.record().solutions_seen.add(_place())
    session.begin(lesson.task().solution(_place()[1]))


def _restart() -> None:
    session.touch()
    lesson.record().solutions_seen.discard(_place())
    _store_check(None)
    lesson.restart()


def _another() -> None:
    session.touch()
    later = _place()[1] + 1
    lesson.renumber(later if later in SEEDS else SEEDS[1])


def _skip() -> None:
    session.touch()
    if lesson.task():
        lesson.finish()

"""What was done so far, and the file of it to take along: record -> **one file** -> record."""

import streamlit as st

from lstm_core.lessons.classroom import ANONYMOUS_KEY
from lstm_core.lessons.fields import Refused
from lstm_core.lessons.hand_in import MAX_ZIP, HandIn, file_name, read_zip, to_zip
from lstm_core.lessons.record import Record
from lstm_core.lessons.tasks import TASKS
from lstm_core.lessons.verdict import OUTCOMES, RIGHT
from lstm_core.training.trials import TRIALS
from lstm_core.words import Words
from lstm_core.workbench.experiment import Experiment
from lstm_core.workbench.harmless import LONGEST, harmless

from .. import session
from ..browser import upload_box
from ..browser.upload_box import given
from . import lesson

_NAME, _MADE, _FILE, _READ = "hand_in.name", "hand_in.made", "hand_in.file", "hand_in.read"


def section(words: Words, with_file: bool = True) -> None:
    """What was done, in numbers; the file to take along or hand in; a file of before to go on from.

    with_file : False where the file is offered at another place of the page.
    """
    st.subheader(words("hand_in.heading"), anchor=False)
    so_far, middle, before = st.columns([4, 5, 4], gap="large")
    with so_far:
        _so_far(words, lesson.record())
    with middle:
        if with_file:
            file(words)
    with before:
        _before(words)


def _so_far(words: Words, record: Record) -> None:
    came_of = [prediction.outcome for prediction in record.predictions.values()]
    solved = {attempt.task for attempt in record.attempts.values() if attempt.outcome == RIGHT}
    counts = {outcome: came_of.count(outcome) for outcome in OUTCOMES}
    if came_of and not lesson.tells_answers():
        st.markdown(words("hand_in.answers", n=len(came_of)))
    else:
        st.markdown(words("hand_in.predictions", **counts) if came_of else words("hand_in.no_predictions"))
    st.markdown(words("hand_in.tasks", n=len(solved), of=len(TASKS)))
    done = sum(trial.outcome == RIGHT for trial in record.trained.values())
    st.markdown(words("hand_in.trials", n=done, of=len(TRIALS)))


def file(words: Words) -> None:
    """The form for a name, and then the file to take along."""
    record, (experiment, _) = lesson.record(), lesson.own()
    st.caption(words("hand_in.says"))
    if not experiment.by_hand:
        st.info(words("hand_in.too_large"))
        return
    session.set_widget(_NAME, record.name)
    # The field stands in a form, and the file is offered below it once the form was sent: outside a form
    # the browser would send the name only when the reader leaves the field, after the click on the file.
    with st.form("hand_in.form", border=False):
        st.text_input(words("hand_in.name"), key=_NAME, max_chars=LONGEST)
        st.form_submit_button(words("hand_in.make"), key="hand_in.make", on_click=_make)
    if st.session_state.get(_MADE):
        st.download_button(
            words("hand_in.download", name=record.name or words(ANONYMOUS_KEY)),
            lambda: to_zip(hand_in_of(record, experiment)),
            file_name(record.name),
            "application/zip",
            key="hand_in.download",
            type="primary",
            on_click="ignore",
        )


def _before(words: Words) -> None:
    upload_box.in_words(words)
    st.file_uploader(
        words("hand_in.continue"),
        type="zip",
        key=_FILE,
        on_change=_take,
        help=words("hand_in.continue_help", kB=MAX_ZIP // 1000),
    )
    read = st.session_state.get(_READ)
    if isinstance(read, Refused):
        st.error(read.said(words))
    elif read:
        st.success(words("hand_in.taken", n=len(read.predictions), tasks=len(read.attempts)))


def hand_in_of(record: Record, experiment: Experiment) -> HandIn:
    """What goes into the file: the record and an experiment."""
    return HandIn(
        record.name,
        tuple(record.predictions.values()),
        tuple(record.attempts.values()),
        experiment,
        record.helps,
        tuple(record.trained.values()),
        session.lesson().student,
    )


def _make() -> None:
    session.touch()
    lesson.record().name = harmless(st.session_state[_NAME])
    st.session_state[_MADE] = True


def _take() -> None:
    """Add the record of a file to that of the session; the experiment on screen stays."""
    session.touch()
    file = next(iter(given(_FILE)), None)
    try:
        read = None if file is None else read_zip(file.getvalue())
    except Refused as refused:
        read = refused
    st.session_state[_READ] = read
    if isinstance(read, HandIn):
        record = lesson.record()
        record.add(read.predictions, read.attempts, read.helps, read.trained)
        record.name = record.name or read.name

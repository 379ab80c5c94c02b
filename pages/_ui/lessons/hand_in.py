"""What was done so far, and the way home with it: record -> **one file** of the reader's own -> record."""

from __future__ import annotations

import streamlit as st

from lstm_core.lessons.classroom import ANONYMOUS_KEY, OUTCOMES, RIGHT, Row, summary
from lstm_core.lessons.hand_in import MAX_ZIP, HandIn, read_zip, refusal_key, to_zip
from lstm_core.lessons.tasks import TASKS
from lstm_core.words import Words
from lstm_core.workbench.harmless import LONGEST, harmless
from lstm_core.workbench.intake import Refused

from .. import session
from ..browser.upload_box import button_text
from . import lesson

_NAME, _MADE, _FILE, _READ = "handin.name", "handin.made", "handin.file", "handin.read"


def done() -> list[Row]:
    """What this reader did, judged, a row for each item and task."""
    return summary([_work()])


def hand_in(words: Words, rows: list[Row]) -> None:
    """What was done, in numbers; the file of it to take along; and a file of before to go on from."""
    st.subheader(words("hand_in.heading"), anchor=False)
    so_far, file, before = st.columns([4, 5, 4], gap="large")
    with so_far:
        _so_far(words, rows)
    with file:
        _file(words)
    with before:
        _before(words)


def _so_far(words: Words, rows: list[Row]) -> None:
    answers = [row.outcome for row in rows if row.kind == "item"]
    solved = {row.key for row in rows if row.kind == "task" and row.outcome == RIGHT}
    counts = {outcome: answers.count(outcome) for outcome in OUTCOMES}
    st.markdown(words("hand_in.predictions", **counts) if answers else words("hand_in.no_predictions"))
    st.markdown(words("hand_in.tasks", n=len(solved), of=len(TASKS)))


def _file(words: Words) -> None:
    record, experiment = lesson.record(), session.experiment()
    st.caption(words("hand_in.says"))
    if not experiment.by_hand:
        st.info(words("hand_in.too_large"))
        return
    session.hold(_NAME, record.name)
    # In a form, and the file after it: a field that is just being left would be a click too late.
    with st.form("handin.form", border=False):
        st.text_input(words("hand_in.name"), key=_NAME, max_chars=LONGEST)
        st.form_submit_button(words("hand_in.make"), key="handin.make", on_click=_make)
    if st.session_state.get(_MADE):
        st.download_button(
            words("hand_in.download", name=record.name or words(ANONYMOUS_KEY)),
            lambda: to_zip(_work_of(record, experiment)),
            "lstm_hand_in.zip",
            "application/zip",
            key="handin.download",
            type="primary",
            on_click="ignore",
        )


def _before(words: Words) -> None:
    button_text(words("upload.button"))
    st.file_uploader(
        words("hand_in.continue"),
        type="zip",
        key=_FILE,
        on_change=_take,
        help=words("hand_in.continue_help", kB=MAX_ZIP // 1000),
    )
    read = st.session_state.get(_READ)
    if isinstance(read, Refused):
        st.error(words(refusal_key(read), **read.details))
    elif read:
        st.success(words("hand_in.taken", n=len(read.predictions), tasks=len(read.attempts)))


def _work() -> HandIn:
    return _work_of(lesson.record(), session.experiment())


def _work_of(record: lesson.Record, experiment) -> HandIn:
    return HandIn(record.name, record.predictions(), tuple(record.attempts.values()), experiment)


def _make() -> None:
    session.touch()
    lesson.record().name = harmless(st.session_state[_NAME])
    st.session_state[_MADE] = True


def _take() -> None:
    """The record of a file joins that of the session; the experiment on screen stays."""
    session.touch()
    file = st.session_state[_FILE]
    try:
        read = None if file is None else read_zip(file.getvalue())
    except Refused as refused:
        read = refused
    st.session_state[_READ] = read
    if isinstance(read, HandIn):
        record = lesson.record()
        record.add(read.predictions, read.attempts)
        record.name = record.name or read.name

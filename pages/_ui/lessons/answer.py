"""One answer of a student, chosen in the table: row -> **question, picture, answer, verdict** on screen."""

import streamlit as st

from lstm_core.lessons import classroom
from lstm_core.lessons.classroom import Row
from lstm_core.lessons.items import make
from lstm_core.lessons.record import Attempt, Prediction, outcome_key
from lstm_core.lessons.tasks import TASKS
from lstm_core.view.diagram import cell_diagram
from lstm_core.words import Words
from lstm_core.workbench.opening import first_look

from ..browser.picture import picture
from . import question

_HEIGHT, _BESIDE = 300, 320  # pixels: of the cell, and of the answer, which a student sees in the sidebar


def shown_answer(words: Words, row: Row) -> None:
    """What the student was asked, with the cell as it was, and what came of it."""
    with st.container(border=True, key="class_answer"):
        what = classroom.name(words, row.work.kind, row.work.key, row.run)
        st.markdown(f"**`{row.name}`** · **{what}** · {words('paper.variant', seed=row.work.seed)}")
        if isinstance(row.work, Prediction):
            _prediction(words, row.work)
        elif isinstance(row.work, Attempt):
            _attempt(words, row.work)
        else:
            st.markdown(words(outcome_key(row.work.outcome)))


def _prediction(words: Words, work: Prediction) -> None:
    asked, verdict = make(*work.place), work.verdict
    st.markdown(asked.text(words))
    if asked.item.has_cell:
        case = asked.case
        picture(cell_diagram(case.trace, case.t, case.unit, words), "class.picture", height=_HEIGHT)
    if verdict is None:
        st.markdown(words(outcome_key(work.outcome)))
        return
    st.markdown(f"**{words(verdict.heading_key)}**")
    with st.container(width=_BESIDE):
        question.compared(words, asked, verdict)
    st.markdown(words(verdict.why_key, **verdict.values))


def _attempt(words: Words, work: Attempt) -> None:
    task, experiment = TASKS[work.task], work.experiment
    st.markdown(words(task.aim_key))
    t = first_look(experiment)
    picture(cell_diagram(experiment.trace(), t, 1, words), "class.picture", height=_HEIGHT)
    st.markdown(f"**{words(outcome_key(work.outcome))}**")
    failed = {failure.condition for failure in work.report.failures}
    st.markdown("\n".join(
        f"- {'✗' if key in failed else '✓'} {words(task.condition_text(key))}" for key in task.condition_keys
    ))  # fmt: skip

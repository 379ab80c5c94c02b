"""Take it along: course -> **files, an experiment on the other pages**; and a course that somebody brings."""

from collections.abc import Callable

import streamlit as st

from lstm_core.training import course_from_npz, course_to_npz
from lstm_core.training.as_experiment import experiment_of
from lstm_core.training.course_file import MAX_BYTES
from lstm_core.training.example import example
from lstm_core.training.network import Network
from lstm_core.training.plan import plan_of
from lstm_core.words import Words

from .. import session
from ..browser import upload_box
from ..browser.pulse import pulse
from ..browser.upload_box import given
from ..lessons import lesson
from .desk import Desk, desk
from .learned import EVERY

_SAID = "learning_file.said"
_OPENS = "forget_gate"
"""The page that shows a snapshot first."""


def section(words: Words, here: Desk) -> None:
    """The button that opens the snapshot in focus everywhere, the files, and the upload box."""
    if not session.lesson().shows("downloads"):
        return
    st.subheader(words("learning.heading.take"), anchor=False)
    st.button(
        words("learning.do.open"), key="take.open", type="primary", on_click=_open,
        disabled=here.course.setup.cell == "rnn", help=words("learning.do.open_help"),
    )  # fmt: skip
    _downloads(words, here)
    st.caption(words("learning.take_says"))
    if session.lesson().view == "embed":  # an upload needs a cookie, which browsers keep from a foreign frame
        return
    upload_box.in_words(words)
    st.file_uploader(
        words("learning.bring"), type="npz", key="learning_file", on_change=_take,
        help=words("learning.bring_help", MB=MAX_BYTES // 1_000_000),
    )  # fmt: skip
    said = st.session_state.get(_SAID)
    if said:
        (st.success if said == "learning.took" else st.error)(words(said))


@st.fragment
def _downloads(words: Words, here: Desk) -> None:
    """The files of the update on screen; while the network trains they go along."""
    update = int(here.course.snapshot_at[here.index])
    with st.container(horizontal=True, gap="small"):
        for name, ending, mime, content in _files(here):
            st.download_button(
                words(f"learning.file.{name}"), content, f"lstm_{here.course.problem.key}_{name}.{ending}",
                mime, key=f"take.{name}", help=words(f"learning.file.{name}_help"), on_click="ignore",
            )  # fmt: skip
    st.caption(words("learning.take_of", update=update))
    pulse("take.pulse", EVERY if here.trains else None, lambda: None)


def _files(here: Desk) -> list[tuple[str, str, str, Callable]]:
    """Name, ending, kind and maker of each file; a file is made when its button is pressed, as it is then."""
    plain = here.course.setup.cell == "rnn"

    def network() -> Network:
        return here.course.network(int(here.course.snapshot_at[here.index]))

    def gates() -> str:
        from lstm_core.export import to_csv

        shown = example(here.course.problem)
        return to_csv(network().run(shown.x, labels=shown.labels))

    files = [
        ("course", "npz", "application/octet-stream", lambda: course_to_npz(here.course)),
        ("losses", "csv", "text/csv", lambda: here.course.to_csv()),
        ("gates", "csv", "text/csv", gates),
        ("weights", "json", "application/json", lambda: network().params.to_json()),
    ]
    return [file for file in files if not plain or file[0] not in ("gates", "weights")]


def _open() -> None:
    session.touch()
    here = desk()
    experiment = experiment_of(here.course, here.update)
    session.begin(experiment)
    session.look(t=here.step, unit=here.shown_unit)
    lesson.go(_OPENS)


def _take() -> None:
    session.touch()
    file = next(iter(given("learning_file")), None)
    if file is None:
        st.session_state.pop(_SAID, None)
        return
    try:
        if file.size > MAX_BYTES:
            raise ValueError("too large")
        course = course_from_npz(file.getvalue())
    except ValueError:
        st.session_state[_SAID] = "learning.refused"
        return
    here = desk()
    here.stop()
    here.show(course)
    here.plan = plan_of(course)
    st.session_state[_SAID] = "learning.took"

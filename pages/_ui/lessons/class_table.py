"""The work of a class: files, which stay in the session -> **table, chart, list** of what was missed."""

from __future__ import annotations

import streamlit as st

from lstm_core.lessons import classroom
from lstm_core.lessons.hand_in import (
    MAX_FILES,
    MAX_ZIP,
    HandIn,
    Received,
    digest,
    receive,
    refusal_key,
    refuse,
)
from lstm_core.lessons.sample_class import sample_class
from lstm_core.view.lessons import class_chart, class_table, error_list
from lstm_core.words import Words

from .. import session
from ..browser import upload_box
from ..browser.upload_box import forget_files
from ..site import ASSETS

STYLE = ASSETS / "teaching.css"

_RECEIVED, _SAID, _TURN, _SAMPLE = "class.received", "class.said", "class.turn", "class.sample"

MOST_NAMED = 12
"""So many refused files are named; the others are only counted."""


def collect(words: Words) -> list[HandIn]:
    """Show the box for the files and messages about them. Returns the hand-ins of the class so far.

    Files of several drops add up. A file that was read before is not read again, and a message says so.
    """
    upload_box.in_words(words, "hand_ins.drop")
    turn = st.session_state.get(_TURN, 0)
    files = st.file_uploader(
        words("hand_ins.files"), type="zip", accept_multiple_files=True, key=f"class.files.{turn}",
        help=words("hand_ins.files_help", most=MAX_FILES, kB=MAX_ZIP // 1000),
    )  # fmt: skip
    if files:
        _take(words, files)
        forget_files()
        st.session_state[_TURN] = turn + 1  # another key makes another box, which is empty
        st.rerun()
    received = list(_received().values())
    if not received:
        st.info(words("hand_ins.empty"))
        st.button(words("hand_ins.sample"), key="class.sample_button", on_click=_show_sample, args=(words,))
        return []
    hand_ins = [one.hand_in for one in received if one.hand_in]
    hand_ins, twice = classroom.told_apart(hand_ins, words(classroom.ANONYMOUS_KEY))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words("hand_ins.sample_says" if _is_sample() else "hand_ins.count", n=len(hand_ins)))
        st.button(words("hand_ins.clear"), key="class.clear", on_click=_clear)
    for key, values in st.session_state.get(_SAID, ()):
        st.info(words(key, **values))
    if twice:
        st.warning(words("hand_ins.twice", names=_named(twice)))
    _refusals(words, [one for one in received if one.refused])
    return hand_ins


def at_a_glance(words: Words, hand_ins: list[HandIn]) -> None:
    """Who did what: students down, items and tasks across."""
    st.subheader(words("hand_ins.table"), anchor=False)
    rows = classroom.summary(hand_ins)
    st.html(class_table([hand_in.name for hand_in in hand_ins], rows, words))
    for n, experiment in classroom.runs(rows).items():
        changed = experiment != session.original_of(experiment)
        said = words("make.changed" if changed else "make.unchanged")
        st.caption(words("hand_ins.run", n=n, name=words(f"preset.{experiment.preset}.name"), changed=said))


def missed(words: Words, hand_ins: list[HandIn]) -> None:
    """What was missed most, as a chart."""
    tallies = classroom.tallies(classroom.summary(hand_ins))
    if tallies:
        st.subheader(words("hand_ins.chart"), anchor=False)
        st.plotly_chart(class_chart(tallies, words), key="class.chart", config={"displayModeBar": False})


def beliefs(words: Words, hand_ins: list[HandIn]) -> None:
    """For each item and task that was missed: the wrong ideas, each with an example and the names."""
    listed = error_list(classroom.errors(hand_ins), words)
    if listed:
        st.subheader(words("hand_ins.beliefs"), anchor=False)
        st.html(listed)


def downloads(words: Words, hand_ins: list[HandIn]) -> None:
    """The class as a CSV file, with every answer, wrong idea, hint and try."""

    def content() -> str:
        return classroom.summary_csv(classroom.summary(hand_ins))

    with st.container(horizontal=True):
        for key, mark in (("csv", ""), ("excel", "\ufeff")):
            st.download_button(
                words(f"hand_ins.{key}"), mark + content(), "class.csv", "text/csv", key=f"class.{key}",
                on_click="ignore", help=words(f"hand_ins.{key}_help"),
            )  # fmt: skip


# -- what is received -----------------------------------------------------------------------------


def _received() -> dict[str, Received]:
    return st.session_state.setdefault(_RECEIVED, {})


def _take(words: Words, files: list) -> None:
    if _is_sample():
        _clear()
    received, said, again = _received(), [], 0
    progress = st.progress(0.0, words("hand_ins.reading"))
    for k, file in enumerate(files):
        progress.progress(k / len(files), words("hand_ins.reading"))
        if len(received) >= MAX_FILES:
            said.append(("hand_ins.too_many", {"most": MAX_FILES, "n": len(files) - k}))
            break
        too_large = refuse(file.name, file.size)
        if too_large:
            received[f"{file.name} {file.size}"] = too_large
            continue
        content = file.getvalue()
        place = digest(content)
        again += place in received
        if place not in received:
            one = receive(file.name, content)
            if one.hand_in and any(one.hand_in == other.hand_in for other in received.values()):
                again += 1  # the same work in a zip of other bytes
            else:
                received[place] = one
    if again:
        said.append(("hand_ins.again", {"n": again}))
    st.session_state[_SAID] = said


def _is_sample() -> bool:
    return st.session_state.get(_SAMPLE, False)


def _show_sample(words: Words) -> None:
    names = [words("hand_ins.student_named", letter=letter) for letter in "ABC"]
    st.session_state[_RECEIVED] = {name: Received("", one) for name, one in zip(
        names, sample_class(names), strict=True)}  # fmt: skip
    st.session_state[_SAMPLE] = True


def _clear() -> None:
    for key in (_RECEIVED, _SAID, _SAMPLE):
        st.session_state.pop(key, None)


# -- in words -------------------------------------------------------------------------------------


def _refusals(words: Words, refused: list[Received]) -> None:
    if not refused:
        return
    lines = [
        f"- {_named([one.file])}: {words(refusal_key(one.refused), **one.refused.details)}"
        for one in refused[:MOST_NAMED]
    ]
    if len(refused) > MOST_NAMED:
        lines.append(f"- {words('hand_ins.more_refused', n=len(refused) - MOST_NAMED)}")
    st.error("\n".join([words("hand_ins.refused", n=len(refused)), "", *lines]))


def _named(names) -> str:
    """Names that others typed, marked as code, because Markdown makes no link or picture within code."""
    return ", ".join(f"`{name or '…'}`" for name in names)

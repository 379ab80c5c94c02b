"""The work of a class: files, which stay in the session -> **table, chart, list** of what was missed."""

from collections.abc import Iterator
from dataclasses import replace

import streamlit as st

from lstm_core.lessons import classroom
from lstm_core.lessons.class_zip import MAX_CLASS_ZIP, ClassFile, unpacked
from lstm_core.lessons.fields import Refused
from lstm_core.lessons.hand_in import (
    MAX_FILES,
    MAX_ZIP,
    HandIn,
    Received,
    digest,
    receive,
)
from lstm_core.lessons.marks import Course
from lstm_core.lessons.sample_class import sample_class
from lstm_core.view.lessons import class_chart, class_table, error_list
from lstm_core.words import Words
from lstm_core.workbench.harmless import harmless

from .. import session
from ..browser import upload_box
from ..browser.picture import picture
from ..browser.upload_box import forget_files
from ..site import ASSETS
from . import class_marks, variants
from .answer import shown_answer

STYLE = ASSETS / "teaching.css"

_RECEIVED, _SAID, _TURN, _SAMPLE = "class.received", "class.said", "class.turn", "class.sample"
_CHOSEN = "class.chosen"

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
    hand_ins, twice = classroom.told_apart(handed_in(), words(classroom.ANONYMOUS_KEY))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words("hand_ins.sample_says" if _is_sample() else "hand_ins.count", n=len(hand_ins)))
        st.button(words("hand_ins.clear"), key="class.clear", on_click=_clear)
    for key, values in st.session_state.get(_SAID, ()):
        st.info(words(key, **values))
    if twice:
        st.warning(words("hand_ins.twice", names=_named(twice)))
    _refusals(words, [one for one in received if one.refused])
    return hand_ins


def handed_in() -> list[HandIn]:
    """The hand-ins of the class so far under the names that stand in them, or that a platform gave."""
    return [one.hand_in for one in _received().values() if one.hand_in]


def at_a_glance(words: Words, hand_ins: list[HandIn]) -> None:
    """Who did what: students down, items and tasks across."""
    st.subheader(words("hand_ins.table"), anchor=False)
    rows = classroom.summary(hand_ins)
    table = class_table([hand_in.name for hand_in in hand_ins], rows, words)
    picture(table, "class.table", on_choose=_choose)
    st.caption(words("hand_ins.choose"))
    chosen = st.session_state.get(_CHOSEN)
    if chosen is not None and chosen < len(rows):
        shown_answer(words, rows[chosen])
    for n, experiment in classroom.runs(rows).items():
        changed = experiment != session.original_of(experiment)
        said = words("make.changed" if changed else "make.unchanged")
        st.caption(words("hand_ins.run", n=n, name=words(f"preset.{experiment.preset}.name"), changed=said))


def missed(words: Words, hand_ins: list[HandIn]) -> None:
    """What was missed most, as a chart."""
    tallies = classroom.tallies(classroom.summary(hand_ins))
    if tallies:
        st.subheader(words("hand_ins.chart"), anchor=False)
        st.html(class_chart(tallies, words))


def beliefs(words: Words, hand_ins: list[HandIn]) -> None:
    """For each item and task that was missed: the wrong ideas, each with an example and the names."""
    listed = error_list(classroom.errors(hand_ins), words)
    if listed:
        st.subheader(words("hand_ins.beliefs"), anchor=False)
        st.html(listed)


def downloads(words: Words, hand_ins: list[HandIn], course: Course) -> None:
    """The grades; and the class with every answer, wrong idea, hint and try, as CSV."""
    content = classroom.summary_csv(classroom.summary(hand_ins), course)
    with st.container(horizontal=True):
        class_marks.download(words, course)
        for key, mark in (("csv", ""), ("excel", variants.BOM)):
            st.download_button(
                words(f"hand_ins.{key}"), mark + content, "class.csv", "text/csv", key=f"class.{key}",
                on_click="ignore", help=words(f"hand_ins.{key}_help"),
            )  # fmt: skip


# -- what is received -----------------------------------------------------------------------------


def _received() -> dict[str, Received]:
    return st.session_state.setdefault(_RECEIVED, {})


def _take(words: Words, files: list) -> None:
    if _is_sample():
        _clear()
    st.session_state.pop(_CHOSEN, None)  # the rows get other places
    received, said, again = _received(), [], 0
    progress = st.progress(0.0, words("hand_ins.reading"))
    each = _each(files)
    for k, one in enumerate(each):
        progress.progress(k / max(len(files), k + 1), words("hand_ins.reading"))
        if len(received) >= MAX_FILES:
            said.append(("hand_ins.too_many", {"most": MAX_FILES, "n": 1 + sum(1 for _ in each)}))
            break
        if one.content is None:
            received[f"{one.path} {one.student}"] = Received(one.path, refused=one.refused)
            continue
        place = f"{digest(one.content)} {one.student}"
        again += place in received
        if place not in received:
            done = receive(one.path, one.content)
            if done.hand_in and one.student:
                done = replace(done, hand_in=replace(done.hand_in, name=one.student))
            if done.hand_in and any(done.hand_in == other.hand_in for other in received.values()):
                again += 1  # the same work in a zip of other bytes
            else:
                received[place] = done
    if again:
        said.append(("hand_ins.again", {"n": again}))
    st.session_state[_SAID] = said


def _each(files: list) -> Iterator[ClassFile]:
    """The files of students one by one, also out of the zip of a learning platform."""
    for file in files:
        if file.size <= MAX_CLASS_ZIP:
            yield from unpacked(file.name, file.getvalue())
        else:
            yield ClassFile(
                harmless(file.name), "", refused=Refused("too_many_bytes", most=MAX_CLASS_ZIP // 1000)
            )


def _choose(choice: dict) -> None:
    session.touch()
    if choice.get("role") == "answer" and choice.get("value", "").isdecimal():
        st.session_state[_CHOSEN] = int(choice["value"])


def _is_sample() -> bool:
    return st.session_state.get(_SAMPLE, False)


def _show_sample(words: Words) -> None:
    names = [words("hand_ins.student_named", letter=letter) for letter in "ABC"]
    st.session_state[_RECEIVED] = {name: Received("", one) for name, one in zip(
        names, sample_class(names), strict=True)}  # fmt: skip
    st.session_state[_SAMPLE] = True


def _clear() -> None:
    for key in (_RECEIVED, _SAID, _SAMPLE, _CHOSEN):
        st.session_state.pop(key, None)


# -- in words -------------------------------------------------------------------------------------


def _refusals(words: Words, refused: list[Received]) -> None:
    if not refused:
        return
    lines = [f"- {_named([one.file])}: {one.refused.said(words)}" for one in refused[:MOST_NAMED]]
    if len(refused) > MOST_NAMED:
        lines.append(f"- {words('hand_ins.more_refused', n=len(refused) - MOST_NAMED)}")
    st.error("\n".join([words("hand_ins.refused", n=len(refused)), "", *lines]))


def _named(names) -> str:
    """Names that others typed, marked as code, because Markdown makes no link or picture within code."""
    return ", ".join(f"`{name or '…'}`" for name in names)

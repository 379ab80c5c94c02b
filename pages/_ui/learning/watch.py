"""A course while it grows, and afterwards: desk -> **curve, time machine, strip, diagram** on screen."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lstm_core.rounding import text
from lstm_core.training.curve import loss_along, score_along
from lstm_core.training.example import example, read
from lstm_core.training.plan import plan_of
from lstm_core.view.diagram import responsive_diagram
from lstm_core.view.strip import LARGE, LETTERS, Row, time_strip
from lstm_core.view.training import answers, course_curve, told, weights
from lstm_core.words import Words

from .. import session
from ..browser.picture import picture
from ..browser.pulse import pulse
from ..browser.timeline import timeline
from .desk import Desk, desk
from .work import rest

ROWS = (Row("inputs"), Row("lines", 44, ("f", "i", "o")), Row("ledger", 48))


def buttons(words: Words, here: Desk) -> None:
    """Train, pause, stop; and how far it is."""
    with st.container(horizontal=True, vertical_alignment="center", key="learning_buttons", gap="small"):
        if here.todo:
            name = "on" if here.paused else "pause"
            st.button(words(f"learning.do.{name}"), key="train.pause", type="primary", on_click=_pause)
            st.button(words("learning.do.stop"), key="train.stop", on_click=_stop)
        else:
            st.button(words("learning.do.train"), key="train", type="primary", on_click=_train)
            if _can_go_on(here):
                st.button(words("learning.do.train_on"), key="train.on", on_click=_train_on)
    if here.let_go:
        st.info(words("learning.let_go"))
    if here.todo:
        whole = here.todo[0].updates
        done = min(here.training.updates if here.training else 0, whole)
        st.progress(done / whole, text=_status(words, here, done, whole))
    elif here.course.ended in ("not_finite", "blew_up"):
        st.warning(
            words(
                "learning.broke_off",
                why=words(f"learning.ended.{here.course.ended}"),
                update=here.course.updates,
            )
        )


def curve(words: Words, here: Desk) -> None:
    """Loss and score over the snapshots, and the slider that moves through them."""
    course, index = here.course, here.index
    picture(
        course_curve(
            course.snapshot_at.tolist(), loss_along(course), score_along(course), index, course.problem.score,
            words,
        ),
        key="course_curve",
        on_choose=_choose_snapshot,
    )  # fmt: skip
    update = int(course.snapshot_at[index])
    timeline(
        index, len(course.snapshot_at) - 1, "timeline", words("learning.after_update", update=update),
        (words("learning.timeline"), words("learning.do.play"), words("learning.do.pause")), here.turn, _move,
        locked=here.trains,
    )  # fmt: skip


def pictures(words: Words, here: Desk) -> None:
    """One test sequence through the network in focus: what it answers, its gates, its cell."""
    course, shown = here.course, example(here.course.problem)
    network = course.network(int(course.snapshot_at[here.index]))
    trace = network.run(shown.x)
    said = shown.answered(network.read_out(trace.h))
    st.markdown(_sentence(words, here))
    symbols, projected = course.problem.tolerance is None, session.focus().present
    picture(
        answers(
            said, shown.wanted(), here.step, words, symbols, trace.h if network.plain else None, "h",
            () if course.problem.grammar is None else read(course.problem, shown.x),
        ),
        key="answers",
        on_choose=_choose_step,
    )  # fmt: skip
    if network.plain:
        st.caption(words("learning.no_gates"))
        return
    picture(
        time_strip(
            trace, here.shown_unit, here.step, list(ROWS), words, letters=LARGE if projected else LETTERS
        ),
        key="course_strip",
        on_choose=_choose_step,
    )
    if course.problem.grammar is None:
        names = (words(f"learning.input.{name}") for name in course.problem.inputs)
        st.caption(" · ".join(f"$x_{d}$ {name}" for d, name in enumerate(names, 1)))
    picture(
        responsive_diagram(trace, here.step, here.shown_unit, words, arrangement=session.arrangement()),
        key="diagram.learning",
        on_choose=_choose_step,
        height="calc(100vh - 480px)" if projected else "clamp(280px, 100vh - 480px, 350px)",
    )


def weight_picture(words: Words, here: Desk) -> None:
    """All weights of the layer after the update in focus, as colours."""
    network = here.course.network(int(here.course.snapshot_at[here.index]))
    size = float(np.abs(np.nan_to_num(here.course.snapshots, posinf=0, neginf=0)).max())
    picture(weights(network.params, size, here.shown_unit, words, network.plain), key="course_weights")
    st.caption(words("learning.weights", size=text(size)))


def beat(here: Desk) -> None:
    """Has the page go on by itself as long as there is something to do."""
    pulse("pulse", rest(here), lambda: None)


def unit_choice(words: Words, here: Desk) -> None:
    """Which unit the strip and the diagram show."""
    H = here.course.setup.H
    if H == 1 or here.course.setup.cell == "rnn":
        return
    session.hold("learning.unit", here.shown_unit)
    st.segmented_control(
        words("controls.unit"), range(1, H + 1), required=True, key="learning.unit", on_change=_choose_unit,
        help=words("learning.unit_help"), disabled=bool(here.todo),
    )  # fmt: skip


def _status(words: Words, here: Desk, done: int, whole: int) -> str:
    if here.ahead:
        return words("learning.waiting", n=here.ahead)
    if not done:
        return words("learning.starts")
    left = here.seconds / done * (whole - done)
    course = here.course
    return words(
        "learning.status", update=done, of=whole, loss=text(float(course.losses[-1]), decimals=3),
        score=f"{course.scores[-1]:.0%}", seconds=f"{left:.0f}",
    )  # fmt: skip


def _sentence(words: Words, here: Desk) -> str:
    """What happened last at or before the update in focus; while it trains, what is on screen."""
    update = int(here.course.snapshot_at[here.index])
    unit = words("learning.shows", t=here.step, unit=here.shown_unit, update=update)
    if not here.told:
        return unit
    before = [event for event in here.told if event.update <= update and event.key != "clipped"]
    return f"{unit} {told(before[-1], words)}" if before else unit


def _can_go_on(here: Desk) -> bool:
    training = here.training
    return (
        training is not None
        and not training.ended
        and training.updates == here.course.updates
        and (plan_of(training.course).setup == here.course.setup and training.seed == here.course.seed)
    )


# -- what the widgets do --------------------------------------------------------------------------


def _train() -> None:
    session.touch()
    here = desk()
    here.train(here.plan)


def _train_on() -> None:
    session.touch()
    here = desk()
    here.train_on(min(here.course.updates + here.plan.updates, 20_000))


def _pause() -> None:
    session.touch()
    desk().pause()


def _stop() -> None:
    session.touch()
    desk().stop()


def _move(index: int, final: bool) -> None:
    session.touch()
    here = desk()
    here.dragged = not final
    if not here.trains:
        here.update = int(here.course.snapshot_at[min(index, len(here.course.snapshot_at) - 1)])
        here.fresh |= final  # what stands below the pictures follows when the hand lets go


def _choose_snapshot(choice: dict) -> None:
    if "t" in choice:
        _move(choice["t"] - 1, True)


def _choose_step(choice: dict) -> None:
    if choice.get("role") == "room":
        session.arrange(choice.get("value"))
        return
    session.touch()
    here = desk()
    if choice.get("role") == "unit" and "unit" in choice:
        here.unit = choice["unit"]
    elif "t" in choice:
        here.t = max(choice["t"], 1)


def _choose_unit() -> None:
    session.touch()
    if not desk().todo:  # While it trains, a report that comes late would bring back a unit shown before.
        desk().unit = st.session_state["learning.unit"]

"""A course while it grows, and afterwards: desk -> **curve, time machine, strip, diagram** on screen."""

import streamlit as st

from lstm_core.figure.course import DISTURBED, CourseFigure
from lstm_core.figure.line import Settled
from lstm_core.rounding import text
from lstm_core.training.plan import plan_of
from lstm_core.words import Words
from lstm_core.workbench.focus import Focus

from .. import session
from ..browser.hand import Hand
from ..browser.pulse import pulse
from ..lessons import lesson
from ..look import walk
from . import race
from .choose import show_example
from .desk import Desk, desk
from .work import rest

KEYS = {"ArrowLeft": "step_back", "ArrowRight": "step_on"}
"""Key -> what it does, wherever the focus is, except in a control that needs the key itself."""


def stage(words: Words, here: Desk, hand: Hand) -> None:
    """What trains: its buttons, and the network on screen or those that race."""
    with st.container(key="stage"):
        buttons(words, here)
        if here.racers:
            race.stage(words, here)
        else:
            pictures(words, here, hand)


def buttons(words: Words, here: Desk) -> None:
    """Train, large; or pause and stop, and how far it is. Beside it the trained example, and races."""
    with st.container(horizontal=True, vertical_alignment="center", key="learning_buttons", gap="small"):
        if here.todo:
            name = "on" if here.paused else "pause"
            st.button(
                words(f"learning.do.{name}"),
                key="train.pause",
                type="primary",
                on_click=session.does(here.pause),
            )
            st.button(words("learning.do.stop"), key="train.stop", on_click=session.does(here.stop))
            progress(words, here)
        else:
            st.button(words("learning.do.train"), key="train", type="primary", on_click=_train)
            if _can_go_on(here):
                st.button(words("learning.do.train_on"), key="train.on", on_click=_train_on)
            if here.untrained:
                show = session.does(show_example, here)
                st.button(words("learning.do.example"), key="train.example", on_click=show)
            if not session.focus().present:
                race.choice(words, here)
            if here.untrained:
                st.markdown(words("learning.untrained"), width="stretch")
    if here.let_go:
        st.info(words("learning.let_go"))
    if not here.todo and here.course.ended in ("not_finite", "blew_up"):
        st.warning(
            words(
                "learning.broke_off",
                why=words(f"learning.ended.{here.course.ended}"),
                update=here.course.updates,
            )
        )


def progress(words: Words, here: Desk) -> None:
    """How far the training is that goes on."""
    whole = here.todo[0].updates
    racing = [racer.updates for racer in here.racers if not racer.ended]
    done = min(
        min(racing, default=0) if here.comparing else here.training.updates if here.training else 0, whole
    )
    st.progress(done / whole, text=_status(words, here, done, whole))


def hand(here: Desk) -> Hand:
    """The network of the desk after the update in focus, on the sequence that is looked at, as a figure."""
    focus = Focus(here.step, here.shown_unit, here.phase, session.focus().present)
    figure = CourseFigure(
        here.course,
        here.index,
        focus,
        here.told,
        here.trains,
        language=session.language(),
        arrangement=session.arrangement(),
    )
    if here.disturb != DISTURBED[0] and not lesson.question():
        figure = figure.disturbed(here.disturb, here.value)
    return Hand(figure, "learning", here.turn)


def rests(words: Words, hand: Hand) -> None:
    """What happens when the hand rests."""
    hand.rests(_take, walk.decide, words("line.refused"))


def curve(words: Words, hand: Hand) -> None:
    """Loss and score over the snapshots, and the slider that moves through them."""
    hand.picture("curve", "course_curve")
    says = (words("learning.timeline"), words("learning.do.play"), words("learning.do.pause"))
    hand.timeline("snapshot", says)
    hand.picture("moments", "course_moments")


def pictures(words: Words, here: Desk, hand: Hand) -> None:
    """Loss, and one test sequence through the network in focus: what it answers, its gates, its cell."""
    curve(words, hand)
    hand.picture("told", "told")
    if hand.figure.rest is not None:
        hand.picture("effect", "effect")
    hand.picture("answers", "answers")
    if here.course.setup.cell == "rnn":
        st.caption(words("learning.no_gates"))
        _disturbing(words, here, hand)
        return
    hand.picture("strip", "course_strip")
    with st.container(horizontal=True, vertical_alignment="center", key="learning_under_strip", gap="small"):
        _disturbing(words, here, hand)
        if here.course.problem.grammar is None:
            names = (words(f"learning.input.{name}") for name in here.course.problem.inputs)
            st.caption(" · ".join(f"$x_{d}$ {name}" for d, name in enumerate(names, 1)))
    hand.picture("cell", "diagram.learning", "350px", KEYS)


def _disturbing(words: Words, here: Desk, hand: Hand) -> None:
    """What is disturbed of the network on screen; the slider says at which number C is held."""
    if lesson.question() or session.focus().present:
        return
    options = DISTURBED[:2] if here.course.setup.cell == "rnn" else DISTURBED
    session.set_widget("learning.disturb", here.disturb)
    st.segmented_control(
        words("learning.disturb.name"), options, required=True, key="learning.disturb", on_change=_disturb,
        format_func=lambda of: words(f"learning.disturb.{of}", unit=here.shown_unit),
        disabled=bool(here.todo), label_visibility="collapsed",
    )  # fmt: skip
    if "disturb" in hand.figure.sliders():
        with st.container(key="learning_held", width=220):
            hand.sliders("disturb")


def weight_picture(words: Words, hand: Hand) -> None:
    """All weights of the layer after the update in focus, as colours."""
    hand.picture("weights", "course_weights")
    st.caption(words("learning.weights", size=text(hand.figure.largest)))


def _take(settled: Settled) -> None:
    """Puts on the desk where a hand looks."""
    after, here = settled.figure, desk()
    session.arrange(after.arrangement)
    here.phase = after.focus.phase
    if after.focus.t != here.step:
        here.t = after.focus.t
    if after.focus.unit != here.shown_unit:
        here.unit = after.focus.unit
    here.value = after.value
    if not here.trains and after.snapshot != here.index:
        here.update = int(here.course.snapshot_at[after.snapshot])
        here.fresh = True  # What stands below the pictures follows.


def beat(here: Desk) -> None:
    """Has the page go on by itself as long as there is something to do."""
    pulse("pulse", rest(here), lambda: None)


def unit_choice(words: Words, here: Desk) -> None:
    """Which unit the pictures show."""
    H = here.course.setup.H
    if H > 1:
        session.set_widget("learning.unit", here.shown_unit)
        st.segmented_control(
            words("controls.unit"), range(1, H + 1), required=True, key="learning.unit",
            on_change=_choose_unit, help=words("learning.unit_help"), disabled=bool(here.todo),
        )  # fmt: skip


def _status(words: Words, here: Desk, done: int, whole: int) -> str:
    if here.ahead:
        return words("learning.waiting", n=here.ahead)
    if not done:
        return words("learning.starts")
    if here.comparing:
        return words("learning.races", update=done, of=whole)
    left = here.seconds / done * (whole - done)
    course = here.course
    return words(
        "learning.status", update=done, of=whole, loss=text(float(course.losses[-1]), decimals=3),
        score=f"{course.scores[-1]:.0%}", seconds=f"{left:.0f}",
    )  # fmt: skip


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


def _disturb() -> None:
    session.touch()
    here = desk()
    if not here.todo:
        here.disturb, here.value = st.session_state["learning.disturb"], None


def _choose_unit() -> None:
    session.touch()
    if not desk().todo:  # While it trains, a report that comes late would bring back a unit shown before.
        desk().unit, desk().value = st.session_state["learning.unit"], None

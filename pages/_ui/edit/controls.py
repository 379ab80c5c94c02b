"""What the reader changes on a page: **controls** -> experiment -> trace -> figures, CSV.

Every widget shows what the session holds and writes there what it is set to, so that a preset,
Reset or a link moves the widgets too.
"""

from collections.abc import Callable

import streamlit as st

from lstm_core.figure.handles import CONTROL_OF, GROUPS
from lstm_core.figure.what_changed import what_changed
from lstm_core.lessons.items import ITEMS
from lstm_core.words import Words
from lstm_core.workbench.opening import OPENINGS, is_opening, opening
from lstm_core.workbench.presets import PRESETS, preset

from .. import session
from ..browser.hand import Hand
from ..lessons import lesson
from ..lessons.question import question_card
from ..lessons.task import task_card
from .sidebar import can_reset, reset

WEIGHTS = GROUPS[:4]
"""The groups that a reader can edit during a task, on any page."""


def panels(groups: tuple[str, ...]) -> tuple[str, ...]:
    """The panels of sliders that `draw_controls` shows on a page with these groups."""
    if lesson.question():
        return ()
    experiment = session.experiment()
    steps = not _one_slider() and experiment.T > 1 and session.lesson().shows("step")
    group = group_on_screen(groups)
    return (("t",) if steps else ()) + ((group,) if group else ())


def draw_controls(
    words: Words,
    groups: tuple[str, ...],
    hand: Hand,
    before: Callable[[], None] | None = None,
) -> None:
    """Draws the column of controls of a page.

    groups : of numbers that can be edited there, the one that it opens on first; see `GROUPS`.
    hand : has the figure of the page, which the sliders are of.
    before : draws what this page alone has, above the sliders.
    """
    experiment = session.experiment()
    if lesson.question():  # A question takes the place of all controls.
        question_card(words)
        return
    group = group_on_screen(groups)
    if not _one_slider():
        if lesson.task():
            task_card(words, experiment, hand)
        else:
            _preset(words)
        _focus(words, hand)
        if before:
            before()
        if not experiment.by_hand:
            st.info(words("controls.too_large", H=experiment.H, D=experiment.D, T=experiment.T))
        if group:
            _group(words, offered(groups), group)
    if group:
        hand.sliders(group)


def _one_slider() -> bool:
    """Whether no other controls are there: on a projector, and in a frame of another page."""
    return session.focus().present or session.lesson().figure_alone


def offered(groups: tuple[str, ...]) -> tuple[str, ...]:
    """The groups of a page that a reader may see; in a task all weights, those of the page first."""
    there = sorted(WEIGHTS, key=lambda group: group not in groups) if lesson.task() else groups
    return tuple(group for group in there if session.lesson().shows(CONTROL_OF.get(group, "weights")))


def _preset(words: Words) -> None:
    experiment = session.experiment()
    if session.lesson().shows("preset"):
        session.set_widget("preset", experiment.preset)
        st.selectbox(
            words("controls.preset"),
            list(PRESETS),
            format_func=lambda key: words(f"preset.{key}.name"),
            key="preset",
            on_change=_choose_preset,
            disabled=session.lesson().keeps_experiment,
        )
    if lesson.stop_here():
        with st.container(key="stop_beside"):
            st.markdown(words(lesson.stop_here().show_key))
        return
    caption = words(f"preset.{experiment.preset}.caption" if experiment.by_hand else "controls.own")
    if asked := session.kept_question():
        caption = words("ask.kept", name=words(ITEMS[asked.key].name_key))
    focus, changed = session.focus(), ""
    if experiment.by_hand and experiment != session.original():
        changed = what_changed(session.original(), experiment, focus.t, focus.unit, words)
    # The caption, unseen, keeps its room under the change, so that the slider in hand stays where it is.
    with st.container(key="caption"):
        st.caption(caption)
        if changed:
            st.caption(changed)
    if experiment.by_hand:
        with st.container(key="changed"):  # It keeps its room for the same reason.
            if changed and can_reset():
                st.button(words("changed.back"), key="changed.back", on_click=_back, type="tertiary")
            elif _has_better():
                st.button(words("changed.best"), key="changed.best", on_click=_best, type="tertiary")
            else:
                st.caption("&nbsp;")


def _focus(words: Words, hand: Hand) -> None:
    experiment, focus, taught = session.experiment(), session.focus(), session.lesson()
    if experiment.T > 1 and taught.shows("step"):
        hand.sliders("t")
    if experiment.H > 1 and taught.shows("unit"):
        session.set_widget("focus.unit", focus.unit)
        how = {"key": "focus.unit", "on_change": _choose_unit, "disabled": taught.locks("unit")}
        if experiment.by_hand:
            st.segmented_control(
                words("controls.unit"), range(1, experiment.H + 1), required=True, **how
            )  # fmt: skip
        else:
            st.number_input(words("controls.unit"), 1, experiment.H, **how)


def _group(words: Words, groups: tuple[str, ...], shown: str) -> None:
    key = f"group.{'-'.join(groups)}"
    session.set_widget(key, shown)
    st.segmented_control(
        words("controls.edit"),
        groups,
        format_func=lambda group: words(f"group.{group}"),
        key=key,
        required=True,
        on_change=_choose_group,
        args=(key,),
    )


def group_on_screen(groups: tuple[str, ...]) -> str | None:
    """The group of sliders that was asked for, or the first where a page does not have it; None for none.

    The origin of a number takes the place of the sliders, and a run that is too large has none.
    """
    there = offered(groups)
    if not there or session.asked_origin() or not session.experiment().by_hand:
        return None
    wanted = session.edited_group()
    return wanted if wanted in there else there[0]


# -- what the widgets do --------------------------------------------------------------------------


def _choose_unit() -> None:
    session.touch()
    session.look(unit=st.session_state["focus.unit"])


def _choose_group(key: str) -> None:
    session.touch()
    session.edit_group(st.session_state[key])


def _back() -> None:
    """Undo what was changed, and stay at the step that was looked at."""
    focus = session.focus()
    reset()
    if not lesson.part():
        session.look_at(focus)


def _has_better() -> bool:
    """Whether the page would open on another moment than that on screen, and the lesson lets it be shown."""
    page, taught = session.page(), session.lesson()
    may = taught.leaves("preset", "step") and not (taught.keeps_experiment or taught.part or taught.ask)
    return may and page in OPENINGS and not is_opening(page, session.experiment(), session.focus())


def _best() -> None:
    """Show what the page opens on, in the way of looking that is on screen."""
    session.touch()
    if _has_better():
        experiment, there = opening(session.page())
        session.choose(experiment)
        session.look(t=there.t, unit=there.unit)


def _choose_preset() -> None:
    session.touch()
    # After a lost connection the browser sends the preset again, which must not undo the reader's changes.
    key = session.chosen("preset", PRESETS)
    if key and key != session.experiment().preset:
        session.choose(preset(key))

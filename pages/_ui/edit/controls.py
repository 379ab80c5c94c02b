"""What the reader changes on a page: **controls** -> experiment -> trace -> figures, CSV.

Every widget shows what the session holds and writes there what it is set to, so that a preset,
Reset or a link moves the widgets too.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lstm_core.lessons.items import ITEMS
from lstm_core.quantities import GATE_KEYS
from lstm_core.rounding import nice_limit, text
from lstm_core.view.palette import COLOURS
from lstm_core.words import Words
from lstm_core.workbench.experiment import Experiment
from lstm_core.workbench.focus import MAX_LENGTH, MIN_LENGTH, Focus
from lstm_core.workbench.presets import PRESETS, preset

from .. import session
from ..browser.slider_panel import Slider, label_parts, slider_panel
from ..lessons import lesson
from ..lessons.question import question_card
from ..lessons.task import task_card
from .grab import RANGES, move
from .labels import label

GROUPS = ("f", "i", "c", "o", "x", "start")
"""The groups of sliders: four blocks of weights, the inputs at the step in focus, the state before step 1."""

WEIGHTS = GROUPS[:4]
"""The groups that a reader can edit during a task, on any page."""

CONTROL_OF = {"x": "inputs", "start": "start"}
"""Group of sliders -> the name by which a teacher's link hides or locks it; all others are "weights"."""

_RANGES = {"U": 12.0, "V": 12.0, "b": 12.0, "p": 12.0} | RANGES

_LIMITS, _LAST_MOVED = "controls.limits", "controls.last_moved"


def read_controls() -> tuple[Experiment, Focus]:
    """What the controls are set to: the experiment, and the step, unit and phase to look at.

    A control that was moved has changed both in the session before the page runs. So a page reads
    them first, and may draw the controls after the pictures.
    """
    return session.experiment(), session.focus()


def draw_controls(
    words: Words, groups: tuple[str, ...], before: Callable[[Words], None] | None = None
) -> str | None:
    """Draws the column of controls of a page, but for the sliders, which `draw_sliders` draws under them.

    groups : of numbers that can be edited there, the one that it opens on first; see `GROUPS`.
    before : draws what this page alone has, above the sliders.
    Returns the group of sliders that was chosen, or None where there are none.
    """
    experiment, focus = read_controls()
    if lesson.question():  # A question takes the place of all controls.
        question_card(words)
        return None
    if focus.present and session.asked_origin():  # In presenter mode the origin of a number stands alone.
        return None
    if focus.present:  # No other controls are on a projector.
        return _group_on_screen(groups)
    if lesson.task():
        groups = sorted(WEIGHTS, key=lambda group: group not in groups)
        task_card(words, experiment)
    else:
        _preset(words)
    _focus(words)
    if before:
        before(words)
    if not experiment.by_hand:
        st.info(words("controls.too_large", H=experiment.H, D=experiment.D, T=experiment.T))
        return None
    if session.asked_origin():  # The origin of a number takes the place of the sliders.
        return None
    groups = tuple(group for group in groups if session.lesson().shows(CONTROL_OF.get(group, "weights")))
    return _group(words, groups) if groups else None


def draw_sliders(words: Words, group: str | None) -> None:
    """The sliders of a group, or nothing for None. They belong into what `under_hand` draws."""
    if group is None:
        return
    experiment, focus = read_controls()
    original = session.original().with_variant(experiment.variant)
    start = original.resized(experiment.H, experiment.D, experiment.T)
    addresses = _addresses(group, experiment, focus)
    if focus.present:  # One is enough for a class to see what it does: the one that was moved last.
        last = st.session_state.get(_LAST_MOVED)
        addresses = [last if last in addresses else addresses[0]]
    sliders = [_slider(words, address, experiment, start) for address in addresses]
    locked = session.lesson().locks(CONTROL_OF.get(group, "weights"))
    slider_panel(sliders, f"sliders.{group}", _moved, session.turn, locked)


def length(words: Words) -> None:
    """The slider for the number of steps of a page that repeats the inputs to show a long run."""
    session.hold("focus.length", session.focus().length)
    st.slider(
        words("controls.length"),
        MIN_LENGTH,
        MAX_LENGTH,
        step=10,
        key="focus.length",
        on_change=_look,
        args=("length",),
    )


def _preset(words: Words) -> None:
    experiment = session.experiment()
    if session.lesson().shows("preset"):
        session.hold("preset", experiment.preset)
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
    st.caption(caption)
    if experiment.by_hand:
        changed = experiment != session.original()
        with st.container(key="changed"):  # It keeps its room, so that the slider in hand stays where it is.
            st.caption(f"*{words('controls.changed')}*" if changed else "&nbsp;")


def _focus(words: Words) -> None:
    experiment, focus, taught = session.experiment(), session.focus(), session.lesson()
    if experiment.T > 1 and taught.shows("step"):
        session.hold("focus.t", focus.t)
        st.slider(
            words("controls.step"), 1, experiment.T, key="focus.t", on_change=_look, args=("t",),
            disabled=taught.locks("step"),
        )  # fmt: skip
    if experiment.H > 1 and taught.shows("unit"):
        session.hold("focus.unit", focus.unit)
        how = {"key": "focus.unit", "on_change": _look, "args": ("unit",), "disabled": taught.locks("unit")}
        if experiment.by_hand:
            st.segmented_control(
                words("controls.unit"), range(1, experiment.H + 1), required=True, **how
            )  # fmt: skip
        else:
            st.number_input(words("controls.unit"), 1, experiment.H, **how)


def _group(words: Words, groups: tuple[str, ...]) -> str:
    key = f"group.{'-'.join(groups)}"
    session.hold(key, _group_on_screen(groups))
    return st.segmented_control(
        words("controls.edit"),
        groups,
        format_func=lambda group: words(f"group.{group}"),
        key=key,
        required=True,
        on_change=_choose_group,
        args=(key,),
    )


def _group_on_screen(groups: tuple[str, ...]) -> str:
    wanted = session.edited_group()
    return wanted if wanted in groups else groups[0]


def _addresses(group: str, experiment: Experiment, focus: Focus) -> list[str]:
    if group == "x":
        return experiment.input_addresses(focus.t)
    if group == "start":
        return experiment.state_addresses(focus.unit)
    return experiment.gate_addresses(group, focus.unit)


def _slider(words: Words, address: str, experiment: Experiment, start: Experiment) -> Slider:
    value, default = experiment.value(address), start.value(address)
    kind = address.partition(".")[0]
    limit = _limit(address, nice_limit([value, default], _RANGES.get(kind, _RANGES.get(kind[0]))))
    return Slider(
        address,
        label_parts(label(words, address)),
        -limit,
        limit,
        value,
        default,
        "" if kind in ("h0", "C0") else COLOURS[GATE_KEYS.get(kind[-1], "x")],
        hint=words("controls.back_to", value=text(default)),
    )


def _limit(address: str, needed: float) -> float:
    """How far a slider goes: in one experiment never less far than before, or its thumb would jump."""
    turn, limits = st.session_state.get(_LIMITS, (None, {}))
    if turn != session.turn():
        limits = {}
    limits[address] = max(needed, limits.get(address, 0.0))
    st.session_state[_LIMITS] = (session.turn(), limits)
    return limits[address]


# -- what the widgets do --------------------------------------------------------------------------


def _moved(values: dict[str, float], final: bool) -> None:
    for address in values:
        st.session_state[_LAST_MOVED] = address
    move(values, final)


def _look(which: str) -> None:
    session.touch()
    session.look(**{which: st.session_state[f"focus.{which}"]})


def _choose_group(key: str) -> None:
    session.touch()
    session.edit_group(st.session_state[key])


def _choose_preset() -> None:
    session.touch()
    # After a lost connection the browser sends the preset again, which must not undo the reader's changes.
    key = session.chosen("preset", PRESETS)
    if key and key != session.experiment().preset:
        session.choose(preset(key))

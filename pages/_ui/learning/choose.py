"""What is trained and how: **choices** -> plan on the desk."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from lstm_core.training import PROBLEMS, problem_of
from lstm_core.training.course import MAX_UPDATES
from lstm_core.training.optimiser import OPTIMISERS
from lstm_core.training.plan import plan_of, shipped_name
from lstm_core.training.setup import MAX_BATCH, MAX_CLIP, MAX_H, MAX_RATE, MAX_SEED, STARTS, Setup
from lstm_core.training.shipped import EXAMPLES, OPENS, shipped
from lstm_core.words import Words

from .. import session
from ..lessons import lesson
from .desk import Desk, desk

CELLS = ("lstm", "1997", "peephole", "coupled", "rnn")
"""The cells to choose from. A link may also bring one that combines two of them."""

_KEY = "learning."


def choices(words: Words, here: Desk) -> None:
    """The problem, the cell, its units and its forget bias; the rest stands in a box that begins closed."""
    plan = here.plan
    _select(words, "problem", list(PROBLEMS), plan.problem.key, lambda key: words(f"learning.problem.{key}"))
    if stop := lesson.stop_here():
        with st.container(key="stop_beside"):
            st.markdown(words(stop.show_key))
    else:
        st.caption(words(f"learning.problem_says.{plan.problem.key}", T=plan.problem.T))
    _examples(words, here)
    _select(
        words,
        "cell",
        list(dict.fromkeys([*CELLS, plan.setup.cell])),
        plan.setup.cell,
        lambda key: words(f"variant.{key}"),
    )
    left, right = st.columns(2)
    with left:
        _number(words, "H", plan.setup.H, 1, MAX_H)
    with right:
        _select(words, "start", list(STARTS), plan.setup.start, lambda key: _bias(words, key))
    box = st.expander(words("learning.more"), key="learning_more.open", on_change=session.touch)
    if not box.open:
        return
    with box:
        lengths = plan.problem.lengths
        _number(words, "T", plan.problem.T, lengths[0], lengths[-1])
        _number(words, "updates", plan.updates, 1, MAX_UPDATES)
        _number(words, "seed", plan.seed, 0, MAX_SEED)
        _number(words, "batch", plan.setup.batch, 1, MAX_BATCH)
        _select(
            words,
            "optimiser",
            list(OPTIMISERS),
            plan.setup.optimiser,
            lambda key: words(f"learning.optimiser.{key}"),
        )
        _number(words, "rate", plan.setup.rate, 1e-6, MAX_RATE, 0.01)
        _number(words, "clip", plan.setup.clip, 0.0, MAX_CLIP, 0.5)


def _examples(words: Words, here: Desk) -> None:
    """Of a problem of which the app brings along several courses: which one is on screen."""
    names = EXAMPLES[here.plan.problem.key]
    if len(names) == 1:
        return
    session.set_widget(_KEY + "example", shipped_name(plan_of(here.course)))
    st.segmented_control(
        words("learning.choose.example"), names, key=_KEY + "example", on_change=_choose_example,
        format_func=lambda name: _example_name(words, shipped(name).setup),
        help=words("learning.choose.example_help"), disabled=bool(here.todo),
    )  # fmt: skip


def _example_name(words: Words, setup: Setup) -> str:
    """What sets a course apart from the others of its problem."""
    return f"H = {setup.H}, $b_f$ = {_bias(words, setup.start)}"


def show_example(here: Desk) -> None:
    """Put the trained course that the app brings along for the problem on screen."""
    _open(here, OPENS[here.plan.problem.key])


def _choose_example() -> None:
    session.touch()
    if name := st.session_state.get(_KEY + "example"):
        _open(desk(), name)


def _open(here: Desk, name: str) -> None:
    """Put a course that the app brings along on screen, and its settings beside it."""
    here.todo, here.paused, here.comparing = [], False, False
    course = shipped(name)
    here.plan = plan_of(course)
    here.show(course)


def _bias(words: Words, start: str) -> str:
    """Where the forget bias starts, below the name of the box: as a number, or in words."""
    number = start.removeprefix("bias")
    return number if number.isdigit() else words(f"learning.start_short.{start}")


def _select(words: Words, name: str, options: list[str], value: str, label: Callable[[str], str]) -> None:
    session.set_widget(_KEY + name, value)
    st.selectbox(
        words(f"learning.choose.{name}"), options, format_func=label, key=_KEY + name, on_change=_choose,
        args=(name,),
    )  # fmt: skip


def _number(words: Words, name: str, value, least, most, step=1) -> None:
    session.set_widget(_KEY + name, value)
    st.number_input(
        words(f"learning.choose.{name}"), least, most, step=step, key=_KEY + name, on_change=_choose,
        args=(name,), format="%.6g" if isinstance(value, float) else None,
    )  # fmt: skip


def _choose(name: str) -> None:
    session.touch()
    here, value = desk(), st.session_state.get(_KEY + name)
    if value is None:  # Nothing is typed, or a question came in its place before the browser answered.
        return
    if name == "problem":
        if value != here.plan.problem.key:
            here.todo, here.paused, here.comparing = [], False, False
            here.begin(plan_of(shipped(OPENS[value])))
    elif name == "T":
        here.plan = replace(here.plan, problem=problem_of(here.plan.problem.key, int(value)))
    elif name in ("updates", "seed"):
        here.plan = replace(here.plan, **{name: int(value)})
    else:
        here.plan = here.plan.with_setup(**{name: value})
    if here.untrained and name != "problem":
        here.begin(here.plan)

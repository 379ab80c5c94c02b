"""One unit large: run -> **diagram, strip, origin of a number, gradient**, around the step in focus."""

from __future__ import annotations

import streamlit as st

from lstm_core.explain import BEFORE
from lstm_core.paths import memory_paths
from lstm_core.quantities import QUANTITIES
from lstm_core.readers.bench import Bench
from lstm_core.readers.summary import between, window_of
from lstm_core.readers.taken import by_hand, experiment_around, fits
from lstm_core.view.diagram import responsive_diagram
from lstm_core.view.origin import explanation_panel
from lstm_core.view.strip import Row, gradient_paths, time_strip
from lstm_core.words import Words
from lstm_core.workbench.focus import ALL, PHASES, step_on
from lstm_core.workbench.intake import MAX_D, MAX_H

from .. import session
from ..browser.picture import picture
from ..lessons import lesson
from . import held

ROWS = (Row("inputs"), Row("lines", 60, ("f", "i", "o")), Row("ledger", 80), Row("provenance", 70))
KEYS = {"ArrowLeft": "back", "ArrowRight": "next", "PageUp": "step_back", "PageDown": "step_on", "Home": ALL}


def one_unit(words: Words, network: Bench) -> None:
    """The unit and step in focus, with the pictures of the other pages."""
    run, here = network.run(), held.focus(network)
    trace = run.trace
    first, last = window_of(trace.T, here.t)
    part, place = between(trace, first, last), held.asked(network)
    with st.container(key="bench"):
        left, right = st.columns([3, 10], gap="medium")
    with right.container(key="bench_pictures"):
        picture(
            responsive_diagram(
                trace, here.t, here.unit, words, None if here.phase in (None, ALL) else here.phase,
                chosen=place.key if place else None,
                chosen_place=place.unit if place and place.key in ("x", "h_prev") else None,
                arrangement=session.arrangement(), sums_up=False,
            ),
            key="network.diagram", on_choose=_chosen, height=350, keys=KEYS,
        )  # fmt: skip
        strip = time_strip(part, here.unit, here.t - first + 1, list(ROWS), words, before=first - 1)
        picture(strip, key="network.strip", on_choose=_in_strip)
        if len(part.x) < trace.T:
            st.caption(words("network.window", first=first, last=last, T=f"{trace.T:,}"))
    with left.container(key="bench_controls"):
        _controls(words, network)
        if place is None:
            st.caption(words("network.hint"))
        else:
            st.button(words("ask.close"), key="network.why_back", on_click=_stop_asking)
            picture(explanation_panel(trace, place, words), key="network.why", on_choose=_chosen)
        _elsewhere(words, network)
    with st.expander(words("network.gradient"), key="network.gradient", on_change="rerun") as opened:
        if opened.open:
            _gradient(words, network, part, first)


def _controls(words: Words, network: Bench) -> None:
    run, here = network.run(), held.focus(network)
    H, T = network.layer.H, run.trace.T
    session.hold("network.unit", here.unit)
    # The value is given too: a browser that was busy at the first run mounts the fields with the second
    # one, which assigns nothing anew.
    st.number_input(
        words("network.unit_of", H=f"{H:,}"), 1, H, here.unit, key="network.unit", on_change=_set,
        args=("unit",),
    )  # fmt: skip
    session.hold("network.t", here.t)
    st.number_input(
        words("network.step_of", T=f"{T:,}"), 1, T, here.t, key="network.t", on_change=_set, args=("t",)
    )
    session.hold("network.phase", here.phase or ALL)
    st.selectbox(
        words("walk.phase"), [ALL, *PHASES], format_func=lambda phase: words(f"walk.{phase}"),
        key="network.phase", on_change=_set, args=("phase",),
    )  # fmt: skip
    if run.layer.direction == "reverse":
        st.info(words("network.reverse", t=here.t, step=int(run.times[here.t - 1])))


def _elsewhere(words: Words, network: Bench) -> None:
    """The steps around the one in focus on all other pages, or why they don't take them."""
    run = network.run()
    if not fits(run):
        st.caption(words("network.stays_here", H=MAX_H, D=MAX_D))
        return
    st.button(
        words("learning.do.open"), key="network.open", on_click=_open,
        help=words("network.open_by_hand" if by_hand(run) else "network.open_large"),
    )  # fmt: skip


def _open() -> None:
    session.touch()
    network = held.bench()
    here = held.focus(network)
    experiment, t = experiment_around(network.run(), here.t)
    session.begin(experiment)
    session.look(t=t, unit=here.unit)
    lesson.go("overview")


def _gradient(words: Words, network: Bench, part, first: int) -> None:
    here = held.focus(network)
    t, paths = here.t - first + 1, memory_paths(part, here.unit)
    if network.run().trace.T > part.T:
        st.caption(words("network.gradient_window", last=first + part.T - 1))
    picture(gradient_paths(paths, here.unit, t, words, before=first - 1), key="network.paths")


def _set(name: str) -> None:
    session.touch()
    held.look(held.bench(), **{name: st.session_state[f"network.{name}"]})


def _stop_asking() -> None:
    session.touch()
    held.ask(None)


def _in_strip(choice: dict) -> None:
    """The strip counts its own steps, from the first of the window."""
    network = held.bench()
    first, _ = window_of(len(network.inputs()), held.focus(network).t)
    _chosen({**choice, "t": choice["t"] + first - 1} if "t" in choice else choice)


def _chosen(choice: dict) -> None:
    """What a click or a key does: it moves the focus, or asks where a number comes from."""
    session.touch()
    network, role = held.bench(), choice.get("role")
    if role == "room":
        session.arrange(choice.get("value"))
    elif role == "key":
        _go(network, choice.get("value"))
    elif role == "unit" and "unit" in choice:
        held.look(network, unit=choice["unit"])
    elif role in ("step", "band"):
        if "t" in choice:
            held.look(network, t=choice["t"])
    elif choice.get("quantity") in QUANTITIES and QUANTITIES[choice["quantity"]].in_trace:
        _explain(network, choice)


def _explain(network: Bench, choice: dict) -> None:
    key = choice["quantity"]
    if "t" in choice:
        held.look(network, t=choice["t"])
    if key == "x":
        held.ask(key, choice.get("index", 1))
    elif key in BEFORE:
        held.ask(key, choice.get("unit"))
    else:
        held.look(network, unit=choice.get("unit", held.focus(network).unit))
        held.ask(key)


def _go(network: Bench, where: str | None) -> None:
    here = held.focus(network)
    if where in ("next", "back"):
        by = 1 if where == "next" else -1
        phase, t = step_on(here.phase or ALL, here.t, len(network.inputs()), by)
        held.look(network, phase=phase, t=t)
    elif where in ("step_on", "step_back"):
        held.look(network, t=here.t + (1 if where == "step_on" else -1))
    elif where == ALL:
        held.look(network, phase=ALL)

"""Where does this number come from? A choice in a picture -> **explanation** in place of the sliders."""

from __future__ import annotations

import streamlit as st

from lstm_core.explain import Place
from lstm_core.quantities import GATE_KEYS, QUANTITIES
from lstm_core.rounding import text
from lstm_core.trace import LSTMTrace
from lstm_core.view.origin import explanation_panel
from lstm_core.words import Words
from lstm_core.workbench.experiment import PIN_RANGES, Experiment

from .. import session
from ..browser.picture import picture
from ..lessons import lesson
from .choose import choose

_GATE_OF = {key: gate for gate, key in GATE_KEYS.items()}


def why(words: Words, experiment: Experiment, trace: LSTMTrace) -> None:
    """The origin of the number that was asked for, if one was; for a gate also the means to pin it."""
    place = session.asked()
    if lesson.open_question():
        return
    if place is None:
        st.caption(words("walk.hint"))
        return
    st.button(words("ask.close" if session.focus().present else "why.back"), key="why.back", on_click=_back)
    picture(explanation_panel(trace, place, words), key="why", on_choose=choose)
    can_be_pinned = place.key != "f" or experiment.params.forget_gate  # in the cell of 1997 it is 1
    taught = session.lesson()
    free = (
        taught.shows("weights") and not taught.locks("weights") and not (lesson.question() or lesson.task())
    )
    if place.key in _GATE_OF and can_be_pinned and experiment.by_hand and free:
        _pin(words, experiment, trace, place)


def pinned(words: Words, experiment: Experiment) -> None:
    """What is pinned, in sight and removable."""
    if not experiment.pins:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="pins"):
        for address, value in experiment.pins.items():
            gate, *where = address.removeprefix("pin_").split(".")
            if gate == "f" and not experiment.params.forget_gate:
                continue  # in the cell of 1997 f is 1, whatever was pinned before
            what = QUANTITIES[GATE_KEYS[gate]].symbol
            label = words("pin.at_step" if len(where) == 2 else "pin.at_all", what=f"${what}$", unit=where[0],
                          t=where[-1], value=text(value))  # fmt: skip
            st.button(
                f"{label} ✕",
                key=f"unpin.{address}",
                help=words("pin.remove"),
                on_click=_unpin,
                args=(address,),
            )


def _pin(words: Words, experiment: Experiment, trace: LSTMTrace, place: Place) -> None:
    gate = _GATE_OF[place.key]
    here, everywhere = f"pin_{gate}.{place.unit}.{place.t}", f"pin_{gate}.{place.unit}"
    address = here if here in experiment.pins else everywhere if everywhere in experiment.pins else None
    low, high = PIN_RANGES[gate]
    now = float(getattr(trace, place.key)[place.t - 1, place.unit - 1])
    session.hold("pin.on", address is not None)
    st.toggle(
        words("pin.toggle"),
        key="pin.on",
        help=words("pin.help"),
        on_change=_switch,
        args=(here, address, now),
    )
    if address is None:
        return
    session.hold("pin.value", experiment.pins[address])
    st.slider(words("pin.value"), low, high, step=0.05, key="pin.value", on_change=_set, args=(address,))
    session.hold("pin.all", address == everywhere)
    st.checkbox(words("pin.all"), key="pin.all", on_change=_spread, args=(here, everywhere))


def _back() -> None:
    session.touch()
    session.ask(None)


def _switch(here: str, address: str | None, now: float) -> None:
    session.touch()
    if st.session_state["pin.on"] == (address is not None):  # only sent again, after a line that broke
        return
    experiment = session.experiment()
    session.change(
        experiment.pinned(here, round(now, 2)) if address is None else experiment.unpinned(address)
    )


def _set(address: str) -> None:
    session.touch()
    session.change(session.experiment().pinned(address, st.session_state["pin.value"]))


def _spread(here: str, everywhere: str) -> None:
    """From this step to all steps, or back."""
    session.touch()
    experiment = session.experiment()
    if st.session_state["pin.all"] == (everywhere in experiment.pins):
        return
    old, new = (here, everywhere) if here in experiment.pins else (everywhere, here)
    session.change(experiment.unpinned(old).pinned(new, experiment.pins[old]))


def _unpin(address: str) -> None:
    session.touch()
    session.change(session.experiment().unpinned(address))

"""Pins, which hold a gate at a number that the reader chose: toggle and slider -> **experiment** -> list."""

import streamlit as st

from lstm_core.explain import Place
from lstm_core.quantities import GATE_KEYS, GATE_OF, QUANTITIES
from lstm_core.rounding import text
from lstm_core.trace import LSTMTrace
from lstm_core.words import Words
from lstm_core.workbench.experiment import PIN_RANGES, Experiment

from .. import session
from ..lessons import lesson

MOST_BUTTONS = 10
"""More pins than this stand in one line, with one button that removes them all."""


def pins(words: Words, experiment: Experiment) -> None:
    """A button for each pin, which says what it holds and removes it; of many pins only their number.

    A projector has room for the pictures alone, where each pinned gate says that it is.
    """
    if not experiment.pins or session.focus().present:
        return
    fixed = lesson.question() is not None or not session.lesson().allows("weights")
    with st.container(horizontal=True, vertical_alignment="center", key="pins"):
        if len(experiment.pins) > MOST_BUTTONS:
            label = words("pin.many", n=len(experiment.pins))
            st.button(
                f"{label} ✕", key="unpin.all", help=words("pin.remove_all"), on_click=_unpin, args=(None,),
                disabled=fixed,
            )  # fmt: skip
            return
        for address, value in experiment.pins.items():
            gate, *where = address.removeprefix("pin_").split(".")
            if gate == "f" and not experiment.params.forget_gate:
                continue  # The cell of 1997 has no forget gate, so an earlier pin of it does nothing.
            what = QUANTITIES[GATE_KEYS[gate]].symbol
            label = words("pin.at_step" if len(where) == 2 else "pin.at_all", what=f"${what}$", unit=where[0],
                          t=where[-1], value=text(value))  # fmt: skip
            st.button(
                f"{label} ✕",
                key=f"unpin.{address}",
                help=words("pin.remove"),
                on_click=_unpin,
                args=(address,),
                disabled=fixed,
            )


def can_be_pinned(place: Place, experiment: Experiment) -> bool:
    """Whether this number is a gate or the candidate, and the reader may hold it at another."""
    has_gate = place.key in GATE_OF and (place.key != "f" or experiment.params.forget_gate)
    taught = session.lesson()
    is_free = taught.allows("weights") and not (lesson.question() or lesson.task())
    return has_gate and experiment.by_hand and is_free


def pin(words: Words, experiment: Experiment, trace: LSTMTrace, place: Place) -> None:
    """The means to hold a gate at a number, at the step in focus or at all steps."""
    gate = GATE_OF[place.key]
    here, everywhere = f"pin_{gate}.{place.unit}.{place.t}", f"pin_{gate}.{place.unit}"
    address = here if here in experiment.pins else everywhere if everywhere in experiment.pins else None
    low, high = PIN_RANGES[gate]
    now = float(getattr(trace, place.key)[place.t - 1, place.unit - 1])
    session.set_widget("pin.on", address is not None)
    st.toggle(
        words("pin.toggle_candidate" if gate == "c" else "pin.toggle"),
        key="pin.on",
        help=words("pin.help"),
        on_change=_switch,
        args=(here, address, now),
    )
    if address is None:
        return
    session.set_widget("pin.value", experiment.pins[address])
    st.slider(words("pin.value"), low, high, step=0.05, key="pin.value", on_change=_set, args=(address,))
    session.set_widget("pin.all", address == everywhere)
    st.checkbox(words("pin.all"), key="pin.all", on_change=_spread, args=(here, everywhere))


def free(key: str) -> None:
    """Takes away the pin that holds a gate at the step and unit in focus."""
    experiment, focus = session.experiment(), session.focus()
    if lesson.question() or lesson.task() or not session.lesson().allows("weights"):
        return
    everywhere = f"pin_{GATE_OF.get(key)}.{focus.unit}"
    for address in (f"{everywhere}.{focus.t}", everywhere):
        if address in experiment.pins:
            session.change(experiment.unpinned(address))
            return


def _switch(here: str, address: str | None, now: float) -> None:
    session.touch()
    if st.session_state["pin.on"] == (address is not None):  # It was sent again after a lost connection.
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


def _unpin(address: str | None) -> None:
    session.touch()
    session.change(session.experiment().unpinned(address))

"""One unit of a GRU: run -> **strip, and the equations of a step with their numbers**, which add up."""

import streamlit as st

from lstm_core.readers.gru import GRUTrace
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.readers.summary import between, window_of
from lstm_core.rounding import equals, rounded, shown_ledger, text
from lstm_core.view.network import gru_strip
from lstm_core.words import Words

from .. import session
from ..browser.picture import picture
from . import loaded
from .driven import backwards, driven, set_focus, unit_choice


def gru_unit(words: Words, network: LoadedNetwork) -> None:
    """The unit and step in focus."""
    trace, here = network.run().trace, loaded.focus(network)
    first, last = window_of(trace.T, here.t)
    left, right = st.columns([3, 10], gap="medium")
    with left:
        unit_choice(words, network)
        session.set_widget("network.t", here.t)
        st.number_input(
            words("network.step_of", T=f"{trace.T:,}"), 1, trace.T, here.t, key="network.t",
            on_change=set_focus, args=("t",),
        )  # fmt: skip
        backwards(words, network)
    with right:
        strip = gru_strip(between(trace, first, last), here.unit, here.t - first + 1, words, first - 1)
        picture(strip, key="network.gru", on_choose=_chosen)
        if last - first + 1 < trace.T:
            st.caption(words("network.gru.window", first=first, last=last, T=f"{trace.T:,}"))
        st.markdown(_equations(words, trace, here.t, here.unit))
    driven(words, network)


def _equations(words: Words, trace: GRUTrace, t: int, unit: int) -> str:
    """A line for each quantity: its formula, its number, and what it does. The ledger adds up as shown."""
    z, r, n, reset = (float(getattr(trace, key)[t - 1, unit - 1]) for key in ("z", "r", "n", "reset"))
    ledger = shown_ledger(trace, t, unit)
    read = r"r_t \odot (U_n h_{t-1} + b_h)" if trace.params.reset_after else r"U_n (r_t \odot h_{t-1})"
    kept = equals(rounded(z) * ledger.C_prev, ledger.kept)
    written = equals((1 - rounded(z)) * rounded(n), ledger.written)
    lines = [
        (r"z_t = \sigma(U_z h_{t-1} + V_z x_t + b_z) = " + text(z), "z"),
        (r"r_t = \sigma(U_r h_{t-1} + V_r x_t + b_r) = " + text(r), "r"),
        (rf"n_t = \tanh(V_n x_t + b_n + {read}) = {text(n)},\quad {read} = {text(reset)}", "n"),
        (
            rf"z_t \odot h_{{t-1}} = {text(z)} \times {_signed(ledger.C_prev)} {_sign(kept)} "
            rf"{text(ledger.kept)}", "kept",
        ),
        (
            rf"(1 - z_t) \odot n_t = {text(rounded(1 - rounded(z)))} \times {_signed(n)} {_sign(written)} "
            rf"{text(ledger.written)}", "written",
        ),
        (rf"h_t = {text(ledger.kept)} + {_signed(ledger.written)} = {text(ledger.C)}", "h"),
    ]  # fmt: skip
    return "\n".join(f"- ${formula}$ · {words(f'network.gru.{key}_says')}" for formula, key in lines)


def _signed(value: float) -> str:
    return f"({text(value)})" if value < 0 else text(value)


def _sign(sign: str) -> str:
    return r"\approx" if sign == "≈" else "="


def _chosen(choice: dict) -> None:
    """A click in the strip chooses a step of its window."""
    session.touch()
    network = loaded.network()
    if "t" in choice:
        first, _ = window_of(len(network.inputs()), loaded.focus(network).t)
        loaded.look(network, t=first + int(choice["t"]) - 1)

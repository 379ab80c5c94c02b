"""What stands beside one unit of any cell: **its number, its direction, and what drives its memory**."""

from collections.abc import Sequence

import streamlit as st

from lstm_core.labels import shown
from lstm_core.readers.loaded_network import LoadedNetwork
from lstm_core.readers.named_steps import Context
from lstm_core.rounding import text
from lstm_core.words import Words

from .. import session
from . import loaded
from .said import plain


def unit_choice(words: Words, network: LoadedNetwork) -> None:
    """The number of the unit in focus."""
    unit, H = loaded.focus(network).unit, network.layer.H
    session.set_widget("network.unit", unit)
    # The value is given too: a browser that was busy at the first run mounts the fields with the second
    # one, which assigns nothing anew.
    st.number_input(
        words("network.unit_of", H=f"{H:,}"), 1, H, unit, key="network.unit", on_change=set_focus,
        args=("unit",),
    )  # fmt: skip


def set_focus(name: str) -> None:
    """Look at the unit or the step that the field of this name stands at."""
    session.touch()
    loaded.look(loaded.network(), **{name: st.session_state[f"network.{name}"]})


def backwards(words: Words, network: LoadedNetwork) -> None:
    """Says which step of the sequence a layer reads at the step in focus, where it begins at the end."""
    run, t = network.run(), loaded.focus(network).t
    if run.layer.direction == "reverse":
        st.info(words("network.reverse", t=t, step=int(run.times[t - 1])))


def driven(words: Words, network: LoadedNetwork) -> None:
    """Under a heading that opens, what drives the unit in focus."""
    with st.expander(words("network.contexts"), key="network.contexts", on_change="rerun") as opened:
        if opened.open:
            _contexts(words, network)


def _contexts(words: Words, network: LoadedNetwork) -> None:
    """Two lists of steps, each with the labels around it; of a captured batch out of all its sequences."""
    unit = loaded.focus(network).unit
    C = "h" if network.layer.kind == "gru" else "C"
    captured = network.seen is not None and network.sequence is not None
    st.caption(words("network.contexts_captured" if captured else "network.contexts_one", unit=unit, C=C))
    for column, found, which in zip(
        st.columns(2, gap="large"), network.contexts(unit), ("highest", "lowest"), strict=True
    ):
        with column:
            st.markdown(f"**{words(f'network.contexts_{which}', C=C)}**")
            st.markdown("\n".join(f"- {_line(words, one, captured)}" for one in found))


def _line(words: Words, one: Context, captured: bool) -> str:
    where = (
        words("network.context_in", t=one.t, k=one.sequence) if captured else words("network.step", t=one.t)
    )
    around = [*one.before, one.label, *one.after]
    between = "" if max(map(len, around)) <= 1 else " "
    before, after = (_joined(labels, between) for labels in (one.before, one.after))
    # Beside letters Markdown makes no sign bold, so that a hair's breadth stands between.
    label = f"\u200a**{plain(shown(one.label))}**\u200a" if one.label else ""
    return f"{plain(text(one.value))} · {where}" + f": {before}{between}{label}{between}{after}" * bool(label)


def _joined(labels: Sequence[str], between: str) -> str:
    return plain(between.join(shown(label) for label in labels))
